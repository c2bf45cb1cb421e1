# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Search in texts that write no spaces between words. No Odoo here.

Chinese is cut into pairs of neighbouring characters; whatever else there is, at its
blanks and signs. PostgreSQL compares the pieces, and asks nothing of its locale.
"""

import re
import unicodedata
from dataclasses import dataclass

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
WORD = re.compile(rf"(?P<han>[{HAN}]+)|(?P<other>[^\W_{HAN}]+)")
FILLERS = re.compile("[的了吗呢吧啊么什怎如何请问是要在和与及我您你们能可以该把被这那]")
"""What a question holds and its answer need not: it parts words when one searches."""
LONGEST_WORD = 60
MOST_POSITION = 16383
MOST_TERMS = 40
MOST_TYPED = 200


@dataclass(frozen=True)
class WordQuery:
    """What to look for, as PostgreSQL's ``tsquery`` reads it.

    :param tuple terms: each piece for itself
    """

    terms: tuple

    @property
    def all(self):
        """The query that finds what holds every piece.

        >>> WordQuery(("'转学'", "'学'")).all
        "'转学' & '学'"
        """
        return " & ".join(self.terms)

    @property
    def any(self):
        """The query that finds what holds at least one piece."""
        return " | ".join(self.terms)

    def __bool__(self):
        return bool(self.terms)


def cut(text):
    """Yield the words of a text, as they are compared.

    :param str text: anything
    :return: ``(word, whether it is Chinese)``

    >>> list(cut("ＷｉＦｉ密码, 2026年"))
    [('wifi', False), ('密码', True), ('2026', False), ('年', True)]
    """
    text = unicodedata.normalize("NFKC", text if isinstance(text, str) else "")
    for found in WORD.finditer(text.casefold()):
        han = found["han"]
        yield (han, True) if han else (found["other"][:LONGEST_WORD], False)


def tokenize(text):
    """Yield the pieces under which a text is found.

    The last character of each Chinese word stands alone too, so that every character
    begins some piece, and one is enough to search by.

    :param str text: anything

    >>> list(tokenize("学生转学"))
    ['学生', '生转', '转学', '学']
    """
    for word, is_han in cut(text):
        if is_han:
            yield from (word[i : i + 2] for i in range(len(word)))
        else:
            yield word


def to_vector(*parts):
    """Return texts as PostgreSQL's ``tsvector`` reads it.

    :param parts: ``(weight, text)``, the weight one of ``A`` to ``D``
    :rtype: str

    >>> to_vector(("A", "转学"), ("B", "三日"))
    "'转学':1A '学':2A '三日':3B '日':4B"
    """
    lexemes = []
    for weight, text in parts:
        for token in tokenize(text):
            place = min(len(lexemes) + 1, MOST_POSITION)
            lexemes.append(f"'{token}':{place}{weight}")
    return " ".join(lexemes)


def parse_query(words):
    """Return what somebody typed as a query. Nothing in it is an operator.

    A single character, and a word that is not Chinese, is the beginning of a piece.

    :param str words: as typed
    :rtype: WordQuery

    >>> parse_query("转学要什么手续").all
    "'转学' & '手续'"
    >>> parse_query("转' | !x").all
    "'转':* & 'x':*"
    >>> bool(parse_query("（）' & |"))
    False
    """
    terms = {}
    for word, is_han in cut(words[:MOST_TYPED] if isinstance(words, str) else ""):
        if not is_han:
            terms[f"'{word}':*"] = True
            continue
        pieces = list(filter(None, FILLERS.split(word))) or [word]
        # What the fillers leave over of a sentence says little.
        for piece in [one for one in pieces if len(one) > 1] or pieces:
            if len(piece) == 1:
                terms[f"'{piece}':*"] = True
            for i in range(len(piece) - 1):
                terms[f"'{piece[i : i + 2]}'"] = True
    return WordQuery(tuple(terms)[:MOST_TERMS])

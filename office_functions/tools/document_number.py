# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Numbers of documents as other organs write them (发文字号). No Odoo here."""

import re
import unicodedata

_YEAR = re.compile(r"[\[(<〔【《]+(\d{4})年?[\])>〕】》]+")
_BLANK = re.compile(r"\s+")
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}[ \t]*[〔\[（(【]\s*20\d\d\s*[〕\]）)】][ \t]*第?[ \t]*\d{1,5}[ \t]*号"
)
_HEAD = 2000


def normalize(text):
    """Return a text in the one form in which two spellings of it are equal.

    Full-width letters, spaces, and the kind of brackets around a year do not count.

    >>> normalize("江政发 [2026] 第 07 号") == normalize("江政发〔2026〕7号")
    True
    """
    plain = _BLANK.sub("", unicodedata.normalize("NFKC", text or ""))
    plain = _YEAR.sub(r"〔\1〕", plain)
    return re.sub(r"〕第?0*(\d)", r"〕\1", plain).casefold()


def make_key(sender, number):
    """Return by which sender and number a document is told from all others.

    :return: ``None`` for a document without a number: nothing tells it apart
    """
    sender, number = normalize(sender), normalize(number)
    return f"{sender}|{number}" if sender and number else None


def find_number(text):
    """Return the number in the head of a document's text, or ``""``.

    >>> find_number("江滨区人民政府文件\\n江政发〔2026〕7号\\n关于……")
    '江政发〔2026〕7号'
    """
    found = _NUMBER.search((text or "")[:_HEAD])
    return _BLANK.sub("", found[0]) if found else ""

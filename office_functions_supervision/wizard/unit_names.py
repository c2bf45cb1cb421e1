# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Compare names of units as documents write them. Plain Python, no record in sight."""

import difflib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable

CUTOFF = 0.6
"""Least likeness, from 0 to 1, of a name worth proposing."""
CANDIDATES = 8
"""Names that share the most characters and are looked at closely."""

# A unit keeps its trade when the level above it changes: 省教育厅, 区教育局.
_LEVEL = re.compile(r"^(?:[省市区县州旗]|\w{2,3}[省市区县州旗])(?=\w{2})")
_BODY = re.compile(
    r"(?<=\w{2})(?:委员会|办公室|管理局|管理处|局|厅|委|办|处|科|室|部|中心)$"
)
_BRACKET = re.compile(r"[（(〔\[](?P<inside>[^（(〔\[）)〕\]]*)[）)〕\]]")
_KINDS = (
    ("school", re.compile(r"(?:学校|小学|中学|幼儿园|学院|大学|校区|小|中|幼)$")),
    ("section", re.compile(r"(?:科|室|处|股|组)$")),
)


def essence(text: str) -> str:
    """Return the letters and digits of a text, width and case made equal.

    Two texts of the same essence differ in spaces, brackets and punctuation only.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in plain if char.isalnum())


def guess_kind(name: str) -> str:
    """Return what a unit of this name is: ``agency``, ``section`` or ``school``."""
    return next((kind for kind, ending in _KINDS if ending.search(name)), "agency")


def trades(name: str) -> set[str]:
    """Return what a name says of the unit's trade, with and without its level.

    省市场监管局（省知识产权局） gives 市场监管 and 知识产权, and as nobody can tell a
    level from a first character, also 省市场监管 and 省知识产权.
    """
    names = [_BRACKET.sub("", name), *(m["inside"] for m in _BRACKET.finditer(name))]
    found = set()
    for part in map(essence, names):
        body = _BODY.sub("", part)
        found |= {body, _LEVEL.sub("", body)}
    return found - {""}


def likeness(name: str, other: str) -> float:
    """Return how much two names of units look like one unit's, from 0 to 1."""
    trade = max(
        (
            _trade_likeness(mine, theirs)
            for mine in trades(name)
            for theirs in trades(other)
        ),
        default=0,
    )
    whole = difflib.SequenceMatcher(None, essence(name), essence(other)).ratio()
    return 0.8 * trade + 0.2 * whole


def _trade_likeness(trade: str, other: str) -> float:
    short, long = sorted((trade, other), key=len)
    if 1 < len(short) < len(long) and short[0] == long[0]:
        # Short names keep characters of the long one in their order: 人社, 发改.
        rest = iter(long)
        if all(char in rest for char in short):
            return 0.9
    return difflib.SequenceMatcher(None, trade, other).ratio()


class NameIndex:
    """Names among which the nearest to another is found without trying them all."""

    def __init__(self, names: Iterable[str]) -> None:
        """Keep the names, and which of them each character of a trade is in."""
        self._holders: dict[str, set[str]] = defaultdict(set)
        for name in names:
            for char in set().union(*trades(name)):
                self._holders[char].add(name)

    def nearest(self, name: str) -> str:
        """Return the name most like another one, or ``""`` if none is like it."""
        shared = Counter(
            holder
            for char in set().union(*trades(name))
            for holder in self._holders.get(char, ())
        )
        # Equal counts in the order of the names, that the answer is always the same.
        first = sorted(shared, key=lambda other: (-shared[other], len(other), other))
        scores = {other: likeness(name, other) for other in first[:CANDIDATES]}
        best = max(scores, key=scores.get, default="")
        return best if best and scores[best] >= CUTOFF else ""

# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""How alike two subjects are, in any script. No Odoo here."""

import re
from collections import defaultdict
from itertools import combinations

NOISE = re.compile(r"[\W_]+")
ALIKE = 0.5
"""From here on two subjects are taken for the same matter."""


def get_pairs(text):
    """Return the pairs of neighbouring characters of a text.

    >>> sorted(get_pairs("校车 安全"))
    ['安全', '校车', '车安']
    """
    text = NOISE.sub("", text or "").casefold()
    return {text[i : i + 2] for i in range(len(text) - 1)} or {text}


def compare(one, other):
    """Return how alike two texts are, from 0 to 1 (Dice's coefficient).

    >>> compare("开展校车安全检查", "校车安全检查的通知")
    0.67
    >>> compare("开展校车安全检查", "举办教师书画展")
    0.0
    """
    one, other = get_pairs(one), get_pairs(other)
    return round(2 * len(one & other) / (len(one) + len(other)), 2)


def find_alike(texts, alike=ALIKE):
    """Yield the pairs of keys whose texts are alike.

    Only texts that share something are compared.

    :param dict texts: key → text
    :param float alike: from which likeness on

    >>> list(find_alike({1: "校车安全检查", 2: "书画展", 3: "开展校车安全检查"}))
    [(1, 3)]
    """
    holders = defaultdict(list)
    for key, text in texts.items():
        for pair in get_pairs(text):
            holders[pair].append(key)
    seen = set()
    for keys in holders.values():
        for both in combinations(keys, 2):
            if both not in seen:
                seen.add(both)
                if compare(texts[both[0]], texts[both[1]]) >= alike:
                    yield both

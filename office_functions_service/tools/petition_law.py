# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Which article of the regulation (信访工作条例) a notice rests on. No Odoo here."""

from typing import NamedTuple

REGULATION = "信访工作条例"


class Ground(NamedTuple):
    """Why a petition is not accepted.

    :param str label: in the list of the officer
    :param str article: of the regulation
    :param str words: of the printed notice (F9)
    :param bool names_organ: the petitioner goes elsewhere, and is told where
    """

    label: str
    article: str
    words: str
    names_organ: bool = False


GROUNDS = {
    "final": Ground(
        "Decided in the End Already",
        "第三十六条第三款",
        "该事项已经复核终结，以同一事实和理由再次提出",
    ),
    "in_hand": Ground(
        "Accepted or in Hand Already",
        "第十九条",
        "该事项已经受理或者正在办理",
    ),
    "procedure": Ground(
        "In Court, Arbitration or Reconsideration",
        "第三十一条",
        "该事项已经进入诉讼、仲裁、行政复议等程序",
    ),
    "power": Ground(
        "Not in Our Power",
        "第二十三条",
        "该事项不属于本机关职权范围",
        names_organ=True,
    ),
    "statutory": Ground(
        "Another Law Names the Way",
        "第三十一条",
        "该事项依法应当通过其他法定途径处理",
        names_organ=True,
    ),
}
ARTICLES = {
    "acceptance": "第二十三条",
    "joining": "第二十三条",
    "assignment": "第二十三条",
    "forwarding": "第二十三条",
    "guidance": "第三十一条",
    "objection": "第二十三条第三款",
    "postponement": "第三十四条",
}
"""Of the notices that need no ground, by their kind."""


def get_article(kind, ground=None):
    """Return the article that a notice rests on.

    >>> get_article("refusal", "final")
    '第三十六条第三款'
    >>> get_article("postponement")
    '第三十四条'

    :param str kind: of ``office.petition.notice``
    :param str ground: of a refusal
    :rtype: str
    """
    if kind == "refusal":
        return GROUNDS[ground].article if ground else ""
    return ARTICLES.get(kind, "")

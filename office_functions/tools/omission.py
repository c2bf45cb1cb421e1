# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Omissions 遗漏: one row a kind of thing that must not be forgotten. No Odoo here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Omission:
    """A kind of record of which none may be left lying (S2.26).

    :param str code: technical name, e.g. ``"decision_pending"``
    :param label: what was left out (str or lazy translation)
    :param str model: the kind of record, a model of declared transitions
    :param str domain: name of its method ``() -> Domain`` of what is left lying now
    """

    code: str
    label: object
    model: str
    domain: str

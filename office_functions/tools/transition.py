# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Declared transitions, and the permit without which nobody changes a state."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

_permits = ContextVar("office_transition_permits", default=())


@dataclass(frozen=True)
class Transition:
    """One row of a model's transition table.

    :param str name: technical name, e.g. ``"issue"``
    :param label: what the button says (str or lazy translation)
    :param tuple sources: the states it starts from
    :param str target: the state it ends in
    :param tuple by: who may: external ids of groups (with a dot), or relations to
        the record (``"leader"`` is answered by the model's ``_relation_leader``);
        empty: only the system itself, never a person
    :param tuple never: relations whose users may not, whatever their groups and
        whoever lent them power: who drafted a text never signs it
    :param tuple needs: fields that must be filled
    :param str guard: name of a method ``(transition, note) -> list[str]``: the
        reasons, in the user's language, why this record may not pass now
    :param bool note: a written reason is required
    :param str style: ``"primary"``, ``"secondary"`` or ``"danger"``: the button's look
    :param str wizard: external id of an action opened in place of passing at once
    """

    name: str
    label: object
    sources: tuple
    target: str
    by: tuple = ()
    never: tuple = ()
    needs: tuple = ()
    guard: str = ""
    note: bool = False
    style: str = "secondary"
    wizard: str = ""

    def but(self, **changes):
        """Return this row with some columns changed, for another addon's use.

        :rtype: Transition
        """
        return replace(self, **changes)


@contextmanager
def permit(records, state=None):
    """Let the guarded fields of ``records`` be written while the block runs.

    The permit lives in this process and this thread of execution only. It is no
    context key, so no client can send it.

    :param records: recordset
    :param state: the state they may be brought to; ``None``: the state stays, only
        other guarded fields (a deadline, a number) change
    """
    token = _permits.set((*_permits.get(), (records._name, set(records._ids), state)))
    try:
        yield
    finally:
        _permits.reset(token)


def is_permitted(records, vals):
    """Tell whether ``vals``, holding guarded fields, may be written to ``records``.

    :rtype: bool
    """
    return any(
        model == records._name
        and ids.issuperset(records._ids)
        and ("state" not in vals or (state is not None and vals["state"] == state))
        for model, ids, state in _permits.get()
    )

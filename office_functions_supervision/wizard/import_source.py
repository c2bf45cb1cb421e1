# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""One shape for what is imported, whether a decision or a ledger was read.

Plain Python: what ``decision_text`` and ``ledger`` of the core return goes in, frozen
dataclasses come out.
"""

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from odoo.addons.office_functions.tools.decision_text import TaskLine
from odoo.addons.office_functions.tools.ledger import Ledger, LedgerLine

from .unit_names import essence


@dataclass(frozen=True)
class SourceLine:
    """One task as its document words it.

    :ivar key: 32 hexadecimal digits, the same for the same task in a later import and
        never twice in one document
    :ivar section: the headings it stands under, or area and group of a ledger
    :ivar lead: name of the lead unit as written, or ``""``
    :ivar assisting: names of the assisting units as written
    :ivar responsibility: all the words on who is responsible
    :ivar person: name of the responsible person as written, or ``""``
    :ivar area: area in a ledger, or ``""``
    :ivar group: group of tasks in a ledger, or ``""``
    :ivar problems: codes of ``LedgerProblem``
    """

    key: str
    number: str
    title: str
    text: str
    section: str
    lead: str
    assisting: tuple[str, ...]
    responsibility: str
    deadline_text: str
    date_deadline: datetime.date | None
    is_long_running: bool
    goal: str = ""
    person: str = ""
    area: str = ""
    group: str = ""
    problems: tuple[str, ...] = ()


def read_decision(lines: Iterable[TaskLine]) -> list[SourceLine]:
    """Return the tasks of a decision.

    Number and text make the key, without regard to spaces and punctuation; document and
    units take no part, so that a corrected print of a decision is known again.
    """
    seen: Counter[str] = Counter()
    return [
        SourceLine(
            key=_key(f"{essence(line.number)}\n{essence(line.text)}", seen),
            number=line.number,
            title=line.title,
            text=line.text,
            section=line.section,
            lead=line.lead_unit,
            assisting=line.assisting_units,
            responsibility=line.responsibility_text,
            deadline_text=line.deadline_text,
            date_deadline=line.date_deadline,
            is_long_running=line.is_long_running,
        )
        for line in lines
    ]


def _key(base: str, seen: Counter[str]) -> str:
    seen[base] += 1
    return hashlib.sha256(f"{base}\n{seen[base]}".encode()).hexdigest()[:32]


def read_ledger_lines(ledger: Ledger) -> list[SourceLine]:
    """Return the tasks of a ledger."""
    problems: dict[int, list[str]] = {}
    for problem in ledger.problems:
        problems.setdefault(problem.row, []).append(problem.code)
    return [
        SourceLine(
            key=line.key,
            number=line.number,
            title=line.title,
            text=line.text,
            section=" / ".join(filter(None, (line.reference, line.area, line.group))),
            lead=line.lead_unit,
            assisting=line.assisting_units,
            responsibility="；".join(_labelled(line, ledger.columns)),
            deadline_text=line.deadline_text,
            date_deadline=line.date_deadline,
            is_long_running=line.is_long_running,
            goal=line.goal,
            person=line.responsible_person,
            area=line.area,
            group=line.group,
            problems=tuple(problems.get(line.row, ())),
        )
        for line in ledger.lines
    ]


def _labelled(line: LedgerLine, columns: dict[str, str]) -> Iterator[str]:
    """Yield who is responsible, each under the heading of the ledger itself."""
    values = {
        "lead_unit": line.lead_unit,
        "assisting_units": "、".join(line.assisting_units),
        "responsible_person": line.responsible_person,
        "responsible_leader": line.responsible_leader,
    }
    for name, value in values.items():
        if value:
            heading = columns.get(name, "")
            yield f"{heading}：{value}" if heading else value

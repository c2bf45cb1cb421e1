# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Domain.md section 4 for what hangs on its rows: plans, duties, reports, records.

Read and written like ``test_role_matrix.py``; a cell says beside:
    party    where they give or were given power
"""

from datetime import datetime, timedelta

from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import SQL

from odoo.addons.office_functions.tools.transition import permit

from .test_role_matrix import CORE, NOBODY, ROLES

HOUSE = tuple(role for role in ROLES if role not in ("citizen", "school", "outsider"))
"""Who works here with the suite; who runs it is one of them."""


def for_house(*cell, **others):
    """Return the cells of a model of which everybody of the house has the same."""
    return NOBODY | dict.fromkeys(HOUSE, cell) | others


OFFICE = {"director": ("all", "all", True), "clerk": ("all", "all", True)}
LEADER = {"leader": ("all", "-", False)}

PARTS = {
    # Plans and summaries, as “Assessment, indicators” says: the office and leaders all,
    # heads their units. What was merged is for everybody (test_plan.py).
    "office.plan": NOBODY | OFFICE | LEADER | {"section_head": ("unit", "unit", True)},
    "office.plan.line": for_house("own", "-", False)
    | OFFICE
    | LEADER
    | {"section_head": ("unit", "unit", True), "staff": ("own", "own", False)},
    "office.summary": for_house("made", "-", False)
    | LEADER
    | {
        "director": ("all", "made", True),
        "clerk": ("all", "made", True),
        "section_head": ("unit", "unit", True),
    },
    # Whose turn it is and whose duty it is everybody sees, as with regulations.
    "office.duty.shift": for_house("all", "own", False) | OFFICE,
    "office.duty.item": for_house("all", "-", False)
    | OFFICE
    | {"section_head": ("all", "unit", True)},
    # Callers are named there: for the shift, the office and leaders (as emergencies).
    "office.duty.call": for_house("own", "own", True)
    | OFFICE
    | {"leader": ("all", "own", True)},
    "office.emergency.report": NOBODY
    | OFFICE
    | LEADER
    | {
        "section_head": ("unit", "unit", True),
        "staff": ("own", "own", True),
        "liaison": ("own", "own", True),
        "petition_officer": ("all", "-", False),
        "supervisor": ("all", "-", False),
        "logistics": ("own", "own", True),
        "canteen": ("own", "own", True),
        "school": ("own", "own", True),
    },
    "office.praise": for_house("all", "-", False)
    | {"leader": ("all", "all", True), "director": ("all", "all", True)},
    # What grows into advice, as advice: one's own, heads their units, the office all.
    "office.research.visit": NOBODY
    | OFFICE
    | LEADER
    | {
        "section_head": ("unit", "own", True),
        "staff": ("own", "own", True),
        "liaison": ("own", "own", True),
    },
    "office.study.record": NOBODY
    | LEADER
    | {
        "director": ("all", "own", True),
        "clerk": ("all", "own", True),
        "section_head": ("unit", "own", True),
        "staff": ("own", "own", True),
        "supervisor": ("own", "own", True),
    },
    "office.foreseen.event": for_house("all", "-", False)
    | OFFICE
    | {"section_head": ("all", "own", True)},
    "office.focus.action": NOBODY
    | OFFICE
    | LEADER
    | {"section_head": ("unit", "own", True), "staff": ("own", "own", True)},
    # Decisions of meetings become directives; before, they are the office's, and
    # supervisors read what was decided, since it is what they follow.
    "office.meeting.decision": NOBODY
    | OFFICE
    | LEADER
    | {"supervisor": ("all", "-", False)},
    # A12: one lends one's own power; the director arranges all.
    "office.delegation": for_house("party", "own", False)
    | {"leader": ("party", "own", True), "director": ("all", "all", True)},
}

COVERED = {
    "-": set(),
    "own": {"own"},
    "made": {"made"},
    "party": {"own", "lent"},
    "unit": {"own", "made", "unit"},
    "all": {"foreign", "own", "made", "unit", "lent"},
}


@tagged("post_install", "-at_install", "office_matrix")
class TestRoleMatrixParts(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        logins = {**ROLES, "stranger": CORE + "leader", "deputy": CORE + "leader"}
        cls.users = {
            role: new_test_user(cls.env, f"parts_{role}", groups)
            for role, groups in logins.items()
        }
        Unit = cls.env["hr.department"]
        cls.unit, cls.elsewhere = Unit.create([{"name": "Unit"}, {"name": "Elsewhere"}])
        cls.subunit = Unit.create({"name": "Subunit", "parent_id": cls.unit.id})
        cls.school = Unit.create({"name": "School", "unit_kind": "school"})
        cls.member = new_test_user(cls.env, "parts_member", CORE + "staff")
        cls.env["hr.employee"].create(
            [
                {
                    "name": user.name,
                    "user_id": user.id,
                    "department_id": unit.id,
                }
                for user, unit in (
                    (cls.users["section_head"], cls.unit),
                    (cls.member, cls.subunit),
                )
            ]
        )
        # Each shift has a day of its own.
        cls.day = datetime(2031, 3, 10)

    # One maker for each model: whose the record is, and of which unit -------------------

    def make_plan(self, user, unit):
        return {"lead_unit_id": unit.id}

    def make_plan_line(self, user, unit):
        plan = self.env["office.plan"].create({"lead_unit_id": unit.id})
        return {"plan_id": plan.id, "name": "Work", "handler_id": user.id}

    def make_summary(self, user, unit):
        return {"department_id": unit.id}

    def make_duty_shift(self, user, unit):
        self.day += timedelta(days=1)
        return {
            "date_start": self.day,
            "date_end": self.day + timedelta(hours=9),
            "user_id": user.id,
            "leader_id": self.users["stranger"].id,
        }

    def make_duty_item(self, user, unit):
        return {"name": "Duty", "lead_unit_id": unit.id}

    def make_duty_call(self, user, unit):
        shift = self.env["office.duty.shift"].create(self.make_duty_shift(user, unit))
        with permit(shift, "on_duty"):
            shift.state = "on_duty"
        return {"shift_id": shift.id, "caller_name": "Somebody", "text": "Hello"}

    def make_emergency_report(self, user, unit):
        event = self.env["office.emergency"].create(
            {
                "name": "Emergency",
                "place": "Yard",
                "source": "Guard",
                "handler_id": user.id,
                "lead_unit_id": unit.id,
            }
        )
        return {"emergency_id": event.id}

    def make_praise(self, user, unit):
        return {"name": "Helped", "department_id": unit.id}

    def make_research_visit(self, user, unit):
        return {"name": "Visit", "school_id": self.school.id, "user_ids": user.ids}

    def make_study_record(self, user, unit):
        law = self.env["office.regulation"].create({"name": "Law", "kind": "law"})
        return {"regulation_id": law.id, "user_id": user.id, "note": "Much"}

    def make_foreseen_event(self, user, unit):
        return {"name": "Term", "date": "2031-09-01", "owner_id": user.id}

    def make_focus_action(self, user, unit):
        focus = self.env["office.focus"].create(
            {
                "name": "Focus",
                "leader_id": self.users["stranger"].id,
                "handler_id": user.id,
                "lead_unit_id": unit.id,
            }
        )
        return {"focus_id": focus.id, "name": "Done", "user_id": user.id}

    def make_meeting_decision(self, user, unit):
        return {
            "meeting": "Meeting",
            "date": "2031-03-10",
            "name": "Decision",
            "leader_id": self.users["stranger"].id,
            "lead_unit_id": unit.id,
            "handler_id": user.id,
        }

    def make_delegation(self, user, unit):
        return {
            "principal_id": user.id,
            "delegate_id": self.users["deputy"].id,
            "date_from": "2031-03-10",
            "date_to": "2031-03-12",
        }

    def make_all(self, model, user):
        """Return a record for each relation a user may stand in to it."""
        make = getattr(self, f"make_{model.removeprefix('office.').replace('.', '_')}")
        stranger = self.users["stranger"]
        wanted = {"foreign": make(stranger, self.elsewhere)}
        if model not in ("office.plan", "office.summary", "office.praise"):
            wanted["own"] = make(user, self.elsewhere)
        if model == "office.delegation":
            wanted["lent"] = make(stranger, self.elsewhere) | {"delegate_id": user.id}
        elif model not in ("office.duty.shift", "office.duty.call", "office.praise"):
            wanted["unit"] = make(self.member, self.subunit)
        if model == "office.summary":
            wanted["made"] = make(user, self.elsewhere)
            wanted["made"]["date_from"] = "2024-01-01"
        if model in ("office.duty.item", "office.meeting.decision"):
            # Who is named in it has no more of it than others.
            wanted.pop("own")
        records = self.env[model].create(list(wanted.values()))
        found = dict(zip(wanted, records, strict=True))
        if "made" in found:
            self.env.flush_all()
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET create_uid = %s WHERE id = %s",
                    SQL.identifier(records._table),
                    user.id,
                    found["made"].id,
                )
            )
        return found

    def test_parts(self):
        for model, cells in PARTS.items():
            for role, (read, write, create) in cells.items():
                user = self.users[role]
                records = self.make_all(model, user)
                self.env.flush_all()
                self.env.invalidate_all()
                for kind, record in records.items():
                    mine = record.with_user(user)
                    with self.subTest(model=model, role=role, record=kind):
                        self.assertEqual(
                            (mine.has_access("read"), mine.has_access("write")),
                            (kind in COVERED[read], kind in COVERED[write]),
                            f"{model}, {role}, {kind}: (read, write)",
                        )
                with self.subTest(model=model, role=role, create=create):
                    mine = self.env[model].with_user(user)
                    self.assertEqual(mine.has_access("create"), create)

# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Domain.md section 4, walked cell by cell: one table, one walk.

Each cell says what a role may read and change:
    all      every record            unit   of their unit and the units below it
    own      where they are named    linked where supervision stands on it
    handled  where they do the work  -      none
    listed   where they are admitted by name, and nowhere else
and whether it may create. A changed rule changes one line here.
"""

from unittest import TestCase

from odoo import fields
from odoo.exceptions import AccessError, MissingError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import SQL

from odoo.addons.office_functions.tools.transition import permit

CORE = "office_functions.group_office_"
ROLES = {
    "leader": CORE + "leader",
    "director": CORE + "director",
    "clerk": CORE + "clerk",
    "section_head": CORE + "section_head",
    "staff": CORE + "staff",
    "liaison": CORE + "liaison",
    "petition_officer": CORE + "petition",
    "supervisor": "office_functions_supervision.group_office_supervisor",
    "logistics": CORE + "logistics",
    "canteen": CORE + "canteen",
    "citizen": "base.group_portal",
    "school": CORE + "school",
    "outsider": "base.group_user",
    "administrator": "base.group_system," + CORE + "manager",
}

# model → role → (read, write, create)
MATRIX = {
    "office.directive": {
        "leader": ("all", "-", False),
        "director": ("all", "all", True),
        "clerk": ("own", "made", True),
        "section_head": ("unit", "-", False),
        "staff": ("own", "-", False),
        "liaison": ("own", "-", False),
        "petition_officer": ("-", "-", False),
        "supervisor": ("linked", "-", False),
        "logistics": ("own", "-", False),
        "canteen": ("own", "-", False),
        "citizen": ("-", "-", False),
        "school": ("own", "-", False),
        "outsider": ("-", "-", False),
        "administrator": ("-", "-", False),
    },
    "office.supervision.ticket": {
        "leader": ("all", "-", False),
        "director": ("all", "all", True),
        "clerk": ("all", "-", False),
        "section_head": ("unit", "-", False),
        "staff": ("own", "-", False),
        "liaison": ("own", "-", False),
        "petition_officer": ("own", "-", False),
        "supervisor": ("all", "assigned", True),
        "logistics": ("own", "-", False),
        "canteen": ("own", "-", False),
        "citizen": ("-", "-", False),
        "school": ("own", "-", False),
        "outsider": ("-", "-", False),
        "administrator": ("-", "-", False),
    },
}
# Coordination and what hangs on it: also what the section "Coordination" says of help
# between sections. Everybody of a section may report an error.
MATRIX["office.coordination"] = {
    "leader": ("all", "-", False),
    "director": ("all", "all", True),
    "clerk": ("all", "all", True),
    "section_head": ("unit", "made", True),
    "staff": ("own", "-", False),
    "liaison": ("own", "made", True),
    "petition_officer": ("-", "-", False),
    "supervisor": ("linked", "-", False),
    "logistics": ("-", "-", False),
    "canteen": ("-", "-", False),
    "citizen": ("-", "-", False),
    "school": ("own", "-", False),
    "outsider": ("-", "-", False),
    "administrator": ("-", "-", False),
}
MATRIX["office.help.request"] = MATRIX["office.coordination"] | {
    "supervisor": ("-", "-", False)
}
MATRIX["office.error"] = MATRIX["office.help.request"] | {
    "section_head": ("unit", "own", True),
    "staff": ("own", "own", True),
    "liaison": ("own", "-", False),
    "logistics": ("own", "-", False),
    "canteen": ("own", "-", False),
    "school": ("-", "-", False),
}
# In the hands of a unit; before, the office alone changes it.
MATRIX["office.document.incoming"] = {
    "leader": ("all", "-", False),
    "director": ("all", "all", True),
    "clerk": ("all", "all", True),
    "section_head": ("unit", "unit", False),
    "staff": ("own", "own", False),
    "liaison": ("-", "-", False),
    "petition_officer": ("-", "-", False),
    "supervisor": ("linked", "-", False),
    "logistics": ("-", "-", False),
    "canteen": ("-", "-", False),
    "citizen": ("-", "-", False),
    "school": ("-", "-", False),
    "outsider": ("-", "-", False),
    "administrator": ("-", "-", False),
}
# Staff and heads write their own drafts; the office all.
MATRIX["office.document.outgoing"] = {
    "leader": ("all", "-", False),
    "director": ("all", "all", True),
    "clerk": ("all", "all", True),
    "section_head": ("unit", "own", True),
    "staff": ("own", "own", True),
    "liaison": ("-", "-", False),
    "petition_officer": ("own", "-", False),
    "supervisor": ("linked", "-", False),
    "logistics": ("-", "-", False),
    "canteen": ("-", "-", False),
    "citizen": ("-", "-", False),
    "school": ("own", "-", False),
    "outsider": ("-", "-", False),
    "administrator": ("-", "-", False),
}
# Advice: the office changes all, others their own until it is handed in.
MATRIX["office.advice"] = {
    "leader": ("all", "-", False),
    "director": ("all", "all", True),
    "clerk": ("all", "all", True),
    "section_head": ("unit", "unit", True),
    "staff": ("own", "own", True),
    "liaison": ("own", "own", True),
    "petition_officer": ("own", "own", True),
    "supervisor": ("linked", "-", False),
    "logistics": ("-", "-", False),
    "canteen": ("-", "-", False),
    "citizen": ("-", "-", False),
    "school": ("own", "-", True),
    "outsider": ("-", "-", False),
    "administrator": ("-", "-", False),
}
NOBODY = dict.fromkeys(ROLES, ("-", "-", False))
# What advice grows from: topics, and what is on the leaders' minds.
MATRIX["office.research"] = NOBODY | {
    "leader": ("all", "-", False),
    "director": ("all", "all", True),
    "clerk": ("all", "all", True),
    "section_head": ("unit", "unit", True),
    "staff": ("own", "own", True),
}
MATRIX["office.focus"] = NOBODY | {
    "leader": ("all", "all", True),
    "director": ("all", "all", True),
    "clerk": ("all", "all", True),
    "section_head": ("unit", "-", False),
    "staff": ("own", "-", False),
}
# What a matter of each kind takes, beside its name, unit and handler.
SAMPLES = {
    "office.coordination": {"text": "Settle it"},
    "office.help.request": {"text": "Help us"},
    "office.error": {"text": "It is wrong"},
    "office.advice": {},
    "office.research": {},
    "office.focus": {},
    "office.document.incoming": {},
    "office.document.outgoing": {},
    "office.information": {"name": "Information"},
    "office.emergency": {"name": "Emergency", "place": "Yard", "source": "Guard"},
    "office.supervision.bulletin": {},
    "office.supervision.inspection": {},
}
# The state in which it is looked at, where that is not its first.
STATES = {"office.document.incoming": "handling"}

# A verification is seen with its ticket; a task and a bottleneck like a ticket.
MATRIX["office.supervision.task"] = dict(MATRIX["office.supervision.ticket"])
MATRIX["office.supervision.bottleneck"] = dict(MATRIX["office.supervision.ticket"])
MATRIX["office.supervision.verification"] = {
    role: (read, "made" if role == "supervisor" else write, create)
    for role, (read, write, create) in MATRIX["office.supervision.ticket"].items()
}
# A bulletin: who drafts it changes it; units see it when it is sent to them.
MATRIX["office.supervision.bulletin"] = MATRIX["office.supervision.ticket"] | {
    "supervisor": ("all", "own", True)
}
# An inspection is seen like a ticket; a supervisor plans, and changes those they lead.
MATRIX["office.supervision.inspection"] = {
    role: (read, "own" if role == "supervisor" else write, create)
    for role, (read, write, create) in MATRIX["office.supervision.ticket"].items()
}
# What is in force is for everybody to read; drafts have their own test.
MATRIX["office.regulation"] = {
    role: ("all", "-", False) for role in ROLES if role not in ("citizen", "school")
} | {
    "director": ("all", "all", True),
    "clerk": ("all", "all", True),
    "citizen": ("-", "-", False),
    "school": ("-", "-", False),
    "outsider": ("-", "-", False),
}
# The agenda of leaders, as far as it is meetings: who is called to one sees it.
MATRIX["office.meeting"] = dict.fromkeys(ROLES, ("own", "-", False)) | {
    "leader": ("all", "-", False),
    "director": ("all", "all", True),
    "clerk": ("all", "all", True),
    "citizen": ("-", "-", False),
    "school": ("-", "-", False),
    "outsider": ("-", "-", False),
}

# Information and emergencies.
MATRIX["office.information"] = {
    "leader": ("all", "-", False),
    "director": ("all", "all", True),
    "clerk": ("all", "all", True),
    "section_head": ("unit", "unit", True),
    "staff": ("own", "own", True),
    "liaison": ("own", "own", True),
    "petition_officer": ("own", "own", True),
    "supervisor": ("linked", "-", False),
    "logistics": ("own", "-", False),
    "canteen": ("own", "-", False),
    "citizen": ("-", "-", False),
    "school": ("own", "own", True),
    "outsider": ("-", "-", False),
    "administrator": ("-", "-", False),
}
MATRIX["office.emergency"] = MATRIX["office.information"] | {
    "petition_officer": ("all", "-", False),
    "supervisor": ("all", "-", False),
    "logistics": ("own", "own", True),
    "canteen": ("own", "own", True),
}
# Repairs: Odoo's maintenance lets everybody of the house report, and see their own; what
# section 4 gives to nobody (K, P, I) are the repairs of others.
MATRIX["maintenance.request"] = {
    **dict.fromkeys(
        ("clerk", "staff", "liaison", "petition_officer", "canteen", "outsider"),
        ("own", "own", True),
    ),
    "administrator": ("own", "own", True),
    "supervisor": ("linked", "own", True),
    "leader": ("all", "own", True),
    "director": ("all", "all", True),
    "section_head": ("unit", "own", True),
    "logistics": ("all", "all", True),
    "citizen": ("-", "-", False),
    "school": ("-", "-", False),
}
SAMPLES["maintenance.request"] = {"is_office_repair": True, "place": "Hall"}

# Cleaning: clerks, heads and staff change what they inspect or recorded.
MATRIX["office.cleaning.inspection"] = NOBODY | {
    "leader": ("all", "-", False),
    "director": ("all", "all", True),
    "clerk": ("own", "own", True),
    "section_head": ("unit", "own", True),
    "staff": ("own", "own", True),
    "logistics": ("all", "all", True),
}
# The service desk: any staff asks, whatever else they are (S4.9).
MATRIX["office.service.request"] = {
    role: ("own", "made", True)
    for role in ROLES
    if role not in ("citizen", "school", "outsider")
} | {
    "leader": ("all", "made", True),
    "director": ("all", "all", True),
    "section_head": ("unit", "made", True),
    "logistics": ("all", "all", True),
    "supervisor": ("linked", "made", True),
    "citizen": ("-", "-", False),
    "school": ("-", "-", False),
    "outsider": ("-", "-", False),
}
# Agenda of leader: papers of an item. Who prepares one changes its files and says that
# it is ready. What each role sees of the item itself is in test_agenda_privacy.py.
MATRIX["office.agenda.material"] = dict.fromkeys(ROLES, ("own", "own", False)) | {
    "leader": ("own", "own", True),
    "director": ("all", "all", True),
    "clerk": ("all", "all", True),
    "citizen": ("-", "-", False),
    "school": ("-", "-", False),
    "outsider": ("-", "-", False),
}
MATRIX["office.service.correction"] = NOBODY | {
    "leader": ("all", "-", False),
    "director": ("all", "all", True),
    "clerk": ("all", "all", True),
    "section_head": ("unit", "handled", False),
    "staff": ("own", "handled", False),
    "petition_officer": ("own", "handled", False),
    "logistics": ("own", "own", True),
    "canteen": ("own", "own", True),
}
SAMPLES["office.cleaning.inspection"] = {}
SAMPLES["office.service.request"] = {"place": "Hall"}
SAMPLES["office.service.correction"] = {"problem": "Dust"}
# The canteen: the house reads what is posted; the kitchen's books, with what they say of
# people's health, are for those who run it and those above.
MATRIX["office.canteen.menu"] = NOBODY | {
    "leader": ("all", "-", False),
    "director": ("all", "-", False),
    "clerk": ("all", "-", False),
    "section_head": ("all", "-", False),
    "staff": ("all", "-", False),
    "logistics": ("all", "-", False),
    "canteen": ("all", "all", True),
}
for _model in ("cook", "check", "sample", "delivery", "round"):
    MATRIX[f"office.canteen.{_model}"] = NOBODY | {
        "leader": ("all", "-", False),
        "director": ("all", "-", False),
        "canteen": ("all", "all", True),
    }
# What schools and citizens ask: the section that answers works on it, the liaison on what
# their schools ask; who asks creates it, and changes nothing afterwards.
MATRIX["office.school.request"] = dict.fromkeys(ROLES, ("own", "-", False)) | {
    "leader": ("all", "-", False),
    "director": ("all", "all", True),
    "clerk": ("all", "all", True),
    "section_head": ("unit", "unit", False),
    "staff": ("own", "own", False),
    "liaison": ("own", "own", True),
    "supervisor": ("all", "-", False),
    "citizen": ("-", "-", False),
    "school": ("own", "-", True),
    "outsider": ("-", "-", False),
}
MATRIX["office.consultation"] = MATRIX["office.school.request"] | {
    "citizen": ("own", "-", True),
}
SAMPLES |= {
    "office.school.request": {"text": "We need help"},
    "office.consultation": {"text": "What is the rule?"},
}
# Hot topics (guidance), as drafts: the office writes all, others what they drafted. Section
# 4 gives F and K no more than reading; but guidance is made of an answer to a consultation
# by who answered it (M14), so they draft, and a director approves. What is published is
# for schools and citizens, too: office_functions_service/tests/test_guidance.py.
MATRIX["office.guidance"] = dict.fromkeys(ROLES, ("all", "-", False)) | {
    "director": ("all", "all", True),
    "clerk": ("all", "all", True),
    "section_head": ("all", "made", True),
    "staff": ("all", "made", True),
    "liaison": ("all", "made", True),
    "petition_officer": ("all", "made", True),
    "citizen": ("-", "-", False),
    "school": ("-", "-", False),
    "outsider": ("-", "-", False),
}
# Petitions: officers keep the register, director and leaders decide by steps only; who has
# one in hand works on it, and the persons in it are masked (test_petition_register.py).
# Section 4 gives C, K, G and M none; but the officer may put one into the hands of anybody
# of the house, e.g. one on the food into those of the canteen manager, who then reads this
# one (A1). Users of schools handle none, though section 4 lets them: what a school has to
# do about a petition reaches it as a ticket, a task or a coordination, which hold no
# petitioner, and nothing of a report.
MATRIX["office.petition"] = dict.fromkeys(ROLES, ("own", "-", False)) | {
    "leader": ("all", "-", False),
    "director": ("all", "own", False),
    "clerk": ("own", "own", False),
    "section_head": ("unit", "unit", False),
    "staff": ("own", "own", False),
    "petition_officer": ("all", "all", True),
    "supervisor": ("all", "-", False),
    "citizen": ("-", "-", False),
    "school": ("-", "-", False),
    "outsider": ("-", "-", False),
}
SAMPLES["office.petition"] = {}
# Reports and accusations (检举控告, A4): for who is admitted by name, and nobody else.
REPORT = "office.petition report"
MATRIX[REPORT] = dict.fromkeys(ROLES, ("-", "-", False)) | {
    "leader": ("listed", "-", False),
    "director": ("listed", "-", False),
    "petition_officer": ("listed", "listed", True),
}
SAMPLES[REPORT] = {"is_report": True}

# An objection: whoever objects writes it, and only they; those above decide by buttons.
# Director and clerk belong to a unit too, and object in its name like its staff.
MATRIX["office.supervision.objection"] = dict.fromkeys(ROLES, ("-", "-", False)) | {
    "leader": ("all", "-", False),
    "director": ("all", "made", True),
    "clerk": ("own", "made", True),
    "section_head": ("unit", "made", True),
    "staff": ("own", "made", True),
    "supervisor": ("all", "-", False),
    "school": ("own", "made", True),
}
SAMPLES["office.supervision.objection"] = {"text": "It was not so"}
# Who made such a matter is named there.
AUTHORS = {"office.supervision.objection": "author_id"}
# A recusal: whoever asks for it, and whom it concerns; those above decide. Who decides
# changes no other's words.
MATRIX["office.supervision.recusal"] = NOBODY | {
    "leader": ("all", "made", True),
    "director": ("all", "made", True),
    "clerk": ("own", "made", True),
    "section_head": ("own", "made", True),
    "staff": ("own", "made", True),
    "supervisor": ("own", "made", True),
    "school": ("own", "made", True),
}
# A proposal to hold somebody to account is for those who decide and propose; who is named
# sees it once they were told, which has tests of its own (test_ladder.py). Clerks are
# staff, but a rule lets them keep none.
MATRIX["office.supervision.accountability"] = NOBODY | {
    "leader": ("all", "all", False),
    "director": ("all", "all", True),
    "clerk": ("-", "-", True),
    "section_head": ("made", "made", True),
    "staff": ("made", "made", True),
    "supervisor": ("all", "own", True),
}
# Open information, as drafts: heads of sections propose, the petition office writes its
# own. What is published is for all: office_functions_service/tests/test_open_info.py.
MATRIX["office.open.info"] = {
    "leader": ("all", "-", False),
    "director": ("all", "all", True),
    "clerk": ("all", "all", True),
    "section_head": ("unit", "unit", True),
    "staff": ("own", "-", False),
    "liaison": ("own", "-", False),
    "petition_officer": ("own", "own", True),
    "supervisor": ("linked", "-", False),
    "logistics": ("own", "-", False),
    "canteen": ("own", "-", False),
    "citizen": ("-", "-", False),
    "school": ("-", "-", False),
    "outsider": ("-", "-", False),
    "administrator": ("own", "-", False),
}
# Requests for information: the office registers them, the section answers.
MATRIX["office.info.request"] = MATRIX["office.open.info"] | {
    "section_head": ("unit", "unit", False),
    "staff": ("own", "own", False),
}
SAMPLES |= {"office.open.info": {}, "office.info.request": {"text": "Which costs?"}}

# Who knows of a secret paper, and its yearly reviews: read with the paper, written by the
# buttons of clerks, directors and leaders alone.
for _model in ("office.secrecy.reader", "office.secrecy.review"):
    MATRIX[_model] = {
        role: ("own" if read == "linked" else read, "-", False)
        for role, (read, _write, _create) in MATRIX["office.document.incoming"].items()
    }

# Whose result of the yearly assessment a role reads.
ASSESSED = dict.fromkeys(("leader", "director", "clerk", "supervisor"), "all") | {
    "section_head": ("unit", "subunit"),
    "staff": ("elsewhere",),
    "school": ("school",),
}


class RoleMatrixFixture:
    """One user for each role, and records in each relation to them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(cls.env, f"matrix_{role}", groups)
            for role, groups in ROLES.items()
        }
        cls.unit = cls.env["hr.department"].create({"name": "Unit"})
        cls.subunit = cls.env["hr.department"].create(
            {"name": "Subunit", "parent_id": cls.unit.id}
        )
        cls.elsewhere = cls.env["hr.department"].create({"name": "Elsewhere"})
        cls.env["hr.employee"].create(
            {
                "name": "Head",
                "user_id": cls.users["section_head"].id,
                "department_id": cls.unit.id,
            }
        )
        area = cls.env["office.cleaning.area"].create({"name": "Hall"})
        SAMPLES["office.cleaning.inspection"]["area_id"] = area.id
        kind = cls.env.ref("office_functions_service.service_kind_other")
        SAMPLES["office.service.request"]["kind_id"] = kind.id
        SAMPLES["office.supervision.objection"]["unit_id"] = cls.elsewhere.id
        # One objects in the name of one's own unit.
        cls.objector = new_test_user(cls.env, "matrix_objector", ROLES["staff"])
        cls.env["hr.employee"].create(
            {
                "name": "Objector",
                "user_id": cls.objector.id,
                "department_id": cls.elsewhere.id,
            }
        )
        cls.law = cls.env["office.regulation"].create({"name": "Law", "kind": "law"})
        cls.other_supervisor = new_test_user(
            cls.env, "matrix_other_supervisor", ROLES["supervisor"]
        )
        cls.other_leader = new_test_user(
            cls.env, "matrix_other_leader", CORE + "leader"
        )
        # Where nobody is there to be admitted, directors would be.
        new_test_user(
            cls.env,
            "matrix_keeper",
            "office_functions_service.group_office_petition_confidential",
        )

    def get_model(self, key):
        """Return the model behind a key of the table, which may add a word to it."""
        return self.env[key.split()[0]]

    def make(self, model, **vals):
        """Return a record of a model that concerns nobody of the matrix."""
        if model in SAMPLES:
            return self.make_matter(model, **vals)
        if model.startswith("office.canteen."):
            return self.make_of_canteen(model)
        if model.startswith("office.secrecy."):
            return self.make_of_secrecy(model, **vals)
        if model == "office.regulation":
            return self.env[model].create({"name": "A law", "kind": "law", **vals})
        if model == "office.guidance":
            vals = {"name": "What?", "answer": "That.", **vals}
            return self.env[model].create(vals)
        if model == "office.agenda.material":
            return self.make_paper(vals.get("handler_id", self.other_leader.id))
        if model == "office.meeting":
            host = vals.pop("handler_id", self.other_leader.id)
            return self.env[model].create({"name": "Meeting", "host_id": host, **vals})
        directive = self.env["office.directive"].create(
            {
                "name": "Directive",
                "leader_id": self.other_leader.id,
                "text": "Do it",
                "lead_unit_id": self.elsewhere.id,
                **(vals if model == "office.directive" else {}),
            }
        )
        if model == "office.directive":
            return directive
        of_ticket = vals if model == "office.supervision.ticket" else {}
        if model == "office.supervision.verification":
            of_ticket = {k: v for k, v in vals.items() if k != "verifier_id"}
        ticket = self.env["office.supervision.ticket"].create(
            {
                "name": "Ticket",
                "directive_id": directive.id,
                "lead_unit_id": self.elsewhere.id,
                "supervisor_id": self.other_supervisor.id,
                **of_ticket,
            }
        )
        if model == "office.supervision.ticket":
            return ticket
        if model in ("office.supervision.task", "office.supervision.bottleneck"):
            ticket.supervisor_id = vals.pop("supervisor_id", self.other_supervisor.id)
            return self.env[model].create(
                {"ticket_id": ticket.id, "name": "Task", **vals}
            )
        if model == "office.supervision.accountability":
            ticket.supervisor_id = vals.get("supervisor_id", self.other_supervisor.id)
            return self.env[model].create(
                {"ticket_id": ticket.id, "facts": "None", "proposal": "A warning"}
            )
        return self.env[model].create(
            {
                "ticket_id": ticket.id,
                "verifier_id": vals.get("verifier_id") or self.other_leader.id,
            }
        )

    def make_of_secrecy(self, model, **vals):
        """Return a line of the register of secret papers."""
        paper = self.make("office.document.incoming", **vals)
        line = {"res_model": paper._name, "res_id": paper.id}
        line["user_id"] = self.other_leader.id
        if model == "office.secrecy.reader":
            line["recorded_by_id"] = self.other_leader.id
        else:
            line |= {"date": "2026-03-10", "outcome": "kept", "note": "So it is"}
        return self.env[model].create(line)

    def make_paper(self, owner_id):
        """Return a paper of an item of a leader who is nobody of the matrix."""
        item = self.env["calendar.event"].create(
            {
                "name": "Visit",
                "office_leader_id": self.other_leader.id,
                "start": "2026-03-12 01:00:00",
                "stop": "2026-03-12 02:00:00",
            }
        )
        return self.env["office.agenda.material"].create(
            {"name": "Paper", "event_id": item.id, "owner_id": owner_id}
        )

    def make_all(self, model, role):
        """Return a record for each relation the role may stand in to it."""
        user = self.users[role]
        if model in SAMPLES:
            return self.make_matters(model, user)
        if model.startswith("office.canteen."):
            return {"foreign": self.make(model)}
        if model == "office.guidance":
            made = self.env[model].with_user(user).sudo()
            return {
                "foreign": self.make(model),
                "made": made.create({"name": "What?", "answer": "That."}),
            }
        if model == "office.supervision.recusal":
            return self.make_recusals(user)
        if model == "office.supervision.accountability":
            records = {"foreign": self.make(model), "made": self.make(model)}
            records["assigned"] = self.make(model, supervisor_id=user.id)
            self.let_be_made_by(records["made"], user)
            return records
        records = {
            "foreign": self.make(model),
            "own": self.make(model, handler_id=user.id),
            "unit": self.make(model, lead_unit_id=self.subunit.id),
        }
        if model == "office.supervision.verification":
            records["made"] = self.make(model, verifier_id=user.id)
        if model == "office.directive":
            records["made"] = self.make(model)
            self.env.cr.execute(
                "UPDATE office_directive SET create_uid = %s, office_parties = %s "
                "WHERE id = %s",
                [user.id, f'["u{user.id}"]', records["made"].id],
            )
            linked = self.make("office.directive")
            ticket = self.env["office.supervision.ticket"].create(
                {
                    "name": "T",
                    "directive_id": linked.id,
                    "legal_basis_ids": self.law.ids,
                    "supervisor_id": False,
                }
            )
            # A mere proposal opens nothing.
            with permit(ticket, "filed"):
                ticket.state = "filed"
            records["linked"] = linked
        elif "supervisor_id" in self.env[model] or "ticket_id" in self.env[model]:
            records["assigned"] = self.make(model, supervisor_id=user.id)
        self.env.invalidate_all()
        return records

    def make_recusals(self, user):
        """Return recusals that concern nobody of the matrix, a user, or made by them."""
        Recusal = self.env["office.supervision.recusal"]
        records = {
            kind: Recusal.create(
                {
                    "user_id": person.id,
                    "unit_id": self.elsewhere.id,
                    "reason": "A relative",
                }
            )
            for kind, person in (
                ("foreign", self.other_supervisor),
                ("own", user),
                ("made", self.other_supervisor),
            )
        }
        self.let_be_made_by(records["made"], user)
        return records

    def let_be_made_by(self, record, user):
        """Let a record be one that a user has created."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET create_uid = %s WHERE id = %s",
                SQL.identifier(record._table),
                user.id,
                record.id,
            )
        )
        self.env.invalidate_all()

    def make_matter(self, model, **vals):
        """Return a matter of the core, in the state in which it is looked at."""
        nobody = {"lead_unit_id": self.elsewhere.id, "handler_id": False}
        if model in ("office.advice", "office.focus"):
            nobody["leader_id"] = self.other_leader.id
        Model = self.get_model(model)
        if model in AUTHORS:
            Model = Model.with_user(self.objector).sudo()
        record = Model.create({"name": "Matter", **nobody, **SAMPLES[model], **vals})
        record = record.with_env(self.env)
        state = STATES.get(model)
        if state:
            with permit(record, state):
                record.state = state
        return record

    def make_matters(self, model, user):
        """Return a matter of the core for each relation a user may stand in to it."""
        records = {
            "foreign": self.make(model),
            "own": self.make(model, handler_id=user.id),
            "unit": self.make(model, lead_unit_id=self.subunit.id),
            "made": self.make(model),
            "linked": self.make(model),
        }
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET create_uid = %s, office_parties = %s WHERE id = %s",
                SQL.identifier(self.get_model(model)._table),
                user.id,
                f'["u{user.id}"]',
                records["made"].id,
            )
        )
        if MATRIX[model][self.get_role(user)][0] == "listed":
            records["listed"] = self.make(model)
            records["listed"]._name_person("granted", user, "")
        if model in AUTHORS:
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id = %s",
                    SQL.identifier(self.env[model]._table),
                    SQL.identifier(AUTHORS[model]),
                    user.id,
                    records["made"].id,
                )
            )
        if model == REPORT:
            # Nothing is linked to one that is not restricted like it.
            self.env.invalidate_all()
            return records
        ticket = self.make("office.supervision.ticket")
        self.env["office.matter.link"]._link(records["linked"], ticket)
        if "directive_id" in records["linked"]:
            with permit(records["linked"]):
                records["linked"].directive_id = ticket.directive_id
        self.env.invalidate_all()
        return records

    def make_of_canteen(self, model):
        """Return a record of a canteen of its own, the menu posted, the meal cooked."""
        canteen = self.env["office.canteen"].create({"name": "Canteen"})
        dish = self.env["office.canteen.dish"].create({"name": f"Dish {canteen.id}"})
        if model in ("office.canteen.cook", "office.canteen.delivery"):
            vals = {"name": "Cook or rice", "canteen_id": canteen.id}
            return self.env[model].create(vals)
        if model == "office.canteen.round":
            return self.env[model].create({"canteen_id": canteen.id})
        menu = self.env["office.canteen.menu"].create(
            {
                "canteen_id": canteen.id,
                "date_from": "2026-03-09",
                "meal_ids": [
                    fields.Command.create(
                        {
                            "date": "2026-03-10",
                            "dish_ids": [fields.Command.set(dish.ids)],
                        }
                    )
                ],
            }
        )
        with permit(menu, "published"):
            menu.state = "published"
        if model == "office.canteen.menu":
            return menu
        check = self.env["office.canteen.check"].create({"meal_id": menu.meal_ids.id})
        if model == "office.canteen.check":
            return check
        with permit(check, "processed"):
            check.state = "processed"
        return self.env[model].create(
            {"check_id": check.id, "dish_id": dish.id, "fridge": "One"}
        )

    # Which of those records each word of the table covers.
    COVERED = {
        "-": set(),
        "own": {"own", "made", "assigned"},
        "made": {"made"},
        "unit": {"own", "made", "unit", "assigned"},
        "linked": {"own", "made", "linked", "assigned"},
        "assigned": {"assigned"},
        "handled": {"own"},
        "listed": {"listed"},
    }

    def covered(self, word, kind):
        return word == "all" or kind in self.COVERED[word]

    def get_role(self, user):
        return next(role for role in ROLES if self.users[role] == user)


@tagged("post_install", "-at_install", "office_matrix")
class TestRoleMatrix(RoleMatrixFixture, TransactionCase):
    def test_matrix(self):
        for model, cells in MATRIX.items():
            self.assertEqual(set(cells), set(ROLES), f"{model}: a role is missing")
            for role, (read, write, create) in cells.items():
                user = self.users[role]
                records = self.make_all(model, role)
                if model == "office.supervision.verification":
                    # Whose verification it is says nothing of who sees the ticket.
                    visible_made = self.covered(read, "foreign")
                Model = self.get_model(model).with_user(user)
                self.env.flush_all()
                self.env.invalidate_all()
                for kind, record in records.items():
                    may_read = self.covered(read, kind)
                    if model == "office.supervision.verification" and kind == "made":
                        may_read = visible_made
                    may_write = self.covered(write, kind)
                    with self.subTest(model=model, role=role, record=kind):
                        mine = record.with_user(user)
                        self.assertEqual(mine.has_access("read"), may_read, "read")
                        self.assertEqual(mine.has_access("write"), may_write, "write")
                        found = (
                            Model.search([("id", "=", record.id)])
                            if Model.has_access("read")
                            else Model
                        )
                        self.assertEqual(bool(found), may_read, "search")
                        if may_read:
                            self.assertTrue(mine.display_name)
                        elif model == REPORT:
                            self.assertAbsent(mine)
                        else:
                            # Nothing is written, so no savepoint is needed.
                            with TestCase.assertRaises(self, AccessError):
                                mine.read(["display_name"])
                with self.subTest(model=model, role=role, create=create):
                    self.assertEqual(Model.has_access("create"), create)

    def test_assessment_lines(self):
        """The row “Assessment, indicators”: whose result each role reads."""
        school = self.env["hr.department"].create(
            {
                "name": "School",
                "unit_kind": "school",
                "office_user_ids": self.users["school"].ids,
            }
        )
        self.env["hr.employee"].create(
            {
                "name": "Staff",
                "user_id": self.users["staff"].id,
                "department_id": self.elsewhere.id,
            }
        )
        units = self.unit | self.subunit | self.elsewhere | school
        assessment = self.env["office.assessment"].create({"year": 2001})
        lines = self.env["office.assessment.line"].create(
            [
                {"assessment_id": assessment.id, "department_id": unit.id}
                for unit in units
            ]
        )
        with permit(assessment, "published"):
            assessment.state = "published"
        for role, user in self.users.items():
            theirs = ASSESSED.get(role, ())
            expected = units if theirs == "all" else units.browse()
            for name in () if theirs == "all" else theirs:
                expected |= school if name == "school" else getattr(self, name)
            with self.subTest(role=role):
                seen = lines.with_user(user)._filtered_access("read")
                self.assertEqual(seen.sudo().department_id, expected)
                for right in ("write", "create", "unlink"):
                    self.assertFalse(lines[0].with_user(user).has_access(right))

    def assertAbsent(self, mine):
        """Assert that a record is not refused to somebody but not there at all."""
        try:
            told = mine.read(["display_name"])
        except (AccessError, MissingError):
            told = []
        self.assertEqual(told, [])

    def test_counts_leak_nothing(self):
        """Grouped counts and name look-ups obey the same walls as reading."""
        self.make("office.directive", name="Nobody's business")
        Directive = self.env["office.directive"].with_user(self.users["staff"])
        self.assertEqual(Directive.search_count([]), 0)
        groups = Directive.formatted_read_group([], ["state"], ["__count"])
        self.assertFalse(groups)
        self.assertFalse(Directive.name_search("Nobody"))

    def test_other_company_is_out_of_sight(self):
        company = self.env["res.company"].create({"name": "Other Commission"})
        directive = self.make(
            "office.directive", company_id=company.id, lead_unit_id=False
        )
        leader = self.users["leader"]
        self.assertFalse(directive.with_user(leader).has_access("read"))
        leader.company_ids = [fields.Command.link(company.id)]
        both = directive.with_user(leader).with_context(
            allowed_company_ids=[self.env.company.id, company.id]
        )
        self.assertTrue(both.has_access("read"))

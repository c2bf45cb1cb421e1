# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Domain.md section 4 for all the rest: what the two other tables do not walk.

Which rights a role has to a kind of record, as letters: r read, w write, c create, u
unlink. Which records of the kind they then see is either
    as with the matter it belongs to (``office.part.mixin``, ``office.annex.mixin``),
    all of the organization's, or
    said by a rule of its own, which has the test named in ``OWN_RULES``.
No kind of record can be forgotten: whoever adds one adds its line here, or a row to one
of the other tables.
"""

from pathlib import Path

from odoo.tests import TransactionCase, tagged

from odoo.addons.office_functions.tools.transition import permit

from .test_role_matrix import MATRIX, ROLES, RoleMatrixFixture
from .test_role_matrix_parts import HOUSE, PARTS

RIGHTS = {}


def let(kinds, everybody="", **others):
    """Say who may do what with some kinds of record.

    :param str kinds: names of models, without ``office.``
    :param str everybody: the letters of everybody of the house
    :param others: role → letters, where they differ
    """
    for kind in kinds.split():
        RIGHTS[f"office.{kind}"] = (
            dict.fromkeys(ROLES, "") | dict.fromkeys(HOUSE, everybody) | others
        )


let(
    "assessment.line deadline.event document.countersign emergency.change "
    "information.adoption matter.access matter.link receipt transition urging "
    "urging.addressee",
    "r",
    school="r",
)
let(
    "consultation.identity delegation.item duty.touch guidance.use "
    "info.request.identity matter.overview seal.use service.desk service.record",
    "r",
)
let(
    "audit.log service.index service.index.figure service.index.part step.time "
    "supervision.conduct",
    leader="r",
    director="r",
)
let(
    "calendar.day document.template number.series time.limit urging.step",
    "r",
    administrator="rwcu",
)
let("agenda.reminder clash omission", leader="r", director="r", clerk="r")
let(
    "canteen canteen.allergen canteen.dish",
    "r",
    liaison="",
    petition_officer="",
    supervisor="",
    canteen="rwc",
    administrator="",
)
let("number.counter public.filing rate.limit", administrator="r")
let(
    "research.category research.demand service.topic",
    "r",
    director="rwc",
    clerk="rwc",
    administrator="rwcu",
)
let(
    "supervision.bulletin.line supervision.finding supervision.requirement",
    "r",
    director="rwcu",
    supervisor="rwcu",
    administrator="",
    school="r",
)
let(
    "supervision.change supervision.change.ledger supervision.supervisor",
    leader="r",
    director="r",
    supervisor="r",
)
let("cleaning.area cleaning.item", "r", director="rwcu", logistics="rwcu")
let("duty.rota open.report", "r", director="rwcu", clerk="rwcu")
let("petition.accused petition.subject", "r", petition_officer="rwcu")
let("petition.identity petition.notice", "r", petition_officer="rw")
let("service.scale service.weight", leader="r", director="r", administrator="rwcu")
let(
    "supervision.blank.spot supervision.coverage",
    leader="r",
    director="r",
    clerk="r",
    section_head="r",
    supervisor="r",
)
let(
    "supervision.extension supervision.feedback",
    "rwcu",
    leader="r",
    petition_officer="r",
    supervisor="r",
    administrator="",
    school="rwcu",
)
let(
    "advice.option",
    "rwcu",
    leader="r",
    supervisor="r",
    logistics="r",
    canteen="r",
    administrator="r",
)
let("agenda", "r", leader="rw", director="rwc")
let("assessment", "r", director="rwcu")
let("canteen.companion", leader="rc", director="rc", canteen="rc")
let("canteen.disinfection", leader="r", director="r", canteen="rwcu")
let(
    "canteen.meal",
    "r",
    liaison="",
    petition_officer="",
    supervisor="",
    canteen="rwcu",
    administrator="",
)
let("canteen.morning", leader="r", director="r", canteen="rc")
let("canteen.supplier", leader="r", director="r", canteen="rwc")
let(
    "cleaning.line",
    leader="r",
    director="rw",
    clerk="rw",
    section_head="rw",
    staff="rw",
    logistics="rwu",
)
let("cleaning.notice", leader="r", director="rw", logistics="rw")
let(
    "coordination.party",
    "rwcu",
    leader="r",
    staff="r",
    petition_officer="",
    supervisor="r",
    logistics="",
    canteen="",
    administrator="",
    school="r",
)
let(
    "document.circulation",
    leader="r",
    director="rwcu",
    clerk="rwcu",
    section_head="r",
    staff="r",
    supervisor="r",
)
let(
    "document.finding",
    leader="r",
    director="rwcu",
    clerk="rwcu",
    section_head="rw",
    staff="rw",
    petition_officer="r",
    supervisor="r",
)
let("info.dispute", leader="r", director="rwcu", clerk="rwcu")
let(
    "info.request.opinion",
    "r",
    director="rwcu",
    clerk="rwcu",
    section_head="rwcu",
    staff="rwcu",
)
let("information.balance", leader="r", director="r", clerk="r", section_head="r")
let(
    "information.figure",
    "rwcu",
    leader="r",
    supervisor="r",
    logistics="r",
    canteen="r",
    administrator="",
    school="rwcu",
)
let("information.score", "r", director="rwcu", administrator="rwcu")
let("open.category", "r", director="rwcu", clerk="rwcu", administrator="rwcu")
let(
    "open.file",
    "r",
    director="rwcu",
    clerk="rwcu",
    section_head="rwcu",
    staff="rwcu",
    petition_officer="rwcu",
)
let("open.finding", "r", director="rw", clerk="rw")
let(
    "petition.count",
    leader="r",
    director="r",
    petition_officer="r",
    administrator="r",
)
let(
    "petition.demand",
    "r",
    director="rw",
    clerk="rw",
    section_head="rw",
    staff="rw",
    petition_officer="rwcu",
)
let("petition.erasure", director="r", petition_officer="r")
let("petition.report", leader="r", director="r", petition_officer="rwcu")
let("petition.review", "r", petition_officer="rwc")
let("regulation.comment", "r", director="rwcu", clerk="rw", section_head="rwcu")
let("repair.part", "rwcu", outsider="rwcu")
let("service.kind", "r", logistics="rwc", administrator="rwcu")
let("supervision.bottleneck.fact", "r", administrator="", school="r")
let(
    "supervision.inspection.unit",
    "r",
    director="rwcu",
    clerk="rw",
    section_head="rw",
    staff="rw",
    supervisor="rwcu",
    administrator="",
    school="r",
)
let("supervision.method", "r", administrator="rwcu", school="r")
let("supervision.rate", "r", administrator="")
let(
    "supervision.talk",
    "r",
    leader="rw",
    director="rwcu",
    supervisor="rwcu",
    administrator="",
    school="r",
)
let(
    "unit.alias",
    "r",
    director="rwcu",
    clerk="rwcu",
    supervisor="rwcu",
    administrator="rwcu",
)

ADDONS = "office_functions", "office_functions_service", "office_functions_supervision"
HERE = Path(__file__).parent

# Kinds of which a role sees some records only, by a rule of their own → its test.
OWN_RULES = {
    "office.agenda": "office_functions_service/tests/test_agenda_privacy.py",
    "office.agenda.reminder": "office_functions_service/tests/test_agenda_privacy.py",
    "office.assessment.line": "tests/test_role_matrix.py",
    "office.audit.log": "office_functions_service/tests/test_petition_opened.py",
    "office.canteen.companion": "office_functions_service/tests/test_canteen_rating.py",
    "office.canteen.meal": "office_functions_service/tests/test_canteen_rating.py",
    "office.canteen.morning": "office_functions_service/tests/test_canteen_rating.py",
    "office.canteen.supplier": "office_functions_service/tests/test_canteen_rating.py",
    "office.clash": "office_functions/tests/test_clash.py",
    "office.information.balance": "office_functions/tests/test_information.py",
    "office.matter.overview": "office_functions/tests/test_matter_overview.py",
    "office.open.file": "office_functions_service/tests/test_open_pages.py",
    "office.open.finding": "office_functions_service/tests/test_open_info.py",
    "office.petition.accused": "office_functions_service/tests/test_petition_confidential.py",
    "office.petition.notice": "office_functions_service/tests/leak_case.py",
    "office.regulation.comment": "office_functions/tests/test_regulation.py",
    "office.service.desk": "office_functions_service/tests/test_service_request.py",
    "office.service.record": "office_functions_service/tests/test_service_index.py",
    "office.supervision.blank.spot": "office_functions_supervision/tests/test_coverage.py",
    "office.supervision.change.ledger": "office_functions_supervision/tests/test_law.py",
    "office.supervision.coverage": "office_functions_supervision/tests/test_coverage.py",
    "office.supervision.finding": "office_functions_supervision/tests/test_law.py",
    "office.supervision.rate": "office_functions_supervision/tests/test_figures.py",
    "office.supervision.supervisor": "office_functions_supervision/tests/test_law.py",
}
LETTERS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}
DAY = "2026-03-10"
# The state in which something may hang on a matter, where that is not its first.
HANGS_IN = {
    "office.document.finding": "reviewing",
    "office.info.request.opinion": "received",
}
# What it needs that no field alone requires.
NEEDS = {"office.coordination.party": ("department_id",)}


@tagged("post_install", "-at_install", "office_matrix")
class TestRoleMatrixRest(RoleMatrixFixture, TransactionCase):
    def get_kinds(self):
        """Return the kinds of record that are the suite's own, kept in a table."""
        return {
            name
            for name, model in self.env.registry.items()
            if model._original_module in ADDONS
            and not model._abstract
            and not model._transient
        }

    def test_no_kind_of_record_is_forgotten(self):
        walked = {key.split()[0] for key in MATRIX} | set(PARTS)
        ours = {kind for kind in walked if kind.startswith("office.")}
        self.assertEqual(self.get_kinds(), ours | set(RIGHTS))
        self.assertFalse(walked & set(RIGHTS))

    def test_rights(self):
        for kind, cells in RIGHTS.items():
            for role, letters in cells.items():
                model = self.env[kind].with_user(self.users[role])
                has = "".join(
                    letter
                    for letter, operation in LETTERS.items()
                    if model.has_access(operation)
                )
                with self.subTest(kind=kind, role=role):
                    self.assertEqual(has, letters)

    def test_the_others_are_seen_whole_or_by_a_rule_with_a_test(self):
        hanging = self.get_hanging("office.part.mixin", "office.annex.mixin")
        for kind in set(RIGHTS) - hanging - set(OWN_RULES):
            readers = [role for role, letters in RIGHTS[kind].items() if letters]
            rules = {
                str(
                    self.env["ir.rule"]
                    .with_user(self.users[role])
                    ._compute_domain(kind, "read")
                )
                for role in readers
            }
            with self.subTest(kind=kind):
                self.assertEqual(len(rules), 1, "no rule tells the readers apart")
        for kind, path in OWN_RULES.items():
            with self.subTest(kind=kind):
                self.assertIn(kind, RIGHTS)
                text = (HERE.parent / path).read_text()
                self.assertTrue(kind in text or kind.split(".")[-1] in text)

    # What hangs on a matter is seen with the matter -----------------------------------

    def get_hanging(self, *mixins):
        """Return the kinds of the table that are seen with their matter."""
        hanging = set(self.env.registry.descendants(mixins, "_inherit"))
        return hanging & set(RIGHTS) - set(OWN_RULES)

    def test_a_part_is_seen_with_its_matter(self):
        wholes = {}
        for kind in self.get_hanging("office.part.mixin"):
            field = self.env[kind]._fields[self.env[kind]._whole]
            wholes.setdefault(field.comodel_name, []).append((kind, field.name))
        for of, kinds in wholes.items():
            self.walk_hanging(of, kinds)

    def test_an_annex_is_seen_with_its_matter(self):
        kinds = self.get_hanging("office.annex.mixin")
        self.walk_hanging("office.directive", [(kind, "res_id") for kind in kinds])

    def walk_hanging(self, of, kinds):
        """Let each role look at what hangs on a matter of theirs, and on another."""
        foreign = self.make(of)
        of_foreign = {kind: self.hang(kind, name, foreign) for kind, name in kinds}
        for role, user in self.users.items():
            own = self.make(of, handler_id=user.id)
            for kind, name in kinds:
                word = MATRIX[of][role][0]
                may = "r" in RIGHTS[kind][role]
                for relation, row in (
                    ("foreign", of_foreign[kind]),
                    ("own", self.hang(kind, name, own)),
                ):
                    seen = may and self.covered(word, relation)
                    mine = row.with_user(user)
                    self.env.invalidate_all()
                    with self.subTest(kind=kind, role=role, relation=relation):
                        self.assertEqual(mine.has_access("read"), seen)
                        if may:
                            found = mine.search([("id", "=", row.id)])
                            self.assertEqual(bool(found), seen, "search")

    def hang(self, kind, name, matter):
        """Return a record that hangs on a matter, with what it needs besides."""
        model = self.env[kind]
        vals = {name: matter.id}
        if name == "res_id":
            vals["res_model"] = matter._name
        there = [(key, "=", value) for key, value in vals.items()]
        if row := model.search(there, limit=1):
            return row
        if model._fields[name].related:
            vals.clear()
        given = model.default_get(list(model._fields))
        for field in model._fields.values():
            required = field.required and not (field.compute or field.related)
            required = required or field.name in NEEDS.get(kind, ())
            if required and field.store and field.name not in given | vals:
                vals[field.name] = self.invent(field, matter, vals)
        if state := HANGS_IN.get(kind):
            with permit(matter, state):
                matter.state = state
        self.env.flush_all()
        with permit(model):
            return model.create(vals)

    def invent(self, field, matter, vals):
        """Return some value for a field that must have one."""
        if field.type == "many2one":
            return self.invent_record(field.comodel_name, matter).id
        if field.type == "many2one_reference":
            return matter.id
        if field.type == "selection":
            return field.get_values(self.env)[0]
        if field.type in ("date", "datetime"):
            return DAY
        if field.type in ("integer", "float"):
            return 1
        return matter._name if field.name.endswith("_model") else f"Some {matter.id}"

    def invent_record(self, model, matter):
        """Return some record of a model."""
        if model == matter._name:
            return matter
        if model == "res.company":
            return self.env.company
        if model == "res.users":
            return self.other_leader
        if model == "hr.department":
            return self.elsewhere
        if model == "office.duty.item":
            return self.env[model].create(
                {"name": "Duty", "lead_unit_id": self.elsewhere.id}
            )
        if model == "office.delegation":
            principal = self.other_leader
            return self.env[model].create(
                {
                    "principal_id": principal.id,
                    "delegate_id": self.other_supervisor.id,
                    "date_from": DAY,
                    "date_to": DAY,
                }
            )
        if model == "office.supervision.task":
            task = {"name": "Task", "handler_id": self.env.uid}
            return self.env[model].create({"ticket_id": matter.id, **task})
        if model == "office.urging":
            return self.hang(model, "res_id", matter)
        return self.make(model)

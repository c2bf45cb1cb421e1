# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.office_functions.tests.common import TODAY, OfficeCase
from odoo.addons.office_functions.tools.indicator import Indicator

from ..models.office_service_mixin import TARGETS
from .agenda_case import AgendaFixture
from .test_cleaning import CleaningFixture

MARCH = date(2026, 3, 1)


@tagged("office_service", "office_service_index")
class TestServiceIndex(AgendaFixture, CleaningFixture, OfficeCase):
    """The service quality index, and the record of all service by target."""

    # By target (S4.2) -----------------------------------------------------------------

    def test_s4_2_every_service_record_belongs_to_exactly_one_target(self):
        Record = self.env["office.service.record"]
        kinds = self.env["office.service.mixin"]._get_service_models()
        self.assertLessEqual(
            {"office.cleaning.inspection", "office.service.request"}, set(kinds)
        )
        offered = dict(Record._fields["res_model"]._description_selection(self.env))
        self.assertEqual(set(offered), {*kinds, "calendar.event"})
        inspection = self.make()
        request = self.env["office.service.request"].create(
            {
                "name": "Tea",
                "place": "Hall",
                "kind_id": self.env.ref(
                    "office_functions_service.service_kind_other"
                ).id,
            }
        )
        for record in (inspection, request):
            self.assertEqual(record.service_target, "agency")
        for name in kinds:
            Model = self.env[name].sudo()
            domain = Model._get_service_domain()
            with self.subTest(kind=name):
                found = Record.search([("res_model", "=", name)])
                self.assertEqual(len(found), Model.search_count(domain))
                self.assertEqual(len(set(found.mapped("res_id"))), len(found))
                self.assertLessEqual(set(found.mapped("target")), dict(TARGETS).keys())

    def test_s4_2_report_by_target(self):
        self.make("passed")
        self.make()
        Record = self.env["office.service.record"].with_user(self.users["director"])
        rows = Record._read_group([], ["target"], ["__count", "on_time:avg"])
        self.assertIn(("agency", 2, 100.0), rows)
        action = self.env.ref("office_functions_service.office_service_record_action")
        self.assertIn("__count", safe_eval(action.context)["pivot_measures"])
        staff = self.env["office.service.record"].with_user(self.users["canteen"])
        self.assertFalse(staff.search([]), "Nobody sees more than they may read")
        line = Record.search([], limit=1)
        self.assertEqual(line.action_open_record()["res_model"], self.model_name)
        self.assertTrue(line.display_name)

    def test_s4_2_leaders_are_served_by_their_diaries(self):
        self.make()
        seen, secret, dropped = (
            self.make_item(name=name)
            for name in ("Visit", "Personnel talk", "Called off")
        )
        secret.privacy = "private"
        dropped.call_off()
        self.env["calendar.event"].create(
            {"name": "Nobody's", "start": seen.start, "stop": seen.stop}
        )
        Record = self.env["office.service.record"]
        kind = [("res_model", "=", "calendar.event")]
        for role, items in (
            ("clerk", seen | secret),
            ("leader", seen | secret),
            ("staff", seen),
            ("logistics", seen.browse()),
        ):
            with self.subTest(role=role):
                found = Record.with_user(self.users[role]).search(kind)
                self.assertEqual(set(found.mapped("res_id")), set(items.ids))
        lines = Record.with_user(self.users["clerk"]).search(kind)
        self.assertEqual(set(lines.mapped("target")), {"leader"})
        self.assertFalse(any(lines.mapped("date_done")))
        self.to_day(date(2026, 3, 12))
        seen.mark_attended()
        self.env.invalidate_all()
        line = lines.filtered(lambda line: line.res_id == seen.id)
        self.assertEqual(line.date_done, date(2026, 3, 12))
        self.assertEqual(line.company_id, self.company)
        self.assertEqual(line.action_open_record()["res_model"], "calendar.event")
        rows = Record._read_group([], ["target"], ["__count"])
        self.assertEqual(rows, [("agency", 1), ("leader", 2)])
        everything = Record.search([])
        self.assertEqual(len(set(everything.ids)), len(everything))

    def test_s4_2_every_kind_says_whom_it_serves(self):
        Mixin = self.env.registry["office.service.mixin"]
        for name in self.env["office.service.mixin"]._get_service_models():
            Model = self.env.registry[name]
            with self.subTest(kind=name):
                self.assertTrue(
                    Model._service_target in dict(TARGETS)
                    or Model._compute_service_target
                    is not Mixin._compute_service_target
                )

    def test_what_is_asked_of_leads_to_no_double_ids(self):
        self.make()
        self.env["office.service.request"].create(
            {
                "name": "Tea",
                "place": "Hall",
                "kind_id": self.env.ref(
                    "office_functions_service.service_kind_other"
                ).id,
            }
        )
        ids = self.env["office.service.record"].search([]).ids
        self.assertEqual(len(ids), len(set(ids)))

    # The index (S4.1) -----------------------------------------------------------------

    @property
    def index(self):
        return self.env["office.service.index"]

    def keep(self, **kwargs):
        return self.index._keep(MARCH, self.company, **kwargs)

    def declare(self, *indicators):
        """Let there be these indicators of service and no others."""
        registry = self.env.registry["office.indicator"]
        return patch.object(registry, "_get_indicators", lambda model: [*indicators])

    def make_indicator(self, code, numerator, denominator, **kwargs):
        """Return an indicator that measures what it is told."""
        method = f"_measure_{code.replace('.', '_').lower()}"
        registry = self.env.registry["office.cleaning.inspection"]
        rows = [(self.unit.id, None, numerator, denominator)]
        self.startPatcher(
            patch.object(registry, method, lambda model, first, last: rows, create=True)
        )
        return Indicator(
            code,
            code,
            kwargs.pop("function", "service"),
            self.model_name,
            method,
            "_get_inspected_domain",
            **kwargs,
        )

    def test_s4_1_director_sees_the_index_and_its_eight_parts(self):
        self.make("passed")
        self.make_failed()
        index = self.keep().with_user(self.users["director"])
        self.assertEqual(len(index.part_ids), 8)
        self.assertEqual(
            index.part_ids.mapped("code"), [f"K{n}" for n in range(21, 29)]
        )
        self.assertEqual({part.target for part in index.part_ids}, set(dict(TARGETS)))
        cleaning = index.part_ids.filtered(lambda part: part.code == "K24")
        self.assertEqual((cleaning.score, cleaning.has_figures), (50, True))
        figure = index.figure_ids.filtered(lambda figure: figure.code == "K24")
        self.assertEqual((figure.value_text, figure.basis), ("50 %", "1 / 2"))
        action = figure.action_open_records()
        self.assertEqual(self.model.search_count(action["domain"]), 2)
        for role in ("leader", "director"):
            self.assertTrue(index.with_user(self.users[role]).has_access("read"))
        for role in ("clerk", "staff", "section_head", "logistics", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                index.with_user(self.users[role]).read(["score"])

    def test_parts_without_figures_blame_nobody(self):
        with self.declare(self.make_indicator("K24", 8, 10)):
            index = self.keep()
        self.assertEqual((index.score, index.is_measured), (80, True))
        self.assertEqual(index.measured_targets, "agency")
        silent = index.part_ids.filtered(lambda part: part.code == "K21")
        self.assertEqual((silent.has_figures, silent.score_text), (False, "No figures"))
        with self.declare(self.make_indicator("K24", 0, 0)):
            empty = self.index._keep(date(2026, 1, 1), self.company)
        self.assertFalse(empty.is_measured)
        self.assertFalse(empty.measured_targets)

    def test_the_formula(self):
        self.env["office.service.scale"].create({"code": "K23", "worst": 48, "best": 2})
        with self.declare(
            # 90 and 100 - 10 make 90 for the leaders, weight 15 …
            self.make_indicator("K21", 9, 10),
            self.make_indicator("K21.1", 1, 10, better="low"),
            # … 25 hours of 48 to 2 make 50, weight 15 …
            self.make_indicator("K23", 50, 2, unit="mean", better="low"),
            # … hours without a scale, and what is not service, count for nothing.
            self.make_indicator("K22", 50, 2, unit="mean", better="low"),
            self.make_indicator("K25", 1, 10, function="advice"),
            self.make_indicator("K99", 1, 10),
        ):
            index = self.keep()
        self.assertEqual(index.leader_score, 90)
        self.assertEqual(index.agency_score, 50)
        self.assertEqual(index.score, 70)
        self.assertEqual(index.measured_targets, "leader,agency")
        told = index.figure_ids.filtered(lambda figure: figure.code == "K22")
        self.assertEqual((told.is_counted, told.value_text), (False, "25"))

    def test_weights_are_records_and_a_company_may_have_its_own(self):
        Weight = self.env["office.service.weight"]
        Weight.create(
            {
                "code": "K21",
                "name": "Leaders",
                "target": "leader",
                "weight": 45,
                "company_id": self.company.id,
            }
        )
        with self.declare(
            self.make_indicator("K21", 10, 10), self.make_indicator("K23", 6, 10)
        ):
            index = self.keep()
        self.assertEqual(index.score, 90)

    def test_the_names_of_parts_are_kept_in_the_language_of_prints(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        weight = self.env["office.service.weight"].search([("code", "=", "K24")])
        weight.with_context(lang="zh_CN").name = "保洁与服务台"
        with self.declare(self.make_indicator("K24", 8, 10)):
            index = self.keep()
        part = index.part_ids.filtered(lambda part: part.code == "K24")
        self.assertEqual(part.name, "保洁与服务台")

    def test_kept_once_and_anew_only_as_a_new_version(self):
        with self.declare(self.make_indicator("K24", 8, 10)):
            first = self.keep()
            self.assertEqual(self.keep(), first)
        director = self.users["director"]
        with self.declare(self.make_indicator("K24", 9, 10)):
            with self.assertRaises(AccessError):
                first.with_user(self.users["leader"]).action_measure_anew("Because")
            with self.assertRaisesRegex(UserError, "write down the reason"):
                first.with_user(director).action_measure_anew(" ")
            wizard = (
                self.env["office.service.index.anew"]
                .with_user(director)
                .with_context(active_id=first.id)
                .create({"reason": "A late inspection"})
            )
            second = self.index.browse(wizard.measure()["res_id"])
        self.assertRecordValues(
            first | second,
            [
                {"version": 1, "score": 80, "is_latest": False, "reason": False},
                {
                    "version": 2,
                    "score": 90,
                    "is_latest": True,
                    "reason": "A late inspection",
                },
            ],
        )
        self.assertEqual(second.measured_by_id, director)

    def test_what_was_kept_is_never_changed(self):
        with self.declare(self.make_indicator("K24", 8, 10)):
            index = self.keep()
        for user in (self.users["director"], self.users["admin"], self.env.user):
            mine = index.with_user(user)
            for record in (mine, mine.sudo().part_ids[0], mine.sudo().figure_ids[0]):
                with self.subTest(user=user.login, model=record._name):
                    with self.assertRaises(UserError):
                        record.write(
                            {"score": 100} if "score" in record else {"points": 1}
                        )
                    with self.assertRaises(UserError):
                        record.unlink()
                    with self.assertRaises(UserError):
                        record.copy()

    def test_kept_on_the_first_for_the_month_before(self):
        self.to_day(date(2026, 4, 1))
        with self.declare(self.make_indicator("K24", 8, 10)):
            self.index._cron_measure()
            self.index._cron_measure()
        mine = self.index.search([("company_id", "=", self.company.id)])
        self.assertEqual(mine.mapped("month"), [MARCH])
        self.assertEqual(mine.display_name, "March 2026")

    def test_other_companies_figures_do_not_count(self):
        other = self.env["res.company"].create({"name": "Other District"})
        self.make("passed")
        index = self.index._keep(MARCH, other)
        theirs = self.env["hr.department"].create(
            {"name": "Theirs", "company_id": other.id}
        )
        rows = [(theirs.id, None, 0, 10)]
        with (
            self.declare(self.make_indicator("K24", 8, 10)),
            patch.object(
                self.env.registry[self.model_name],
                "_measure_k24",
                lambda model, first, last: [(self.unit.id, None, 8, 10), *rows],
            ),
        ):
            self.assertEqual(self.keep().score, 80)
        self.assertFalse(index.with_user(self.users["director"]).has_access("read"))

    def test_measuring_takes_few_queries(self):
        for _n in range(3):
            self.make("passed")
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.index._measure_month(TODAY.replace(day=1), self.company)
        measured = self.env["office.indicator"]._get_indicators()
        service = [one for one in measured if one.function == "service"]
        self.assertLess(self.cr.sql_log_count - before, 2 * len(service))

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta
from pathlib import Path

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import TODAY, OfficeCase

from .repair_case import LOGISTICS, RepairFixture


@tagged("office_service")
class TestRepairRules(RepairFixture, OfficeCase):
    """What a repair promises whoever asked for it (S4.7, M11, R-SEC-4, K23)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.technician = cls.make_technician()
        cls.asker = cls.users["staff"]
        cls.logistics = cls.users["logistics"]
        cls.company.repair_unit_id = cls.other_unit

    def report(self, user=None, **values):
        """Return a repair that somebody reports by the quick door."""
        values = {"name": "The printer chews paper", "place": "Room 305", **values}
        return (
            self.env["maintenance.request"]
            .with_user(user or self.asker)
            .report_repair(values)
        )

    def test_s4_9_asked_for_at_the_desk_and_seen_there(self):
        desk = self.env["office.service.ask"].with_user(self.asker)
        kind = self.env.ref("office_functions_service.service_kind_repair")
        form = desk.create(
            {
                "kind_id": kind.id,
                "name": "The door does not close",
                "place": "Hall",
                "text": "Since <this morning>.",
            }
        )
        action = form.send()
        repair = self.env["maintenance.request"].browse(action["res_id"])
        self.assertEqual(action["res_model"], repair._name)
        self.assertRecordValues(
            repair,
            [{"state": "submitted", "place": "Hall", "asker_id": self.asker.id}],
        )
        self.assertIn("&lt;this morning&gt;", repair.description)
        for user in (self.asker, self.logistics):
            lines = self.env["office.service.desk"].with_user(user)
            line = lines.search([("res_model", "=", repair._name)])
            self.assertRecordValues(
                line,
                [{"res_id": repair.id, "asker_id": self.asker.id, "is_open": True}],
            )
        record = self.env["office.service.record"].search(
            [("res_model", "=", repair._name), ("res_id", "=", repair.id)]
        )
        self.assertEqual(record.target, "agency")
        plain = self.env["maintenance.request"].create({"name": "Of Odoo's own"})
        Record = self.env["office.service.record"]
        mine = [("res_model", "=", plain._name), ("res_id", "=", plain.id)]
        self.assertFalse(Record.search_count(mine))

    def test_a_repair_is_called_so_wherever_kinds_are_named(self):
        for name in (
            "office.service.desk",
            "office.service.record",
            "office.matter.overview",
            "office.step.time",
        ):
            with self.subTest(model=name):
                field = self.env[name].fields_get(["res_model"])["res_model"]
                kinds = dict(field["selection"])
                self.assertEqual(kinds["maintenance.request"], "Repair Request")

    def send(self, repair, technician=None):
        """Let a repair be taken on, and a technician begin."""
        logistics = repair.with_user(self.logistics)
        if repair.state == "submitted":
            logistics.do_transition("accept")
        logistics.handler_id = technician or self.technician
        logistics.do_transition("dispatch")
        repair.with_user(technician or self.technician).do_transition("start")

    def fix(self, repair, work="Roller changed."):
        mine = repair.with_user(repair.sudo().handler_id)
        mine.work_done = work
        mine.do_transition("fix")

    def accept_repair(self, **values):
        """Return a repair that whoever asked has accepted."""
        repair = self.report(**values)
        self.send(repair)
        self.fix(repair)
        repair.do_transition("inspect")
        return repair

    # S4.7 -----------------------------------------------------------------------------

    def test_s4_7_staff_reports_a_printer_sees_who_and_confirms(self):
        repair = self.report()
        self.assertEqual(repair.state, "submitted")
        self.assertEqual(repair.asker_id, self.asker)
        self.assertEqual(repair.asking_unit_id, self.unit)
        self.assertEqual(repair.lead_unit_id, self.other_unit)
        self.clock.tick(timedelta(minutes=90))
        repair.invalidate_recordset()
        self.assertAlmostEqual(repair.hours_waited, 1.5)
        self.send(repair)
        self.assertEqual(repair.handler_id.name, self.technician.name)
        self.assertEqual(repair.technician_load, 1)
        technician = repair.with_user(self.technician)
        technician.do_transition("wait", "The roller comes on Thursday")
        self.assertEqual(repair.hold_reason, "The roller comes on Thursday")
        self.assertTrue(repair.open_deadline, "The clock runs on")
        technician.do_transition("resume")
        self.assertFalse(repair.hold_reason)
        self.fix(repair)
        with self.assertRaisesRegex(UserError, "had a part in this"):
            technician.do_transition("inspect")
        repair.do_transition("inspect")
        self.assertEqual(repair.state, "inspected")
        self.assertEqual(repair.date_inspected, TODAY)

    def test_s4_7_two_things_are_enough_to_report(self):
        with self.assertRaises(UserError) as caught:
            self.env["maintenance.request"].with_user(self.asker).report_repair({})
        self.assertSays(caught.exception, "what is broken", "where it is")
        for bad in (None, "printer", {"name": "x", "place": "y", "state": "closed"}):
            with self.assertRaises(UserError):
                self.env["maintenance.request"].with_user(self.asker).report_repair(bad)
        for bad in ({"equipment_id": 0}, {"equipment_id": True}, {"urgency": "asap"}):
            with self.assertRaises(UserError):
                self.report(place=" ", **bad)
        equipment = self.make_equipment(place="Room 301")
        repair = self.report(place="", equipment_id=equipment.id)
        self.assertEqual(repair.equipment_id, equipment)

    def test_s4_7_sent_back_while_it_is_still_broken(self):
        repair = self.report()
        self.send(repair)
        self.fix(repair)
        repair.do_transition("refuse", "It still chews")
        self.assertEqual(repair.state, "repairing")
        self.assertFalse(repair.date_reported)

    def test_s4_7_a_slow_acceptance_blames_nobody(self):
        repair = self.report()
        self.send(repair)
        self.fix(repair)
        self.to_day(20)
        self.assertFalse(repair.open_deadline)
        repair.do_transition("inspect")
        self.assertEqual(repair.date_done, TODAY)
        self.assertTrue(repair.is_on_time)

    # Clocks ---------------------------------------------------------------------------

    def test_m11_clocks_follow_the_urgency(self):
        normal, urgent = self.report(), self.report(urgency="urgent")
        start = fields.Datetime.now()
        self.assertEqual(urgent.moment_due - start, timedelta(minutes=30))
        # Four working hours from ten, with an hour for lunch.
        self.assertEqual(normal.moment_due - start, timedelta(hours=5))
        (normal | urgent).with_user(self.logistics).do_transition("accept")
        self.assertEqual(normal.date_deadline, TODAY + timedelta(days=3))
        self.assertEqual(urgent.date_deadline, TODAY + timedelta(days=1))
        other = self.report()
        other.with_user(self.logistics).urgency = "urgent"
        self.assertEqual(other.moment_due - start, timedelta(minutes=30))
        with self.assertRaisesRegex(ValidationError, "earlier step"):
            normal.with_user(self.logistics).urgency = "urgent"

    def test_k23_hours_are_working_hours(self):
        repair = self.report()
        # Reported at ten on Tuesday, answered at eleven, repaired at ten on Wednesday;
        # the day is worked from eight to twelve and from one to five.
        self.clock.tick(timedelta(hours=1))
        self.send(repair)
        self.assertAlmostEqual(repair.response_hours, 1)
        self.to_day(1)
        self.fix(repair)
        self.assertAlmostEqual(repair.repair_hours, 8)

    def test_k23_means_and_share(self):
        first, second = self.accept_repair(), self.accept_repair()
        first.do_transition("reopen", "It chews again")
        self.send(first)
        self.fix(first)
        Indicator = self.env["office.indicator"].with_user(self.users["director"])
        found = {}
        for code in ("K23-response", "K23-repair", "K23-reopened"):
            row = Indicator._get_indicator(code)
            measured = Indicator._measure(row, TODAY, TODAY)
            found[code] = row.combine([line[2:] for line in measured])[0]
            records = self.model.search(getattr(self.model, row.domain)(TODAY, TODAY))
            self.assertEqual(records, first | second)
        self.assertEqual(found["K23-reopened"], 50)
        self.assertEqual(found["K23-response"], 0)

    # Reopened and closed --------------------------------------------------------------

    def test_m11_reopened_within_thirty_days(self):
        repair, late = self.accept_repair(), self.accept_repair()
        self.to_day(30)
        with self.assertRaisesRegex(UserError, "write down the reason"):
            repair.do_transition("reopen")
        with self.assertRaisesRegex(UserError, "not yours"):
            repair.with_user(self.logistics).do_transition("reopen", "Why")
        repair.do_transition("reopen", "It chews again")
        self.assertEqual((repair.state, repair.reopen_count), ("reopened", 1))
        self.assertEqual(repair.clock_start, TODAY + timedelta(days=30))
        self.assertGreater(repair.date_deadline, repair.clock_start)
        self.assertEqual(repair.date_deadline_original, TODAY + timedelta(days=3))
        self.send(repair)
        self.to_day(31)
        with self.assertRaisesRegex(UserError, "report a new repair"):
            late.do_transition("reopen", "It chews again")

    def test_closed_by_itself_when_nobody_rates(self):
        repair, rated = self.accept_repair(), self.accept_repair()
        rated.rate(5)
        self.to_day(6)
        self.model._close_due()
        self.assertEqual((repair.state, rated.state), ("inspected", "rated"))
        self.to_day(7)
        self.model._close_due()
        self.assertEqual((repair.state, rated.state), ("closed", "closed"))

    # Rating ---------------------------------------------------------------------------

    def test_rated_once_by_whoever_asked(self):
        repair = self.report()
        self.send(repair)
        with self.assertRaisesRegex(UserError, "once it was accepted"):
            repair.rate(5)
        self.fix(repair)
        repair.do_transition("inspect")
        with self.assertRaisesRegex(UserError, "whom it was done for"):
            repair.with_user(self.technician).rate(5)
        rating = repair.rate(4, "Quick")
        self.assertEqual(repair.state, "rated")
        self.assertEqual(rating.sudo().rated_partner_id, self.technician.partner_id)
        with self.assertRaisesRegex(UserError, "rated it already"):
            repair.rate(5)

    def test_low_rating_is_put_right(self):
        repair = self.accept_repair()
        repair.rate(2, "The toner is everywhere")
        correction = self.env["office.service.correction"].search(
            [("res_model", "=", repair._name), ("res_id", "=", repair.id)]
        )
        self.assertRecordValues(
            correction,
            [
                {
                    "kind": "repair",
                    "state": "open",
                    "handler_id": self.technician.id,
                    "lead_unit_id": self.other_unit.id,
                }
            ],
        )
        self.assertIn("The toner is everywhere", correction.problem)

    # Hands ----------------------------------------------------------------------------

    def test_only_technicians_are_sent_and_who_asked_repairs_nothing(self):
        repair = self.report().with_user(self.logistics)
        repair.do_transition("accept")
        repair.handler_id = self.users["clerk"]
        with self.assertRaisesRegex(UserError, "only logistics staff"):
            repair.do_transition("dispatch")
        with self.assertRaisesRegex(ValidationError, "somebody else repairs"):
            repair.handler_id = self.asker

    def test_each_fills_in_their_own(self):
        repair = self.report()
        repair.name = "The printer chews paper and squeaks"
        for name, value in (
            ("handler_id", self.technician.id),
            ("lead_unit_id", self.unit.id),
            ("work_done", "Nothing"),
            ("part_ids", [Command.create({"name": "Roller", "price": 5})]),
            ("contractor_cost", 12),
        ):
            with self.subTest(field=name), self.assertRaises(AccessError):
                repair.write({name: value})
            with self.subTest(born=name), self.assertRaises(AccessError):
                self.env["maintenance.request"].with_user(self.asker).create(
                    {
                        "is_office_repair": True,
                        "name": "Lamp",
                        "place": "Hall",
                        name: value,
                    }
                )
        with self.assertRaises(AccessError):
            self.env["maintenance.request"].with_user(self.asker).create(
                {
                    "is_office_repair": True,
                    "name": "Lamp",
                    "asker_id": self.technician.id,
                }
            )
        for_asker = self.env["maintenance.request"].with_user(self.users["clerk"])
        lamp = for_asker.create(
            {"is_office_repair": True, "name": "Lamp", "asker_id": self.asker.id}
        )
        self.assertEqual(lamp.asking_unit_id, self.unit)
        with self.assertRaises(AccessError):
            repair.with_user(self.users["section_head"]).name = "Mine"
        with self.assertRaises(AccessError):
            repair.with_user(self.users["leader"]).name = "Mine"

    def test_parts_make_the_cost_and_are_settled(self):
        repair = self.report()
        self.send(repair)
        technician = repair.with_user(self.technician)
        technician.part_ids = [
            Command.create(
                {"name": "Roller", "quantity": 2, "price": 80, "subtotal": 1}
            )
        ]
        technician.contractor_cost = 40
        self.assertEqual(repair.repair_cost, 200)
        part = technician.part_ids
        with self.assertRaises(ValidationError):
            part.subtotal = 1
        with self.assertRaises(AccessError):
            part.with_user(self.asker).price = 1
        with self.assertRaises(AccessError):
            part.with_user(self.asker).unlink()
        self.fix(repair)
        for change in (
            lambda: part.write({"price": 1}),
            part.unlink,
            lambda: part.create({"request_id": repair.id, "name": "Belt", "price": 3}),
        ):
            with self.assertRaisesRegex(ValidationError, "earlier step"):
                change()
        self.assertEqual(repair.repair_cost, 200)

    def test_replaced_by_what(self):
        repair = self.report()
        self.send(repair)
        technician = repair.with_user(self.technician)
        technician.do_transition("replace", "Past repair")
        technician.work_done = "Replaced."
        with self.assertRaisesRegex(UserError, "which equipment replaces"):
            technician.do_transition("fix")
        technician.replacement_id = self.make_equipment("New Printer")
        technician.do_transition("fix")
        self.assertEqual(repair.state, "fixed")

    def test_other_company_sees_and_does_nothing(self):
        other = self.env["res.company"].create({"name": "Other District"})
        theirs = self.make_user(
            "test_their_logistics",
            LOGISTICS,
            company_id=other.id,
            company_ids=other.ids,
        )
        repair = self.report()
        with self.assertRaises(AccessError):
            repair.with_user(theirs).do_transition("accept")
        self.assertFalse(repair.with_user(theirs).search([("id", "=", repair.id)]))

    # State secrets --------------------------------------------------------------------

    def test_r_sec_4_never_sent_out_on_any_road(self):
        secret = self.make_equipment("Secret PC", is_secret_bearing=True)
        repair = self.report(equipment_id=secret.id)
        contractor = self.env["res.partner"].create({"name": "Repair Ltd"})
        self.send(repair)
        technician = repair.with_user(self.technician)
        with self.assertRaisesRegex(ValidationError, "fill in who watches"):
            technician.contractor_id = contractor
        technician.write(
            {
                "contractor_id": contractor.id,
                "watch_user_id": self.asker.id,
                "date_back_due": TODAY,
            }
        )
        for actor in (technician, repair.with_user(self.users["director"])):
            with self.assertRaisesRegex(UserError, "not sent out"):
                actor.do_transition("outsource", "Why not")
        with self.assertRaisesRegex(ValidationError, "fill in who watches"):
            technician.watch_user_id = False
        with self.assertRaisesRegex(ValidationError, "people of the house"):
            technician.watch_user_id = self.users["school"]
        technician.watch_user_id = self.asker
        with self.assertRaisesRegex(ValidationError, "not sent out"):
            repair.sudo()._pass_by_system("outsource")

    def test_r_sec_4_by_way_of_the_equipment(self):
        plain = self.make_equipment("PC")
        repair = self.report(equipment_id=plain.id)
        self.send(repair)
        technician = repair.with_user(self.technician)
        technician.contractor_id = self.env["res.partner"].create({"name": "R Ltd"})
        technician.date_back_due = TODAY
        technician.do_transition("outsource", "Needs a workshop")
        with self.assertRaisesRegex(ValidationError, "not sent out"):
            plain.is_secret_bearing = True
        # Nor by a request of Odoo's own.
        secret = self.make_equipment("Secret PC", is_secret_bearing=True)
        with self.assertRaisesRegex(ValidationError, "fill in who watches"):
            self.env["maintenance.request"].create(
                {
                    "name": "Screen",
                    "equipment_id": secret.id,
                    "contractor_id": technician.contractor_id.id,
                }
            )

    # Odoo's own requests --------------------------------------------------------------

    def test_requests_of_odoo_are_left_alone(self):
        keeper = self.make_user("test_keeper", "maintenance.group_equipment_manager")
        Request = self.env["maintenance.request"].with_user(keeper)
        plain = Request.create({"name": "Maintenance of the boiler"})
        self.assertFalse(plain.state)
        self.assertFalse(plain.moment_due)
        self.assertFalse(plain.time_limit_id)
        self.assertFalse(plain.service_target)
        self.assertIn(keeper.partner_id, plain.message_partner_ids)
        plain.name = "Maintenance of both boilers"
        plain.kanban_state = "blocked"
        for row in self.model._get_transitions():
            with self.assertRaisesRegex(UserError, "no repair of the office"):
                plain.do_transition(row.name, "Why")
        with self.assertRaisesRegex(UserError, "once it was accepted"):
            plain.rate(5)
        with self.assertRaisesRegex(ValidationError, "when it is reported"):
            plain.is_office_repair = True
        with self.assertRaisesRegex(ValidationError, "when it is reported"):
            self.report().with_user(self.logistics).is_office_repair = False
        overview = self.env["office.matter.overview"].search(
            [("res_model", "=", "maintenance.request"), ("res_id", "=", plain.id)]
        )
        self.assertFalse(overview)
        plain.unlink()

    def test_nothing_of_ours_hangs_on_stages(self):
        """Odoo reworks stages and ``kanban_state`` in later versions."""
        addon = Path(__file__).parent.parent
        names = {path.relative_to(addon) for path in addon.rglob("*")}
        found = [
            f"{name}: {word}"
            for name in names
            if name.suffix in {".py", ".xml", ".js", ".csv"}
            and "tests" not in name.parts
            for word in ("stage_id", "kanban_state", "maintenance.stage")
            if word in (addon / name).read_text()
        ]
        self.assertFalse(found)

    def test_born_together(self):
        both = self.env["maintenance.request"].create(
            [
                {"name": "Boiler"},
                {"name": "Lamp", "place": "Hall", "is_office_repair": True},
                {"name": "Pump"},
            ]
        )
        self.assertEqual(both.mapped("name"), ["Boiler", "Lamp", "Pump"])
        self.assertEqual(both.mapped("state"), [False, "submitted", False])


@tagged("office_service")
class TestEquipment(RepairFixture, OfficeCase):
    """Equipment that has become too dear or too old is proposed for replacement."""

    def spend(self, equipment, amount):
        """Let a repair of some equipment cost something."""
        repair = self.make("repairing", equipment_id=equipment.id)
        repair.write(
            {
                "work_done": "Repaired.",
                "part_ids": [Command.create({"name": "Board", "price": amount})],
            }
        )
        repair.with_user(repair.handler_id).do_transition("fix")
        return repair

    def test_s4_7_replacement_proposed_when_its_cost_passes_the_limit(self):
        equipment = self.make_equipment(cost=1000, effective_date="2025-01-01")
        self.spend(equipment, 300)
        self.assertFalse(equipment.replacement_state)
        self.spend(equipment, 250)
        self.assertEqual(equipment.replacement_state, "proposed")
        self.assertSays(equipment.replacement_reason, "550.00", "55%", "50%")
        self.assertEqual(equipment.repair_cost_total, 550)

    def test_s4_7_replacement_proposed_when_its_age_passes_the_limit(self):
        Category = self.env["maintenance.equipment.category"]
        chairs = Category.create({"name": "Chairs", "age_limit_years": 15})
        old = self.make_equipment(effective_date="2020-03-10")
        young = self.make_equipment(effective_date="2020-03-11")
        chair = self.make_equipment(effective_date="2012-01-01", category_id=chairs.id)
        self.env["maintenance.equipment"]._cron_propose_replacements()
        self.assertEqual(old.replacement_state, "proposed")
        self.assertSays(old.replacement_reason, "2020-03-10", "6 years")
        self.assertFalse(young.replacement_state or chair.replacement_state)

    def test_the_director_decides(self):
        equipment = self.make_equipment(effective_date="2019-01-01", cost=100)
        other = self.make_equipment(effective_date="2019-01-01")
        (equipment | other)._propose_replacements()
        for role in ("logistics", "clerk", "leader", "staff"):
            with self.assertRaisesRegex(UserError, "Only the office director"):
                equipment.with_user(self.users[role]).decide_replacement(True)
        director = self.users["director"]
        with self.assertRaisesRegex(UserError, "write down the reason"):
            equipment.with_user(director).decide_replacement(False, " ")
        equipment.with_user(director).decide_replacement(False, "Still good")
        other.with_user(director).decide_replacement(True)
        self.assertRecordValues(
            equipment | other,
            [
                {"replacement_state": "declined", "replacement_note": "Still good"},
                {"replacement_state": "approved", "replacement_note": ""},
            ],
        )
        self.assertEqual(equipment.replacement_decided_by, director)
        with self.assertRaisesRegex(UserError, "no replacement is proposed"):
            other.with_user(director).decide_replacement(True)
        self.assertFalse(equipment._propose_replacements(), "Nothing new to say")
        self.spend(equipment, 60)
        self.assertEqual(equipment.replacement_state, "proposed")

    def test_decision_by_no_other_road(self):
        equipment = self.make_equipment()
        for name, value in (
            ("replacement_state", "approved"),
            ("replacement_reason", "x"),
            ("repair_token", "guess"),
        ):
            for role in ("logistics", "director", "admin"):
                mine = equipment.with_user(self.users[role])
                with self.subTest(field=name, role=role):
                    with self.assertRaises(UserError):
                        mine.write({name: value})
            with self.assertRaises(ValidationError):
                equipment.sudo().write({name: value})
            with self.assertRaises(ValidationError):
                self.make_equipment(**{name: value})

    def test_who_reads_and_keeps_equipment(self):
        equipment = self.make_equipment()
        self.assertTrue(equipment.with_user(self.users["staff"]).has_access("read"))
        self.assertFalse(equipment.with_user(self.users["staff"]).has_access("write"))
        equipment.with_user(self.users["logistics"]).place = "Room 2"
        self.assertFalse(equipment.with_user(self.users["outsider"]).has_access("read"))
        self.assertFalse(equipment.with_user(self.users["school"]).has_access("read"))

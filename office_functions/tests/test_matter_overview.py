# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo.fields import Domain

from .common import TODAY, OfficeCase
from .test_directive import DirectiveFixture


class TestMatterOverview(DirectiveFixture, OfficeCase):
    """All matters in one list, for each as far as they may read them."""

    def overview(self, role, record):
        lines = self.env["office.matter.overview"].with_user(self.users[role])
        return lines.search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)]
        )

    def test_shows_what_the_matter_says(self):
        record = self.make_running(days=2)
        line = self.overview("director", record)
        for name in ("name", "number", "lead_unit_id", "handler_id", "light"):
            self.assertEqual(line[name], record[name], name)
        self.assertEqual(line.open_deadline, TODAY + timedelta(days=2))
        self.assertEqual(line.state_label, "Issued")
        action = line.action_open_matter()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (record._name, record.id)
        )

    def test_nobody_sees_more_than_in_the_matters_own_list(self):
        record = self.make_running()
        restricted = self.make_running(name="Restricted")
        restricted.with_user(self.users["leader"]).restrict()
        for role, user in self.users.items():
            if (
                not self.env["office.matter.overview"]
                .with_user(user)
                .has_access("read")
            ):
                continue
            for matter in (record, restricted):
                matter.invalidate_recordset()
                with self.subTest(role=role, matter=matter.name):
                    self.assertEqual(
                        bool(self.overview(role, matter)),
                        matter.with_user(user).has_access("read"),
                    )

    def test_every_light_filters_and_groups(self):
        Overview = self.env["office.matter.overview"]
        for days, light in ((1, "red"), (4, "yellow"), (30, "green")):
            self.make_running(days=days, name=light)
        self.to_day(2)
        mine = Domain("handler_id", "=", self.users["staff"].id)
        for light in ("red", "yellow", "green"):
            found = Overview.search(mine & Domain("light", "=", light))
            self.assertEqual(found.mapped("name"), [light])
        groups = Overview._read_group(mine, ["light"], ["__count"])
        self.assertEqual(dict(groups), {"red": 1, "yellow": 1, "green": 1})

    def test_s0_2_on_time_rate_of_the_agency_and_each_section(self):
        Indicator = self.env["office.indicator"].with_user(self.users["leader"])
        period = (TODAY.replace(day=1), TODAY.replace(day=31))
        before = Indicator.measure(["on_time"], *period)[0]
        in_time, late = self.make_running(days=3), self.make_running(days=1)
        self.finish(in_time)
        self.to_day(2)
        self.finish(late)
        figure = Indicator.measure(["on_time"], *period)[0]
        self.assertEqual(figure["numerator"] - before["numerator"], 1)
        self.assertEqual(figure["denominator"] - before["denominator"], 2)
        [unit] = [u for u in figure["units"] if u["id"] == self.unit.id]
        self.assertEqual((unit["value"], unit["denominator"]), (50.0, 2))
        action = Indicator.open_records("on_time", *period, self.unit.id)
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(set(found.mapped("res_id")), {in_time.id, late.id})

    def test_overdue_counts_against_the_period_though_it_is_not_done(self):
        self.make_running(days=1)
        self.to_day(2)
        Indicator = self.env["office.indicator"]
        figure = Indicator.measure(["on_time"], TODAY, TODAY + timedelta(days=1))[0]
        [unit] = [u for u in figure["units"] if u["id"] == self.unit.id]
        self.assertEqual((unit["numerator"], unit["denominator"]), (0, 1))

    def test_s2_1_dispatch_board(self):
        self.make_running(days=0), self.make_running(days=1), self.make_running(days=4)
        self.to_day(1)
        Board = self.env["office.dispatch"].with_user(self.users["director"])
        board = Board.get_board()
        [unit] = [u for u in board["units"] if u["id"] == self.unit.id]
        self.assertEqual(
            unit["counts"], {"overdue": 1, "today": 1, "week": 1, "running": 3}
        )
        Overview = self.env["office.matter.overview"].with_user(self.users["director"])
        for column in board["columns"]:
            domain = Domain("lead_unit_id", "=", self.unit.id) & Domain(
                column["domain"]
            )
            with self.subTest(column=column["key"]):
                self.assertEqual(
                    Overview.search_count(domain), unit["counts"][column["key"]]
                )

    def test_s2_1_board_shows_who_is_on_duty_and_what_lies_idle(self):
        Board = self.env["office.dispatch"].with_user(self.users["director"])
        Board = Board.with_context(tz="Asia/Shanghai")
        name = "office.document.incoming"

        def count_idle():
            (line,) = [row for row in Board.get_board()["idle"] if row["model"] == name]
            return line["number"]

        before = count_idle()
        shift = self.env["office.duty.shift"].create(
            {
                "date_start": "2026-03-09 23:00:00",
                "date_end": "2026-03-10 10:30:00",
                "user_id": self.users["staff"].id,
                "leader_id": self.users["leader"].id,
            }
        )
        self.assertNotIn(shift.id, [row["id"] for row in Board.get_board()["duty"]])
        shift.with_user(self.users["staff"]).do_transition("start")
        (line,) = [r for r in Board.get_board()["duty"] if r["id"] == shift.id]
        self.assertEqual(
            (line["who"], line["leader"]),
            (self.users["staff"].name, self.users["leader"].name),
        )
        self.assertIn("6:30", line["until"])
        document = self.env[name].create({"name": "Notice", "sender": "District"})
        self.assertEqual(count_idle(), before)
        self.to_day(10)
        document.invalidate_recordset()
        self.assertEqual(count_idle(), before + 1)
        found = self.env[name].search([("is_idle", "=", True)])
        self.assertIn(document, found)
        self.assertEqual(len(found), before + 1)

    def test_board_shows_todays_meetings(self):
        event = self.env["calendar.event"].create(
            {
                "name": "Morning meeting",
                "start": "2026-03-10 03:00:00",
                "stop": "2026-03-10 04:00:00",
                "location": "Room 3",
            }
        )
        Board = self.env["office.dispatch"].with_user(self.users["director"])
        board = Board.with_context(tz="Asia/Shanghai").get_board()
        [shown] = [line for line in board["meetings"] if line["id"] == event.id]
        self.assertIn("11:00", shown["time"])
        self.assertEqual(shown["place"], "Room 3")

    def test_the_workbench_is_what_one_finds_after_signing_in(self):
        menus = self.env["ir.ui.menu"].with_user(self.users["staff"])
        menus = menus.load_web_menus(False)
        first = menus[menus["root"]["children"][0]]
        self.assertEqual(first["xmlid"], "office_functions.office_menu_root")
        workbench = self.env.ref("office_functions.office_workbench_action")
        self.assertEqual(first["actionID"], workbench.id)

    def test_s0_1_every_figure_of_the_workbench_is_the_length_of_its_list(self):
        self.make_running(days=0)
        self.to_day(1)
        for role in ("leader", "director", "clerk", "section_head", "staff"):
            env = self.env(user=self.users[role])
            panels = env["office.workbench"].get_workbench()["panels"]
            keys = [panel["key"] for panel in panels]
            self.assertEqual(keys[:2], ["advice", "coordination"])
            for figure in (f for panel in panels for f in panel["figures"]):
                action = env.ref(figure["action"]).sudo()
                with self.subTest(role=role, figure=figure["label"]):
                    found = env[action.res_model].search_count(figure["domain"])
                    self.assertEqual(figure["value"], found)

    def test_workbench_charts_show_the_units_lights(self):
        self.make_running(days=0)
        self.to_day(1)
        charts = (
            self.env["office.workbench"]
            .with_user(self.users["director"])
            .get_workbench()["charts"]
        )
        nth = charts["units"]["ids"].index(self.unit.id)
        red = next(d for d in charts["units"]["datasets"] if d["key"] == "red")
        self.assertEqual(red["data"][nth], 1)
        self.assertEqual(len(charts["units"]["labels"]), len(charts["units"]["ids"]))


class TestStepTime(DirectiveFixture, OfficeCase):
    """How long each step takes, month by month."""

    def accept_after(self, days):
        record = self.make("issued")
        self.clock.tick(timedelta(days=days))
        record.with_user(record.handler_id).do_transition("accept")
        return record

    def test_s2_23_a_fifth_more_is_not_flagged(self):
        self.env["office.transition"].flush_model()
        self.env.cr.execute("DELETE FROM office_transition")
        self.accept_after(2)
        for day, days, risen in ((40, 2.4, False), (70, 2.9, True)):
            self.to_day(day)
            self.accept_after(days)
            self.env.flush_all()
            lines = self.env["office.step.time"].search(
                [("res_model", "=", self.model_name), ("state", "=", "issued")],
                order="month desc",
                limit=1,
            )
            with self.subTest(days=days):
                self.assertEqual(lines.is_risen, risen)

    def test_s2_23_a_slower_step_is_flagged(self):
        self.env["office.transition"].flush_model()
        self.env.cr.execute("DELETE FROM office_transition")
        self.accept_after(2)
        self.to_day(40)
        self.accept_after(5)
        self.env.flush_all()
        Time = self.env["office.step.time"].with_user(self.users["director"])
        lines = Time.search(
            [("res_model", "=", self.model_name), ("state", "=", "issued")],
            order="month",
        )
        self.assertEqual([round(line.days) for line in lines], [2, 5])
        self.assertEqual(lines.mapped("is_risen"), [False, True])
        self.assertEqual(lines[1].days_before, lines[0].days)
        self.assertEqual(lines[1].state_label, "Issued")
        arch = Time.get_view(view_type="graph")["arch"]
        self.assertSays(arch, 'name="month"', 'name="days" type="measure"')
        self.assertFalse(
            self.env["office.step.time"]
            .with_user(self.users["staff"])
            .has_access("read")
        )

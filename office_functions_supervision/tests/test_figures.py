# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Fast, accurate, solid; nought until verified; rates, ranking, look-backs."""

from lxml.html import fromstring

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import SupervisionCase


class FiguresCase(SupervisionCase):
    """An office whose work is done, late, wrong or of no lasting effect."""

    def finish(self, ticket, days=0, close=True):
        """Report all tasks of a ticket some days from now, verify it, strike it off."""
        with freeze_time(f"{self.day(days)} 02:00:00"):
            for task in ticket.task_ids:
                if task.state != "verified":
                    self.report(task)
            self.verify(ticket)
            if close:
                ticket.with_user(self.leader).do_transition("close")
        self.env.invalidate_all()
        return ticket

    def make_single(self, name="Free places", **vals):
        """Return an assigned ticket of section A with one task."""
        return self.make_assigned(tasks=1, name=name, **vals)

    def fail_vals(self, days=30):
        return {
            "result": "fail",
            "rectification": "Count again",
            "rectification_unit_id": self.unit_a.id,
            "rectification_user_id": self.staff_a.id,
            "date_rectification": self.day(days),
        }

    def reopen(self, ticket, days=30, **vals):
        """Let the leader open a ticket again."""
        asked = {
            "reason": "It did not hold.",
            "rectification": "Count again",
            "unit_id": self.unit_a.id,
            "user_id": self.staff_a.id,
            "date": self.day(days),
        }
        ticket.with_user(self.leader).reopen(**asked | vals)

    def look_back(self, ticket, result="pass", user=None, **vals):
        """Look back at a ticket, as another supervisor."""
        Verification = self.env["office.supervision.verification"]
        look = Verification.with_user(user or self.other_supervisor).create(
            {
                "ticket_id": ticket.id,
                "kind": "look_back",
                "findings": "Seen again on the spot.",
                "result": result,
                **vals,
            }
        )
        look.do_transition("conclude")
        return look

    def look_back_in_time(self, ticket):
        """Look back on the first day on which a result can be said to hold."""
        with freeze_time(f"{self.day(90)} 02:00:00"):
            look = self.look_back(ticket)
        self.env.invalidate_all()
        return look

    def rank(self, date_from=0, date_to=60):
        """Return unit → its row of the ranking of some days from now."""
        rows = self.env["office.supervision.ticket"]._rank_units(
            self.day(date_from), self.day(date_to)
        )
        return {row["unit_id"]: row for row in rows}

    def assertLights(self, ticket, fast, accurate, solid):
        """Assert the three lights, in Python and in SQL."""
        names = ("fast", "accurate", "solid")
        lights = (fast, accurate, solid)
        ticket.invalidate_recordset()
        self.assertEqual(tuple(ticket[name] for name in names), lights)
        for name, light in zip(names, lights, strict=True):
            here = [("id", "=", ticket.id)]
            self.assertTrue(ticket.search_count([*here, (name, "=", light)]))
            [(value, _number)] = ticket._read_group(here, [name], ["__count"])
            self.assertEqual(value, light)


@tagged("office_supervision")
class TestLights(FiguresCase):
    """S3.4: three lights on the ticket, S3.1: nought until it is verified."""

    def test_s3_4_done_in_time_right_at_once_and_holding(self):
        ticket = self.make_single()
        self.assertLights(ticket, False, False, False)
        self.finish(ticket)
        self.assertLights(ticket, "yes", "yes", False)
        self.assertEqual(ticket.score, 100)
        self.look_back_in_time(ticket)
        self.assertLights(ticket, "yes", "yes", "yes")
        self.assertEqual(ticket.score, 100)

    def test_s3_4_late_light(self):
        ticket = self.make_single()
        with freeze_time(f"{self.day(21)} 02:00:00"):
            self.assertLights(ticket, "no", False, False)
        with freeze_time(f"{self.day(20)} 02:00:00"):
            self.assertLights(ticket, False, False, False)
        self.finish(ticket, 25)
        self.assertLights(ticket, "no", "yes", False)
        self.assertEqual(ticket.score, 67)

    def test_s3_1_five_feedbacks_and_a_failed_verification_score_nought(self):
        ticket = self.make_single()
        task = ticket.task_ids
        for percent in (20, 40, 60, 80):
            self.report(task, "stage", progress=percent)
        self.report(task)
        self.assertEqual(ticket.feedback_count, 5)
        self.assertEqual(ticket.score, 0, "reported is not carried out")
        self.verify(ticket, **self.fail_vals())
        self.assertEqual(ticket.score, 0)
        self.assertLights(ticket, False, "no", False)

    def test_s3_1_zero_list_prints(self):
        ticket = self.make_single("Count the free places")
        done = self.finish(self.make_single("Open the gate"))
        Ticket = self.env["office.supervision.ticket"].with_user(self.director)
        self.assertFalse(Ticket.search([("is_zero", "=", True)]) & ticket)
        with freeze_time(f"{self.day(25)} 02:00:00"):
            self.env.invalidate_all()
            zero = Ticket.search([("is_zero", "=", True)])
            self.assertIn(ticket, zero)
            self.assertNotIn(done, zero)
            self.assertTrue(ticket.is_zero and not done.is_zero)
            action = Ticket.action_print_zero_list()
            self.assertIn(ticket.id, action["data"]["ticket_ids"])
            pdf, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
                "office_functions_supervision.report_supervision_zero_list",
                data={"ticket_ids": (ticket | done).ids},
            )
            self.assertEqual(pdf[:5], b"%PDF-")
            html, _kind = self.env["ir.actions.report"]._render_qweb_html(
                "office_functions_supervision.report_supervision_zero_list",
                (ticket | done).ids,
            )
            text = " ".join(fromstring(html).text_content().split())
            for word in ("零落实清单", ticket.name, ticket.number, "未报结果", "5"):
                self.assertIn(word, text)
            self.assertNotIn(done.name, text)
        with self.assertRaisesRegex(UserError, "None of these tickets"):
            self.env["ir.actions.report"]._render_qweb_html(
                "office_functions_supervision.report_supervision_zero_list", done.ids
            )

    def test_what_waits_since_a_report_in_time_is_on_no_zero_list(self):
        in_time = self.make_single("In time")
        self.report(in_time.task_ids)
        late = self.make_single("Late")
        with freeze_time(f"{self.day(25)} 02:00:00"):
            self.report(late.task_ids)
        with freeze_time(f"{self.day(40)} 02:00:00"):
            self.env.invalidate_all()
            both = in_time | late
            zero = both.search([("is_zero", "=", True), ("id", "in", both.ids)])
            self.assertEqual(zero, late)
            self.assertEqual(both.filtered("is_zero"), late)
            counted = late._count_zero(self.day(0), self.day(60))
            self.assertEqual(counted[self.unit_a.id], 1)

    def test_nobody_types_a_light(self):
        ticket = self.make_single().with_user(self.director)
        for name, value in (
            ("accurate", "yes"),
            ("solid", "yes"),
            ("score", 100),
            ("date_look_back", self.today),
        ):
            with self.subTest(name=name), self.assertRaises(ValidationError):
                ticket.write({name: value})

    def test_s3_3_ledger_filters_by_source(self):
        ticket = self.make_single(source_type="media")
        found = ticket.search([("source_type", "=", "media")])
        self.assertIn(ticket, found)
        groups = dict(ticket._read_group([], ["source_type"], ["__count"]))
        self.assertEqual(groups["media"], len(found))


@tagged("office_supervision")
class TestLookBack(FiguresCase):
    """K18: some time after the end somebody else looks whether it holds."""

    def test_due_after_the_time_set_for_it(self):
        ticket = self.finish(self.make_single())
        self.assertEqual(ticket.date_look_back, self.day(90))
        due = ticket._get_look_back_due_domain()
        self.assertNotIn(ticket, ticket.search(due))
        with freeze_time(f"{self.day(90)} 02:00:00"):
            self.assertIn(ticket, ticket.search(ticket._get_look_back_due_domain()))
        with freeze_time(f"{self.day(106)} 02:00:00"):
            omitted = ticket._get_look_back_omitted_domain()
            self.assertIn(ticket, ticket.search(omitted))

    def test_supervisor_is_reminded_once(self):
        ticket = self.finish(self.make_single())
        job = self.env.ref("office_functions_supervision.ir_cron_look_back")
        with freeze_time(f"{self.day(90)} 02:00:00"):
            for _time in range(2):
                with self.enter_registry_test_mode():
                    job.method_direct_trigger()
            reminder = ticket.activity_ids
            self.assertEqual(reminder.user_id, self.supervisor)
            self.assertEqual(len(reminder), 1)
            self.look_back(ticket)
            self.assertFalse(ticket.activity_ids)
            self.assertFalse(ticket.date_look_back)

    def test_holding_is_put_on_record(self):
        ticket = self.finish(self.make_single())
        self.look_back_in_time(ticket)
        self.assertEqual(ticket.state, "closed")
        self.assertEqual(ticket.date_looked_back, self.day(90))
        self.assertEqual(self.rank(0, 120)[self.unit_a.id]["rate_held"], 100)

    def test_nothing_holds_before_the_look_back_begins(self):
        ticket = self.finish(self.make_single())
        for days in (0, 89):
            with freeze_time(f"{self.day(days)} 02:00:00"), self.cr.savepoint():
                with self.assertRaisesRegex(UserError, "look-back begins on"):
                    self.look_back(ticket)
        self.assertFalse(ticket.solid)
        self.assertEqual(ticket.date_look_back, self.day(90))

    def test_date_of_a_verification_is_of_its_time(self):
        ticket = self.make_single()
        with freeze_time(f"{self.day(5)} 02:00:00"):
            self.report(ticket.task_ids)
            for days, words in ((4, "is dated before"), (6, "in the future")):
                with self.assertRaisesRegex(UserError, words), self.cr.savepoint():
                    self.verify(ticket, date=self.day(days))
            self.verify(ticket)
            ticket.with_user(self.leader).do_transition("close")
        with freeze_time(f"{self.day(95)} 02:00:00"):
            for days, words in ((4, "is dated before"), (96, "in the future")):
                with self.assertRaisesRegex(UserError, words), self.cr.savepoint():
                    self.look_back(ticket, **self.fail_vals(), date=self.day(days))

    def test_annulled_look_back_leaves_the_ticket_struck_off(self):
        ticket = self.finish(self.make_single())
        directive = ticket.directive_id
        names = ("state", "date_closed", "date_done", "date_deadline", "date_look_back")
        before = [ticket[name] for name in (*names, "clock_start")]
        order = [directive[name] for name in names[:1] + names[2:4]]
        with freeze_time(f"{self.day(3)} 02:00:00"):
            look = self.look_back(ticket, **self.fail_vals())
            self.assertEqual(ticket.state, "handling")
            look.sudo()._annul_conclusions("It holds")
        self.env.invalidate_all()
        self.assertEqual(look.state, "annulled")
        self.assertEqual(look.task_id.state, "cancelled")
        self.assertEqual([ticket[n] for n in (*names, "clock_start")], before)
        self.assertEqual([directive[n] for n in names[:1] + names[2:4]], order)
        with freeze_time(f"{self.day(90)} 02:00:00"):
            held = self.look_back(ticket, user=self.supervisor)
        held.sudo()._annul_conclusions("Nobody was there")
        self.assertEqual(ticket.state, "closed")
        self.assertEqual(ticket.date_look_back, self.day(90))

    def test_not_holding_reopens_with_a_new_date(self):
        ticket = self.finish(self.make_single())
        vals = self.fail_vals()
        with self.assertRaisesRegex(UserError, "opens a rectification"):
            self.look_back(ticket, "fail")
        look = self.look_back(ticket, **vals)
        self.assertEqual(ticket.state, "handling")
        self.assertEqual(ticket.directive_id.state, "escalated")
        self.assertEqual(look.task_id.handler_id, self.staff_a)
        self.assertEqual(ticket.date_deadline, self.day(30))
        self.assertEqual(ticket.date_deadline_original, self.day(20))
        self.assertEqual(ticket.directive_id.date_deadline, self.day(30))
        self.assertLights(ticket, False, "yes", "no")
        self.assertEqual((ticket.score, ticket.date_look_back), (0, False))
        told = self.env["mail.message"].search(
            [("partner_ids", "in", self.leader.partner_id.ids)]
        )
        self.assertIn(ticket.id, told.mapped("res_id"))
        self.assertEqual(self.rank()[self.unit_a.id]["rate_held"], 0)
        self.report(look.task_id)
        self.verify(ticket)
        self.assertEqual(ticket.state, "completed")
        self.assertLights(ticket, "yes", "yes", "no")

    def test_who_did_the_work_does_not_look_back(self):
        ticket = self.finish(self.make_single())
        self.staff_a.group_ids |= self.env.ref(
            "office_functions_supervision.group_office_supervisor"
        )
        with self.assertRaisesRegex(ValidationError, "cannot verify it"):
            self.look_back(ticket, user=self.staff_a)

    def test_only_what_was_struck_off(self):
        ticket = self.make_single()
        with self.assertRaisesRegex(UserError, "was struck off"):
            self.look_back(ticket)
        self.finish(ticket, close=False)
        with self.assertRaisesRegex(UserError, "was struck off"):
            self.look_back(ticket)

    def test_restart_by_hand_takes_no_date(self):
        ticket = self.make_single()
        ticket.with_user(self.leader).change_deadline(
            "restart", "Anew", new_date=self.day(300)
        )
        self.assertEqual(ticket.date_deadline, self.day(20))


@tagged("office_supervision")
class TestRates(FiguresCase):
    """K15 to K18, and whom they do not blame."""

    def test_k15_k16_by_both_deadlines(self):
        self.finish(self.make_single("One"))
        late = self.make_single("Two")
        extension = (
            self.env["office.supervision.extension"]
            .with_user(self.staff_a)
            .create({"ticket_id": late.id, "date_to": self.day(30), "reason": "Rain"})
        )
        extension.do_transition("ask")
        extension.with_user(self.leader).do_transition("approve")
        self.finish(late, 25)
        self.make_single("Three")
        with freeze_time(f"{self.day(40)} 02:00:00"):
            row = self.rank()[self.unit_a.id]
        counts = ("due", "done", "on_time", "on_time_original", "checked", "first_pass")
        self.assertEqual([row[name] for name in counts], [3, 2, 2, 1, 2, 2])
        self.assertEqual(row["rate_implemented"], 66.7)
        self.assertEqual(row["rate_on_time"], 66.7)
        self.assertEqual(row["rate_on_time_original"], 33.3)
        self.assertEqual((row["rate_first_pass"], row["rate_held"]), (100, None))
        self.assertEqual((row["points"], row["rank"]), (77.8, 1))

    def test_time_of_others_blames_nobody(self):
        waiting = self.make_single("Waits to be verified")
        self.report(waiting.task_ids)
        suspended = self.make_single("Suspended")
        suspended.with_user(self.leader).do_transition("suspend", "The law changes")
        terminated = self.make_single("Terminated")
        terminated.with_user(self.leader).do_transition("terminate", "Void")
        with freeze_time(f"{self.day(40)} 02:00:00"):
            self.assertNotIn(self.unit_a.id, self.rank())
        late = self.make_single("Reported late, waits")
        with freeze_time(f"{self.day(25)} 02:00:00"):
            self.report(late.task_ids)
        with freeze_time(f"{self.day(40)} 02:00:00"):
            self.env.invalidate_all()
            row = self.rank()[self.unit_a.id]
        self.assertEqual((row["due"], row["done"]), (1, 0))

    def test_no_praise_before_the_deadline(self):
        self.finish(self.make_single("Done early"))
        self.make_single("Open")
        for days, counted in ((20, None), (21, (2, 1))):
            with freeze_time(f"{self.day(days)} 02:00:00"):
                self.env.invalidate_all()
                row = self.rank().get(self.unit_a.id)
                counts = (row["due"], row["done"]) if row and row["due"] else None
                self.assertEqual(counts, counted, days)

    def test_reopened_by_the_leader_is_not_late_and_somebody_has_it(self):
        with freeze_time(f"{self.day(0)} 02:00:00"):
            ticket = self.finish(self.make_single())
        with freeze_time(f"{self.day(40)} 02:00:00"):
            self.env.invalidate_all()
            action = ticket.with_user(self.leader).do_transition("reopen", "Typed")
            self.assertEqual(action["res_model"], "office.supervision.reopening")
            self.assertEqual(ticket.state, "closed", "not without the work it gives")
            nothing = {"rectification": " ", "user_id": False, "date": self.day(39)}
            with self.assertRaises(UserError) as refusal:
                self.reopen(ticket, **nothing)
            for words in ("To Be Put Right", "By Person", "a date to come"):
                self.assertIn(words, str(refusal.exception))
            with self.assertRaisesRegex(UserError, "not yours"):
                ticket.with_user(self.supervisor).reopen(
                    "No", "Again", self.unit_a.id, self.staff_a.id, self.day(50)
                )
            Dialog = self.env["office.supervision.reopening"].with_user(self.leader)
            Dialog.with_context(**action["context"]).create(
                {
                    "reason": "It did not hold.",
                    "rectification": "Count again",
                    "unit_id": self.unit_a.id,
                    "user_id": self.staff_a.id,
                    "date": self.day(50),
                }
            ).action_reopen()
            self.assertEqual(ticket.state, "handling")
            self.assertEqual(ticket.date_deadline, self.day(50))
            self.assertLights(ticket, False, "yes", False)
            self.assertFalse(ticket.is_zero)
            task = ticket.task_ids.filtered(lambda t: t.kind == "rectification")
            self.assertEqual((task.state, task.handler_id), ("assigned", self.staff_a))
        self.finish(ticket, 45)
        self.assertEqual(ticket.date_done, self.day(45))
        self.assertTrue(ticket.is_on_time and ticket.is_on_time_original)

    def test_archiving_betters_no_figure(self):
        ticket = self.make_single()
        ticket.active = False
        with freeze_time(f"{self.day(40)} 02:00:00"):
            self.assertEqual(self.rank()[self.unit_a.id]["due"], 1)

    def test_k17_the_first_verification_counts(self):
        ticket = self.make_single()
        self.report(ticket.task_ids)
        self.verify(ticket, **self.fail_vals())
        self.report(ticket.task_ids.filtered(lambda t: t.kind == "rectification"))
        self.verify(ticket)
        row = self.rank(-1, 1)[self.unit_a.id]
        self.assertEqual((row["checked"], row["first_pass"]), (1, 0))

    def test_indicators_by_unit_and_person_with_the_records_behind(self):
        done = self.finish(self.make_single("One"))
        late = self.make_single("Two")
        Indicator = self.env["office.indicator"].with_user(self.director)
        period = (self.day(0), self.day(60))
        with freeze_time(f"{self.day(40)} 02:00:00"):
            self.env.invalidate_all()
            figures = {f["code"]: f for f in Indicator.measure_all(*period)}
            for code, value in (("K15", 50), ("K16", 50), ("K17", 100)):
                with self.subTest(code=code):
                    [unit] = figures[code]["units"]
                    self.assertEqual(
                        (unit["id"], unit["value"]), (self.unit_a.id, value)
                    )
                    action = Indicator.open_records(code, *period, self.unit_a.id)
                    found = done.with_user(self.director).search(action["domain"])
                    self.assertEqual(found, done | late if code != "K17" else done)
            self.assertIsNone(figures["K18"]["value"])
            rows = Indicator._measure(Indicator._get_indicator("K15"), *period)
            self.assertEqual(rows, [(self.unit_a.id, self.staff_a.id, 1, 2)])

    def test_k18_what_holds_with_the_records_behind(self):
        held, slack = (self.finish(self.make_single(name)) for name in ("One", "Two"))
        self.look_back_in_time(held)
        with freeze_time(f"{self.day(91)} 02:00:00"):
            self.look_back(slack, **self.fail_vals(days=120))
            self.env.invalidate_all()
            period = (self.day(60), self.day(100))
            Indicator = self.env["office.indicator"].with_user(self.director)
            figures = {f["code"]: f for f in Indicator.measure_all(*period)}
            [unit] = figures["K18"]["units"]
            self.assertEqual((unit["id"], unit["value"]), (self.unit_a.id, 50))
            action = Indicator.open_records("K18", *period, self.unit_a.id)
            self.assertEqual(held.search(action["domain"]), held | slack)

    def test_s0_2_leader_sees_rates_by_month_of_all_and_of_each_section(self):
        self.finish(self.make_single("One"))
        self.finish(self.make_single("Two"), 25)
        Rate = self.env["office.supervision.rate"].with_user(self.leader)
        month = self.day(20).replace(day=1)
        domain = [("date", ">=", month)]
        names = ["rate_on_time:avg", "rate_implemented:avg", "due:sum"]
        with freeze_time(f"{self.day(40)} 02:00:00"):
            [(on_time, done, due)] = Rate._read_group(domain, [], names)
            groups = Rate._read_group(domain, ["date:month", "lead_unit_id"], names)
        self.assertEqual((on_time, done, due), (50, 100, 2))
        self.assertIn((month, self.unit_a, 50, 100, 2), groups)

    def test_pivot_looks_up_units_by_group_and_in_order_of_their_names(self):
        for unit, person in ((self.unit_b, self.staff_b), (self.unit_a, self.staff_a)):
            self.finish(
                self.make_single(lead_unit_id=unit.id, handler_id=person.id),
                close=False,
            )
        Rate = self.env["office.supervision.rate"].with_user(self.leader)
        here = [("lead_unit_id", "in", (self.unit_a | self.unit_b).ids)]
        spec = (["lead_unit_id", "date:month"], ["due:sum"])
        groups = Rate.formatted_read_group(here, *spec)
        names = [group["lead_unit_id"][1] for group in groups]
        self.assertEqual(list(dict.fromkeys(names)), ["Section A", "Section B"])
        groups = Rate.formatted_read_group(here, *spec, order="lead_unit_id desc")
        names = [group["lead_unit_id"][1] for group in groups]
        self.assertEqual(list(dict.fromkeys(names)), ["Section B", "Section A"])
        query = Rate._search(here, order="lead_unit_id")
        self.assertNotIn('JOIN "hr_department"', query.select().code)

    def test_who_sees_which_rates(self):
        self.finish(self.make_single())
        Rate = self.env["office.supervision.rate"]
        for user, sees in (
            (self.leader, True),
            (self.director, True),
            (self.clerk, True),
            (self.supervisor, True),
            (self.head_a, True),
            (self.staff_a, True),
            (self.head_b, False),
            (self.outsider, False),
        ):
            with self.subTest(user=user.name):
                found = Rate.with_user(user).search([])
                self.assertEqual(self.unit_a in found.lead_unit_id, sees)

    def test_other_company(self):
        self.finish(self.make_single())
        other = self.env["res.company"].create({"name": "Other District"})
        Ticket = self.env["office.supervision.ticket"]
        self.assertEqual(Ticket._rank_units(self.day(0), self.day(60), other), [])

    def test_indicators_show_no_unit_of_another_company(self):
        self.finish(self.make_single())
        other = self.env["res.company"].create({"name": "Other District"})
        self.director.company_ids |= other
        Indicator = self.env["office.indicator"].with_user(self.director)
        k17 = Indicator._get_indicator("K17")
        period = (self.day(0), self.day(60))
        self.unit_a.company_id = self.company
        for company, seen in ((self.company, 1), (other, 0)):
            mine = Indicator.with_context(allowed_company_ids=company.ids)
            self.assertEqual(len(mine._measure(k17, *period)), seen)

    def test_rows_open_their_ticket(self):
        ticket = self.finish(self.make_single())
        rates = self.env["office.supervision.rate"].search([])
        rate = rates.filtered(lambda r: r.ticket_ref == ticket.id)[:1]
        self.assertEqual(rate.action_open_ticket()["res_id"], ticket.id)

    def test_not_carried_out_takes_points_off(self):
        self.make_single()
        Assessment = self.env["office.assessment"]
        with freeze_time(f"{self.day(40)} 02:00:00"):
            points = Assessment._get_points(self.day(0), self.day(60))
        self.assertIn((self.unit_a.id, -1, "Not Carried Out"), points)

    def test_the_assessment_is_made_of_the_same_figures_as_the_ranking(self):
        """K15 to K17 of a year make a unit's score of supervision (F15)."""
        ticket = self.finish(self.make_single())
        self.finish(self.make_single("Late"), 25)
        year = ticket.date_deadline.year
        assessment = self.env["office.assessment"].create(
            {"year": year, "unit_kind": "section"}
        )
        with freeze_time(f"{self.day(40)} 02:00:00"):
            measured = assessment._measure_units(self.unit_a)
            ranked = ticket._rank_units(*assessment._get_period())
        scores, details = measured[self.unit_a.id]
        figures = {figure["code"]: figure for figure in details}
        [row] = [row for row in ranked if row["unit_id"] == self.unit_a.id]
        self.assertEqual((row["due"], row["rate_on_time"]), (2, 50))
        for code, rate in (
            ("K15", "rate_implemented"),
            ("K16", "rate_on_time"),
            ("K17", "rate_first_pass"),
        ):
            self.assertEqual(figures[code]["value"], row[rate], code)
            self.assertEqual(figures[code]["score"], row[rate], code)
        self.assertGreater(scores["supervision"], 0)
        self.finish(self.make_single("Later still"), 25)
        with freeze_time(f"{self.day(40)} 02:00:00"):
            measured = assessment._measure_units(self.unit_a)
        self.assertLess(
            measured[self.unit_a.id][0]["supervision"], scores["supervision"]
        )

    def test_workbench_shows_rates_and_what_is_to_be_done(self):
        # Over by one day, in the same month.
        due = 20 if self.day(21).day > 1 else 19
        self.finish(self.make_single(date_deadline=self.day(due)), due)
        workbench = self.env["office.workbench"].with_user(self.leader)
        with freeze_time(f"{self.day(due + 1)} 02:00:00"):
            panels = workbench.get_workbench()
        [panel] = [p for p in panels["panels"] if p["key"] == "supervision"]
        values = {figure["label"]: figure["value"] for figure in panel["figures"]}
        self.assertEqual(values["On Time This Month"], "100 %")
        self.assertEqual(values["Passed at Once This Month"], "100 %")
        self.assertIn("To Be Looked Back At", values)


@tagged("office_supervision")
class TestDisposition(FiguresCase):
    """S3.1: every directive gets a disposition."""

    def test_ticket_or_a_reason_why_none(self):
        directive = self.make_directive()
        self.assertEqual(directive.disposition, "pending")
        mine = directive.with_user(self.director)
        with self.assertRaisesRegex(UserError, "write down the reason"):
            mine.waive_supervision("  ")
        mine.waive_supervision("For information only")
        self.assertEqual(directive.disposition, "none")
        self.assertEqual(directive.no_ticket_user_id, self.director)
        self.assertEqual(mine.search([("disposition", "=", "none")]) & mine, mine)
        ticket = self.make_ticket(directive=directive)
        directive.invalidate_recordset()
        self.assertEqual(directive.disposition, "ticket")
        self.assertFalse(mine.search([("disposition", "=", "pending")]) & mine)
        with self.assertRaisesRegex(UserError, "under supervision already"):
            mine.waive_supervision("Again")
        self.assertTrue(ticket)

    def test_who_does_the_work_does_not_decide(self):
        directive = self.make_directive()
        for user in (self.staff_a, self.head_a, self.clerk):
            with self.subTest(user=user.name), self.assertRaises(UserError):
                directive.with_user(user).waive_supervision("Not needed")
        with self.assertRaises(ValidationError):
            directive.with_user(self.director).no_ticket_reason = "Typed"

    def test_supervisor_or_kin_do_not_decide(self):
        directive = self.make_directive()
        self.make_assigned(directive=directive)
        free = self.make_directive()
        for one in (directive, free):
            reasons = one.with_user(self.supervisor)._explain_no_waiver()
            self.assertIn("This is decided by a leader or the director.", reasons)
        self.env["hr.employee"].create(
            {
                "name": "Director",
                "user_id": self.director.id,
                "department_id": self.unit_a.id,
            }
        )
        self.director.group_ids |= self.supervisor.group_ids
        with self.assertRaisesRegex(UserError, "related to one of its units"):
            free.with_user(self.director).waive_supervision("Not needed")
        free.with_user(self.leader).waive_supervision("Not needed")

    def test_left_lying_is_an_omission(self):
        directive = self.make_directive()
        check = directive._get_undisposed_domain
        self.assertNotIn(directive, directive.search(check()))
        with freeze_time(f"{self.day(15)} 02:00:00"):
            self.assertIn(directive, directive.search(check()))
            directive.with_user(self.leader).waive_supervision("Done on the spot")
            self.assertNotIn(directive, directive.search(check()))

    def test_dialog(self):
        directive = self.make_directive().with_user(self.director)
        context = directive.action_waive_supervision()["context"]
        Waiver = self.env["office.supervision.waiver"].with_user(self.director)
        Waiver.with_context(**context).create({"reason": "Known"}).action_confirm()
        self.assertEqual(directive.no_ticket_reason, "Known")


@tagged("office_supervision")
class TestBulletinFigures(FiguresCase):
    """F4: praise and criticism on figures that are true when they are approved."""

    def make_bulletin(self):
        """Return the draft of a bulletin with the figures of 60 days."""
        bulletin = (
            self.env["office.supervision.bulletin"]
            .with_user(self.supervisor)
            .create(
                {
                    "name": "Supervision in the first quarter",
                    "kind": "criticism",
                    "overview": "More was done than last year.",
                    "problems": "Reports come late.",
                    "next_steps": "Report within three days.",
                    "date_from": self.day(0),
                    "date_to": self.day(60),
                    "audience_unit_ids": [Command.set(self.unit_b.ids)],
                }
            )
        )
        bulletin.action_take_figures()
        return bulletin

    def name_unit(self, bulletin, verdict="criticism", reason="Nothing was reported."):
        line = bulletin.line_ids.filtered(lambda ln: ln.department_id == self.unit_a)
        line.write({"verdict": verdict, "reason": reason})
        return line

    def test_figures_are_taken_from_the_tickets(self):
        done = self.finish(self.make_single("One"))
        late = self.make_single("Two")
        with freeze_time(f"{self.day(40)} 02:00:00"):
            self.env.invalidate_all()
            bulletin = self.make_bulletin()
            line = self.name_unit(bulletin)
            self.assertEqual((line.due, line.done, line.rank), (2, 1, 1))
            self.assertEqual(line.rate_implemented, 50)
            behind = line.action_open_tickets()["domain"]
            self.assertEqual(done.search(behind), done | late)
            bulletin.action_take_figures()
            self.assertEqual(line.reason, "Nothing was reported.", "words stay")

    def test_never_approved_on_figures_that_are_not_true(self):
        ticket = self.make_single()
        with freeze_time(f"{self.day(40)} 02:00:00"):
            self.env.invalidate_all()
            bulletin = self.make_bulletin()
            line = self.name_unit(bulletin)
            bulletin.do_transition("submit")
            self.finish(ticket, 41)
            leader = bulletin.with_user(self.leader)
            for approval in ("approve", "approve_and_issue"):
                with self.assertRaisesRegex(UserError, "(?s)have changed.*Section A"):
                    leader.do_transition(approval)
            with self.assertRaisesRegex(UserError, "the leader who decides"):
                bulletin.action_take_figures()
            leader.action_take_figures()
            self.assertEqual((line.due, line.done), (1, 1))
            leader.do_transition("approve")
            with self.assertRaisesRegex(UserError, "they are frozen"):
                leader.action_take_figures()
        self.reopen(ticket)
        self.assertEqual((line.due, line.done), (1, 1), "frozen")

    def test_period_without_figures_is_not_submitted(self):
        bulletin = self.make_bulletin()
        other = bulletin.copy({"kind": "general"})
        with self.assertRaisesRegex(UserError, "Take the figures"):
            other.do_transition("submit")
        other.write({"date_from": False, "date_to": False})
        with self.assertRaisesRegex(UserError, "give the period"):
            other.action_take_figures()

    def test_major_criticism_needs_a_collective_decision(self):
        self.make_single()
        with freeze_time(f"{self.day(40)} 02:00:00"):
            self.env.invalidate_all()
            bulletin = self.make_bulletin()
            self.name_unit(bulletin)
            bulletin.is_major = True
            bulletin.do_transition("submit")
            with self.assertRaisesRegex(UserError, "decided by a meeting"):
                bulletin.with_user(self.leader).do_transition("approve")

    def test_f4_prints_with_the_ranking(self):
        self.make_single()
        self.finish(self.make_single("Two"))
        with freeze_time(f"{self.day(40)} 02:00:00"):
            self.env.invalidate_all()
            bulletin = self.make_bulletin()
            self.name_unit(bulletin)
            bulletin.do_transition("submit")
            bulletin.with_user(self.leader).do_transition("approve")
            bulletin.do_transition("issue")
        Report = self.env["ir.actions.report"]
        name = "office_functions_supervision.report_f4_supervision_bulletin"
        html, _kind = Report._render_qweb_html(name, bulletin.ids)
        text = " ".join(fromstring(html).text_content().split())
        for word in (
            bulletin.number,
            "应办督办件2件，已办1件，落实率50%",
            "批评单位及原因",
            "Section A：Nothing was reported.",
            "Reports come late.",
            "Report within three days.",
            f"签发{self.leader.name}",
            "Section B",
            "排名",
        ):
            self.assertIn(word, text)
        pdf, kind = Report._render_qweb_pdf(name, bulletin.ids)
        self.assertEqual((kind, pdf[:5]), ("pdf", b"%PDF-"))

    def test_who_may_not_read_takes_no_figures(self):
        bulletin = self.make_bulletin()
        for user in (self.head_a, self.outsider):
            with self.assertRaises(AccessError):
                bulletin.with_user(user).action_take_figures()
        with self.assertRaisesRegex(UserError, "Who drafts a bulletin"):
            bulletin.with_user(self.other_supervisor).action_take_figures()

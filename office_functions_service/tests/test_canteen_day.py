# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.office_functions.tests.common import TODAY, OfficeCase

from .canteen_case import CanteenFixture

THIS_MONDAY = TODAY - timedelta(days=TODAY.weekday())


@tagged("office_canteen")
class TestCanteenDay(CanteenFixture, OfficeCase):
    """A day in the canteen (M12): nothing is skipped, nobody unfit is on the post."""

    def setUp(self):
        super().setUp()
        self.manager = self.users["canteen"]
        self.menu = self.make_menu("published", monday=THIS_MONDAY)
        self.meal = self.menu.meal_ids[1]
        self.check = self.meal.check_ids

    def as_manager(self, record):
        return record.with_user(self.manager)

    def assertRefuses(self, words, record, step, note=False):
        with self.assertRaises(UserError) as caught:
            self.as_manager(record).do_transition(step, note)
        self.assertSays(caught.exception, *words)

    # The checklist --------------------------------------------------------------------

    def test_m12_the_checklist_cannot_be_skipped(self):
        steps = "pass_morning inspect_goods process keep_samples serve disinfect record"
        steps = steps.split()
        for done, step in enumerate(steps):
            for later in steps[done + 1 :]:
                with self.subTest(done=done, later=later):
                    self.assertRefuses(["does not start from"], self.check, later)
            self.prepare_check(self.check, step)
            self.as_manager(self.check).do_transition(step)
        self.assertEqual(self.check.state, "recorded")
        self.assertEqual(len(self.check.transition_ids), 7)

    def test_m12_not_served_while_a_sample_is_missing(self):
        self.lead_check(self.check, "process")
        self.assertRefuses(self.dishes.mapped("name"), self.check, "keep_samples")
        self.take_samples(self.check, self.dishes[:2])
        button = self.as_manager(self.check).open_transitions[0]
        self.assertSays(button["gaps"][0], self.dishes[2].name)
        self.assertRefuses([self.dishes[2].name], self.check, "keep_samples")
        self.take_samples(self.check)
        self.as_manager(self.check).do_transition("keep_samples")
        self.as_manager(self.check).do_transition("serve")
        self.assertTrue(self.meal.date_served)
        self.assertEqual(self.menu.state, "served")

    def test_m12_not_served_while_the_morning_check_is_missing(self):
        self.assertRefuses(["name who works"], self.check, "pass_morning")
        cook = self.make_cook(self.check.canteen_id)
        self.check.cook_ids = cook
        self.assertRefuses(
            ["morning check is missing", cook.name], self.check, "pass_morning"
        )
        self.check.cook_ids = False
        self.lead_check(self.check, "keep_samples")
        late = self.make_cook(self.check.canteen_id, name="李师傅")
        self.as_manager(self.check).cook_ids |= late
        self.assertRefuses(["morning check is missing", "李师傅"], self.check, "serve")
        self.assertFalse(self.meal.date_served)

    def test_goods_are_accepted_or_refused_before_cooking(self):
        self.lead_check(self.check, "pass_morning")
        self.assertRefuses(["nothing was"], self.check, "inspect_goods")
        goods = self.env["office.canteen.delivery"].create(
            {
                "name": "鲈鱼",
                "canteen_id": self.check.canteen_id.id,
                "date": self.check.date,
            }
        )
        self.env.invalidate_all()
        self.assertRefuses(["Neither accepted", "鲈鱼"], self.check, "inspect_goods")
        self.as_manager(goods).do_transition("refuse", "Not fresh")
        self.env.invalidate_all()
        self.as_manager(self.check).do_transition("inspect_goods")

    def test_tomorrow_has_not_come_yet(self):
        self.to_day(-1)
        self.check.cook_ids = self.make_cook(self.check.canteen_id)
        self.assertRefuses(["not come yet"], self.check, "pass_morning")

    def test_called_off_with_a_reason(self):
        self.assertRefuses(["write down the reason"], self.check, "call_off")
        self.as_manager(self.check).do_transition("call_off", "No gas today")
        self.assertFalse(self.meal.date_served)

    def test_disinfection_stays_as_noted(self):
        with self.assertRaisesRegex(UserError, "after the meal"), self.cr.savepoint():
            self.disinfect(self.check)
        self.lead_check(self.check, "serve")
        self.assertRefuses(["what was disinfected"], self.check, "disinfect")
        record = self.disinfect(self.check)
        record.minutes = 25
        self.as_manager(self.check).do_transition("disinfect")
        for attempt in (
            lambda: self.disinfect(self.check),
            lambda: record.write({"minutes": 5}),
            record.unlink,
        ):
            with (
                self.assertRaisesRegex(UserError, "stays as it was noted"),
                self.cr.savepoint(),
            ):
                attempt()

    # Workers --------------------------------------------------------------------------

    def test_r_food_3_unfit_is_off_the_post_until_cleared(self):
        canteen = self.check.canteen_id
        cook, other = self.make_cook(canteen), self.make_cook(canteen, name="李师傅")
        self.as_manager(self.check).cook_ids = cook | other
        Morning = self.env["office.canteen.morning"].with_user(self.manager)
        fever, fine = Morning.create(
            [
                {"cook_id": cook.id, "fever": True, "temperature": 38.2},
                {"cook_id": other.id, "bad_hands": True, "measure": "Washed"},
            ]
        )
        self.assertEqual((fever.is_fit, fine.is_fit), (False, True))
        self.assertEqual((cook.state, other.state), ("suspended", "on_post"))
        self.assertEqual(self.check.cook_ids, other, "off the post at once")
        self.assertEqual(fever.inspector_id, self.manager)
        with self.assertRaisesRegex(ValidationError, "Off the post: 王师傅"):
            self.as_manager(self.check).cook_ids |= cook
        self.assertRefuses(["write down the reason"], cook, "clear")
        self.as_manager(cook).do_transition("clear", "Doctor's note of today")
        self.as_manager(self.check).cook_ids |= cook
        self.as_manager(self.check).do_transition("pass_morning")

    def test_a_morning_check_is_never_changed(self):
        cook = self.make_cook(self.check.canteen_id, self.check.date)
        morning = cook.morning_ids
        for user in (self.manager, self.env.user):
            with self.assertRaises(UserError), self.cr.savepoint():
                morning.with_user(user).write({"fever": False})
            with self.assertRaises(UserError), self.cr.savepoint():
                morning.with_user(user).unlink()
        with self.assertRaises(ValidationError):
            morning.create({"cook_id": cook.id, "inspector_id": 1, "date": TODAY})
        with self.assertRaisesRegex(ValidationError, "not come yet"):
            morning.create({"cook_id": cook.id, "date": TODAY + timedelta(days=1)})
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.cr.savepoint(),
        ):
            morning.create({"cook_id": cook.id, "date": TODAY})

    def test_r_food_1_without_a_certificate_nobody_is_on_the_post(self):
        canteen = self.check.canteen_id
        expired = self.make_cook(canteen, date_certificate=TODAY - timedelta(days=1))
        bare = self.make_cook(canteen, name="李师傅", date_certificate=False)
        with self.assertRaises(ValidationError) as caught:
            self.check.cook_ids = expired | bare
        self.assertSays(caught.exception, "王师傅", "李师傅", "health certificate")
        self.as_manager(bare).do_transition("suspend", "No certificate")
        self.assertRefuses(["no longer valid"], bare, "clear", "Please")

    def test_a_worker_of_another_canteen(self):
        other = self.make_cook(self.make_canteen(name="二食堂"))
        with self.assertRaisesRegex(ValidationError, "another canteen"):
            self.check.cook_ids = other

    # Samples --------------------------------------------------------------------------

    def test_r_food_2_a_sample_weighs_125_g_or_what_the_company_says(self):
        self.lead_check(self.check, "process")
        vals = {
            "check_id": self.check.id,
            "dish_id": self.dishes[0].id,
            "fridge": "一号柜",
        }
        Sample = self.env["office.canteen.sample"].with_user(self.manager)
        with (
            self.assertRaisesRegex(ValidationError, "at least 125 g"),
            self.cr.savepoint(),
        ):
            Sample.create({**vals, "grams": 124})
        sample = Sample.create(vals)
        self.assertEqual((sample.grams, sample.user_id), (125, self.manager))
        with (
            self.assertRaisesRegex(ValidationError, "at least 125 g"),
            self.cr.savepoint(),
        ):
            sample.grams = 20
        self.company.office_sample_grams = 200
        with (
            self.assertRaisesRegex(ValidationError, "at least 200 g"),
            self.cr.savepoint(),
        ):
            Sample.create({**vals, "dish_id": self.dishes[1].id, "grams": 150})
        foreign = self.env["office.canteen.dish"].create({"name": "红烧肉"})
        with self.assertRaisesRegex(ValidationError, "not on the menu"):
            Sample.create({**vals, "dish_id": foreign.id, "grams": 200})

    def test_r_food_2_not_disposed_of_before_48_hours(self):
        self.lead_check(self.check, "serve")
        sample = self.check.sample_ids[0]
        now = fields.Datetime.now()
        self.assertEqual(sample.date_due, now + timedelta(hours=48))
        self.clock.move_to(now + timedelta(hours=47, minutes=59))
        self.env["office.canteen.sample"]._cron_release()
        self.assertEqual(sample.state, "kept")
        self.assertRefuses(["kept until"], sample, "release")
        self.assertRefuses(["does not start from"], sample, "dispose")
        for attempt in (
            sample.unlink,
            lambda: sample.write({"date_taken": "2026-01-01 00:00:00"}),
            lambda: sample.write({"grams": 130}),
            lambda: sample.write({"state": "disposed"}),
            lambda: self.check.write({"sample_ids": [Command.clear()]}),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                attempt()
        self.clock.move_to(now + timedelta(hours=48))
        self.env["office.canteen.sample"]._cron_release()
        self.assertEqual(set(self.check.sample_ids.mapped("state")), {"disposable"})
        self.as_manager(self.check.sample_ids).action_dispose()
        self.assertEqual(sample.disposer_id, self.manager)
        self.assertEqual(sample.date_disposed, now + timedelta(hours=48))

    def test_samples_are_not_added_afterwards(self):
        with (
            self.assertRaisesRegex(UserError, "once the meal is cooked"),
            self.cr.savepoint(),
        ):
            self.take_samples(self.check)
        self.lead_check(self.check, "keep_samples")
        gone = self.check.sample_ids[0]
        with self.assertRaisesRegex(UserError, "neither added nor changed"):
            gone.unlink()

    # Goods ----------------------------------------------------------------------------

    def test_r_food_1_record_of_goods_is_kept(self):
        Delivery = self.env["office.canteen.delivery"]
        canteen = self.check.canteen_id
        vals = {"name": "大米", "canteen_id": canteen.id, "date": "2026-03-01"}
        rice = Delivery.create({**vals, "produced_on": "2026-02-01", "shelf_life": 28})
        self.assertEqual(str(rice.date_expiry), "2026-03-01")
        self.assertEqual(str(rice.date_retention), "2026-09-01")
        greens = Delivery.create({**vals, "name": "青菜"})
        self.assertFalse(greens.date_expiry)
        self.assertEqual(str(greens.date_retention), "2028-03-01")
        self.as_manager(greens).do_transition("refuse", "Withered")
        self.to_day(TODAY.replace(year=2027))
        with self.assertRaises(UserError):
            greens.unlink()

    def test_r_food_1_goods_with_licence_and_certificate_only(self):
        canteen = self.check.canteen_id
        supplier = self.env["office.canteen.supplier"].create(
            {"name": "老张菜摊", "canteen_id": canteen.id}
        )
        goods = self.env["office.canteen.delivery"].create(
            {
                "name": "豆腐",
                "canteen_id": canteen.id,
                "supplier_id": supplier.id,
                "produced_on": "2026-03-01",
                "shelf_life": 3,
                "date": TODAY,
            }
        )
        self.assertRefuses(
            [
                "Certificate",
                "licence of “老张菜摊” is missing",
                "past their shelf life",
            ],
            goods,
            "accept",
        )

    # The menu -------------------------------------------------------------------------

    def test_a_posted_menu_changes_by_name_and_with_a_reason(self):
        meal = self.as_manager(self.meal)
        for attempt in (
            lambda: meal.write({"dish_ids": [Command.clear()]}),
            lambda: self.meal.write({"date": TODAY}),
            self.meal.unlink,
            lambda: self.as_manager(self.menu).write(
                {"meal_ids": [Command.update(meal.id, {"kind": "supper"})]}
            ),
            lambda: self.menu.write({"meal_ids": [Command.delete(meal.id)]}),
            lambda: self.meal.create(
                {"menu_id": self.menu.id, "date": self.menu.date_to, "kind": "lunch"}
            ),
            lambda: self.meal.write({"date_served": "2026-03-10"}),
            lambda: self.meal.write({"prices": {}}),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                attempt()
        with self.assertRaises(UserError) as caught:
            meal._change_dishes(meal.dish_ids.browse(), " ")
        self.assertSays(caught.exception, "reason", "at least one dish")
        self.dishes[0].price = 99
        self.assertEqual(self.meal._get_price(self.dishes[0]), 8, "as posted")
        change = (
            self.env["office.canteen.dish.change"]
            .with_user(self.manager)
            .with_context(**meal.action_change_dishes()["context"])
            .create({"reason": "鲈鱼未到货"})
        )
        change.dish_ids -= self.dishes[2]
        change.action_change()
        self.assertEqual(self.meal.dish_ids, self.dishes[:2])
        self.assertIn("清蒸鲈鱼", self.menu.message_ids[0].body)
        self.assertIn("鲈鱼未到货", self.menu.message_ids[0].body)
        self.env.invalidate_all()
        self.lead_check(self.check, "process")
        with self.assertRaisesRegex(UserError, "cooked already"):
            meal._change_dishes(self.dishes, "Here it is")
        with self.assertRaises(AccessError):
            self.meal.with_user(self.users["staff"])._change_dishes(self.dishes, "Why")

    def test_who_drafts_does_not_check(self):
        Menu = self.env["office.canteen.menu"].with_user(self.manager)
        menu = Menu.create(self.menu_vals())
        with self.assertRaisesRegex(UserError, "You had a part in this yourself"):
            menu.do_transition("check")
        menu.with_user(self.users["director"]).do_transition("check")
        self.assertEqual(menu.checker_id, self.users["director"])
        with self.assertRaises(UserError):
            menu.meal_ids[0].unlink()
        menu.do_transition("publish")
        self.assertEqual(len(menu.meal_ids.check_ids), 3)

    def test_a_menu_says_all_it_lacks(self):
        canteen = self.make_canteen(officer_id=False, phone=False)
        menu = self.make_menu(canteen=canteen)
        menu.meal_ids[:2].dish_ids = False
        director = menu.with_user(self.users["director"])
        with self.assertRaises(UserError) as caught:
            director.do_transition("check")
        self.assertSays(caught.exception, *menu.meal_ids[:2].mapped("display_name"))
        menu.meal_ids[:2].dish_ids = self.dishes
        director.do_transition("check")
        with self.assertRaises(UserError) as caught:
            director.do_transition("publish")
        self.assertSays(caught.exception, "Food Safety Officer", "Complaints Phone")

    def test_r_food_1_nothing_is_posted_without_a_licence(self):
        canteen = self.make_canteen(phone=False, license_number=False)
        menu = self.make_menu(canteen=canteen)
        director = menu.with_user(self.users["director"])
        director.do_transition("check")
        with self.assertRaises(UserError) as caught:
            director.do_transition("publish")
        self.assertSays(caught.exception, "food business licence", "Complaints Phone")
        canteen.write({"phone": "80010000", "license_number": "JY1"})
        for day in (False, menu.date_to - timedelta(days=1)):
            canteen.date_license = day
            with self.subTest(day=day):
                with self.assertRaisesRegex(UserError, "food business licence"):
                    director.do_transition("publish")
        canteen.date_license = menu.date_to
        director.do_transition("publish")
        self.assertEqual(menu.state, "published")

    def test_the_manager_is_told_of_licence_chief_officer_and_companions(self):
        self.lead_check(self.check, "serve")
        canteen = self.check.canteen_id
        canteen.date_license = TODAY + timedelta(days=91)
        self.assertNotIn("licence", "".join(canteen._get_due()[canteen]))
        canteen.date_license = TODAY + timedelta(days=90)
        canteen.diners = 1000
        told = "\n".join(canteen._get_due()[canteen])
        self.assertIn("food business licence is valid until 2026-06", told)
        for words in ("chief food safety officer", "companion meal"):
            self.assertNotIn(words, told)
        canteen.diners = 1001
        self.assertIn("1001 diners", "\n".join(canteen._get_due()[canteen]))
        canteen.write({"diners": 499, "is_school": True})
        told = "\n".join(canteen._get_due()[canteen])
        self.assertNotIn("chief food safety officer", told)
        self.assertIn(f"No companion meal on record: {self.meal.display_name}", told)
        self.env["office.canteen.companion"].create(
            {
                "meal_id": self.meal.id,
                "user_id": self.users["director"].id,
                "remarks": "Good",
            }
        )
        canteen.diners = 500
        told = "\n".join(canteen._get_due()[canteen])
        self.assertNotIn("companion meal", told)
        self.assertIn("chief food safety officer", told)
        canteen.chief_officer_id = self.users["director"]
        told = "\n".join(canteen._get_due()[canteen])
        self.assertNotIn("chief food safety officer", told)

    def test_bad_weeks_and_days(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.cr.savepoint(),
        ):
            self.menu.create({**self.menu_vals(), "date_from": "2026-03-03"})
        menu = self.make_menu()
        with self.assertRaisesRegex(ValidationError, "not in the week"):
            menu.meal_ids[0].date = menu.date_to + timedelta(days=1)

    def test_fill_the_week_with_its_working_days(self):
        menu = self.make_menu()
        menu.action_fill_week()
        self.assertEqual(len(menu.meal_ids), 11, "two meals on five days, one supper")
        menu.action_fill_week()
        self.assertEqual(len(menu.meal_ids), 11)
        with self.assertRaisesRegex(UserError, "Only a draft"):
            self.menu.action_fill_week()

    def test_copy_brings_the_meals_to_the_next_free_week(self):
        twin = self.menu.copy()
        self.assertEqual(twin.date_from, THIS_MONDAY + timedelta(days=7))
        self.assertEqual(
            twin.meal_ids.mapped("date"),
            [day + timedelta(days=7) for day in self.menu.meal_ids.mapped("date")],
        )
        self.assertEqual(twin.meal_ids.dish_ids, self.dishes)

    def test_staff_see_what_is_posted_only(self):
        draft = self.make_menu()
        for role in ("staff", "section_head", "leader", "logistics"):
            mine = (draft | self.menu).with_user(self.users[role])
            self.assertEqual(mine.search([("id", "in", mine.ids)]).ids, self.menu.ids)
            meals = (draft | self.menu).meal_ids.with_user(self.users[role])
            found = meals.search([("id", "in", meals.ids)])
            self.assertEqual(found.menu_id.ids, self.menu.ids)
        for model in ("check", "cook", "morning", "sample", "delivery", "round"):
            Model = self.env[f"office.canteen.{model}"]
            for role in ("staff", "clerk", "logistics", "liaison", "school"):
                self.assertFalse(Model.with_user(self.users[role]).has_access("read"))
            self.assertTrue(Model.with_user(self.users["leader"]).has_access("read"))

    def test_another_company_is_out_of_sight(self):
        company = self.env["res.company"].create({"name": "Other Commission"})
        canteen = self.make_canteen(company_id=company.id, unit_id=False)
        menu = self.env["office.canteen.menu"].create(
            {"canteen_id": canteen.id, "date_from": THIS_MONDAY}
        )
        cook = self.make_cook(canteen)
        for record in (canteen, menu, cook):
            self.assertFalse(self.as_manager(record).has_access("read"), record._name)

    # Rounds and companions ------------------------------------------------------------

    def test_r_food_4_findings_or_zero_risk(self):
        canteen = self.check.canteen_id
        Round = self.env["office.canteen.round"].with_user(self.manager)
        day, week = Round.create(
            [{"canteen_id": canteen.id, "kind": kind} for kind in ("day", "week")]
        )
        self.assertRefuses(["one of the two"], day, "finish")
        day.write({"is_zero_risk": True, "findings": "The fridge is too warm."})
        self.assertRefuses(["one of the two"], day, "finish")
        day.findings = False
        week.findings = "The fridge is too warm."
        (day | week).do_transition("finish")
        correction = self.env["office.service.correction"].search(
            [("res_model", "=", "office.canteen.round"), ("kind", "=", "canteen")]
        )
        self.assertRecordValues(
            correction,
            [
                {
                    "res_id": week.id,
                    "problem": "The fridge is too warm.",
                    "handler_id": self.manager.id,
                    "lead_unit_id": self.unit.id,
                    "state": "open",
                }
            ],
        )

    def test_what_a_companion_finds_becomes_a_correction(self):
        Companion = self.env["office.canteen.companion"]
        leader = Companion.with_user(self.users["leader"])
        vals = {"meal_id": self.meal.id, "remarks": "Tasty", "problem": "Soup is cold"}
        with self.assertRaisesRegex(UserError, "Not served yet"), self.cr.savepoint():
            leader.create(vals)
        self.lead_check(self.check, "serve")
        record = leader.create(vals)
        for attempt in (lambda: record.sudo().write({"remarks": "Bad"}), record.unlink):
            with self.assertRaises(UserError):
                attempt()
        correction = self.env["office.service.correction"].search(
            [("res_model", "=", Companion._name), ("res_id", "=", record.id)]
        )
        self.assertEqual(correction.problem, "Soup is cold")

    def test_the_manager_is_told_once_what_is_missing(self):
        self.lead_check(self.check, "serve")
        self.make_cook(self.check.canteen_id, name="赵师傅", date_certificate=TODAY)
        far = TODAY + timedelta(days=31)
        self.make_cook(self.check.canteen_id, name="孙师傅", date_certificate=far)
        canteen = self.check.canteen_id
        for _evening in range(2):
            self.env["office.canteen"]._cron_tell_due()
        activity = canteen.activity_ids
        self.assertEqual(activity.user_id, self.manager)
        self.assertSays(
            activity.note,
            "Daily Control",
            "赵师傅",
            self.meal.display_name,
            "Meal Served",
        )
        self.assertNotIn("孙师傅", activity.note)
        self.assertNotIn("Weekly", activity.note)
        self.to_day(THIS_MONDAY + timedelta(days=8))
        self.env["office.canteen"]._cron_tell_due()
        self.assertEqual(canteen.activity_ids, activity)
        self.assertSays(activity.note, "Weekly Inspection", "Samples", ": 3")
        self.assertNotIn("Monthly", activity.note)
        self.to_day(TODAY.replace(month=TODAY.month + 1, day=2))
        self.env["office.canteen"]._cron_tell_due()
        self.assertSays(activity.note, "Monthly Conference")

    # Speed ----------------------------------------------------------------------------

    def test_a_week_is_posted_with_few_queries(self):
        def count(days):
            menu = self.make_menu()
            menu.meal_ids.unlink()
            menu.meal_ids = [
                Command.create(
                    {
                        "date": menu.date_from + timedelta(days=day),
                        "dish_ids": [Command.set(self.dishes.ids)],
                    }
                )
                for day in range(days)
            ]
            director = menu.with_user(self.users["director"])
            director.do_transition("check")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            director.do_transition("publish")
            self.env.flush_all()
            return self.cr.sql_log_count - before

        count(1)
        self.assertLessEqual(count(7), count(2) + 2)

    def test_a_meal_is_served_with_few_queries(self):
        """A meal has lines to look at, and the meal and its menu change with it."""

        def count(number):
            checks = self.check.browse()
            for _nth in range(number):
                menu = self.make_menu("published", monday=THIS_MONDAY)
                checks |= self.lead_check(menu.meal_ids[1].check_ids, "keep_samples")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.as_manager(checks).do_transition("serve")
            self.env.flush_all()
            return self.cr.sql_log_count - before

        count(1)
        few = count(2)
        self.assertLessEqual(few, 16)
        self.assertLessEqual(count(6), few + 4)

# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""A day in the canteen: nothing is served before its sample is kept; then the stars."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.office_functions.tests.walk_case import CORE, WalkCase

PHONE = "390x844"


@tagged("post_install", "-at_install", "office_walk")
class TestWalkCanteen(WalkCase):
    more_people = {"canteen": ("田管理员", CORE + "canteen")}

    def post_menu(self, today):
        """Post a menu whose only meal is today's lunch, with somebody to cook it."""
        manager = self.people["canteen"]
        canteen = self.env["office.canteen"].create(
            {
                "name": "机关食堂",
                "unit_id": self.unit.id,
                "manager_id": manager.id,
                "officer_id": manager.id,
                "phone": "80010055",
                "license_number": "江食营〔2025〕1号",
                "date_license": today + timedelta(days=400),
            }
        )
        dish = self.env["office.canteen.dish"].create({"name": "红烧肉", "price": 12})
        cook = self.env["office.canteen.cook"].create(
            {
                "name": "王师傅",
                "canteen_id": canteen.id,
                "date_certificate": today + timedelta(days=200),
            }
        )
        self.env["office.canteen.morning"].create({"cook_id": cook.id, "date": today})
        menu = (
            self.env["office.canteen.menu"]
            .with_user(manager)
            .create(
                {
                    "canteen_id": canteen.id,
                    "date_from": today - timedelta(days=today.weekday()),
                    "meal_ids": [
                        Command.create(
                            {
                                "date": today,
                                "kind": "lunch",
                                "dish_ids": [Command.set(dish.ids)],
                            }
                        )
                    ],
                }
            )
        )
        menu.with_user(self.people["director"]).do_transition("check")
        menu.do_transition("publish")
        return menu.meal_ids.sudo()

    def test_served_with_its_sample_and_rated_on_a_phone(self):
        meal = self.post_menu(fields.Date.context_today(self.people["canteen"]))
        self.walk("office-canteen-checks", "office_canteen_manager_serves", "canteen")
        self.assertTrue(meal.date_served)
        self.assertEqual(meal.check_ids.sample_ids.user_id, self.people["canteen"])
        self.assertLog(
            meal.check_ids,
            *(
                (step, "田管理员")
                for step in (
                    "pass_morning",
                    "inspect_goods",
                    "process",
                    "keep_samples",
                    "serve",
                )
            ),
        )
        self.browser_size = PHONE
        self.start_tour(
            "/office/canteen", "office_canteen_staff_rates", login="walk_staff"
        )
        self.env.invalidate_all()
        self.assertEqual((meal.rating_avg, meal.rating_count), (5, 1))

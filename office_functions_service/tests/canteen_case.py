# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""A canteen to test in."""

from datetime import date, timedelta

from odoo import fields
from odoo.fields import Command

from odoo.addons.office_functions.tests.common import MatterFixture
from odoo.addons.office_functions.tools.transition import permit

MONDAY = date(2026, 3, 2)
"""A week that is over on the day on which the tests' clock stands."""


class CanteenFixture(MatterFixture):
    """Each record gets a canteen of its own, so that none is in another's way."""

    creator_role = "canteen"

    @classmethod
    def set_up_office(cls):
        result = super().set_up_office()
        cls.dishes = cls.env["office.canteen.dish"].create(
            [
                {
                    "name": name,
                    "price": price,
                    "ingredients": ingredients,
                    "allergen_ids": [
                        Command.set(
                            cls.env.ref(
                                f"office_functions_service.allergen_{allergen}"
                            ).ids
                        )
                    ],
                }
                for name, price, ingredients, allergen in (
                    ("鱼香肉丝", 8, "猪肉、木耳", "soybeans"),
                    ("番茄炒蛋", 5, "番茄、鸡蛋", "eggs"),
                    ("清蒸鲈鱼", 15, "鲈鱼", "fish"),
                )
            ]
        )
        return result

    @classmethod
    def make_canteen(cls, **vals):
        return cls.env["office.canteen"].create(
            {
                "name": "机关食堂",
                "unit_id": cls.unit.id,
                "manager_id": cls.users["canteen"].id,
                "officer_id": cls.users["canteen"].id,
                "phone": "80010000",
                "license_number": "江食营〔2025〕1号",
                "date_license": "2030-01-01",
                **vals,
            }
        )

    @classmethod
    def menu_vals(cls, monday=MONDAY, canteen=None):
        """Return a menu of one day: breakfast, lunch and supper."""
        day = monday + timedelta(days=1)
        return {
            "canteen_id": (canteen or cls.make_canteen()).id,
            "date_from": monday.isoformat(),
            "meal_ids": [
                Command.create(
                    {
                        "date": day.isoformat(),
                        "kind": kind,
                        "dish_ids": [Command.set(cls.dishes.ids)],
                    }
                )
                for kind in ("breakfast", "lunch", "supper")
            ],
        }

    @classmethod
    def make_menu(cls, state="draft", **vals):
        """Create a menu, and let it be in a state, with what posting brings about."""
        Menu = cls.env["office.canteen.menu"].with_user(cls.users["canteen"]).sudo()
        menu = Menu.create(cls.menu_vals(**vals)).with_env(cls.env)
        if state != "draft":
            with permit(menu, "published"):
                menu.state = "published"
            menu._after_publish(False)
        if state == "served":
            menu._pass_by_system("begin")
        return menu

    @classmethod
    def make_cook(cls, canteen, day=None, **vals):
        """Create a worker, who passed the morning check of a day if one is given."""
        cook = cls.env["office.canteen.cook"].create(
            {
                "name": "王师傅",
                "canteen_id": canteen.id,
                "certificate": "健康字01",
                "date_certificate": "2027-12-31",
                **vals,
            }
        )
        if day:
            cls.env["office.canteen.morning"].create({"cook_id": cook.id, "date": day})
        return cook

    @classmethod
    def take_samples(cls, check, dishes=None):
        return cls.env["office.canteen.sample"].create(
            [
                {"check_id": check.id, "dish_id": dish.id, "fridge": "一号柜"}
                for dish in (dishes or check.dish_ids - check.sample_ids.dish_id)
            ]
        )

    @classmethod
    def disinfect(cls, check):
        return cls.env["office.canteen.disinfection"].create(
            {"check_id": check.id, "name": "餐盘", "minutes": 20, "quantity": 80}
        )

    def prepare_check(self, check, step):
        """Bring about what a step of a meal's checklist asks for."""
        if step == "pass_morning":
            check.cook_ids = self.make_cook(check.canteen_id, check.date)
        elif step == "inspect_goods":
            check.is_nothing_delivered = True
        elif step == "keep_samples":
            self.take_samples(check)
        elif step == "disinfect":
            self.disinfect(check)
        elif step == "record":
            check.self_check = "各环节符合要求。"

    def lead_check(self, check, last):
        """Let the canteen manager make all steps up to one."""
        for row in check._get_transitions():
            self.prepare_check(check, row.name)
            check.with_user(self.users["canteen"]).do_transition(row.name)
            if row.name == last:
                return check
        raise AssertionError(f"There is no step {last}.")

    def today(self):
        return fields.Date.context_today(self.env.user)

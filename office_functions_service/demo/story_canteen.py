# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What the demo tells of the canteens: four weeks of lunches, and today's meals."""

from datetime import timedelta
from pathlib import Path

from odoo.fields import Command, Domain

from odoo.addons.office_functions.demo.story import OfficeStory
from odoo.addons.office_functions.demo.timeline import wait

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
TODAY = {
    "canteen_main": {
        "breakfast": "disinfect",
        "lunch": "keep_samples",
        "supper": "inspect_goods",
    },
    "canteen_second": {
        "breakfast": "serve",
        "lunch": "process",
        "supper": "pass_morning",
    },
}
"""How far each meal of today has come."""
STEPS = (
    "pass_morning",
    "inspect_goods",
    "process",
    "keep_samples",
    "serve",
    "disinfect",
    "record",
)


class CanteenStory(OfficeStory):
    """Reads the tables canteen_…; every meal goes through its checklist."""

    addon = "office_functions_service"
    folder = Path(__file__).parent / "tables"

    def tell(self):
        """Open the canteens, live through four weeks, and begin today's meals."""
        if self.is_told("office.canteen"):
            return
        self.today = self.timeline.today
        self.monday = self.today - DAY * self.today.weekday()
        self.open_canteens()
        for row in self.read_table("canteen_deliveries"):
            self.timeline.at(row["day"], self.receive, row)
        for week in range(-3, 1):
            self.plan_week(self.monday + week * WEEK)
        self.plan_menus_to_come()
        for row in self.read_table("canteen_ratings"):
            self.timeline.at(row["day"], self.rate, row)
        for row in self.read_table("canteen_corrections"):
            self.timeline.at(row["day"], self.record_correction, row)
        for row in self.read_table("canteen_events"):
            self.timeline.at(row["day"], self.happen, row)
        self.plan_corrections()
        self.timeline.run()
        self.live_today()

    def on(self, day, act, *args):
        """Let something happen on a date, if that lies in the past."""
        if day < self.today:
            self.timeline.at((day - self.today).days, act, *args)

    def make(self, model, vals, name=None):
        """Create a record as the canteen manager."""
        return self.create_as(self.user("canteen"), model, vals, name)

    def do(self, record, step, note=False, who="canteen"):
        record.with_user(self.user(who)).do_transition(step, note)

    # The canteens ---------------------------------------------------------------------

    def open_canteens(self):
        """Create both canteens, the dishes, those who cook, and the suppliers."""
        manager = self.user("canteen")
        for key, name, officer, phone in (
            ("canteen_main", "机关食堂", "canteen", "80010055"),
            ("canteen_second", "教研楼食堂", "logistics", "80010056"),
        ):
            canteen = self.env["office.canteen"].create(
                {
                    "name": name,
                    "unit_id": self.ref("unit_logistics").id,
                    "manager_id": manager.id,
                    "officer_id": self.user(officer).id,
                    "phone": phone,
                    "license_number": "江食营〔2025〕0006号",
                    "date_license": self.today + 900 * DAY,
                    "diners": 320,
                    "serves_supper": True,
                }
            )
            self.name(canteen, key)
        for row in self.read_table("canteen_dishes"):
            allergens = [self.ref(f"allergen_{a}").id for a in row["allergens"].split()]
            dish = self.env["office.canteen.dish"].create(
                {
                    "name": row["name"],
                    "ingredients": row["ingredients"],
                    "allergen_ids": [Command.set(allergens)],
                    "price": float(row["price"]),
                }
            )
            self.name(dish, row["key"])
        for row in self.read_table("canteen_cooks"):
            self.make(
                "office.canteen.cook",
                {
                    "name": row["name"],
                    "canteen_id": self.ref(row["canteen"]).id,
                    "job": row["job"],
                    "certificate": row["certificate"],
                    "date_certificate": self.today + int(row["valid"]) * DAY,
                },
                row["key"],
            )
        for row in self.read_table("canteen_suppliers"):
            supplier = self.env["office.canteen.supplier"].create(
                {
                    "name": row["name"],
                    "canteen_id": self.ref("canteen_main").id,
                    "license_number": row["license_number"],
                    "date_license": self.today + int(row["valid"]) * DAY,
                    "contact": row["contact"],
                    "phone": row["phone"],
                }
            )
            self.name(supplier, row["key"])

    def name(self, record, name):
        """Give a record that is no matter its external id."""
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": f"{self.addon}.{name}", "record": record, "noupdate": True}]
        )

    # Menus ----------------------------------------------------------------------------

    def plan_week(self, monday):
        """Put the menu of a week, and its lunches, on the timeline."""
        self.on(monday - 3 * DAY, self.post_menu, "canteen_main", monday)
        if monday == self.monday:
            self.on(monday - 3 * DAY, self.post_menu, "canteen_second", monday)
        for nth in range(5):
            day = monday + nth * DAY
            if nth == 2 and monday == self.monday - 2 * WEEK:
                self.on(day, self.call_off, day)
            else:
                self.on(day, self.serve_lunch, day)
                self.on(day + WEEK, self.dispose, day)
        if monday < self.monday - WEEK:
            self.on(monday + WEEK, self.pass_menu, monday, "finish")
        if monday < self.monday - 2 * WEEK:
            self.on(monday + 2 * WEEK, self.pass_menu, monday, "archive_menu")

    def plan_menus_to_come(self):
        """Put the menus of the next three weeks on the timeline."""
        self.timeline.at(-4, self.post_menu, "canteen_main", self.monday + WEEK)
        self.timeline.at(-3, self.draft_menu, "canteen_main", self.monday + 2 * WEEK)
        self.timeline.at(-1, self.check_menu, self.monday + 2 * WEEK)
        self.timeline.at(-1, self.draft_menu, "canteen_main", self.monday + 3 * WEEK)

    def draft_menu(self, canteen, monday):
        """Let the manager draft a menu; this week's has all meals of today."""
        days = [monday + nth * DAY for nth in range(5)]
        meals = {(day, "lunch") for day in days} if canteen == "canteen_main" else set()
        if monday == self.monday:
            meals |= {(self.today, kind) for kind in TODAY[canteen]}
        return self.make(
            "office.canteen.menu",
            {
                "canteen_id": self.ref(canteen).id,
                "date_from": monday,
                "note": "请按需取餐，践行光盘行动；对菜品原料过敏的同志请看过敏原一栏。",
                "meal_ids": [
                    Command.create(
                        {
                            "date": day,
                            "kind": kind,
                            "dish_ids": self.choose_dishes(day, kind),
                        }
                    )
                    for day, kind in sorted(meals)
                ],
            },
        )

    def choose_dishes(self, day, kind):
        """Return the command that puts the dishes of a day on the menu, in turn."""
        rows = [row for row in self.read_table("canteen_meals") if row["kind"] == kind]
        return self.refs(rows[day.toordinal() % len(rows)]["dishes"])

    def post_menu(self, canteen, monday):
        """Let a menu be drafted, checked by the director, and posted."""
        menu = self.draft_menu(canteen, monday)
        self.do(menu, "check", who="director")
        self.do(menu, "publish")
        for check in menu.meal_ids.check_ids:
            self.enter(check)

    def find_menu(self, monday):
        return self.env["office.canteen.menu"].search(
            [
                ("canteen_id", "=", self.ref("canteen_main").id),
                ("date_from", "=", monday),
            ]
        )

    def check_menu(self, monday):
        self.do(self.find_menu(monday), "check", who="director")

    def pass_menu(self, monday, step):
        self.do(self.find_menu(monday), step)

    # Meals ----------------------------------------------------------------------------

    def find_check(self, day, kind="lunch", canteen="canteen_main"):
        return self.env["office.canteen.check"].search(
            Domain("canteen_id", "=", self.ref(canteen).id)
            & Domain("date", "=", day)
            & Domain("kind", "=", kind)
        )

    def receive(self, row):
        """Let goods be delivered, and accepted or refused."""
        day = self.timeline.day(row["day"])
        goods = self.make(
            "office.canteen.delivery",
            {
                "name": row["name"],
                "canteen_id": self.ref("canteen_main").id,
                "date": day,
                "spec": row["spec"],
                "quantity": float(row["quantity"]),
                "uom": row["uom"],
                "batch": row["batch"],
                "produced_on": day - int(row["made"]) * DAY,
                "shelf_life": int(row["life"]),
                "supplier_id": self.ref(row["supplier"]).id,
                "certificate": row["certificate"],
            },
        )
        wait(minutes=10)
        self.do(goods, row["step"], row["note"])

    def examine(self, canteen, day):
        """Look at those who cook on a day, and return those who may."""
        cooks = self.env["office.canteen.cook"].search(
            [("canteen_id", "=", self.ref(canteen).id), ("state", "=", "on_post")]
        )
        ill = canteen == "canteen_main" and day == self.timeline.day(-1)
        self.env["office.canteen.morning"].with_user(self.user("canteen")).create(
            [
                {"cook_id": cook.id, "date": day, "temperature": 36.4}
                | (
                    {"fever": True, "temperature": 38.1, "measure": "立即离岗就医。"}
                    if ill and cook == self.ref("cook_he")
                    else {}
                )
                for cook in cooks
            ]
        )
        return cooks.filtered(lambda cook: cook.state == "on_post")

    def serve_lunch(self, day):
        """Let a lunch go through its whole checklist, and the day be looked at."""
        self.env["office.canteen.sample"]._cron_release()
        check = self.find_check(day)
        self.work(check, self.examine("canteen_main", day), "record")
        daily = self.make(
            "office.canteen.round",
            {"canteen_id": check.canteen_id.id, "date": day, "is_zero_risk": True},
        )
        self.do(daily, "finish")
        if day.weekday() == 4:
            self.inspect_week(check.canteen_id, day)

    def inspect_week(self, canteen, day):
        """Let the week be looked at; once, something is found."""
        found = day == self.monday - 2 * WEEK + 4 * DAY
        vals = {"findings": "冷藏柜三号显示八度，高于要求。"} if found else {}
        weekly = self.make(
            "office.canteen.round",
            {
                "canteen_id": canteen.id,
                "kind": "week",
                "date": day,
                "is_zero_risk": not found,
                **vals,
            },
        )
        self.do(weekly, "finish")

    def work(self, check, cooks, last):
        """Lead a meal through its steps up to one."""
        mine = check.with_user(self.user("canteen"))
        for step in STEPS[: STEPS.index(last) + 1]:
            if step == "pass_morning":
                mine.cook_ids = cooks
            elif step == "inspect_goods":
                mine.is_nothing_delivered = not mine.delivery_ids
            elif step == "keep_samples":
                for nth, dish in enumerate(check.dish_ids, 1):
                    self.make(
                        "office.canteen.sample",
                        {
                            "check_id": check.id,
                            "dish_id": dish.id,
                            "grams": 125 + 5 * nth,
                            "fridge": f"留样柜{nth}层",
                        },
                    )
            elif step == "disinfect":
                mine.env["office.canteen.disinfection"].create(
                    {
                        "check_id": check.id,
                        "name": "餐盘、碗筷、汤勺",
                        "quantity": 160,
                        "method": "steam",
                        "temperature": 100,
                        "minutes": 20,
                    }
                )
            elif step == "record":
                mine.self_check = "加工、留样、供餐、消毒各环节符合要求。"
            self.do(check, step)

    def call_off(self, day):
        check = self.find_check(day)
        self.do(check, "call_off", "燃气管道检修停气，当日午餐改为外送盒饭。")

    def dispose(self, day):
        """Let the samples of a day be disposed of."""
        samples = self.env["office.canteen.sample"].search(
            [("check_id", "=", self.find_check(day).id), ("state", "=", "disposable")]
        )
        self.do(samples, "dispose")

    # Those who ate --------------------------------------------------------------------

    def find_meal(self, offset):
        """Return the last lunch served up to a day of the tables."""
        return self.env["office.canteen.meal"].search(
            Domain("date", "<=", self.timeline.day(offset))
            & Domain("date_served", "!=", False)
            & Domain("kind", "=", "lunch"),
            order="date desc",
            limit=1,
        )

    def rate(self, row):
        """Let somebody give stars."""
        meal = self.find_meal(row["day"]).with_user(self.user(row["who"]))
        if meal.menu_id.state == "served" and not meal._get_own_rating():
            meal.rate(int(row["stars"]), row["comment"])

    def eat_along(self, who, offset, remarks, problem=""):
        """Let a leader eat with the others."""
        self.env["office.canteen.companion"].with_user(self.user(who)).create(
            {
                "meal_id": self.find_meal(offset).id,
                "remarks": remarks,
                "problem": problem,
            }
        )

    def plan_corrections(self):
        """Put what becomes of low ratings and findings on the timeline."""
        at = self.timeline.at
        at(-10, self.eat_along, "leader3", -10, "荤素搭配合理，汤的温度合适。")
        at(
            -10,
            self.put_right,
            "office.canteen.meal",
            "已更换蒸箱密封条，汤桶加装保温。",
        )
        at(-9, self.confirm, "office.canteen.meal")
        at(
            -4,
            self.put_right,
            "office.canteen.round",
            "冷藏柜压缩机已更换，连测三日合格。",
        )
        at(-3, self.confirm, "office.canteen.round")
        at(-2, self.put_right, "office.canteen.meal", "增加一道浸泡清洗，由切配复核。")
        at(
            -1,
            self.eat_along,
            "leader2",
            -1,
            "菜品可口，干净卫生。",
            "取餐口排队较长，请增设一个窗口。",
        )
        at(-12, self.confer)
        at(-20, self.leave)

    def record_correction(self, row):
        """Let the clerk note what is to be put right."""
        limited = {"time_limit_id": False, "warn_days": 3} if row["due"] else {}
        self.create_as(
            self.user("clerk"),
            "office.service.correction",
            {
                "name": row["name"],
                "problem": row["problem"],
                "lead_unit_id": self.ref("unit_logistics").id,
                "handler_id": self.user("logistics").id,
                "date_deadline": row["due"] and self.timeline.day(row["due"]),
                **limited,
            },
            row["key"],
        )

    def act_note_measure(self, correction, text, _value):
        """Note as the handler what was done about it."""
        correction.measure = text

    def find_corrections(self, model, state):
        return self.env["office.service.correction"].search(
            [("res_model", "=", model), ("state", "=", state)]
        )

    def put_right(self, model, measure):
        """Let the manager report what was put right."""
        for correction in self.find_corrections(model, "open"):
            correction.with_user(self.user("canteen")).measure = measure
            self.do(correction, "report")

    def confirm(self, model):
        """Let the director look at it again."""
        for correction in self.find_corrections(model, "reported"):
            self.do(correction, "close", who="director")

    def confer(self):
        """Hold the monthly conference."""
        monthly = self.make(
            "office.canteen.round",
            {
                "canteen_id": self.ref("canteen_main").id,
                "kind": "month",
                "date": self.timeline.day(-12),
                "is_zero_risk": True,
            },
        )
        self.do(monthly, "finish")

    def leave(self):
        self.do(self.ref("cook_tang"), "leave")

    # Today ----------------------------------------------------------------------------

    def live_today(self):
        """Begin the meals of today, as far as they have come by now."""
        self.env["office.canteen.sample"]._cron_release()
        for canteen, meals in TODAY.items():
            cooks = self.examine(canteen, self.today)
            for kind, last in meals.items():
                self.work(self.find_check(self.today, kind, canteen), cooks, last)
        self.make("office.canteen.round", {"canteen_id": self.ref("canteen_main").id})
        self.make(
            "office.canteen.delivery",
            {
                "name": "鲜活草鱼",
                "canteen_id": self.ref("canteen_second").id,
                "supplier_id": self.ref("supplier_meat").id,
            },
        )

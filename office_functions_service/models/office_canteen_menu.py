# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from base64 import b64encode
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import format_date
from odoo.tools.image import image_data_uri

from odoo.addons.office_functions.tools.transition import Transition, permit

from .office_canteen import CANTEEN, DIRECTOR

WEEK = timedelta(days=7)


class OfficeCanteenMenu(models.Model):
    """The menu of one week (食谱): drafted, checked by somebody else, posted (M12).

    What is posted stays as it is: another dish is put in by name and with a reason,
    which the menu keeps.
    """

    _name = "office.canteen.menu"
    _inherit = ["office.workflow.mixin", "office.canteen.mixin", "mail.thread"]
    _description = "Week Menu"
    _order = "date_from desc, id desc"

    name = fields.Char(
        compute="_compute_name", store=True, precompute=True, readonly=False
    )
    date_from = fields.Date(
        "Monday",
        required=True,
        index=True,
        default=lambda self: self._default_date_from(),
    )
    date_to = fields.Date("Sunday", compute="_compute_date_to")
    meal_ids = fields.One2many("office.canteen.meal", "menu_id", "Meals")
    checker_id = fields.Many2one(
        "res.users", "Menu Checked By", readonly=True, copy=False
    )
    date_published = fields.Datetime("Posted On", readonly=True, copy=False)
    note = fields.Text("Notice to the Diners")
    satisfaction = fields.Float(
        "Average Stars", compute="_compute_satisfaction", digits=(3, 2)
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("checked", "Menu Checked"),
            ("published", "Posted"),
            ("served", "Being Served"),
            ("rated", "Rated"),
            ("archived", "Archived"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    _week_uniq = models.UniqueIndex(
        "(canteen_id, date_from)", "This canteen has a menu of that week already."
    )
    _begins_on_monday = models.Constraint(
        "CHECK(EXTRACT(ISODOW FROM date_from) = 1)", "A week begins on Monday."
    )

    @api.model
    def _default_date_from(self):
        today = fields.Date.context_today(self)
        return today - timedelta(days=today.weekday()) + WEEK

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Keep drafts to the canteen and to those who check them."""
        domain = super()._get_need_to_know_domain(operation)
        if not any(map(self.env.user.has_group, (CANTEEN, DIRECTOR))):
            domain &= Domain("state", "not in", ("draft", "checked"))
        return domain

    @api.model
    def _get_transitions(self):
        return [
            Transition(
                "check",
                label=self.env._("Menu Is in Order"),
                sources=("draft",),
                target="checked",
                by=(CANTEEN, DIRECTOR),
                never=("creator",),
                guard="_guard_check",
                style="primary",
            ),
            Transition(
                "send_back",
                label=self.env._("Return the Menu"),
                sources=("checked",),
                target="draft",
                by=(CANTEEN, DIRECTOR),
                note=True,
            ),
            Transition(
                "publish",
                label=self.env._("Post the Menu"),
                sources=("checked",),
                target="published",
                by=(CANTEEN, DIRECTOR),
                guard="_guard_publish",
                style="primary",
            ),
            Transition(
                "begin",
                label=self.env._("First Meal Served"),
                sources=("published",),
                target="served",
            ),
            Transition(
                "finish",
                label=self.env._("Close the Ratings"),
                sources=("served",),
                target="rated",
                by=(CANTEEN, DIRECTOR),
                guard="_guard_finish",
                style="primary",
            ),
            Transition(
                "archive_menu",
                label=self.env._("File Away"),
                sources=("rated",),
                target="archived",
                by=(CANTEEN, DIRECTOR),
            ),
        ]

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"checker_id", "date_published"}

    @api.model
    def _get_frozen_fields(self):
        draft = dict.fromkeys(
            ("name", "canteen_id", "date_from", "meal_ids"), ("draft",)
        )
        return super()._get_frozen_fields() | draft

    @api.model
    def _get_transition_lines(self, row):
        return ["meal_ids"]

    # Shown ----------------------------------------------------------------------------

    @api.depends("canteen_id", "date_from")
    def _compute_name(self):
        for menu in self:
            days = [
                format_date(self.env, day, date_format="long")
                for day in (menu.date_from, menu.date_to)
                if day
            ]
            menu.name = f"{menu.canteen_id.name or ''} {' – '.join(days)}".strip()

    @api.depends("date_from")
    def _compute_date_to(self):
        for menu in self:
            menu.date_to = menu.date_from and menu.date_from + WEEK - timedelta(days=1)

    @api.depends("meal_ids.rating_ids.rating")
    def _compute_satisfaction(self):
        groups = self.env["office.canteen.meal"]._get_stars_by_menu(self)
        for menu in self:
            total, number = groups.get(menu.id, (0, 0))
            menu.satisfaction = number and total / number

    def copy_data(self, default=None):
        """Copy a menu, with its meals, to the first week that has none."""
        vals_list = super().copy_data(default)
        for menu, vals in zip(self, vals_list, strict=True):
            last = self.sudo().search(
                [("canteen_id", "=", vals["canteen_id"])],
                order="date_from desc",
                limit=1,
            )
            start = vals["date_from"] = last.date_from + WEEK
            vals["meal_ids"] = [
                Command.create(
                    {
                        "date": meal.date - menu.date_from + start,
                        "kind": meal.kind,
                        "dish_ids": [Command.set(meal.dish_ids.ids)],
                    }
                )
                for meal in menu.meal_ids
            ]
            vals.pop("name", None)
        return vals_list

    def _get_previous(self):
        """Return the menu of the same canteen's last week, if any.

        :rtype: office.canteen.menu
        """
        self.ensure_one()
        return self.search(
            [
                ("canteen_id", "=", self.canteen_id.id),
                ("date_from", "=", self.date_from - WEEK),
            ]
        )

    # The poster (F13) ------------------------------------------------------------------

    def _get_poster_rows(self):
        """Return the rows of the posted menu, a dish each.

        :return: ``date``, ``meal``, ``dish``, ``price``, and how many rows the day
            and the meal take where they begin
        :rtype: list[dict]
        """
        self.ensure_one()
        kinds = dict(self.meal_ids._fields["kind"]._description_selection(self.env))
        rows = []
        for day, meals in self.meal_ids.sorted().grouped("date").items():
            day_rows = sum(len(meal.dish_ids) for meal in meals)
            for meal in meals:
                meal_rows = len(meal.dish_ids)
                for dish in meal.dish_ids:
                    rows.append(
                        {
                            "date": day,
                            "day_rows": day_rows,
                            "meal": kinds[meal.kind],
                            "meal_rows": meal_rows,
                            "dish": dish,
                            "price": meal._get_price(dish),
                        }
                    )
                    day_rows = meal_rows = 0
        return rows

    def _get_poster_certificates(self):
        """Return who touches the food, with their health certificates (Art. 45).

        They are posted for everybody, whoever prints.
        """
        self.ensure_one()
        cooks = (
            self.env["office.canteen.cook"]
            .sudo()
            .search(
                [("canteen_id", "=", self.canteen_id.id), ("state", "=", "on_post")]
            )
        )
        return "；".join(
            f"{cook.name}（{cook.certificate or '—'}，有效期至"
            f"{cook.date_certificate or '—'}）"
            for cook in cooks
        )

    def _get_page_code(self):
        """Return the QR code of the menu page, as an address of its picture."""
        url = f"{self.get_base_url()}/office/canteen"
        code = self.env["ir.actions.report"].barcode("QR", url, width=400, height=400)
        return image_data_uri(b64encode(code))

    def action_fill_week(self):
        """Add the meals of the working days that are not on the menu yet.

        :raise UserError: when the menu is no draft any more
        """
        for menu in self:
            if menu.state != "draft":
                raise UserError(self.env._("Only a draft can be filled."))
            calendar = self.env["office.calendar.day"]._get_work_calendar(
                menu.company_id
            )
            days = [menu.date_from + timedelta(days=n) for n in range(7)]
            found = {(meal.date, meal.kind) for meal in menu.meal_ids}
            menu.meal_ids = [
                Command.create({"date": day, "kind": kind})
                for day in days
                if calendar.classify(day) in ("workday", "makeup")
                for kind in menu.canteen_id._get_meal_kinds()
                if (day, kind) not in found
            ]

    # Guards and hooks -----------------------------------------------------------------

    def _guard_check(self, row, note):
        if not self.meal_ids:
            return [self.env._("There is no meal on the menu.")]
        bare = self.meal_ids.filtered(lambda meal: not meal.dish_ids)
        if bare:
            return [
                self.env._(
                    "There is no dish for: %(meals)s.",
                    meals=", ".join(bare.mapped("display_name")),
                )
            ]
        return []

    def _guard_publish(self, row, note):
        canteen = self.canteen_id.sudo()
        needed = ("officer_id", "phone")
        labels = canteen.fields_get(needed, ["string"])
        missing = [labels[name]["string"] for name in needed if not canteen[name]]
        reasons = canteen._explain_no_license(self.date_to)
        if missing:
            reasons.append(
                self.env._(
                    "The canteen names on its posted menu: %(fields)s. Please fill it "
                    "in there.",
                    fields=", ".join(missing),
                )
            )
        return reasons

    def _guard_finish(self, row, note):
        reasons = []
        if fields.Date.context_today(self) <= self.date_to:
            reasons.append(self.env._("This week is not over yet."))
        open_checks = self.sudo().meal_ids.check_ids.filtered("is_open")
        if open_checks:
            reasons.append(
                self.env._(
                    "These meals are neither recorded nor called off: %(meals)s.",
                    meals=", ".join(open_checks.meal_id.mapped("display_name")),
                )
            )
        return reasons

    def _after_check(self, note):
        with permit(self):
            self.write({"checker_id": self.env.uid})

    def _after_send_back(self, note):
        with permit(self):
            self.write({"checker_id": False})

    def _after_publish(self, note):
        """Keep the prices, and open the checklist of each meal."""
        with permit(self):
            self.write({"date_published": fields.Datetime.now()})
        meals = self.meal_ids
        meals._keep_prices()
        bare = meals.filtered(lambda meal: not meal.check_ids)
        self.env["office.canteen.check"].create([{"meal_id": m.id} for m in bare])

    @api.constrains("date_from")
    def _check_meals_in_week(self):
        self.meal_ids._check_date()

    def _note_change(self, meal, before, reason):
        """Keep which dishes were changed on a posted menu, and why."""
        out, now = before - meal.dish_ids, meal.dish_ids - before
        self.message_post(
            body=self.env._(
                "%(meal)s: “%(out)s” replaced by “%(now)s”. Reason: %(reason)s",
                meal=meal.display_name,
                out=", ".join(out.mapped("name")) or "-",
                now=", ".join(now.mapped("name")) or "-",
                reason=reason,
            )
        )

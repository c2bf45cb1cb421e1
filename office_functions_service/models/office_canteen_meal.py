# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from babel.dates import format_skeleton

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, babel_locale_parse, get_lang

from odoo.addons.office_functions.tools.transition import is_permitted, permit

from .office_canteen import CANTEEN, DIRECTOR, MEALS

SETTLED = {"menu_id", "date", "kind", "dish_ids"}
BEFORE_COOKING = ("planned", "morning", "goods")


class OfficeCanteenMeal(models.Model):
    """One meal of one day: its dishes, and what those who ate think of it (S4.6)."""

    _name = "office.canteen.meal"
    _inherit = ["office.canteen.mixin", "office.service.mixin"]
    _description = "Meal"
    _order = "date, kind, id"
    _check_company_auto = True
    _service_target = "agency"
    _facts = ("prices", "date_served", "service_target", "rating_last_value")

    menu_id = fields.Many2one(
        "office.canteen.menu", required=True, index=True, ondelete="cascade"
    )
    canteen_id = fields.Many2one(
        related="menu_id.canteen_id",
        store=True,
        precompute=True,
        default=None,
        required=False,
    )
    date = fields.Date(required=True, index=True)
    # Their letters happen to follow each other as the meals do.
    kind = fields.Selection(MEALS, "Which Meal", required=True, default="lunch")
    dish_ids = fields.Many2many(
        "office.canteen.dish",
        "office_canteen_meal_dish_rel",
        "meal_id",
        "dish_id",
        "Dishes",
        check_company=True,
    )
    prices = fields.Json(
        "Posted Prices", readonly=True, copy=False, help="Dish → price when posted."
    )
    date_served = fields.Datetime("Served At", readonly=True, copy=False, index=True)
    check_ids = fields.One2many(
        "office.canteen.check",
        "meal_id",
        "Checklist",
        readonly=True,
        copy=False,
        groups=f"{CANTEEN},{DIRECTOR},office_functions.group_office_leader",
    )

    _kind_uniq = models.UniqueIndex(
        "(menu_id, date, kind)", "This meal is on the menu already."
    )

    @api.depends("date", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = self._get_kind_words()
        for meal in self:
            day = meal.date and meal._format_day(meal.date)
            meal.display_name = f"{day or ''} {kinds.get(meal.kind, '')}".strip()

    @api.model
    def _get_kind_words(self):
        """Return what each meal is called; names that are kept are made of it.

        The words of a selection are not there yet when the demo is told.

        :rtype: dict[str, str]
        """
        return {
            "breakfast": self.env._("Breakfast"),
            "lunch": self.env._("Lunch"),
            "supper": self.env._("Supper"),
        }

    @api.model
    def _format_day(self, day):
        """Return a day as people say it, with its weekday.

        :param date day: the day
        :rtype: str
        """
        locale = babel_locale_parse(get_lang(self.env).code)
        return format_skeleton("MMMEd", day, locale=locale)

    @api.constrains("date", "menu_id")
    def _check_date(self):
        for meal in self:
            if not meal.menu_id.date_from <= meal.date <= meal.menu_id.date_to:
                raise ValidationError(
                    self.env._(
                        "%(meal)s is not in the week of its menu.",
                        meal=meal.display_name,
                    )
                )

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Keep the meals of drafts to those who see drafts."""
        domain = super()._get_need_to_know_domain(operation)
        menus = self.env["office.canteen.menu"]._get_need_to_know_domain(operation)
        return domain & Domain("menu_id", "any", menus)

    # What is posted stays -------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        meals = super().create(vals_list)
        meals._check_draft()
        return meals

    def write(self, vals):
        if SETTLED & vals.keys():
            self._check_draft()
        result = super().write(vals)
        if "menu_id" in vals:
            self._check_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_posted(self):
        self._check_draft()

    def _check_draft(self):
        """Refuse to change what was checked or posted.

        :raise UserError: unless the menu is a draft
        """
        if is_permitted(self, {}):
            return
        if any(menu.state != "draft" for menu in self.sudo().menu_id):
            raise UserError(
                self.env._(
                    "This menu was checked already. Return it, or, once it is posted, "
                    "change the dishes with a reason."
                )
            )

    def _keep_prices(self):
        """Keep what each dish costs on the day it is posted."""
        for meal in self:
            with permit(meal):
                meal.prices = {str(dish.id): dish.price for dish in meal.dish_ids}

    def _get_price(self, dish):
        """Return what a dish costs at this meal, as posted.

        :rtype: float
        """
        self.ensure_one()
        return (self.prices or {}).get(str(dish.id), dish.price)

    def _change_dishes(self, dishes, reason):
        """Put other dishes on a posted menu; the menu keeps which, and why.

        :param dishes: all dishes of the meal from now on (office.canteen.dish)
        :param str reason: why
        :raise AccessError: without the right to write menus
        :raise UserError: without a reason or a dish, before the menu is posted, and
            once cooking is over
        """
        self.ensure_one()
        self.menu_id.check_access("write")
        self.lock_for_update()
        reasons = []
        if not isinstance(reason, str) or not reason.strip():
            reasons.append(self.env._("Please write down the reason."))
        if not dishes:
            reasons.append(self.env._("Please name at least one dish."))
        if self.menu_id.state not in ("published", "served"):
            reasons.append(self.env._("This menu is not posted."))
        if any(check.state not in BEFORE_COOKING for check in self.check_ids):
            reasons.append(self.env._("This meal is cooked already, or called off."))
        if reasons:
            raise UserError("\n".join(reasons))
        before = self.dish_ids
        with permit(self):
            self.dish_ids = dishes
        self._keep_prices()
        self.menu_id._note_change(self, before, reason.strip())

    def action_change_dishes(self):
        """Ask for the new dishes, and the reason.

        :rtype: dict
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions_service.office_canteen_dish_change_action"
        )
        action["context"] = {
            "default_meal_id": self.id,
            "default_dish_ids": self.dish_ids.ids,
        }
        return action

    # Rating ---------------------------------------------------------------------------

    def _get_raters(self):
        """Return the current user: anybody of the house may have eaten here."""
        user = self.env.user
        return user if user._is_internal() else user.browse()

    def _explain_rating_refusal(self):
        reasons = super()._explain_rating_refusal()
        meal = self.sudo()
        if self.env.user in meal.canteen_id.manager_id | meal.canteen_id.officer_id:
            reasons.append(self.env._("Who runs the canteen does not rate it."))
        if not meal.date_served:
            reasons.append(self.env._("This meal has not been served."))
        elif meal.menu_id.state != "served":
            reasons.append(self.env._("The ratings of this week are closed."))
        return reasons

    def _after_low_rating(self, score, comment):
        """Open one correction for the meal; later complaints are added to it.

        No average falls below the limit without a single rating that does.
        """
        Correction = self.env["office.service.correction"].sudo()
        found = Correction.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("kind", "=", "canteen"),
            ],
            limit=1,
        )
        stars = self.env._("%(stars)s of 5 stars.", stars=score)
        problem = f"{stars} {comment}".strip()
        if found:
            found.message_post(body=problem)
            return
        meal = self.sudo()
        whole = f"{meal.canteen_id.name} {meal.display_name}"
        name = self.env._("Low rating: %(meal)s", meal=whole)
        Correction._open_for(
            meal,
            "canteen",
            {meal: meal.canteen_id._prepare_correction(name, problem)},
        )

    def _get_own_stars(self):
        """Return the stars that the current user has given to these meals.

        :return: meal id → stars
        :rtype: dict[int, float]
        """
        Rating = self.env["rating.rating"].sudo()
        domain = Domain("res_model", "=", self._name) & Domain("res_id", "in", self.ids)
        domain &= Domain("partner_id", "=", self.env.user.partner_id.id)
        given = Rating.search_fetch(domain & Domain("consumed", "=", True), ["res_id"])
        return {rating.res_id: rating.rating for rating in given}

    @api.model
    def _get_stars_by_menu(self, menus):
        """Return the stars that the meals of some menus got.

        :param menus: office.canteen.menu
        :return: menu id → sum of the stars, number of ratings
        :rtype: dict[int, tuple]
        """
        rows = self._query_stars(Domain("menu_id", "in", menus.ids), "menu_id")
        return {menu_id: (total, number) for menu_id, total, number in rows}

    @api.model
    def _query_stars(self, domain, column):
        """Return the sum of stars and the number of ratings of some meals.

        :param Domain domain: which meals
        :param str column: the field of meals by which to group
        :return: (value, sum, number) for each
        :rtype: list[tuple]
        """
        self.env["rating.rating"].flush_model()
        query = self.sudo()._search(domain)
        group = self._field_to_sql(query.table, column, query)
        return self.env.execute_query(
            SQL(
                """
                SELECT %s, SUM(rating.rating), COUNT(*)
                  FROM %s
                  JOIN rating_rating rating
                    ON rating.res_id = %s AND rating.res_model = %s
                   AND rating.consumed AND rating.rating >= 1
                 WHERE %s
                 GROUP BY 1
                """,
                group,
                query.from_clause,
                SQL.identifier(query.table, "id"),
                self._name,
                query.where_clause or SQL("TRUE"),
            )
        )

    # K22 ------------------------------------------------------------------------------

    @api.model
    def _get_served_domain(self, date_from, date_to):
        """Return the meals served in a period.

        :rtype: Domain
        """
        return (
            Domain("date", ">=", date_from)
            & Domain("date", "<=", date_to)
            & Domain("date_served", "!=", False)
        )

    @api.model
    def _measure_satisfaction(self, date_from, date_to):
        """Return the stars of a period by canteen: their sum, and their number (K22)."""
        domain = self._get_served_domain(date_from, date_to)
        domain &= Domain("company_id", "in", self.env.companies.ids)
        rows = self._query_stars(domain, "canteen_id")
        canteens = self.env["office.canteen"].sudo().browse([row[0] for row in rows])
        units = {canteen.id: canteen.unit_id.id or None for canteen in canteens}
        return [(units[key], None, total, number) for key, total, number in rows]

    @api.model
    def _get_meals_to_rate(self):
        """Return the meals of the last day on which some were served, while open.

        :return: those the current user may rate or has rated
        :rtype: office.canteen.meal
        """
        open_meals = Domain("date_served", "!=", False)
        open_meals &= Domain("menu_id.state", "=", "served")
        last = self.search_fetch(open_meals, ["date"], order="date desc", limit=1)
        return self.search(open_meals & Domain("date", "=", last.date))

    @api.model
    def _get_page_days(self, weeks=1):
        """Return the posted meals from this week's Monday on, for the menu page.

        :param int weeks: how many weeks
        :return: ``(date, its meals)``: today first, what is past last
        :rtype: list[tuple]
        """
        today = fields.Date.context_today(self)
        monday = today - timedelta(days=today.weekday())
        meals = self.search(
            Domain("date", ">=", monday)
            & Domain("date", "<", monday + timedelta(days=7 * weeks))
            & Domain("menu_id.state", "in", ("published", "served"))
        )
        days = meals.grouped("date").items()
        return sorted(days, key=lambda item: (item[0] < today, item[0]))

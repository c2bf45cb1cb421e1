# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.office_functions.tools.transition import (
    Transition,
    is_permitted,
    permit,
)

from .office_canteen import CANTEEN

STEPS = ("planned", "morning", "goods", "processed", "sampled")
"""The states before a meal is served."""
RECORDED = ("recorded", "called_off")


class OfficeCanteenCheck(models.Model):
    """The checklist of one meal, step by step (M12); none of them is skipped.

    晨检 → 进货查验 → 加工 → 留样 → 供餐 → 餐具消毒 → 自查记录 (食品安全法 Art. 45, 47,
    53, 56; 实施条例 Art. 28; R-FOOD-2, R-FOOD-3).
    """

    _name = "office.canteen.check"
    _inherit = ["office.workflow.mixin", "office.canteen.mixin", "mail.thread"]
    _description = "Meal Checklist"
    _order = "date desc, kind, id"

    name = fields.Char(
        compute="_compute_name", store=True, precompute=True, readonly=False
    )
    meal_id = fields.Many2one(
        "office.canteen.meal", required=True, index=True, ondelete="restrict"
    )
    canteen_id = fields.Many2one(
        related="meal_id.canteen_id",
        store=True,
        precompute=True,
        default=None,
        required=False,
    )
    date = fields.Date(related="meal_id.date", store=True, precompute=True, index=True)
    kind = fields.Selection(related="meal_id.kind", store=True, precompute=True)
    dish_ids = fields.Many2many(related="meal_id.dish_ids", string="Dishes")
    cook_ids = fields.Many2many(
        "office.canteen.cook",
        "office_canteen_check_cook_rel",
        "check_id",
        "cook_id",
        "Workers on the Post",
        copy=False,
        domain="[('canteen_id', '=', canteen_id), ('state', '=', 'on_post')]",
    )
    unseen_cook_ids = fields.Many2many(
        "office.canteen.cook",
        string="Morning Check Missing",
        compute="_compute_unseen_cook_ids",
    )
    is_nothing_delivered = fields.Boolean("Nothing Was Delivered", copy=False)
    delivery_ids = fields.Many2many(
        "office.canteen.delivery",
        string="Deliveries of the Day",
        compute="_compute_delivery_ids",
    )
    processing = fields.Text(
        "Cooking", copy=False, help="Core temperatures, and whatever was remarkable."
    )
    sample_ids = fields.One2many(
        "office.canteen.sample", "check_id", "Samples", copy=False
    )
    disinfection_ids = fields.One2many(
        "office.canteen.disinfection", "check_id", copy=False
    )
    self_check = fields.Text("Self-Check Record", copy=False)
    is_open = fields.Boolean("Not Finished", compute="_compute_is_open")
    state = fields.Selection(
        [
            ("planned", "Meal Planned"),
            ("morning", "Morning Check Passed"),
            ("goods", "Goods Inspected"),
            ("processed", "Cooked"),
            ("sampled", "Samples Kept"),
            ("served", "Meal Served"),
            ("disinfected", "Tableware Disinfected"),
            ("recorded", "Self-Check Recorded"),
            ("called_off", "Called Off"),
        ],
        default="planned",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    _meal_uniq = models.UniqueIndex("(meal_id)", "This meal has its checklist already.")
    _open_idx = models.Index("(date) WHERE state NOT IN ('recorded', 'called_off')")

    @api.model
    def _get_transitions(self):
        by = ("officer", CANTEEN)
        return [
            Transition(
                "pass_morning",
                label=self.env._("Morning Check Is Done"),
                sources=("planned",),
                target="morning",
                by=by,
                guard="_guard_morning",
                style="primary",
            ),
            Transition(
                "inspect_goods",
                label=self.env._("Goods Are Inspected"),
                sources=("morning",),
                target="goods",
                by=by,
                guard="_guard_goods",
                style="primary",
            ),
            Transition(
                "process",
                label=self.env._("Cooking Is Done"),
                sources=("goods",),
                target="processed",
                by=by,
                style="primary",
            ),
            Transition(
                "keep_samples",
                label=self.env._("Samples Are Kept"),
                sources=("processed",),
                target="sampled",
                by=by,
                guard="_guard_samples",
                style="primary",
            ),
            Transition(
                "serve",
                label=self.env._("Serve the Meal"),
                sources=("sampled",),
                target="served",
                by=by,
                guard="_guard_serve",
                style="primary",
            ),
            Transition(
                "disinfect",
                label=self.env._("Tableware Is Disinfected"),
                sources=("served",),
                target="disinfected",
                by=by,
                guard="_guard_disinfect",
                style="primary",
            ),
            Transition(
                "record",
                label=self.env._("Finish the Self-Check"),
                sources=("disinfected",),
                target="recorded",
                by=by,
                needs=("self_check",),
                style="primary",
            ),
            Transition(
                "call_off",
                label=self.env._("Call the Meal Off"),
                sources=STEPS,
                target="called_off",
                by=by,
                note=True,
                style="danger",
            ),
        ]

    @api.model
    def _get_frozen_fields(self):
        before = (*STEPS, "served", "disinfected")
        return super()._get_frozen_fields() | {
            "name": STEPS,
            "meal_id": ("planned",),
            "cook_ids": STEPS,
            "is_nothing_delivered": ("planned", "morning"),
            "processing": STEPS,
            "self_check": before,
        }

    @api.model
    def _get_transition_lines(self, row):
        return ["cook_ids", "sample_ids", "disinfection_ids"]

    # Shown ----------------------------------------------------------------------------

    @api.depends("meal_id")
    def _compute_name(self):
        # What is computed late is computed in no language.
        spoken = self.with_context(lang=self.env.lang or self.env.user.lang)
        for check in spoken:
            meal = check.meal_id
            names = [meal.canteen_id.name, meal.display_name]
            check.name = " ".join(filter(None, names))

    @api.depends("state")
    def _compute_is_open(self):
        for check in self:
            check.is_open = check.state not in RECORDED

    @api.depends("date", "cook_ids.morning_ids.date")
    def _compute_unseen_cook_ids(self):
        Morning = self.env["office.canteen.morning"]
        seen = Morning._get_checked(self.cook_ids, set(self.mapped("date")))
        for check in self:
            check.unseen_cook_ids = check.cook_ids._origin - seen.get(
                check.date, check.cook_ids.browse()
            )

    @api.depends("canteen_id", "date")
    def _compute_delivery_ids(self):
        Delivery = self.env["office.canteen.delivery"]
        found = Delivery.search_fetch(
            Domain("canteen_id", "in", self.canteen_id.ids)
            & Domain("date", "in", list(set(self.mapped("date")))),
            ["canteen_id", "date", "state"],
        ).grouped(lambda delivery: (delivery.canteen_id, delivery.date))
        for check in self:
            key = check.canteen_id, check.date
            check.delivery_ids = found.get(key, Delivery)

    def copy_data(self, default=None):
        """Copy a checklist to the first meal of the canteen that has none."""
        vals_list = super().copy_data(default)
        for check, vals in zip(self, vals_list, strict=True):
            bare = self.env["office.canteen.meal"].search(
                [("canteen_id", "=", check.canteen_id.id), ("check_ids", "=", False)],
                limit=1,
            )
            if not bare:
                raise UserError(self.env._("Every meal has its checklist already."))
            vals["meal_id"] = bare.id
            vals.pop("name", None)
        return vals_list

    # Guards and hooks -----------------------------------------------------------------

    def _relation_officer(self):
        return self.canteen_id.officer_id

    def _guard_morning(self, row, note):
        check = self.sudo()
        if check.date > fields.Date.context_today(self):
            return [self.env._("This day has not come yet.")]
        return check._explain_staff()

    def _explain_staff(self):
        """Return what is wrong with those who cook this meal (R-FOOD-3)."""
        if not self.cook_ids:
            return [self.env._("Please name who works on this meal.")]
        reasons = []
        if self.unseen_cook_ids:
            reasons.append(
                self.env._(
                    "The morning check is missing: %(names)s.",
                    names=", ".join(self.unseen_cook_ids.mapped("name")),
                )
            )
        return reasons + self.cook_ids._explain_unfit(self.date)

    def _guard_goods(self, row, note):
        deliveries = self.sudo().delivery_ids
        undecided = deliveries.filtered(lambda delivery: delivery.state == "draft")
        if undecided:
            return [
                self.env._(
                    "Neither accepted nor refused: %(goods)s.",
                    goods=", ".join(undecided.mapped("name")),
                )
            ]
        if not deliveries and not self.is_nothing_delivered:
            return [
                self.env._("Please note what was delivered today, or that nothing was.")
            ]
        return []

    def _guard_samples(self, row, note):
        check = self.sudo()
        missing = check.dish_ids - check.sample_ids.dish_id
        if not missing:
            return []
        return [
            self.env._(
                "Of every dish a sample is kept; it is missing of: %(dishes)s.",
                dishes=", ".join(missing.mapped("name")),
            )
        ]

    def _guard_serve(self, row, note):
        """Serve only with the morning check and all samples (M12, R-FOOD-2)."""
        return self.sudo()._explain_staff() + self._guard_samples(row, note)

    def _guard_disinfect(self, row, note):
        if self.sudo().disinfection_ids:
            return []
        return [self.env._("Please note what was disinfected, and how.")]

    def _explain_ahead(self, row):
        """Say beforehand why a meal cannot be served yet."""
        if row.name in ("keep_samples", "serve"):
            return self._guard_samples(row, False)
        return super()._explain_ahead(row)

    def _after_serve(self, note):
        meals = self.meal_id
        with permit(meals):
            meals.write({"date_served": fields.Datetime.now()})
        meals.menu_id._pass_by_system("begin")

    @api.constrains("cook_ids")
    def _check_cook_ids(self):
        if is_permitted(self, {}):
            return
        for check in self:
            cooks = check.cook_ids
            reasons = cooks._explain_unfit(check.date)
            if cooks.canteen_id - check.canteen_id:
                reasons.append(self.env._("They work in another canteen."))
            if reasons:
                raise ValidationError("\n".join(reasons))

    @api.model
    def _take_off(self, cooks):
        """Take workers off all meals that are not served yet."""
        checks = self.sudo().search(
            Domain("cook_ids", "in", cooks.ids) & Domain("state", "in", STEPS)
        )
        for check in checks:
            with permit(check):
                check.cook_ids -= cooks

    # K22 ------------------------------------------------------------------------------

    @api.model
    def _get_day_domain(self, date_from, date_to):
        """Return the checklists of the meals of a period that were not called off.

        :rtype: Domain
        """
        return (
            Domain("date", ">=", date_from)
            & Domain("date", "<=", date_to)
            & Domain("date", "<=", fields.Date.context_today(self))
            & Domain("state", "!=", "called_off")
        )

    @api.model
    def _measure_completeness(self, date_from, date_to):
        """Return by canteen the days with all checks done, and the meal days (K22)."""
        domain = self._get_day_domain(date_from, date_to)
        domain &= Domain("company_id", "in", self.env.companies.ids)
        query = self.sudo()._search(domain)
        table = SQL.identifier(query.table)
        return self.env.execute_query(
            SQL(
                """
                SELECT canteen.unit_id, NULL::int,
                       COUNT(*) FILTER (WHERE days.is_complete), COUNT(*)
                  FROM (SELECT %(table)s.canteen_id,
                               BOOL_AND(%(table)s.state IN ('disinfected', 'recorded'))
                               AS is_complete
                          FROM %(source)s
                         WHERE %(where)s
                         GROUP BY %(table)s.canteen_id, %(table)s.date) days
                  JOIN office_canteen canteen ON canteen.id = days.canteen_id
                 GROUP BY canteen.unit_id
                """,
                table=table,
                source=query.from_clause,
                where=query.where_clause or SQL("TRUE"),
            )
        )

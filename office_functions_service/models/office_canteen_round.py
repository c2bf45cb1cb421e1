# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.office_functions.tools.transition import Transition

from .office_canteen import CANTEEN

STEPS = {
    "day": relativedelta(days=1),
    "week": relativedelta(weeks=1),
    "month": relativedelta(months=1),
}


def get_first_day(kind, day):
    """Return the first day of the period of a round in which a day lies.

    :param str kind: ``day``, ``week`` or ``month``
    :rtype: date
    """
    if kind == "week":
        return day - relativedelta(days=day.weekday())
    return day.replace(day=1) if kind == "month" else day


class OfficeCanteenRound(models.Model):
    """A round of food safety: 日管控, 周排查, 月调度 (R-FOOD-4, 市场监管总局令第60号).

    What is found is written down and becomes a correction; where nothing is found, that
    is recorded just as plainly (零风险).
    """

    _name = "office.canteen.round"
    _inherit = ["office.workflow.mixin", "office.canteen.mixin", "mail.thread"]
    _description = "Food Safety Round"
    _order = "date desc, id desc"

    name = fields.Char(
        compute="_compute_name", store=True, precompute=True, readonly=False
    )
    kind = fields.Selection(
        [
            ("day", "Daily Control"),
            ("week", "Weekly Inspection"),
            ("month", "Monthly Conference"),
        ],
        "Round",
        required=True,
        default="day",
        index=True,
    )
    date = fields.Date(required=True, index=True, default=fields.Date.context_today)
    date_period = fields.Date(
        "Period From", compute="_compute_date_period", store=True, precompute=True
    )
    inspector_id = fields.Many2one(
        "res.users", "Inspected By", required=True, default=lambda self: self.env.user
    )
    findings = fields.Text("What Was Found", copy=False)
    is_zero_risk = fields.Boolean(
        "Zero Risk", copy=False, help="Everything was looked at, nothing was found."
    )
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Round Recorded")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )

    _period_uniq = models.UniqueIndex(
        "(canteen_id, kind, date_period)", "There is a round of that period already."
    )

    @api.model
    def _get_transitions(self):
        return [
            Transition(
                "finish",
                label=self.env._("Record the Round"),
                sources=("draft",),
                target="done",
                by=("inspector", CANTEEN),
                guard="_guard_finish",
                style="primary",
            ),
        ]

    @api.model
    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | dict.fromkeys(
            (
                "name",
                "canteen_id",
                "kind",
                "date",
                "inspector_id",
                "findings",
                "is_zero_risk",
            ),
            ("draft",),
        )

    @api.depends("canteen_id", "kind", "date")
    def _compute_name(self):
        spoken = self.with_context(lang=self.env.lang or self.env.user.lang)
        # The words of a selection are not there yet when the demo is told.
        kinds = {
            "day": spoken.env._("Daily Control"),
            "week": spoken.env._("Weekly Inspection"),
            "month": spoken.env._("Monthly Conference"),
        }
        for each in spoken:
            day = each.date and format_date(spoken.env, each.date, date_format="long")
            names = [each.canteen_id.name, kinds.get(each.kind), day]
            each.name = " ".join(filter(None, names))

    @api.depends("kind", "date")
    def _compute_date_period(self):
        for each in self:
            each.date_period = each.date and get_first_day(each.kind, each.date)

    def copy_data(self, default=None):
        """Copy a round to the first period after the last one."""
        vals_list = super().copy_data(default)
        for each, vals in zip(self, vals_list, strict=True):
            last = self.sudo().search(
                [("canteen_id", "=", each.canteen_id.id), ("kind", "=", each.kind)],
                order="date_period desc",
                limit=1,
            )
            vals["date"] = last.date_period + STEPS[each.kind]
            vals.pop("name", None)
        return vals_list

    def _relation_inspector(self):
        return self.inspector_id

    def _guard_finish(self, row, note):
        reasons = []
        found = bool((self.findings or "").strip())
        if found == self.is_zero_risk:
            reasons.append(
                self.env._(
                    "Please write down what was found, or record zero risk: one of the "
                    "two."
                )
            )
        if self.date > fields.Date.context_today(self):
            reasons.append(self.env._("This day has not come yet."))
        return reasons

    def _after_finish(self, note):
        """Open a correction for what was found."""
        found = self.filtered("findings")
        self.env["office.service.correction"]._open_for(
            found,
            "canteen",
            lambda each: each.canteen_id._prepare_correction(
                self.env._("Found in the round: %(round)s", round=each.name),
                each.findings,
            ),
        )


class OfficeCanteenCompanion(models.Model):
    """A leader or manager eats with the others (陪餐), and says what it was like.

    学校食品安全与营养健康管理规定 2019 (R-FOOD-3). Written once, never changed.
    """

    _name = "office.canteen.companion"
    _inherit = ["office.canteen.mixin"]
    _description = "Companion Meal"
    _order = "date desc, id desc"
    _rec_name = "meal_id"

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
    user_id = fields.Many2one(
        "res.users", "Who Ate", required=True, default=lambda self: self.env.user
    )
    remarks = fields.Text(required=True)
    problem = fields.Text("What Is to Be Put Right")

    _user_uniq = models.UniqueIndex(
        "(meal_id, user_id)", "This person's record of that meal is there already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Note companion meals; what was wrong becomes a correction.

        :raise UserError: for a meal that was not served
        """
        records = super().create(vals_list)
        unserved = records.sudo().meal_id.filtered(lambda meal: not meal.date_served)
        if unserved:
            raise UserError(
                self.env._(
                    "Not served yet: %(meals)s.",
                    meals=", ".join(unserved.mapped("display_name")),
                )
            )
        found = records.sudo().filtered("problem")
        self.env["office.service.correction"]._open_for(
            found,
            "canteen",
            lambda each: each.canteen_id._prepare_correction(
                self.env._("Companion meal: %(meal)s", meal=each.meal_id.display_name),
                each.problem,
            ),
        )
        return records

    def write(self, vals):
        if self:
            raise UserError(self.env._("The record of a meal is never changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ever(self):
        raise UserError(self.env._("The record of a meal is never deleted."))

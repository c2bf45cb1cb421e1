# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_datetime

from odoo.addons.office_functions.tools.transition import Transition, permit

from .office_canteen import CANTEEN


class OfficeCanteenSample(models.Model):
    """A sample of one dish of one meal (留样): weighed, sealed, kept, disposed of.

    At least 125 g (a setting of the company) for at least 48 hours (a time limit),
    餐饮服务食品安全操作规范 2018 and 学校食品安全与营养健康管理规定 2019 Art. 40
    (R-FOOD-2).
    """

    _name = "office.canteen.sample"
    _inherit = ["office.workflow.mixin", "office.canteen.mixin"]
    _description = "Food Sample"
    _order = "date_taken desc, id desc"

    name = fields.Char(
        compute="_compute_name", store=True, precompute=True, readonly=False
    )
    check_id = fields.Many2one(
        "office.canteen.check",
        "Checklist",
        required=True,
        index=True,
        ondelete="restrict",
    )
    canteen_id = fields.Many2one(
        related="check_id.canteen_id",
        store=True,
        precompute=True,
        default=None,
        required=False,
    )
    meal_id = fields.Many2one(related="check_id.meal_id")
    dish_id = fields.Many2one(
        "office.canteen.dish", required=True, index=True, ondelete="restrict"
    )
    grams = fields.Integer(
        required=True, default=lambda self: self.env.company.office_sample_grams
    )
    date_taken = fields.Datetime(
        "Sample Taken At",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        default=lambda self: fields.Datetime.now(),
    )
    user_id = fields.Many2one(
        "res.users",
        "Sample Taken By",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.uid,
    )
    fridge = fields.Char("Place in the Fridge", required=True)
    date_due = fields.Datetime(
        "To Be Kept Until", compute="_compute_date_due", store=True, precompute=True
    )
    date_disposed = fields.Datetime("Disposed Of At", readonly=True, copy=False)
    disposer_id = fields.Many2one(
        "res.users", "Disposed Of By", readonly=True, copy=False
    )
    state = fields.Selection(
        [
            ("kept", "Sample Kept"),
            ("disposable", "May Be Disposed Of"),
            ("disposed", "Disposed Of"),
        ],
        default="kept",
        required=True,
        readonly=True,
        copy=False,
    )

    _dish_uniq = models.UniqueIndex(
        "(check_id, dish_id)", "There is a sample of this dish already."
    )
    _due_idx = models.Index("(date_due) WHERE state = 'kept'")

    @api.model
    def _get_transitions(self):
        return [
            Transition(
                "release",
                label=self.env._("Kept Long Enough"),
                sources=("kept",),
                target="disposable",
                by=(CANTEEN,),
                guard="_guard_kept_long_enough",
            ),
            Transition(
                "dispose",
                label=self.env._("Dispose of the Sample"),
                sources=("disposable",),
                target="disposed",
                by=(CANTEEN,),
                guard="_guard_kept_long_enough",
                style="primary",
            ),
        ]

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "date_taken",
            "user_id",
            "date_disposed",
            "disposer_id",
        }

    @api.model
    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | dict.fromkeys(
            ("name", "check_id", "dish_id", "grams", "fridge"), ("kept",)
        )

    @api.depends("check_id.name", "dish_id")
    def _compute_name(self):
        for sample in self:
            names = [sample.check_id.name, sample.dish_id.name]
            sample.name = " ".join(filter(None, names))

    @api.depends("date_taken", "company_id")
    def _compute_date_due(self):
        Limit = self.env["office.time.limit"]
        for company, samples in self.grouped("company_id").items():
            limit = Limit._get("canteen_sample", company or self.env.company)
            for sample in samples:
                sample.date_due = sample.date_taken and limit._get_due(
                    sample.date_taken, company or self.env.company
                )

    @api.constrains("grams")
    def _check_grams(self):
        for sample in self:
            least = sample.company_id.office_sample_grams
            if sample.grams < least:
                raise ValidationError(
                    self.env._(
                        "Of every dish at least %(least)s g are kept; of “%(dish)s” "
                        "it is %(grams)s g.",
                        least=least,
                        dish=sample.dish_id.name,
                        grams=sample.grams,
                    )
                )

    @api.constrains("dish_id", "check_id")
    def _check_dish(self):
        for sample in self:
            if sample.dish_id not in sample.check_id.dish_ids:
                raise ValidationError(
                    self.env._(
                        "“%(dish)s” is not on the menu of this meal.",
                        dish=sample.dish_id.name,
                    )
                )

    # Taken once the meal is cooked, and left alone after that -------------------------

    @api.model_create_multi
    def create(self, vals_list):
        samples = super().create(vals_list)
        samples._check_running()
        return samples

    def write(self, vals):
        if {"check_id", "dish_id", "grams"} & vals.keys():
            self._check_frozen(vals)
            self._check_running()
        result = super().write(vals)
        if "check_id" in vals:
            self._check_running()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        """Leave a kept sample where it is: to delete it would dispose of it early."""
        self.filtered(lambda sample: sample.state == "kept")._check_running()

    def _check_running(self):
        """Refuse to take, change or delete a sample at any other time.

        :raise UserError: unless the meal is cooked and its samples are not settled
        """
        if any(check.state != "processed" for check in self.sudo().check_id):
            raise UserError(
                self.env._(
                    "Samples are taken once the meal is cooked and before it is "
                    "served; after that they are neither added nor changed."
                )
            )

    def copy_data(self, default=None):
        """Copy a sample for the next dish of the same meal.

        :raise UserError: when every dish has its sample
        """
        vals_list = super().copy_data(default)
        taken = {}
        for sample, vals in zip(self, vals_list, strict=True):
            check = sample.check_id
            done = taken.setdefault(check, check.sample_ids.dish_id)
            missing = (check.dish_ids - done)[:1]
            if not missing:
                raise UserError(self.env._("Every dish has its sample already."))
            taken[check] |= missing
            vals.update(dish_id=missing.id)
            vals.pop("name", None)
        return vals_list

    # Disposal -------------------------------------------------------------------------

    def _guard_kept_long_enough(self, row, note):
        if self.date_due <= fields.Datetime.now():
            return []
        return [
            self.env._(
                "This sample is kept until %(moment)s.",
                moment=format_datetime(self.env, self.date_due, dt_format="short"),
            )
        ]

    def action_dispose(self):
        """Dispose of samples as the current user; see ``do_transition``."""
        return self.do_transition("dispose")

    def _after_dispose(self, note):
        with permit(self):
            self.write(
                {
                    "date_disposed": fields.Datetime.now(),
                    "disposer_id": self.env.uid,
                }
            )

    @api.model
    def _cron_release(self):
        """Let those be disposed of that were kept long enough (R-FOOD-2)."""
        due = self.search(
            [("state", "=", "kept"), ("date_due", "<=", fields.Datetime.now())]
        )
        due._pass_by_system("release")

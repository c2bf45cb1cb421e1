# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.tools import ormcache


class OfficeUrgingStep(models.Model):
    """When the system urges by itself, and at which level."""

    _name = "office.urging.step"
    _description = "Urging Step"
    _order = "days, id"

    name = fields.Char(required=True, translate=True)
    days = fields.Integer(
        "Days After the Deadline",
        required=True,
        aggregator=None,
        help="Negative: before the deadline.",
    )
    level = fields.Selection(
        [("1", "Level 1"), ("2", "Level 2"), ("3", "Level 3")],
        required=True,
        default="1",
        help="1: who handles it. 2: and the head of the unit. 3: and who set the "
        "deadline.",
    )
    reply_days = fields.Integer(
        "Reply Within (days)", required=True, default=2, aggregator=None
    )
    repeat_days = fields.Integer(
        "Repeat Every (days)",
        aggregator=None,
        help="Of the last step: how often it comes again while nothing happens.",
    )
    active = fields.Boolean(default=True)

    _days_uniq = models.UniqueIndex(
        "(days) WHERE active", "There is a step on this day already."
    )
    _repeat_positive = models.Constraint(
        "CHECK(repeat_days >= 0 AND reply_days >= 0)", "Days cannot be negative."
    )

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        self._plan_changed()
        return steps

    def write(self, vals):
        result = super().write(vals)
        self._plan_changed()
        return result

    def unlink(self):
        result = super().unlink()
        self._plan_changed()
        return result

    @api.model
    def _plan_changed(self):
        self.env.registry.clear_cache()
        self.env["office.urging.mixin"]._replan_urgings()

    @api.model
    @ormcache()
    def _get_plan(self):
        """Return the active steps in order.

        :return: ``(days, level, reply_days, repeat_days)`` for each
        :rtype: tuple[tuple[int, str, int, int]]
        """
        return tuple(
            (step.days, step.level, step.reply_days, step.repeat_days)
            for step in self.sudo().search([])
        )

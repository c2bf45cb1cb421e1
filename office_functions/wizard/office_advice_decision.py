# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..models.office_advice_decision import RATINGS

STARS = [
    ("0", "Not Rated"),
    ("1", "1 of 5"),
    ("2", "2 of 5"),
    ("3", "3 of 5"),
    ("4", "4 of 5"),
    ("5", "5 of 5"),
]


class OfficeAdviceDecisionDialog(models.TransientModel):
    """Where the addressed leader decides, with a rating and a choice."""

    _name = "office.advice.decision"
    _description = "Decision on an Advice"

    advice_id = fields.Many2one(
        "office.advice", required=True, readonly=True, ondelete="cascade"
    )
    transition = fields.Selection(
        selection="_selection_transition", string="Decision Taken", required=True
    )
    has_options = fields.Boolean(compute="_compute_has_options")
    option_id = fields.Many2one(
        "office.advice.option",
        "Chosen Option",
        domain="[('advice_id', '=', advice_id)]",
    )
    rating_heard = fields.Selection(STARS, "Heard", default="0", required=True)
    rating_accurate = fields.Selection(STARS, "Accurate", default="0", required=True)
    rating_high = fields.Selection(STARS, "High-Level", default="0", required=True)
    relevance = fields.Selection(STARS, "To the Point", default="0", required=True)
    reason = fields.Text("Reason or Comment")
    date_deferred = fields.Date("Deferred Until")

    @api.model
    def _selection_transition(self):
        rows = self.env["office.advice"]._get_decision_transitions()
        return [(row.name, row.label) for row in rows if row.wizard]

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        ids = self.env.context.get("active_ids") or []
        if len(ids) > 1:
            raise ValidationError(self.env._("Please decide on one advice at a time."))
        defaults.setdefault("advice_id", ids[0] if ids else False)
        name = self.env.context.get("office_transition")
        if name in dict(self._selection_transition()):
            defaults["transition"] = name
        return defaults

    @api.depends("advice_id")
    def _compute_has_options(self):
        for dialog in self:
            dialog.has_options = bool(dialog.advice_id.option_ids)

    def action_decide(self):
        """Decide as filled in.

        :raise UserError: with all that is missing
        :rtype: dict
        """
        self.ensure_one()
        self.advice_id.decide(
            self.transition,
            {name: int(self[name]) for name in RATINGS},
            self.reason,
            self.option_id,
            self.date_deferred,
        )
        return {"type": "ir.actions.act_window_close"}

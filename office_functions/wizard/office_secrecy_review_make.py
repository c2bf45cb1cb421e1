# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models

from ..models.office_secrecy_mixin import LEVELS, OUTCOMES, SECRET_LEVELS


class OfficeSecrecyReviewMake(models.TransientModel):
    """The yearly review of whether a paper stays secret (保密法 第24条)."""

    _name = "office.secrecy.review.make"
    _description = "Review Secrecy"

    res_model = fields.Char(required=True)
    res_id = fields.Integer(required=True)
    outcome = fields.Selection(OUTCOMES, required=True, default="kept")
    level = fields.Selection(
        [one for one in LEVELS if one[0] in SECRET_LEVELS], "Secrecy Level"
    )
    until = fields.Date("To Be Declassified On")
    exception = fields.Char("Longer by Provision")
    note = fields.Char("Reason", required=True)

    def action_apply(self):
        """Put the review down.

        :raise UserError: with all the reasons, when it may not be done
        """
        self.ensure_one()
        self.env[self.res_model].browse(self.res_id).review_secrecy(
            self.outcome, self.note, self.level, self.until, self.exception
        )
        return {"type": "ir.actions.act_window_close"}

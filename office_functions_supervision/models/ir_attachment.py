# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.exceptions import UserError


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def write(self, vals):
        self._check_handed_in_proof()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed_in_proof(self):
        self._check_handed_in_proof()

    def _check_handed_in_proof(self):
        """Keep the proof as it was handed in with the feedback.

        :raise UserError: for files of feedback that was submitted
        """
        files = self.sudo().filtered(
            lambda file: file.res_model == "office.supervision.feedback"
        )
        if not files or self.env.su:
            return
        feedback = self.env["office.supervision.feedback"].sudo()
        if "submitted" in feedback.browse(files.mapped("res_id")).mapped("state"):
            raise UserError(
                self.env._(
                    "Proof stays as it was handed in. Ask for the feedback to be sent "
                    "back to hand in another file."
                )
            )

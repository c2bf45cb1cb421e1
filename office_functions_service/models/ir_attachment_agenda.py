# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models


class IrAttachment(models.Model):
    """Files of a diary item are for those to whom the item is known (A11)."""

    _inherit = "ir.attachment"

    def _check_access(self, operation):
        refused = super()._check_access(operation)
        if self.env.su:
            return refused
        forbidden, error = refused or (self.browse(), None)
        files = (self - forbidden).sudo()
        files = files.filtered(lambda file: file.res_model == "calendar.event")
        if not files:
            return refused
        events = self.env["calendar.event"].browse(files.mapped("res_id")).exists()
        hidden = set(events._get_office_hidden().ids)
        closed = files.filtered(lambda file: file.res_id in hidden).with_env(self.env)
        if not closed:
            return refused
        rule = self.env["ir.rule"]
        return (
            forbidden | closed,
            error or (lambda: rule._make_access_error(operation, closed)),
        )

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError


class OfficeAuditLog(models.Model):
    """Who took what out of the office's registers: exports and prints (A13).

    Directors read it, nobody writes or deletes it. Changes of deadlines, of named
    persons and of states have records of their own.
    """

    _name = "office.audit.log"
    _description = "Audit Log"
    _order = "id desc"
    _rec_name = "model_label"
    _allow_sudo_commands = False

    user_id = fields.Many2one("res.users", required=True, readonly=True, index=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    kind = fields.Selection(
        [("export", "Export"), ("print", "Print"), ("view", "Confidential View")],
        required=True,
        readonly=True,
    )
    res_model = fields.Char("Model", required=True, readonly=True)
    model_label = fields.Char("Kind of Record", compute="_compute_model_label")
    res_ids = fields.Json("Records", readonly=True, help="Ids; the first thousand.")
    record_count = fields.Integer("Number of Records", readonly=True)
    detail = fields.Char(readonly=True, help="Fields of an export, name of a print.")
    company_id = fields.Many2one("res.company", readonly=True, index=True)

    @api.depends("res_model")
    @api.depends_context("lang")
    def _compute_model_label(self):
        for line in self:
            line.model_label = self.env["ir.model"]._get(line.res_model).name

    @api.model
    def _note(self, kind, records, detail=""):
        """Write one line about records that the current user takes out.

        :param str kind: ``export``, ``print`` or ``view``
        :param records: recordset
        :param str detail: which fields, or which print
        """
        self.sudo().create(
            {
                "user_id": self.env.uid,
                "kind": kind,
                "res_model": records._name,
                "res_ids": records.ids[:1000],
                "record_count": len(records),
                "detail": detail,
                "company_id": self.env.company.id,
            }
        )

    def write(self, vals):
        if self:
            raise UserError(self.env._("The audit log is never changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ever(self):
        raise UserError(self.env._("The audit log is never deleted."))

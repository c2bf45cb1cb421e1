# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class OfficeAuditLog(models.Model):
    """Who took what out of the office's registers, who opened what is confidential,
    and who changed what a report brings in points (A13).

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
        [
            ("export", "Export"),
            ("print", "Print"),
            ("view", "Confidential View"),
            ("points", "Change of Points"),
        ],
        required=True,
        readonly=True,
    )
    res_model = fields.Char("Model", required=True, readonly=True)
    model_label = fields.Char("Kind of Record", compute="_compute_model_label")
    res_ids = fields.Json("Records", readonly=True, help="Ids; the first thousand.")
    record_names = fields.Char(
        "Which Records",
        compute="_compute_record_names",
        help="The first five that you may read yourself.",
    )
    record_count = fields.Integer("Number of Records", readonly=True)
    detail = fields.Char(readonly=True, help="Fields of an export, name of a print.")
    company_id = fields.Many2one("res.company", readonly=True, index=True)

    @api.depends("res_model")
    @api.depends_context("lang")
    def _compute_model_label(self):
        for line in self:
            line.model_label = self.env["ir.model"]._get(line.res_model).name

    @api.depends("res_model", "res_ids")
    @api.depends_context("uid", "lang")
    def _compute_record_names(self):
        self.record_names = False
        for name, lines in self.grouped("res_model").items():
            if name not in self.env or self.env[name]._abstract:
                continue
            ids = {id_ for line in lines for id_ in (line.res_ids or ())[:5]}
            readable = self.env[name].browse(ids).exists()._filtered_access("read")
            for line in lines:
                named = readable.filtered(
                    lambda one, of=line: one.id in (of.res_ids or ())[:5]
                )
                line.record_names = "; ".join(named.mapped("display_name")) or False

    @api.model
    def _note(self, kind, records, detail=""):
        """Write one line about what the current user does with records.

        :param str kind: ``export``, ``print``, ``view`` or ``points``
        :param records: recordset
        :param str detail: which fields, which print, or what changed
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

    @api.model
    def _note_reading(self, records):
        """Put on record that the current user reads what records say, as far as they
        are matters, and confidential.

        :param records: recordset of any model
        """
        if isinstance(records, self.env.registry["office.matter.mixin"]):
            self._note_opened(records._filter_confidential())

    @api.model
    def _note_reading_about(self, records, model_field="res_model"):
        """Put on record that the current user reads what hangs on matters.

        :param records: messages or files, which name their matter
        :param str model_field: the field that says of which model it is
        """
        if self.env.su:
            return
        for model, theirs in records.sudo().grouped(model_field).items():
            if model in self.env and not self.env[model]._abstract:
                ids = filter(None, theirs.mapped("res_id"))
                self._note_reading(self.env[model].sudo().browse(ids).exists())

    @api.model
    def _note_opened(self, records):
        """Put on record which confidential records the current user opened.

        Each once in 24 hours, with the organization that it belongs to.

        :param records: recordset of a model with a company
        """
        if not records or self.env.su:
            return
        before = self.sudo().search_fetch(
            [
                ("user_id", "=", self.env.uid),
                ("kind", "=", "view"),
                ("res_model", "=", records._name),
                ("date", ">", fields.Datetime.now() - timedelta(days=1)),
            ],
            ["res_ids"],
        )
        known = {id_ for line in before for id_ in line.res_ids}
        new = records.filtered(lambda record: record.id not in known)
        for company, theirs in new.grouped("company_id").items():
            self.sudo().with_company(company)._note("view", theirs)

    def write(self, vals):
        if self:
            raise UserError(self.env._("The audit log is never changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ever(self):
        raise UserError(self.env._("The audit log is never deleted."))

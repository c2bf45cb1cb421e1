# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OfficeDeadlineChange(models.TransientModel):
    _name = "office.deadline.change"
    _description = "Change a Deadline"

    res_model = fields.Char(required=True)
    res_id = fields.Integer(required=True)
    kind = fields.Selection(
        [
            ("extend", "Extend"),
            ("pause", "Pause"),
            ("resume", "Resume"),
            ("restart", "Restart"),
        ],
        required=True,
        default="extend",
    )
    date_deadline = fields.Date("Present Deadline", compute="_compute_date_deadline")
    way = fields.Selection(
        [
            ("date", "To a Date"),
            ("calendar_days", "By Calendar Days"),
            ("working_days", "By Working Days"),
        ],
        required=True,
        default="date",
    )
    days = fields.Integer(default=5)
    date_to = fields.Date(
        "New Deadline", compute="_compute_date_to", store=True, readonly=False
    )
    reason = fields.Text(required=True)
    legal_basis = fields.Char(help="Regulation and article, where there is one.")

    @api.depends("res_model", "res_id")
    def _compute_date_deadline(self):
        for wizard in self:
            wizard.date_deadline = wizard._get_matter().date_deadline

    @api.depends("way", "days", "date_deadline")
    def _compute_date_to(self):
        for wizard in self:
            if wizard.way != "date" and wizard.date_deadline and wizard.days > 0:
                wizard.date_to = self.env["office.time.limit"]._count_from(
                    wizard.date_deadline,
                    wizard.days,
                    wizard.way,
                    wizard._get_matter()._get_deadline_company(),
                )

    def _get_matter(self):
        return self.env[self.res_model].browse(self.res_id)

    def action_apply(self):
        """Change the deadline as filled in.

        :raise UserError: with all the reasons, when it may not be done
        """
        self.ensure_one()
        self._get_matter().change_deadline(
            self.kind,
            self.reason,
            self.kind == "extend" and self.date_to,
            self.legal_basis,
        )
        return {"type": "ir.actions.act_window_close"}

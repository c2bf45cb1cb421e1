# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    office_agenda_paper_days = fields.Integer(
        "Diary Papers Ready (days before)",
        default=1,
        help="How many days before an item its papers are to be ready. Then the alarm "
        "is raised.",
    )
    office_agenda_reminder_minutes = fields.Integer(
        "Reminder Tolerance (minutes)",
        default=10,
        help="How many minutes late a reminder still counts as sent in time.",
    )

    _office_agenda_positive = models.Constraint(
        "CHECK(office_agenda_paper_days >= 0 AND office_agenda_reminder_minutes >= 0)",
        "Days and minutes are not below zero.",
    )

    def write(self, vals):
        done = super().write(vals)
        if "office_agenda_paper_days" in vals:
            Paper = self.env["office.agenda.material"].sudo()
            waiting = Paper.search(
                [
                    ("leader_id.company_id", "in", self.ids),
                    ("is_ready", "!=", True),
                    ("date_alerted", "=", False),
                ]
            )
            self.env.add_to_compute(Paper._fields["date_due"], waiting)
        return done


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    office_agenda_paper_days = fields.Integer(
        related="company_id.office_agenda_paper_days", readonly=False
    )
    office_agenda_reminder_minutes = fields.Integer(
        related="company_id.office_agenda_reminder_minutes", readonly=False
    )

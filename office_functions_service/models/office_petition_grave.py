# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .office_petition import DIRECTOR, LEADER

AT_ONCE = 60
"""Seconds between registration and escalation that are no delay."""


class OfficePetition(models.Model):
    """What is grave or urgent is told to director and leaders at once.

    No concealment, no delay (信访工作条例 第25条、第46条第四项): what was escalated stays
    so, and what was escalated late is seen to be late.
    """

    _inherit = "office.petition"

    is_grave = fields.Boolean("Grave or Urgent", copy=False)
    date_escalated = fields.Datetime("Escalated On", readonly=True, copy=False)
    escalated_late = fields.Boolean(
        compute="_compute_escalated_late", store=True, copy=False
    )

    @api.depends("date_escalated")
    def _compute_escalated_late(self):
        for petition in self:
            begun, told = petition.create_date, petition.date_escalated
            petition.escalated_late = bool(
                begun and told and (told - begun).total_seconds() > AT_ONCE
            )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"date_escalated"}

    @api.model_create_multi
    def create(self, vals_list):
        petitions = super().create(vals_list)
        petitions.filtered("is_grave")._escalate()
        return petitions

    def write(self, vals):
        """Escalate what turns out to be grave, in the same moment.

        :raise ValidationError: for who would play it down
        """
        if "is_grave" not in vals:
            return super().write(vals)
        if not vals["is_grave"] and any(self.mapped("date_escalated")):
            raise ValidationError(
                self.env._("What was told to the leaders as grave stays so.")
            )
        result = super().write(vals)
        self.filtered(
            lambda record: record.is_grave and not record.date_escalated
        )._escalate()
        return result

    def _escalate(self):
        """Tell director and leaders, by an activity due today."""
        if not self:
            return
        self.sudo()._set(date_escalated=fields.Datetime.now())
        summary = self.env._("Grave petition: please decide at once")
        for company, petitions in self.grouped("company_id").items():
            petitions._alert(petitions._get_overseers(company), summary)

    def _get_overseers(self, company, groups=(DIRECTOR, LEADER)):
        """Return the users of some groups who work in a company.

        :rtype: res.users
        """
        users = self.env["res.users"]
        for group in groups:
            users |= self.env.ref(group).sudo().user_ids
        return users.filtered(lambda user: user.active and company in user.company_ids)

    def _alert(self, users, summary, note=""):
        """Give users an activity due today, if they may see the petition.

        Who is complained of, or has stepped aside, hears of nothing.

        :param res.users users: whom
        :param str summary: what is asked of them
        :param str note: more of it
        """
        today = fields.Date.context_today(self)
        for petition in self.sudo():
            for user in users - petition._relation_complained():
                if petition.with_user(user).has_access("read"):
                    petition.activity_schedule(
                        "mail.mail_activity_data_todo",
                        today,
                        summary,
                        note,
                        user_id=user.id,
                    )

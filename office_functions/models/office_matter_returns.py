# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain

TWICE = 2


class OfficeMatterReturns(models.AbstractModel):
    """Passing the buck (推诿): what is given back, read from the log.

    A kind of matter that can be given back has a transition ``give_back``, and one
    ``insist`` by which the director finds that there was no ground for it.
    """

    _inherit = "office.matter.mixin"

    given_back_count = fields.Integer(
        "Times Given Back", compute="_compute_given_back_count"
    )

    @api.depends("state")
    def _compute_given_back_count(self):
        counts = {}
        if self._can_be_given_back():
            counts = dict(
                self.env["office.transition"]
                .sudo()
                ._read_group(
                    Domain("res_model", "=", self._name)
                    & Domain("res_id", "in", self.ids)
                    & Domain("name", "=", "give_back"),
                    ["res_id"],
                    ["__count"],
                )
            )
        for record in self:
            record.given_back_count = counts.get(record.id, 0)

    @api.model
    def _can_be_given_back(self):
        """Tell whether this kind of matter is given back, and ruled upon."""
        names = {row.name for row in self._get_transitions()}
        return {"give_back", "insist"} <= names

    @api.model
    def _get_returnable_kinds(self):
        """Return the kinds of matters that can be given back.

        :rtype: list[str]
        """
        return [
            name
            for name in self._get_concrete_matters()
            if self.env[name]._can_be_given_back()
        ]

    def _after_transition(self, row, note):
        result = super()._after_transition(row, note)
        if row.name == "give_back" and self._can_be_given_back():
            self._call_director()
        return result

    def _call_director(self):
        """Let the director rule on what was given back twice: it stands on their list."""
        # The log does not hold this return yet: its lines are written at the end.
        twice = self.filtered(lambda record: record.given_back_count + 1 >= TWICE)
        self.invalidate_recordset(["given_back_count"])
        for company, records in twice.grouped("company_id").items():
            director = self.env["res.users"]._get_office_director(company)
            if director:
                quiet = records.with_context(mail_activity_quick_update=True)
                quiet.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=self.env._("Given back twice: please rule who does it"),
                    user_id=director.id,
                )

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .office_open_file import CLERK

OFFICER = "office_functions.group_office_petition"
WRONG_TAIL = "wrong tail"
"""What is counted for each code, as long as it stands."""


class OfficePublicCode(models.AbstractModel):
    """A query code that is guessed at opens no more, until an officer gives a new one."""

    _inherit = "office.public.mixin"

    is_code_closed = fields.Boolean(
        "Closed after Too Many Wrong Tries",
        compute="_compute_is_code_closed",
        groups="office_functions.group_office_petition",
    )

    @api.depends("query_code")
    def _compute_is_code_closed(self):
        codes = set(self.mapped("query_code")) - {False}
        closed = self._find_closed_codes(codes)
        for record in self:
            record.is_code_closed = record.query_code in closed

    @api.model
    def _find_closed_codes(self, codes):
        """Return the codes with so many wrong phone numbers that they open no more.

        :param codes: as they are kept
        :rtype: set[str]
        """
        most = self._as_public().env.company.hall_query_failures
        counts = self.env["office.rate.limit"]._get_totals(WRONG_TAIL, codes)
        return {code for code, number in counts.items() if 0 < most <= number}

    @api.model
    def _note_wrong_tail(self, code):
        """Count a try that opened nothing, whether there is such a code or not."""
        self.env["office.rate.limit"]._add_to_total(WRONG_TAIL, code)

    def action_renew_query_code(self):
        """Give the matter a new query code; the one before opens nothing any more.

        :raise AccessError: for who is neither officer nor clerk, or may not write it
        :raise UserError: for a matter that has none
        """
        self.ensure_one()
        self.check_access("write")
        user = self.env.user
        if not user.has_group(OFFICER) and not user.has_group(CLERK):
            raise AccessError(self.env._("Only officers and clerks give a new code."))
        record = self.sudo()
        if not record.query_code:
            raise UserError(self.env._("It has no query code yet."))
        record._set_public(query_code=self._make_query_code())
        record._message_log(body=self.env._("A new query code was given."))

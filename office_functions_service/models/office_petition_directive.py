# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.exceptions import UserError

from ..tools.redaction import redact
from .office_petition import LEADER


class OfficePetition(models.Model):
    """A petition that becomes a directive of a leader, linked to it by the core."""

    _inherit = "office.petition"

    def action_make_directive(self):
        """Draft a directive that this petition gives rise to, and open it.

        It tells the subject and the number, never who petitions.

        :return: the action that opens it
        :raise UserError: for a report or accusation, or one that is restricted
        :raise AccessError: for who may not draft directives
        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        if self.is_report or self.is_restricted:
            raise UserError(
                self.env._("What is restricted does not become a directive for others.")
            )
        return self._begin_result("office.directive", self._prepare_directive_vals())

    def _get_result_name(self):
        """Tell the units that get what follows what it is about, and nobody in it."""
        name = super()._get_result_name()
        return redact(name, self._get_names())[0]

    def _get_directive_leader(self):
        leaders = self._get_overseers(self.company_id, (LEADER,))
        return leaders.filtered(lambda leader: not self._is_against(leader))[:1]

    def _prepare_directive_vals(self):
        name = self._get_result_name()
        return {
            "name": name,
            "text": self.env._(
                "Have petition %(number)s handled: %(name)s",
                number=self.number,
                name=name,
            ),
            "leader_id": self._get_directive_leader().id,
            "lead_unit_id": self.lead_unit_id.id,
            "source": self.number,
        }

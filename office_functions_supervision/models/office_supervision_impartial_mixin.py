# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from .office_matter_mixin import SUPERVISOR

DIRECTOR = "office_functions.group_office_director"
SUPERVISING = frozenset(("supervisor", "verifier"))
"""Relations whose steps are supervision: nobody takes them towards their own unit."""


class OfficeSupervisionImpartialMixin(models.AbstractModel):
    """Steps of supervision that nobody takes towards those they are related to.

    A supervisor is related to the unit they work in, to those above and below it, and
    to the units of an active recusal (S3.9, A6).
    """

    _name = "office.supervision.impartial.mixin"
    _inherit = ["office.workflow.mixin"]
    _description = "Impartial Steps"

    def _get_supervised_ticket(self):
        """Return the ticket whose units are supervised.

        :rtype: office.supervision.ticket
        """
        return self.ticket_id

    @api.model
    def _get_supervising_relations(self, row):
        """Return the relations by which a step is supervision; none where it is not.

        :param Transition row: a row of the table
        :rtype: frozenset[str]
        """
        return SUPERVISING.intersection(row.by)

    def _get_barred_users(self, row):
        barred = super()._get_barred_users(row)
        relations = self._get_supervising_relations(row)
        if relations:
            barred |= self._get_kindred(relations)
        return barred

    def _get_kindred(self, relations):
        """Return who would supervise here, but is related to a unit of the ticket.

        :param relations: relations of the transition table
        :rtype: res.users
        """
        user = self.env.user
        users = user.browse().union(*map(self._get_relation_users, relations))
        if user.has_group(SUPERVISOR) or user.has_group(DIRECTOR):
            users |= user
        ticket = self._get_supervised_ticket()
        return users.filtered(ticket._get_kin_unit_ids)

    def _explain_refusal(self, row):
        """Name the units to which the user is related, where that is the reason."""
        reasons = super()._explain_refusal(row)
        user = self.env.user
        relations = self._get_supervising_relations(row)
        if not reasons or not relations or user not in self._get_kindred(relations):
            return reasons
        return [self._get_supervised_ticket()._describe_kinship(user)]

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain


class OfficeCoordinationPortal(models.Model):
    """The pages on which schools settle what is between them (校际关系, S4.11).

    Both read the common text and the agreement; what each says of it for itself stays
    between it and the office (A10).
    """

    _name = "office.coordination"
    _inherit = ["office.coordination", "office.portal.mixin"]
    _portal_kind = "coordination"
    _portal_fields = ("text", "basis", "proposal", "ruling")
    # How the office went about it is no matter of the parties'.
    _portal_reads_annexes = False

    @api.model
    def _get_portal_title(self):
        return self.env._("Coordination Matters")

    @api.model
    def _get_portal_hints(self):
        return {
            "card": self.env._("Agree on what your school settles with others"),
            "empty": self.env._("Nothing is to be settled with you."),
        }

    @api.model
    def _get_public_states(self):
        return {
            "led": self.env._("Being Prepared"),
            "consulting": self.env._("In Consultation"),
            "agreed": self.env._("Agreed"),
            "ruled": self.env._("Ruled"),
            "executing": self.env._("Being Carried Out"),
            "confirmed": self.env._("Confirmed by All"),
            "closed": self.env._("Closed"),
        }

    @api.model
    def _get_portal_domain(self):
        """Show a school what it is a party of, or leads."""
        units = self._get_portal_units().ids
        mine = Domain("lead_unit_id", "in", units) | Domain(
            "assisting_unit_ids", "in", units
        )
        return [*super()._get_portal_domain(), *mine]

    def _get_portal_values(self):
        return super()._get_portal_values() | {"date": self.date}

    def _get_portal_page(self):
        """Return the page of a matter between schools.

        :return: beside the values of the list, ``parties``: who they are, what each
            does, whether it agreed and confirmed; of one's own also ``statement`` and
            ``steps``, the answers that are open to it
        :rtype: dict
        """
        parties = self.env["office.coordination.party"].search(
            [("coordination_id", "=", self.id)]
        )
        agreement = parties._fields["agreement"]._description_selection(self.env)
        words = dict(agreement)
        return super()._get_portal_page() | {
            "scale": self._get_portal_scale(),
            "parties": [
                {
                    "id": party.id,
                    "name": party.sudo().display_name,
                    "task": party.task or "",
                    "due": party.date_due,
                    "agreement": words[party.agreement],
                    "confirmed": party.date_confirmed,
                    "steps": party._get_portal_steps(),
                    "statement": party.statement or "",
                }
                for party in parties
            ],
        }


class OfficeCoordinationPartyPortal(models.Model):
    _inherit = "office.coordination.party"

    def _get_portal_steps(self):
        """Return the answers that the current user may give for this party now.

        :rtype: list[str]
        """
        self.ensure_one()
        return [
            kind
            for kind, _label in self._get_answers()
            if not self._explain_answer_refusal(kind, "-", "5")
        ]

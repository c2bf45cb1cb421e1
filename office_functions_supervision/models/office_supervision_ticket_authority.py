# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

LEADER = "office_functions.group_office_leader"


class OfficeSupervisionTicketAuthority(models.Model):
    """Supervision by order of a leader, in words that are the leader's own."""

    _inherit = "office.supervision.ticket"

    def _explain_no_authority(self):
        """Return what is missing of the leader's directive (R-SUP-2, S3.10, S3.12).

        :return: sentences in the user's language
        :rtype: list[str]
        """
        self.ensure_one()
        return self._explain_no_directive(self.sudo().directive_id)

    @api.model
    def _explain_no_directive(self, directive_sudo):
        """Return why a directive carries no act of supervision.

        :param office.directive directive_sudo: one, or none
        :rtype: list[str]
        """
        if not directive_sudo:
            return [
                self.env._(
                    "Choose the authorising directive: nobody supervises without it."
                )
            ]
        reasons = []
        if directive_sudo.state in ("recorded", "withdrawn"):
            reasons.append(self.env._("The authorising directive is not in force."))
        elif directive_sudo.is_unconfirmed:
            reasons.append(
                self.env._(
                    "The leader has not confirmed the wording of the oral directive."
                )
            )
        if not directive_sudo.leader_id.has_group(LEADER):
            reasons.append(
                self.env._(
                    "%(who)s, who gave the directive, is no leader.",
                    who=directive_sudo.leader_id.name,
                )
            )
        return reasons

    @api.depends("directive_id.state", "directive_id.is_unconfirmed")
    def _compute_open_transitions(self):
        return super()._compute_open_transitions()

    def _explain_ahead(self, row):
        """Show the button of filing disabled while there is no authority (S3.10)."""
        reasons = super()._explain_ahead(row)
        return reasons + (self._explain_no_authority() if row.name == "file" else [])

    @api.constrains("basis_reference")
    def _check_reference_quotes_nobody(self):
        """Refuse a leader's name typed as a reference (S3.12).

        It is printed as the source of the ticket. What a leader said is quoted from the
        directive, and a name that somebody typed there would borrow that authority.
        """
        for company, tickets in self.grouped("company_id").items():
            leaders = self.env["res.users"].sudo()
            leaders = leaders.search(
                Domain("all_group_ids", "in", self.env.ref(LEADER).ids)
                & Domain("company_ids", "in", company.ids)
            )
            for ticket in tickets.filtered("basis_reference"):
                named = leaders.filtered(
                    lambda user, text=ticket.basis_reference: user.name in text
                )
                if named:
                    raise ValidationError(
                        self.env._(
                            "The reference names %(who)s. What a leader ordered is "
                            "quoted from the directive, word for word: record it there, "
                            "and leave the name out here.",
                            who=", ".join(named.mapped("name")),
                        )
                    )

    # Indicators -----------------------------------------------------------------------

    @api.model
    def _get_filed_domain(self, date_from, date_to):
        """Return the tickets that were filed in a period."""
        return Domain("date_filed", ">=", date_from) & Domain(
            "date_filed", "<=", date_to
        )

    @api.model
    def _measure_authority(self, date_from, date_to):
        """Return tickets with a directive and all, of those filed in a period."""
        return self._measure_share(
            Domain("directive_id", "!=", False), date_from, date_to
        )

    @api.model
    def _measure_basis(self, date_from, date_to):
        """Return tickets with a law or policy and all, of those filed in a period."""
        based = Domain("legal_basis_ids", "!=", False) | Domain(
            "policy_basis_ids", "!=", False
        )
        return self._measure_share(based, date_from, date_to)

    @api.model
    def _measure_share(self, domain, date_from, date_to):
        """Return by unit and supervisor how many filed tickets are in a domain."""
        filed = self._get_filed_domain(date_from, date_to)
        by = ["lead_unit_id", "supervisor_id"]
        found = {
            (unit.id, user.id): number
            for unit, user, number in self._read_group(filed & domain, by, ["__count"])
        }
        return [
            (unit.id, user.id, found.get((unit.id, user.id), 0), number)
            for unit, user, number in self._read_group(filed, by, ["__count"])
        ]

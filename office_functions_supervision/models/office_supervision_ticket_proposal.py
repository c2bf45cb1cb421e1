# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.office_functions.tools.transition import Transition, permit

PROPOSED_WORDS = ("name", "scope", "requirement")


class OfficeSupervisionTicket(models.Model):
    """Proactive supervision (主动督办): proposed on a blank spot, approved by a leader.

    Nobody supervises on their own authority, so the approval gives the ticket a
    directive of its own, in the words of the proposal, and files it in the same step
    (政府督查工作条例 第11条, by analogy).
    """

    _inherit = "office.supervision.ticket"

    asked_leader_id = fields.Many2one(
        "res.users",
        "Leader Asked",
        index="btree_not_null",
        copy=False,
        domain=lambda self: [
            (
                "all_group_ids",
                "in",
                self.env.ref("office_functions.group_office_leader").ids,
            )
        ],
        help="Who is to approve a proposal that stands on no directive yet.",
    )
    date_approved = fields.Datetime("Proposal Approved On", readonly=True, copy=False)

    @api.model
    def _get_transitions(self):
        return [
            *super()._get_transitions(),
            Transition(
                "approve",
                label=self.env._("Approve and File"),
                sources=("proposed",),
                target="filed",
                by=("asked_leader",),
                never=("creator",),
                needs=(
                    "supervisor_id",
                    "scope",
                    "requirement",
                    "lead_unit_id",
                    "handler_id",
                    "date_deadline",
                ),
                guard="_guard_approve",
                style="primary",
                wizard="office_functions_supervision.office_supervision_approval_action",
            ),
        ]

    @api.model
    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | {"asked_leader_id": ("proposed",)}

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"date_approved"}

    @api.model
    def _get_transition_lines(self, row):
        lines = super()._get_transition_lines(row)
        return [*lines, "assisting_unit_ids"] if row.name == "approve" else lines

    def _relation_asked_leader(self):
        return self.asked_leader_id

    def _relation_leader(self):
        """Let the leader who is asked end a proposal that has no directive."""
        return super()._relation_leader() or self.asked_leader_id

    @api.constrains("asked_leader_id")
    def _check_asked_leader(self):
        for ticket in self.sudo():
            leader = ticket.asked_leader_id
            if leader and not leader.has_group("office_functions.group_office_leader"):
                raise ValidationError(
                    self.env._("%(who)s is no leader.", who=leader.name)
                )

    def _guard_approve(self, row, note):
        """Return what is missing of a proposal: as for filing, but for the directive."""
        if self.sudo().directive_id:
            return [
                self.env._("This ticket stands on a directive already: please file it.")
            ]
        reasons = [] if self.has_duties else [self.env._("Name the duty it is about.")]
        bases = self.sudo().legal_basis_ids | self.sudo().policy_basis_ids
        if not bases.filtered("in_force"):
            reasons.append(
                self.env._("Choose a legal or policy basis (缺法律法规或政策依据).")
            )
        return reasons

    def _get_proposal_text(self):
        """Return the words of the proposal, which become those of the directive.

        :rtype: str
        """
        self.ensure_one()
        return self.env._(
            "Approved to be supervised: %(name)s\nScope: %(scope)s\n"
            "Requirements: %(requirement)s",
            name=self.name,
            scope=self.scope,
            requirement=self.requirement,
        )

    def approve_proposal(self):
        """Approve proposals: each gets a directive of its own, and is filed on it.

        :raise UserError: with all that is missing, and for anybody but the leader
            asked or their delegate
        """
        self._lock_for_transition()
        self.check_access("read")
        row = self._get_transition("approve")
        problems = {}
        for ticket in self:
            reasons = ticket._explain_refusal(row) or ticket._explain_gaps(row, False)
            if reasons:
                problems[ticket] = reasons
        if problems:
            self._raise_problems(problems)
        principals = {ticket.id: ticket._get_authority(row) for ticket in self}
        return self._apply_transition(row, False, principals)

    def _apply_transition(self, row, note=False, principals=None, **vals):
        if row.name == "approve":
            self._authorise()
        return super()._apply_transition(row, note, principals, **vals)

    def _authorise(self):
        """Record and issue the directive of each proposal, word for word (A3)."""
        proposals = self.sudo().filtered(lambda ticket: not ticket.directive_id)
        directives = (
            self.env["office.directive"]
            .sudo()
            .create([ticket._prepare_directive_vals() for ticket in proposals])
        )
        for ticket, directive in zip(proposals, directives, strict=True):
            ticket._keep_close(directive)
        directives._settle_wording()
        directives._pass_by_system("issue")
        for ticket, directive in zip(proposals, directives, strict=True):
            with permit(ticket):
                ticket.with_context(tracking_disable=True).write(
                    {
                        "directive_id": directive.id,
                        "date_approved": fields.Datetime.now(),
                    }
                )
        self.env["office.duty.touch"]._hand_down(proposals, directives)

    def _prepare_directive_vals(self):
        """Return the values of the directive that an approval is.

        :rtype: dict
        """
        return {
            "name": self.name,
            "kind": "written",
            "leader_id": self.asked_leader_id.id,
            "date": fields.Date.context_today(self),
            "text": self._get_proposal_text(),
            "source": self.env._("Proposal to supervise a blank spot"),
            "lead_unit_id": self.lead_unit_id.id,
            "assisting_unit_ids": [fields.Command.set(self.assisting_unit_ids.ids)],
            "handler_id": self.handler_id.id,
            "date_deadline": self.date_deadline,
            "company_id": self.company_id.id,
        }

    def _prepare_transition_vals(self, row):
        vals = super()._prepare_transition_vals(row)
        if row.name == "approve":
            vals["date_filed"] = fields.Date.context_today(self)
        return vals

    def _after_approve(self, note):
        self._after_file(note)

    def _check_frozen(self, vals):
        """Keep the words that the leader approved."""
        touched = vals.keys() & set(PROPOSED_WORDS)
        if touched and any(ticket.date_approved for ticket in self.sudo()):
            if any(
                (ticket[name] or "") != (vals[name] or "")
                for ticket in self.sudo()
                for name in touched
                if ticket.date_approved
            ):
                raise UserError(
                    self.env._(
                        "A leader approved this proposal in these words; they change "
                        "by another directive only."
                    )
                )
        return super()._check_frozen(vals)

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from odoo.addons.office_functions.tools.transition import Transition, permit

DIRECTOR = "office_functions.group_office_director"
TEXTS = ("name", "scope", "requirement")
BASES = ("legal_basis_ids", "policy_basis_ids")
OVER = ("proposed", "filed", "closed", "terminated")


class OfficeSupervisionRequirement(models.Model):
    """What a ticket demands, changed by a new directive; both versions stay (S3.8).

    Once assigned, the words of a ticket are settled. Who wants others asks for it on a
    further directive of the authorising leader, and that leader approves. What stood
    there before is kept beside what stands there now, and nobody edits either.
    """

    _name = "office.supervision.requirement"
    _inherit = ["office.supervision.child.mixin"]
    _description = "Change of Requirements"
    _rec_name = "reason"

    version = fields.Integer(readonly=True, copy=False, aggregator=None)
    directive_id = fields.Many2one(
        "office.directive",
        "Directive for the Change",
        required=True,
        index=True,
        help="A further directive of the authorising leader, which orders the change.",
    )
    reason = fields.Text("Reason of the Change", required=True)
    name = fields.Char("Subject", required=True)
    scope = fields.Text()
    requirement = fields.Text("Requirements")
    legal_basis_ids = fields.Many2many(
        "office.regulation",
        "office_supervision_requirement_law_rel",
        domain="[('kind', '=', 'law'), ('in_force', '=', True)]",
    )
    policy_basis_ids = fields.Many2many(
        "office.regulation",
        "office_supervision_requirement_policy_rel",
        domain="[('kind', '!=', 'law'), ('in_force', '=', True)]",
    )
    name_before = fields.Char("Subject Before", readonly=True, copy=False)
    scope_before = fields.Text(readonly=True, copy=False)
    requirement_before = fields.Text("Requirements Before", readonly=True, copy=False)
    basis_before = fields.Text(readonly=True, copy=False)
    asker_id = fields.Many2one(
        "res.users",
        "Asked By",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    approver_id = fields.Many2one(
        "res.users", "Approved By", readonly=True, copy=False, index="btree_not_null"
    )
    date = fields.Date("In Force From", readonly=True, copy=False, index=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("asked", "Asked"),
            ("approved", "Approved"),
            ("refused", "Refused"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )

    _version_uniq = models.UniqueIndex(
        "(ticket_id, version) WHERE version > 0",
        "There is a change of the requirements with this number already.",
    )

    @api.model
    def default_get(self, fields):
        """Begin with what the ticket demands now."""
        defaults = super().default_get(fields)
        ticket = self.env["office.supervision.ticket"].browse(defaults.get("ticket_id"))
        if ticket:
            now = ticket._copy_requirement()
            defaults |= {name: value for name, value in now.items() if name in fields}
        return defaults

    @api.model
    def _get_transitions(self):
        return [
            Transition(
                "ask",
                label=self.env._("Ask"),
                sources=("draft",),
                target="asked",
                by=("supervisor", DIRECTOR),
                guard="_guard_ask",
                style="primary",
            ),
            Transition(
                "approve",
                label=self.env._("Approve"),
                sources=("asked",),
                target="approved",
                by=("leader",),
                never=("asker",),
                guard="_guard_ask",
                style="primary",
            ),
            Transition(
                "refuse",
                label=self.env._("Refuse"),
                sources=("asked",),
                target="refused",
                by=("leader",),
                note=True,
                style="danger",
            ),
        ]

    @api.model
    def _get_frozen_fields(self):
        names = (*TEXTS, *BASES, "directive_id", "reason", "ticket_id", "asker_id")
        return super()._get_frozen_fields() | dict.fromkeys(names, ("draft",))

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            *(f"{name}_before" for name in (*TEXTS, "basis")),
            "approver_id",
            "date",
            "version",
        }

    def _relation_asker(self):
        return self.asker_id

    def _guard_ask(self, row, note):
        """Return what is missing of the order for the change (S3.8)."""
        ticket = self.sudo().ticket_id
        directive = self.sudo().directive_id
        reasons = ticket._explain_no_directive(directive)
        if directive and directive.leader_id != ticket.leader_id:
            reasons.append(
                self.env._(
                    "The change stands on a directive of %(leader)s, who authorised "
                    "the ticket.",
                    leader=ticket.leader_id.name,
                )
            )
        if directive and directive == ticket.directive_id:
            reasons.append(
                self.env._(
                    "The ticket stands on this directive as it is; the change needs a "
                    "further one."
                )
            )
        if ticket.state in OVER:
            reasons.append(
                self.env._(
                    "Requirements are changed while an assigned ticket runs; before, "
                    "they are edited, and afterwards they stand."
                )
            )
        if not self.legal_basis_ids and not self.policy_basis_ids:
            reasons.append(
                self.env._("Choose a legal or policy basis (缺法律法规或政策依据).")
            )
        bases = self.sudo().legal_basis_ids | self.sudo().policy_basis_ids
        lapsed = bases.filtered(lambda basis: not basis.in_force)
        if lapsed:
            reasons.append(
                self.env._(
                    "These bases are not in force: %(names)s.",
                    names=", ".join(lapsed.mapped("display_name")),
                )
            )
        missing = [name for name in TEXTS if not (self[name] or "").strip()]
        if missing:
            labels = self.fields_get(missing, ["string"])
            reasons.append(
                self.env._(
                    "Please fill in: %(fields)s.",
                    fields=", ".join(labels[name]["string"] for name in missing),
                )
            )
        if not self._get_differences():
            reasons.append(self.env._("Nothing differs from what stands there now."))
        return reasons

    def _get_differences(self):
        """Return the names of what differs from the ticket.

        :rtype: list[str]
        """
        ticket = self.sudo().ticket_id
        return [name for name in (*TEXTS, *BASES) if self[name] != ticket[name]]

    def _after_approve(self, note):
        """Let the new version stand in the ticket, and keep the one before."""
        today = fields.Date.context_today(self)
        for change in self:
            ticket = change.ticket_id
            vals = {f"{name}_before": ticket[name] for name in TEXTS}
            bases = ticket.legal_basis_ids | ticket.policy_basis_ids
            version = ticket.requirement_version + 1
            with permit(change):
                change.with_context(tracking_disable=True).write(
                    {
                        **vals,
                        "basis_before": "\n".join(bases.mapped("display_name")),
                        "approver_id": self.env.uid,
                        "date": today,
                        "version": version,
                    }
                )
            with permit(ticket):
                ticket.with_context(tracking_disable=True).write(
                    {
                        **{name: change[name] for name in TEXTS},
                        **{
                            name: [fields.Command.set(change[name].ids)]
                            for name in BASES
                        },
                        "requirement_version": version,
                    }
                )


class OfficeSupervisionTicket(models.Model):
    _inherit = "office.supervision.ticket"

    requirement_version = fields.Integer(
        "Version of the Requirements",
        default=1,
        readonly=True,
        copy=False,
        aggregator=None,
        help="Grows with each approved change of the requirements.",
    )
    requirement_ids = fields.One2many(
        "office.supervision.requirement", "ticket_id", "Changes of Requirements"
    )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"requirement_version"}

    def _copy_requirement(self):
        """Return what this ticket demands, as values of a change.

        :rtype: dict
        """
        return {
            **{name: self[name] for name in TEXTS},
            **{name: [fields.Command.set(self[name].ids)] for name in BASES},
        }

    def _get_requirement_change(self):
        """Return the change by which the requirements are as they are, if any.

        :rtype: office.supervision.requirement
        """
        self.ensure_one()
        return self.requirement_ids.filtered(
            lambda change: change.version == self.requirement_version
        )

    def action_change_requirement(self):
        """Open the dialog that asks for other requirements.

        :rtype: dict
        """
        self.ensure_one()
        return self._get_dialog_action(
            "office.supervision.requirement", self.env._("Change of Requirements")
        )

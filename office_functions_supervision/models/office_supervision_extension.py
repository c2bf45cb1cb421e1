# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from odoo.addons.office_functions.tools.transition import Transition

LEADER = "office_functions.group_office_leader"


class OfficeSupervisionExtension(models.Model):
    """A later deadline, asked for in time and decided by who set the deadline."""

    _name = "office.supervision.extension"
    _inherit = ["office.supervision.child.mixin"]
    _description = "Extension Request"
    _rec_name = "reason"

    task_id = fields.Many2one(
        "office.supervision.task",
        index="btree_not_null",
        ondelete="cascade",
        domain="[('ticket_id', '=', ticket_id)]",
        help="Empty: the whole ticket.",
    )
    date_to = fields.Date("New Deadline", required=True)
    reason = fields.Text(required=True)
    asker_id = fields.Many2one(
        "res.users",
        "Asked By",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
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

    @api.model
    def _get_transitions(self):
        return [
            Transition(
                "ask",
                self.env._("Ask"),
                sources=("draft",),
                target="asked",
                by=("doer",),
                guard="_guard_ask",
                style="primary",
            ),
            Transition(
                "approve",
                self.env._("Approve"),
                sources=("asked",),
                target="approved",
                by=("deadline_owner",),
                never=("asker", "doer"),
                guard="_guard_approve",
                style="primary",
            ),
            Transition(
                "refuse",
                self.env._("Refuse"),
                sources=("asked",),
                target="refused",
                by=("deadline_owner",),
                note=True,
                style="danger",
            ),
        ]

    @api.model
    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | dict.fromkeys(
            ("date_to", "reason", "task_id", "ticket_id", "asker_id"), ("draft",)
        )

    def _get_clock(self):
        """Return the record whose deadline is asked about: the task or the ticket."""
        return self.task_id or self.ticket_id

    def _relation_doer(self):
        clock = self._get_clock()
        return clock.handler_id | clock._relation_unit_head()

    def _relation_asker(self):
        return self.asker_id

    def _relation_deadline_owner(self):
        """Return who set the deadline and those above: the authorising leader.

        Where all of them do the work themselves, any leader decides.
        """
        owners = self._get_clock().deadline_owner_id | self.ticket_id.leader_id
        if owners - self.asker_id - self._relation_doer():
            return owners
        leaders = self.env.ref(LEADER).sudo().all_user_ids
        return owners | leaders.filtered(
            lambda user: self.company_id in user.company_ids
        )

    def _guard_ask(self, row, note):
        clock = self._get_clock()
        reasons = []
        if not clock.open_deadline:
            reasons.append(self.env._("No deadline is running here."))
        elif clock.open_deadline < fields.Date.context_today(self):
            reasons.append(
                self.env._(
                    "An extension is asked for before the deadline, not after it."
                )
            )
        if clock.open_deadline and self.date_to <= clock.open_deadline:
            reasons.append(self.env._("An extension ends after the present deadline."))
        if clock.extension_count >= clock._max_extensions:
            reasons.append(
                self.env._(
                    "The deadline was extended %(count)s times, which is the most.",
                    count=clock.extension_count,
                )
            )
        if (
            self.task_id
            and self.ticket_id.date_deadline
            and self.date_to > self.ticket_id.date_deadline
        ):
            reasons.append(
                self.env._(
                    "A task ends no later than its ticket; extend the ticket first."
                )
            )
        return reasons

    def _guard_approve(self, row, note):
        clock = self._get_clock()
        reasons = []
        if clock.date_deadline and self.date_to <= clock.date_deadline:
            reasons.append(self.env._("An extension ends after the present deadline."))
        if clock.extension_count >= clock._max_extensions:
            reasons.append(
                self.env._(
                    "The deadline was extended %(count)s times, which is the most.",
                    count=clock.extension_count,
                )
            )
        return reasons

    def _after_approve(self, note):
        for extension in self:
            clock = extension._get_clock()
            clock._move_deadline("extend", extension.reason, extension.date_to)

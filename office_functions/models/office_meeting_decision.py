# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from ..tools.transition import Transition, permit


class OfficeMeetingDecision(models.Model):
    """One line of what a meeting decided. None is left without a disposition."""

    _name = "office.meeting.decision"
    _inherit = ["office.workflow.mixin", "office.origin.mixin", "mail.thread"]
    _description = "Meeting Decision"
    _order = "date desc, sequence, id desc"
    _rec_names_search = ["name", "meeting"]
    _check_company_auto = True

    sequence = fields.Integer("No.", default=1, aggregator=None)
    meeting_id = fields.Many2one(
        "office.meeting",
        "Meeting Record",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    meeting = fields.Char(
        compute="_compute_from_meeting",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    date = fields.Date(
        "Meeting Date",
        compute="_compute_from_meeting",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    name = fields.Char("Decision", required=True, index="trigram")
    text = fields.Text("Minutes")
    leader_id = fields.Many2one(
        "res.users",
        "Presided By",
        compute="_compute_from_meeting",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="Who chaired the meeting.",
    )
    lead_unit_id = fields.Many2one("hr.department", check_company=True)
    handler_id = fields.Many2one("res.users")
    date_deadline = fields.Date("Deadline")
    directive_id = fields.Many2one(
        "office.directive", readonly=True, copy=False, index="btree_not_null"
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    state = fields.Selection(
        [
            ("pending", "To Be Disposed Of"),
            ("directive", "Became a Directive"),
            ("none", "Needs No Supervision"),
        ],
        default="pending",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    @api.depends("meeting_id")
    def _compute_from_meeting(self):
        """Take over from the meeting's record what the line does not say itself."""
        for decision in self:
            meeting = decision.meeting_id
            decision.meeting = decision.meeting or meeting.name
            decision.date = decision.date or fields.Date.context_today(
                self, meeting.start or None
            )
            decision.leader_id = decision.leader_id or (
                meeting.stand_in_id or meeting.host_id
            )

    @api.model
    def _get_omitted_domain(self):
        """Return the decisions that wait longer for a disposition than they may."""
        pending = self.search([("state", "=", "pending")])
        late = self.env["office.omission"]._filter_late(pending, "decision_disposition")
        return fields.Domain("id", "in", late.ids)

    @api.model
    def _get_transitions(self):
        office = (
            "office_functions.group_office_clerk",
            "office_functions.group_office_director",
            "office_functions.group_office_leader",
        )
        return [
            Transition(
                "make_directive",
                self.env._("Make a Directive"),
                sources=("pending",),
                target="directive",
                by=office,
                style="primary",
            ),
            Transition(
                "dismiss",
                self.env._("Needs No Supervision"),
                sources=("pending",),
                target="none",
                by=office,
                note=True,
            ),
        ]

    @api.model
    def _get_frozen_fields(self):
        return dict.fromkeys(
            ("name", "text", "date", "meeting", "meeting_id", "leader_id"), ("pending",)
        )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"directive_id"}

    def _after_make_directive(self, note):
        """Record each decision as a directive of who presided."""
        for decision in self:
            directive = self.env["office.directive"].create(
                decision._prepare_directive_vals()
            )
            decision._set_directive(directive)

    def _set_directive(self, directive):
        with_permit = self.with_context(tracking_disable=True)
        with permit(self):
            with_permit.write({"directive_id": directive.id})

    def _prepare_directive_vals(self):
        """Return the values of the directive that a decision becomes.

        :rtype: dict
        """
        return {
            "name": self.name,
            "kind": "assignment",
            "leader_id": self.leader_id.id,
            "date": self.date,
            "text": self.text or self.name,
            "source": f"{self.meeting} {self.sequence}",
            "lead_unit_id": self.lead_unit_id.id,
            "handler_id": self.handler_id.id,
            "date_deadline": self.date_deadline,
            "company_id": self.company_id.id,
        }

    def _get_disposition_text(self):
        """Return, in Chinese for the minutes, what became of this decision."""
        if self.state == "directive":
            return f"批示/交办 {self.directive_id.number or ''}".strip()
        if self.state == "none":
            dismissal = self.transition_ids.filtered(
                lambda line: line.name == "dismiss"
            )
            return f"无需督办：{dismissal[:1].note}"
        return "待定"

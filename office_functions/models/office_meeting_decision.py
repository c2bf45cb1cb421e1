# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from ..tools.transition import Transition, permit


class OfficeMeetingDecision(models.Model):
    """One line of what a meeting decided. None is left without a disposition."""

    _name = "office.meeting.decision"
    _inherit = ["office.workflow.mixin", "mail.thread"]
    _description = "Meeting Decision"
    _order = "date desc, sequence, id desc"
    _rec_names_search = ["name", "meeting"]
    _check_company_auto = True

    sequence = fields.Integer("No.", default=1, aggregator=None)
    meeting = fields.Char(required=True)
    date = fields.Date("Meeting Date", required=True, default=fields.Date.context_today)
    name = fields.Char("Decision", required=True, index="trigram")
    text = fields.Text("Minutes")
    leader_id = fields.Many2one(
        "res.users", "Presided By", required=True, help="Who chaired the meeting."
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
                ("pending",),
                "directive",
                by=office,
                style="primary",
            ),
            Transition(
                "dismiss",
                self.env._("Needs No Supervision"),
                ("pending",),
                "none",
                by=office,
                note=True,
            ),
        ]

    @api.model
    def _get_frozen_fields(self):
        return dict.fromkeys(
            ("name", "text", "date", "meeting", "leader_id"), ("pending",)
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

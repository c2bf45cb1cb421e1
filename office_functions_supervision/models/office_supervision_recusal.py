# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.office_functions.tools.transition import Transition

from .office_supervision_ticket import OPEN_STATES

ABOVE = (
    "office_functions.group_office_director",
    "office_functions.group_office_leader",
)


class OfficeSupervisionRecusal(models.Model):
    """A supervisor steps aside from a unit (回避申报): declared, asked for or ordered.

    Whoever supervises declares what ties them to a unit; the unit itself may ask that
    somebody step aside; director or leader decide. While it is in force the person is
    not chosen for the unit's tickets, takes no step on them, and those they carry go to
    somebody else (S3.9, A6; 政府督查工作条例 第17条 by analogy).
    """

    _name = "office.supervision.recusal"
    _inherit = ["office.cached.mixin", "office.workflow.mixin"]
    _description = "Recusal"
    _order = "id desc"
    _rec_name = "reason"
    _check_company_auto = True

    user_id = fields.Many2one(
        "res.users",
        "Who Steps Aside",
        required=True,
        index=True,
        default=lambda self: self.env.user,
    )
    unit_id = fields.Many2one(
        "hr.department",
        "From Unit",
        required=True,
        index=True,
        check_company=True,
        help="With all units below it.",
    )
    reason = fields.Text("Relation or Interest", required=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    state = fields.Selection(
        [
            ("draft", "Waits for a Decision"),
            ("active", "Recusal in Force"),
            ("refused", "Refused"),
            ("lifted", "Lifted"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    @api.model
    def _get_transitions(self):
        return [
            Transition(
                "declare",
                label=self.env._("Declare"),
                sources=("draft",),
                target="active",
                by=("person",),
                style="primary",
            ),
            Transition(
                "order",
                label=self.env._("Order the Recusal"),
                sources=("draft",),
                target="active",
                by=ABOVE,
                never=("person",),
                style="primary",
            ),
            Transition(
                "refuse",
                label=self.env._("Refuse"),
                sources=("draft",),
                target="refused",
                by=ABOVE,
                never=("person",),
                note=True,
                style="danger",
            ),
            Transition(
                "lift",
                label=self.env._("Lift"),
                sources=("active",),
                target="lifted",
                by=ABOVE,
                never=("person",),
                note=True,
            ),
        ]

    @api.model
    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | dict.fromkeys(
            ("user_id", "unit_id", "reason", "company_id"), ("draft",)
        )

    @api.model
    def _get_visibility_fields(self):
        return [*super()._get_visibility_fields(), "company_id", "user_id"]

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Return the recusals of the current user: asked for, concerning them, or all.

        :param str operation: ``read``, ``write``, ``create`` or ``unlink``
        :rtype: Domain
        """
        domain = Domain("company_id", "in", self.env.companies.ids)
        if not any(map(self.env.user.has_group, ABOVE)):
            mine = Domain("create_uid", "=", self.env.uid)
            domain &= mine | Domain("user_id", "=", self.env.uid)
        return domain

    def _relation_person(self):
        return self.user_id

    def _after_transition(self, row, note):
        result = super()._after_transition(row, note)
        if row.target == "active":
            self._hand_over_tickets()
        return result

    def _hand_over_tickets(self):
        """Take the person off what they carry of the unit and hand it to another."""
        for recusal in self:
            units = self.env["hr.department"].search(
                [("id", "child_of", recusal.unit_id.ids)]
            )
            tickets = self.env["office.supervision.ticket"]
            tickets = tickets.search(
                Domain("supervisor_id", "=", recusal.user_id.id)
                & Domain("state", "in", OPEN_STATES)
                & tickets._get_parties_domain([f"d{unit_id}" for unit_id in units.ids])
            )
            for ticket in tickets:
                ticket._step_aside(recusal.user_id, recusal.reason)

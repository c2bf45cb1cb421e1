# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from odoo.addons.office_functions.tools.transition import (
    Transition,
    is_permitted,
    permit,
)

LEADER = "office_functions.group_office_leader"
DIRECTOR = "office_functions.group_office_director"
VISIBLE_STATES = ("approved", "running", "concluded", "fed_back", "closed")
"""States in which the units know of an inspection that was announced to them."""
PLAN_FIELDS = (
    "name",
    "kind",
    "lead_unit_id",
    "ticket_id",
    "directive_id",
    "method_ids",
    "member_ids",
    "date_from",
    "date_to",
    "scope",
    "is_unannounced",
    "is_government_inspection",
    "designation_ids",
    "company_id",
)


class OfficeSupervisionInspection(models.Model):
    """An inspection (督查检查): planned, approved, carried out, concluded, fed back.

    It follows the plan that a leader approved, in scope, units and days (政府督查工作条例
    第15条): what was approved changes by a new approval only. The conclusion is fed
    back to the units, with their right to object (第16、17条).
    """

    _name = "office.supervision.inspection"
    _inherit = ["office.receipt.mixin"]
    _description = "Supervisory Inspection"
    _number_series = "inspection"
    _number_states = ("approved",)
    _clock_start_states = ("approved",)
    _clock_stop_states = ("fed_back", "closed", "cancelled")
    _see_all_groups = (
        "office_functions.group_office_clerk",
        DIRECTOR,
        LEADER,
        "office_functions_supervision.group_office_supervisor",
    )
    _party_user_fields = ("member_ids",)
    _untouching_states = ("submitted", "approved")
    _matter_list_fields = ("kind", "date_from", "date_to", "unit_names")
    _matter_list_looks = {
        "date_to": {"optional": "hide"},
        "unit_names": {"width": "120px"},
        "lead_unit_id": {"optional": "hide"},
    }
    _matter_group_fields = ("kind",)

    lead_unit_id = fields.Many2one(
        string="Inspecting Unit", help="Carries out the inspection."
    )
    handler_id = fields.Many2one(
        string="Head of Inspection", help="Leads the team, and answers for the plan."
    )
    date_deadline = fields.Date(
        string="Conclusion Due", help="The day by which the units have the conclusion."
    )
    kind = fields.Selection(
        [
            ("comprehensive", "Comprehensive Inspection"),
            ("special", "Special Inspection"),
            ("incident", "Incident Investigation"),
            ("daily", "Daily Supervision"),
            ("clue", "Verification of Clues"),
        ],
        "Kind of Inspection",
        required=True,
        default="special",
        index=True,
        help="政府督查工作条例 第14条",
    )
    ticket_id = fields.Many2one(
        "office.supervision.ticket", index="btree_not_null", check_company=True
    )
    directive_id = fields.Many2one(
        "office.directive",
        "Authorising Directive",
        index="btree_not_null",
        check_company=True,
        help="An inspection stands on a ticket that was filed, or on a directive.",
    )
    method_ids = fields.Many2many(
        "office.supervision.method",
        "office_supervision_inspection_method_rel",
        string="Methods",
        help="政府督查工作条例 第12条",
    )
    member_ids = fields.Many2many(
        "res.users",
        "office_supervision_inspection_member_rel",
        string="Team",
    )
    date_from = fields.Date("From", index=True)
    date_to = fields.Date("Until", index=True)
    scope = fields.Text(help="What is inspected, and what is not.")
    is_unannounced = fields.Boolean(
        "Unannounced", help="The units learn of it when the conclusion is fed back."
    )
    is_government_inspection = fields.Boolean(
        "Government Inspection",
        help="Only on the designation of one's own government, with its document "
        "(政府督查工作条例 第7条).",
    )
    # Without the bypass the ORM looks through all attachments there are.
    designation_ids = fields.Many2many(
        "ir.attachment",
        "office_supervision_inspection_designation_rel",
        string="Designation Document",
        bypass_search_access=True,
    )
    object_ids = fields.One2many(
        "office.supervision.inspection.unit", "inspection_id", "Units Inspected"
    )
    unit_names = fields.Char("Inspected", compute="_compute_unit_names")
    override_reason = fields.Text(
        "Reason to Exceed the Cap",
        readonly=True,
        copy=False,
        help="Why the approving leader let a unit be visited more often than usual.",
    )
    approver_id = fields.Many2one("res.users", "Approved By", readonly=True, copy=False)
    date_begun = fields.Date("Begun On", readonly=True, copy=False)
    date_concluded = fields.Date("Concluded On", readonly=True, copy=False)
    date_fed_back = fields.Date("Fed Back On", readonly=True, copy=False)
    date_objection_until = fields.Date(
        "Objections Until",
        readonly=True,
        copy=False,
        help="Until then an inspected unit may object (政府督查工作条例 第17条).",
    )
    state = fields.Selection(
        [
            ("planned", "Being Planned"),
            ("submitted", "Plan Submitted"),
            ("approved", "Plan Approved"),
            ("running", "Under Inspection"),
            ("concluded", "Conclusion Drawn"),
            ("fed_back", "Conclusion Fed Back"),
            ("closed", "Inspection Closed"),
            ("cancelled", "Inspection Cancelled"),
        ],
        default="planned",
        required=True,
        readonly=True,
        copy=False,
    )

    _dates_check = models.Constraint(
        "CHECK(date_from <= date_to)", "An inspection ends after it begins."
    )
    _matter_idx = models.Index("(ticket_id, directive_id)")

    # The table ------------------------------------------------------------------------

    @api.model
    def _get_transitions(self):
        plan = ("method_ids", "lead_unit_id", "handler_id", "date_from", "date_to")
        plan += ("date_deadline", "scope")
        return [
            Transition(
                "submit",
                label=self.env._("Submit the Plan"),
                sources=("planned",),
                target="submitted",
                by=("handler", "creator", DIRECTOR),
                needs=plan,
                guard="_guard_plan",
                style="primary",
            ),
            Transition(
                "approve",
                label=self.env._("Approve the Plan"),
                sources=("submitted",),
                target="approved",
                by=(LEADER,),
                never=("handler", "creator", "member"),
                needs=plan,
                guard="_guard_plan",
                style="primary",
            ),
            Transition(
                "approve_exceptionally",
                label=self.env._("Approve beyond the Cap"),
                sources=("submitted",),
                target="approved",
                by=(LEADER,),
                never=("handler", "creator", "member"),
                needs=plan,
                guard="_guard_plan",
                note=True,
            ),
            Transition(
                "send_back",
                label=self.env._("Send the Plan Back"),
                sources=("submitted",),
                target="planned",
                by=(LEADER,),
                note=True,
                style="danger",
            ),
            Transition(
                "start",
                label=self.env._("Begin the Inspection"),
                sources=("approved",),
                target="running",
                by=("handler",),
                guard="_guard_start",
                style="primary",
            ),
            Transition(
                "revise",
                label=self.env._("Change the Plan"),
                sources=("approved",),
                target="planned",
                by=("handler", DIRECTOR),
                note=True,
            ),
            Transition(
                "conclude",
                label=self.env._("Draw the Conclusion"),
                sources=("running",),
                target="concluded",
                by=("handler",),
                guard="_guard_conclude",
                style="primary",
            ),
            Transition(
                "feed_back",
                label=self.env._("Feed the Conclusion Back"),
                sources=("concluded",),
                target="fed_back",
                by=("handler", DIRECTOR),
                style="primary",
            ),
            Transition(
                "look_again",
                label=self.env._("Look into It Again"),
                sources=("concluded", "fed_back"),
                target="running",
                by=(LEADER,),
                note=True,
            ),
            Transition(
                "close",
                label=self.env._("Close the Inspection"),
                sources=("fed_back",),
                target="closed",
                by=("handler", DIRECTOR),
                guard="_guard_close",
                style="primary",
            ),
            Transition(
                "cancel",
                label=self.env._("Cancel the Inspection"),
                sources=("planned", "submitted", "approved"),
                target="cancelled",
                by=("handler", DIRECTOR, LEADER),
                note=True,
                style="danger",
            ),
        ]

    @api.model
    def _get_frozen_fields(self):
        plan = dict.fromkeys(PLAN_FIELDS, ("planned",))
        return super()._get_frozen_fields() | plan

    def _check_frozen(self, vals):
        """Keep the head whom a leader was shown with the plan (第15条).

        While it runs, another takes the place of one who stepped aside.
        """
        super()._check_frozen(vals)
        if "handler_id" not in vals or self.env.su or is_permitted(self, vals):
            return
        new = vals["handler_id"] or False
        for record in self.sudo():
            head = record.handler_id.id
            settled = record.state in ("submitted", "approved") or head
            if record.state != "planned" and settled and head != new:
                raise ValidationError(
                    self.env._(
                        "A leader approves the plan with its head. Change the plan, and "
                        "have it approved again; once it runs, a new head takes the "
                        "place of one who stepped aside only."
                    )
                )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "approver_id",
            "date_begun",
            "date_concluded",
            "date_fed_back",
            "date_objection_until",
            "override_reason",
        }

    @api.model
    def _get_transition_lines(self, row):
        lines = super()._get_transition_lines(row)
        if row.name in ("submit", "approve", "approve_exceptionally"):
            return [*lines, "method_ids", "member_ids", "object_ids"]
        if row.name in ("conclude", "feed_back", "close"):
            return [*lines, "object_ids"]
        return lines

    def _relation_member(self):
        return self.member_ids

    # Who sees it ----------------------------------------------------------------------

    @api.depends("state", "is_unannounced", "object_ids.unit_id")
    def _compute_office_parties(self):
        return super()._compute_office_parties()

    def _get_parties(self):
        parties = super()._get_parties()
        if self.state in VISIBLE_STATES and not self.is_unannounced:
            parties |= {f"d{unit}" for unit in self.sudo().object_ids.unit_id.ids}
        return parties

    @api.depends("object_ids.unit_id")
    def _compute_unit_names(self):
        for inspection in self:
            units = inspection.sudo().object_ids.unit_id
            inspection.unit_names = "、".join(units.mapped("name"))

    # Constraints ----------------------------------------------------------------------

    @api.constrains("state", "ticket_id", "directive_id")
    def _check_authority(self):
        """Nobody inspects on their own authority (A3)."""
        for inspection in self.sudo():
            if inspection.state not in ("planned", "cancelled") and not (
                inspection.ticket_id or inspection.directive_id
            ):
                raise ValidationError(
                    self.env._("An inspection stands on a ticket or a directive.")
                )

    @api.constrains("state", "is_government_inspection", "designation_ids")
    def _check_designation(self):
        """A government inspection needs the government's designation (R-SUP-1, 第7条)."""
        for inspection in self.sudo():
            if (
                inspection.is_government_inspection
                and inspection.state not in ("planned", "cancelled")
                and not inspection.designation_ids
            ):
                raise ValidationError(
                    self.env._(
                        "A government inspection needs its designation document."
                    )
                )

    # What follows from a transition ---------------------------------------------------

    def _prepare_transition_vals(self, row):
        vals = super()._prepare_transition_vals(row)
        today = fields.Date.context_today(self)
        if row.target == "approved":
            vals["approver_id"] = self.env.uid
        elif row.target == "planned":
            vals.update(approver_id=False, override_reason=False)
        elif row.name == "start":
            vals["date_begun"] = today
        elif row.name == "conclude":
            vals["date_concluded"] = today
        elif row.name == "feed_back":
            vals["date_fed_back"] = today
        elif row.name == "look_again":
            vals.update(
                date_concluded=False, date_fed_back=False, date_objection_until=False
            )
        return vals

    def _apply_transition(self, row, note=False, principals=None, **vals):
        if row.name == "approve_exceptionally":
            vals["override_reason"] = note
        return super()._apply_transition(row, note, principals, **vals)

    def _after_approve_exceptionally(self, note):
        self._refuse_colliding(self._get_transition("approve_exceptionally"))

    def _after_feed_back(self, note):
        """Send the conclusion to the units, which may object within the time limit."""
        today = fields.Date.context_today(self)
        for company, inspections in self.grouped("company_id").items():
            limit = self.env["office.time.limit"]._get("supervision_objection", company)
            with permit(inspections):
                inspections.with_context(tracking_disable=True).write(
                    {"date_objection_until": limit._count(today, company).deadline}
                )
        self.filtered("receipt_ids")._ask_receipts_again()
        by_units = self.grouped(lambda inspection: inspection.object_ids.unit_id)
        for units, inspections in by_units.items():
            inspections._send_receipts(units)

    def _get_receipt_message(self):
        return (
            self.env._("Conclusion of the inspection: %s", self.display_name),
            self.env._(
                "Please read the conclusion and confirm the receipt. Your unit may "
                "object in writing until %(date)s.",
                date=format_date(self.env, self.date_objection_until),
            ),
        )

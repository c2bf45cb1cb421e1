# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.office_functions.tools.transition import is_permitted

from .office_supervision_rate import COUNTS, RATES


class OfficeSupervisionBulletinLine(models.Model):
    """A unit in a bulletin: its figures, and what it is praised or criticised for."""

    _name = "office.supervision.bulletin.line"
    _inherit = ["office.part.mixin"]
    _description = "Unit in a Bulletin"
    _order = "bulletin_id, position, id"
    _rec_name = "department_id"
    _whole = "bulletin_id"

    bulletin_id = fields.Many2one(
        "office.supervision.bulletin", required=True, index=True, ondelete="cascade"
    )
    department_id = fields.Many2one("hr.department", "Unit", required=True, index=True)
    verdict = fields.Selection(
        [("praise", "Praise"), ("criticism", "Criticism")],
        "Praise or Criticism",
        help="Empty: it is in the ranking only.",
    )
    reason = fields.Text("Grounds")
    # Taken from the tickets, never typed
    due = fields.Integer("Due in the Period", readonly=True)
    done = fields.Integer("Carried Out", readonly=True)
    on_time = fields.Integer("Carried Out on Time", readonly=True)
    on_time_original = fields.Integer(
        "Carried Out by the Original Deadline", readonly=True
    )
    checked = fields.Integer("Verified for the First Time", readonly=True)
    first_pass = fields.Integer("Passed at Once", readonly=True)
    looked_back = fields.Integer("Looked Back At", readonly=True)
    held = fields.Integer("Still Held", readonly=True)
    points = fields.Float("Score", readonly=True, digits=(5, 1), aggregator=None)
    rank = fields.Integer(readonly=True, aggregator=None)
    ticket_refs = fields.Json(
        "Ticket Ids", readonly=True, help="The tickets behind the figures."
    )
    position = fields.Integer(
        compute="_compute_position",
        store=True,
        aggregator=None,
        help="Those with a rank first.",
    )
    rate_implemented = fields.Float(
        "Implementation Rate %", compute="_compute_rates", digits=(5, 1)
    )
    rate_on_time = fields.Float(
        "On-time Rate %", compute="_compute_rates", digits=(5, 1)
    )
    rate_on_time_original = fields.Float(
        "On-time Rate by the Original Deadline %",
        compute="_compute_rates",
        digits=(5, 1),
    )
    rate_first_pass = fields.Float(
        "First-pass Rate %", compute="_compute_rates", digits=(5, 1)
    )
    rate_held = fields.Float("Holding Rate %", compute="_compute_rates", digits=(5, 1))

    _unit_uniq = models.UniqueIndex(
        "(bulletin_id, department_id)", "This unit is in the bulletin already."
    )

    @api.depends("rank")
    def _compute_position(self):
        for line in self:
            line.position = line.rank or 1_000_000

    @api.depends(*COUNTS)
    def _compute_rates(self):
        for line in self:
            for name, (numerator, denominator) in RATES.items():
                of = line[denominator]
                line[name] = 100 * line[numerator] / of if of else 0

    def _has_facts(self):
        """Tell whether what is said of this unit has something to stand on.

        Criticism needs a rate that is not full, or a ticket of the unit that is late,
        did not pass, did not hold, or was urged or promised in vain.

        :rtype: bool
        """
        self.ensure_one()
        unit = self.department_id
        tickets = self.bulletin_id.sudo().ticket_ids.filtered(
            lambda ticket: (
                unit
                in ticket.lead_unit_id
                | ticket.assisting_unit_ids
                | ticket.task_ids.lead_unit_id
            )
        )
        if self.verdict != "criticism":
            return bool(self.due or self.looked_back or tickets)
        return (
            self.done < self.due
            or self.on_time < self.due
            or self.first_pass < self.checked
            or self.held < self.looked_back
            or any(ticket._is_at_fault() for ticket in tickets)
        )

    def action_open_tickets(self):
        """Open the tickets behind the figures; the user's own rights hold.

        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.department_id.display_name,
            "res_model": "office.supervision.ticket",
            "views": [(False, "list"), (False, "form")],
            "domain": [
                ("id", "in", self.ticket_refs or self.bulletin_id.ticket_ids.ids),
                ("active", "in", (True, False)),
            ],
        }

    # Closed roads ---------------------------------------------------------------------

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Return the units in bulletins that the user may see, or change.

        :rtype: Domain
        """
        if operation == "read":
            return super()._get_need_to_know_domain(operation)
        may = self.env["ir.rule"]._compute_domain(
            "office.supervision.bulletin", "write"
        )
        return Domain("bulletin_id", "any!", may)

    @api.model
    def _get_taken_fields(self):
        """Return the names of what is taken from the tickets, never typed.

        :rtype: set[str]
        """
        return {*COUNTS, "points", "rank", "position", "ticket_refs"}

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_typed(vals)
        lines = super().create(vals_list)
        if not is_permitted(self.browse(), {}):
            lines._check_draft()
        return lines

    def write(self, vals):
        if is_permitted(self, vals):
            return super().write(vals)
        self._refuse_typed(vals)
        self._check_draft()
        result = super().write(vals)
        self._check_draft()
        return result

    def _refuse_typed(self, vals):
        taken = self._get_taken_fields()
        if any(vals.get(name) for name in taken):
            raise ValidationError(
                self.env._("Figures are taken from the tickets, nobody types them.")
            )

    @api.model
    def default_get(self, fields):
        """Give no figure a default, whatever a client would like."""
        taken = self._get_taken_fields()
        return super().default_get([name for name in fields if name not in taken])

    @api.ondelete(at_uninstall=False)
    def _unlink_except_settled(self):
        if not is_permitted(self, {}):
            self._check_draft()

    def _check_draft(self):
        """Refuse to change what a leader was shown.

        :raise ValidationError: unless all their bulletins are drafts
        """
        bulletins = self.sudo().bulletin_id
        # Nobody approves it meanwhile.
        bulletins.lock_for_update(allow_referencing=True)
        if any(bulletin.state != "draft" for bulletin in bulletins):
            raise ValidationError(
                self.env._(
                    "What is said of units changes in the draft of a bulletin only."
                )
            )

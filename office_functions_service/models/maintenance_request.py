# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

SHOP = ("repairing", "waiting", "outsourced", "replacing")
"""The states in which somebody works at it, or it waits for parts."""
WAITING_ROOM = (False, "submitted", "accepted", "rejected")
"""The states in which nobody was sent yet."""
DONE = ("inspected", "rated", "closed")
STATES = [
    ("submitted", "Reported Broken"),
    ("accepted", "Taken On"),
    ("dispatched", "Technician Sent"),
    ("repairing", "Under Repair"),
    ("waiting", "Waiting for Parts"),
    ("outsourced", "Sent Out for Repair"),
    ("replacing", "Being Replaced"),
    ("fixed", "Repair to Be Accepted"),
    ("inspected", "Repair Accepted"),
    ("rated", "Rated"),
    ("closed", "Closed"),
    ("rejected", "Not Taken On"),
    ("reopened", "Back for Repair"),
]
AFTER_REPORT = tuple(state for state, _label in STATES[1:])
REPAIR_LIMITS = {"normal": "repair_fix", "urgent": "repair_fix_urgent"}
RESPONSE_LIMITS = {"normal": "repair_response", "urgent": "repair_response_urgent"}


class MaintenanceRequest(models.Model):
    """A repair request (报修, M11) is a request of Odoo's maintenance.

    Those that came through the office's door have ``is_office_repair``, a state, two
    clocks and a number; the others are left to Odoo as they are. Nothing here reads or
    writes the stages of maintenance.
    """

    _name = "maintenance.request"
    _inherit = [
        "office.photo.mixin",
        "office.news.mixin",
        "office.matter.mixin",
        "office.moment.mixin",
        "office.service.mixin",
        "maintenance.request",
    ]
    _description = "Maintenance Request"
    _order = "id desc"
    _service_target = "agency"
    _number_series = "repair"
    _number_states = ("accepted",)
    _clock_start_states = ("accepted",)
    _clock_waiting_states = ("fixed",)
    _clock_stop_states = (*DONE, "rejected")
    _moment_done_states = AFTER_REPORT
    _party_unit_fields = ("asking_unit_id", "lead_unit_id", "assisting_unit_ids")
    _party_user_fields = ("asker_id",)

    is_office_repair = fields.Boolean(
        "Office Repair",
        readonly=True,
        help="Handled by the steps of the office, not by the stages of maintenance.",
    )
    name = fields.Char("Fault")
    company_id = fields.Many2one(readonly=False)
    lead_unit_id = fields.Many2one(
        string="Repairing Unit", help="Whose technicians repair it."
    )
    handler_id = fields.Many2one(string="Repaired By", help="The technician sent.")
    # Not the owner of maintenance: bridges to other addons compute that one.
    asker_id = fields.Many2one(
        "res.users",
        "Asked for by",
        default=lambda self: self.env.user,
        index=True,
        help="Who reported it, accepts the repair and rates it.",
    )
    asking_unit_id = fields.Many2one(
        "hr.department",
        "Unit of Who Asked",
        compute="_compute_asking_unit_id",
        store=True,
        precompute=True,
        readonly=False,
        index="btree_not_null",
        check_company=True,
    )
    phone = fields.Char(
        compute="_compute_phone",
        store=True,
        precompute=True,
        readonly=False,
    )
    place = fields.Char(help="Building, floor and room.")
    urgency = fields.Selection(
        [("normal", "Not Pressing"), ("urgent", "Pressing")],
        "How Pressing",
        required=True,
        default="normal",
        help="Decides how soon somebody answers, and by when it is repaired.",
    )
    photo_ids = fields.Many2many(
        "ir.attachment",
        "maintenance_request_office_photo_rel",
        "request_id",
        "attachment_id",
        "Photos",
        copy=False,
    )
    time_limit_id = fields.Many2one(
        compute="_compute_time_limit_id",
        store=True,
        precompute=True,
        readonly=False,
    )
    # The clock of the answer runs from the report; how fast, its urgency says.
    moment_start = fields.Datetime(
        compute="_compute_moment_start", store=True, precompute=True
    )
    moment_limit = fields.Char(
        compute="_compute_moment_limit", store=True, precompute=True
    )
    hold_reason = fields.Text(
        "Why It Takes Longer",
        readonly=True,
        copy=False,
        help="What it waits for; whoever asked sees it. The clock runs on.",
    )
    work_done = fields.Text("What Was Repaired", copy=False)
    part_ids = fields.One2many(
        "office.repair.part", "request_id", "Parts Used", copy=False
    )
    contractor_id = fields.Many2one(
        "res.partner", "Repair Contractor", copy=False, check_company=True
    )
    contractor_cost = fields.Float("Contractor's Bill", digits=(16, 2), copy=False)
    date_sent = fields.Date("Sent to the Contractor On", copy=False)
    date_back_due = fields.Date("Back By", copy=False)
    repair_cost = fields.Float(
        digits=(16, 2),
        compute="_compute_repair_cost",
        store=True,
        precompute=True,
        copy=False,
    )
    replacement_id = fields.Many2one(
        "maintenance.equipment", "New Equipment", copy=False, check_company=True
    )
    watch_user_id = fields.Many2one(
        "res.users",
        "Watched By",
        copy=False,
        help="Who stays beside it while somebody from outside repairs equipment that "
        "holds state secrets (保密法实施条例 第27条(七)).",
    )
    is_secret_bearing = fields.Boolean(related="equipment_id.is_secret_bearing")
    date_fixed = fields.Datetime("Repaired At", readonly=True, copy=False)
    date_inspected = fields.Date("Repair Accepted On", readonly=True, copy=False)
    response_hours = fields.Float(
        "Working Hours to the Answer", readonly=True, copy=False, aggregator="avg"
    )
    repair_hours = fields.Float(
        "Working Hours to the Repair", readonly=True, copy=False, aggregator="avg"
    )
    reopen_count = fields.Integer("Times Reopened", readonly=True, copy=False)
    is_reopened = fields.Boolean(
        "Came Back", compute="_compute_is_reopened", store=True, precompute=True
    )
    hours_waited = fields.Float(compute="_compute_hours_waited")
    technician_load = fields.Integer(
        "Repairs in Their Hands", compute="_compute_technician_load"
    )
    # Known by is_office_repair alone: other requests have no state.
    state = fields.Selection(
        STATES,
        compute="_compute_state",
        store=True,
        precompute=True,
        copy=False,
        index=True,
    )

    _repair_fixed_idx = models.Index("(date_fixed) WHERE date_fixed IS NOT NULL")
    _repair_answered_idx = models.Index("(moment_done) WHERE moment_done IS NOT NULL")
    _repair_equipment_idx = models.Index(
        "(equipment_id) INCLUDE (repair_cost) WHERE repair_cost > 0"
    )

    # Computed -------------------------------------------------------------------------

    @api.depends("is_office_repair")
    def _compute_state(self):
        first = self._get_initial_state()
        for request in self:
            request.state = request.is_office_repair and first

    @api.depends("is_office_repair")
    def _compute_moment_start(self):
        now = fields.Datetime.now()
        for request in self:
            request.moment_start = request.is_office_repair and now

    @api.depends("urgency", "is_office_repair")
    def _compute_moment_limit(self):
        for request in self:
            limit = request.is_office_repair and RESPONSE_LIMITS[request.urgency]
            request.moment_limit = limit

    @api.depends("is_office_repair")
    def _compute_service_target(self):
        for request in self:
            request.service_target = request.is_office_repair and "agency"

    @api.depends("asker_id", "is_office_repair")
    def _compute_asking_unit_id(self):
        for request in self:
            employee = request._get_asking_employee()
            request.asking_unit_id = employee.department_id

    @api.depends("asker_id", "is_office_repair")
    def _compute_phone(self):
        for request in self:
            employee = request._get_asking_employee()
            request.phone = employee.work_phone or employee.mobile_phone

    def _get_asking_employee(self):
        """Return the employee who reported it, or none for other requests."""
        user = self.asker_id if self.is_office_repair else self.env["res.users"]
        return user.sudo().employee_ids[:1]

    @api.depends("urgency", "is_office_repair", "company_id")
    def _compute_time_limit_id(self):
        TimeLimit = self.env["office.time.limit"]
        for request in self:
            code = request.is_office_repair and REPAIR_LIMITS[request.urgency]
            request.time_limit_id = code and TimeLimit._get(code, request.company_id)

    @api.depends("handler_id", "is_office_repair")
    def _compute_user_id(self):
        ours = self.filtered("is_office_repair")
        for request in ours:
            request.user_id = request.handler_id
        return super(MaintenanceRequest, self - ours)._compute_user_id()

    @api.depends("part_ids.subtotal", "contractor_cost")
    def _compute_repair_cost(self):
        for request in self:
            parts = sum(request.part_ids.mapped("subtotal"))
            request.repair_cost = parts + request.contractor_cost

    @api.depends("reopen_count")
    def _compute_is_reopened(self):
        for request in self:
            request.is_reopened = bool(request.reopen_count)

    @api.depends("moment_start", "date_fixed", "state")
    def _compute_hours_waited(self):
        now = fields.Datetime.now()
        for request in self:
            start = request.moment_start
            over = request.state in ("fixed", *DONE, "rejected")
            end = (request.date_fixed or request.moment_done) if over else now
            waited = start and end and end - start
            request.hours_waited = waited.total_seconds() / 3600 if waited else 0

    @api.depends("handler_id")
    def _compute_technician_load(self):
        loads = self._count_technician_loads(self.handler_id)
        for request in self:
            request.technician_load = loads.get(request.handler_id, 0)

    @api.model
    def _count_technician_loads(self, technicians):
        """Return how many repairs are in the hands of some technicians.

        :rtype: dict
        """
        return dict(
            self.sudo()._read_group(
                [
                    ("handler_id", "in", technicians.ids),
                    ("state", "in", ("dispatched", *SHOP, "reopened")),
                ],
                ["handler_id"],
                ["__count"],
            )
        )

    # State secrets --------------------------------------------------------------------

    @api.constrains(
        "equipment_id", "contractor_id", "watch_user_id", "handler_id", "state"
    )
    def _check_repairer(self):
        """Refuse whoever may not repair this.

        Equipment that holds state secrets never leaves the house, and is repaired by
        the house's own people, or by others while somebody of the house watches
        (保密法实施条例 第27条(七), R-SEC-4).
        """
        for request in self:
            problems = request._explain_secrecy()
            people = request.watch_user_id
            if request.is_secret_bearing or request.state not in WAITING_ROOM:
                people |= request.handler_id
            outsiders = people.filtered("share")
            if outsiders:
                problems.append(
                    self.env._(
                        "%(names)s: only people of the house repair here, or watch.",
                        names=", ".join(outsiders.mapped("name")),
                    )
                )
            asker = request.is_office_repair and request.asker_id
            if asker and asker == request.handler_id:
                problems.append(
                    self.env._(
                        "Whoever asked accepts the repair: somebody else repairs it."
                    )
                )
            if problems:
                raise ValidationError("\n".join(problems))

    def _explain_secrecy(self, leaves=False):
        """Return what forbids that this is repaired as it is arranged.

        :param bool leaves: whether it is about to leave the house
        :rtype: list[str]
        """
        self.ensure_one()
        over = self.state in (*DONE, "rejected")
        if over or not self.sudo().equipment_id.is_secret_bearing:
            return []
        if leaves or self.state == "outsourced":
            return [
                self.env._(
                    "This equipment holds state secrets: it is not sent out. Let a "
                    "technician of the house repair it, or have somebody watch on the "
                    "spot."
                )
            ]
        if self.contractor_id and not self.watch_user_id:
            return [
                self.env._(
                    "This equipment holds state secrets: if somebody from outside "
                    "repairs it, please fill in who watches."
                )
            ]
        return []

    # Views ----------------------------------------------------------------------------

    @api.model
    def _get_matter_domain(self):
        return super()._get_matter_domain() & Domain("is_office_repair", "=", True)

    def get_formview_id(self, access_uid=None):
        if self.is_office_repair:
            view = self.env.ref("office_functions_service.office_repair_view_form")
            return view.id
        return super().get_formview_id(access_uid=access_uid)

    def _get_form_action(self):
        return {
            **super()._get_form_action(),
            "views": [(self.get_formview_id(), "form")],
        }

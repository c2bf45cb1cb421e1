# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.transition import Transition, permit
from .office_matter_figures import DAY


class OfficeHelpRequest(models.Model):
    """One section asks another for help (协助请求): answered in time, done, rated."""

    _name = "office.help.request"
    _inherit = ["office.matter.mixin", "office.step.mixin"]
    _description = "Help Request"
    _number_series = "help_request"
    _number_states = ("asked",)
    _clock_start_states = ("asked",)
    _clock_stop_states = ("refused", "done", "rated")
    _step_limits = {"asked": "help_reply"}
    _holder_fields = ("handler_id", "lead_unit_id")
    _party_unit_fields = ("asking_unit_id", "lead_unit_id", "assisting_unit_ids")
    _see_all_groups = (
        "office_functions.group_office_clerk",
        "office_functions.group_office_leader",
    )
    _matter_list_fields = ("asking_unit_id", "days_used")
    _matter_list_looks = {"days_used": {"optional": "hide"}}
    _matter_group_fields = ("asking_unit_id",)

    lead_unit_id = fields.Many2one(string="Asked Unit", help="Who is asked for help.")
    asking_unit_id = fields.Many2one(
        "hr.department",
        index=True,
        check_company=True,
        default=lambda self: self._default_asking_unit_id(),
        help="Who asks for help.",
    )
    text = fields.Text("What Is Needed", required=True)
    date_asked = fields.Datetime("Asked On", readonly=True, copy=False)
    date_replied = fields.Datetime("Replied On", readonly=True, copy=False)
    days_used = fields.Float(
        "Days to the Reply",
        compute="_compute_days_used",
        digits=(16, 1),
        help="From the question to the reply, or until now; both units see it.",
    )
    outcome = fields.Text("What Was Done", readonly=True, copy=False)
    rating = fields.Selection(
        [
            ("0", "Not Rated"),
            ("1", "Very Dissatisfied"),
            ("2", "Dissatisfied"),
            ("3", "Fair"),
            ("4", "Satisfied"),
            ("5", "Very Satisfied"),
        ],
        "Satisfaction",
        default="0",
        copy=False,
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("asked", "Help Asked For"),
            ("accepted", "Help Promised"),
            ("refused", "Help Declined"),
            ("done", "Done"),
            ("rated", "Rated"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )

    _asked_idx = models.Index("(date_asked) WHERE date_asked IS NOT NULL")

    @api.model
    def _default_asking_unit_id(self):
        return self.env.user.sudo().employee_ids[:1].department_id

    @api.model
    def _get_transitions(self):
        askers = ("creator", "asking_head")
        doers = ("handler", "unit_head")
        return [
            Transition(
                "ask",
                label=self.env._("Ask for Help"),
                sources=("draft",),
                target="asked",
                by=askers,
                needs=("lead_unit_id", "asking_unit_id"),
                guard="_guard_ask",
                style="primary",
            ),
            Transition(
                "accept",
                label=self.env._("Promise Help"),
                sources=("asked",),
                target="accepted",
                by=doers,
                style="primary",
            ),
            Transition(
                "refuse",
                label=self.env._("Decline Help"),
                sources=("asked",),
                target="refused",
                by=doers,
                note=True,
                style="danger",
            ),
            Transition(
                "finish",
                label=self.env._("Report as Done"),
                sources=("accepted",),
                target="done",
                by=doers,
                note=True,
                style="primary",
            ),
            Transition(
                "rate",
                label=self.env._("Rate"),
                sources=("done",),
                target="rated",
                by=askers,
                guard="_guard_rate",
                style="primary",
            ),
        ]

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "date_asked",
            "date_replied",
            "outcome",
        }

    @api.model
    def _get_frozen_fields(self):
        settled = dict.fromkeys(
            ("name", "text", "asking_unit_id", "lead_unit_id"), ("draft",)
        )
        return super()._get_frozen_fields() | settled | {"rating": ("draft", "done")}

    @api.depends("date_asked", "date_replied")
    def _compute_days_used(self):
        now = fields.Datetime.now()
        for request in self:
            asked = request.date_asked
            used = asked and (request.date_replied or now) - asked
            request.days_used = used.total_seconds() / DAY if used else 0

    def _get_holder(self):
        if self.state in ("draft", "done"):
            return self._relation_creator()
        if self.state in ("asked", "accepted"):
            return self.handler_id or self._relation_unit_head()
        return self.env["res.users"]

    def _relation_asking_head(self):
        return self.asking_unit_id.manager_id.user_id

    def _guard_ask(self, row, note):
        if self.asking_unit_id and self.asking_unit_id == self.lead_unit_id:
            return [self.env._("A unit asks another one for help, not itself.")]
        return []

    def _guard_rate(self, row, note):
        if self.rating in (False, "0"):
            return [self.env._("Please give one to five stars.")]
        return []

    def _set(self, **vals):
        """Write guarded fields."""
        with permit(self):
            self.with_context(tracking_disable=True).write(vals)

    def _after_ask(self, note):
        self._set(date_asked=fields.Datetime.now())

    def _after_accept(self, note):
        self._set(date_replied=fields.Datetime.now())

    def _after_refuse(self, note):
        self._set(date_replied=fields.Datetime.now())

    def _after_finish(self, note):
        self._set(outcome=note)

    # Indicator ------------------------------------------------------------------------

    @api.model
    def _get_replied_domain(self, date_from, date_to):
        end = date_to + timedelta(days=1)
        return Domain("date_replied", ">=", date_from) & Domain(
            "date_replied", "<", end
        )

    @api.model
    def _measure_reply_days(self, date_from, date_to):
        """Return days used and number of replies, for the units that were asked."""
        domain = self._get_replied_domain(date_from, date_to)
        return self._measure_span(domain, "date_asked", "date_replied", DAY)

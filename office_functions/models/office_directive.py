# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..tools.transition import Transition, is_permitted, permit


class OfficeDirective(models.Model):
    """A leader's instruction (批示 / 交办), from its record to its confirmed end."""

    _name = "office.directive"
    _inherit = ["office.matter.mixin"]
    _description = "Directive"
    _number_series = "directive"
    _number_states = ("issued",)
    _clock_start_states = ("issued",)
    _clock_stop_states = ("confirmed", "withdrawn")
    _clock_waiting_states = ("reported",)
    _party_user_fields = ("leader_id",)
    _wording_fields = ("date", "kind", "leader_id", "text")

    kind = fields.Selection(
        [
            ("written", "Written Comment"),
            ("assignment", "Assignment"),
            ("oral", "Oral Assignment"),
        ],
        required=True,
        default="written",
    )
    leader_id = fields.Many2one(
        "res.users",
        required=True,
        index=True,
        domain="[('all_group_ids', 'in', office_leader_group_id)]",
        help="Who gave the instruction, and alone confirms that it is done.",
    )
    office_leader_group_id = fields.Many2one(
        "res.groups", compute="_compute_office_leader_group_id"
    )
    date = fields.Date("Given On", required=True, default=fields.Date.context_today)
    text = fields.Text("Verbatim Text", required=True)
    date_text_confirmed = fields.Datetime(
        "Wording Confirmed On",
        readonly=True,
        copy=False,
        help="An oral instruction is confirmed by the leader; until then it is shown "
        "as unconfirmed.",
    )
    is_unconfirmed = fields.Boolean(
        "Unconfirmed",
        compute="_compute_is_unconfirmed",
        search="_search_is_unconfirmed",
    )
    source = fields.Char(help="The document or occasion it was given on.")
    decision_ids = fields.One2many("office.meeting.decision", "directive_id")

    state = fields.Selection(
        [
            ("recorded", "Recorded"),
            ("issued", "Issued"),
            ("accepted", "Signed For"),
            ("handling", "In Hand"),
            ("reported", "Reported"),
            ("returned", "Returned for Rework"),
            ("confirmed", "Confirmed"),
            ("withdrawn", "Withdrawn"),
        ],
        default="recorded",
        required=True,
        readonly=True,
        copy=False,
    )

    @api.model
    def _get_transitions(self):
        office = (
            "office_functions.group_office_clerk",
            "office_functions.group_office_director",
            "leader",
        )
        doers = ("handler", "unit_head")
        running = ("issued", "accepted", "handling", "reported", "returned")
        return [
            Transition(
                "issue",
                self.env._("Issue"),
                sources=("recorded",),
                target="issued",
                by=office,
                needs=("lead_unit_id", "handler_id", "date_deadline"),
                style="primary",
            ),
            Transition(
                "accept",
                self.env._("Sign For"),
                sources=("issued",),
                target="accepted",
                by=doers,
                style="primary",
            ),
            Transition(
                "start",
                self.env._("Start"),
                sources=("accepted", "returned"),
                target="handling",
                by=doers,
                style="primary",
            ),
            Transition(
                "report",
                self.env._("Report Back"),
                sources=("accepted", "handling"),
                target="reported",
                by=doers,
                note=True,
                style="primary",
            ),
            Transition(
                "confirm",
                self.env._("Confirm as Done"),
                sources=("reported",),
                target="confirmed",
                by=("leader",),
                style="primary",
            ),
            Transition(
                "send_back",
                self.env._("Return for Rework"),
                sources=("reported",),
                target="returned",
                by=("leader",),
                note=True,
                style="danger",
            ),
            Transition(
                "withdraw",
                self.env._("Withdraw"),
                sources=("recorded", *running),
                target="withdrawn",
                by=("leader",),
                note=True,
                style="danger",
            ),
        ]

    @api.model
    def _get_frozen_fields(self):
        wording = dict.fromkeys(self._wording_fields, ("recorded",))
        return super()._get_frozen_fields() | wording

    def _check_frozen(self, vals):
        """Keep word for word what the leader wrote, or confirmed, already."""
        touched = set(self._wording_fields) & vals.keys()
        if (
            touched
            and any(directive.date_text_confirmed for directive in self.sudo())
            and not is_permitted(self, vals)
        ):
            raise ValidationError(
                self.env._(
                    "These are the leader's own words: nobody edits them. If they have "
                    "changed, withdraw the directive and record the new one."
                )
            )
        return super()._check_frozen(vals)

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"date_text_confirmed"}

    def _compute_office_leader_group_id(self):
        self.office_leader_group_id = self.env.ref(
            "office_functions.group_office_leader"
        )

    @api.depends("kind", "date_text_confirmed")
    def _compute_is_unconfirmed(self):
        for directive in self:
            directive.is_unconfirmed = (
                directive.kind == "oral" and not directive.date_text_confirmed
            )

    def _search_is_unconfirmed(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("kind", "=", "oral"), ("date_text_confirmed", "=", False)]

    @api.model
    def _get_unconfirmed_late_domain(self):
        """Return the oral instructions whose wording waits too long to be confirmed."""
        waiting = self.search(
            [("is_unconfirmed", "=", True), ("state", "!=", "withdrawn")]
        )
        late = self.env["office.omission"]._filter_late(
            waiting, "oral_confirmation", "create_date"
        )
        return Domain("id", "in", late.ids)

    def action_confirm_text(self):
        """Confirm, as the leader, that an instruction is recorded word for word.

        :raise UserError: for anybody but the leader or their delegate
        """
        self.check_access("read")
        for directive in self:
            leader = directive.sudo().leader_id
            delegation = self.env["office.delegation"]
            if leader != self.env.user and not delegation._find_principal(
                self.env.user, leader, self._name, directive
            ):
                raise UserError(
                    self.env._(
                        "Only %(leader)s confirms the wording of this instruction.",
                        leader=leader.name,
                    )
                )
        self.sudo()._settle_wording()

    def _settle_wording(self):
        """Note that the wording is the leader's own, which nobody edits any more."""
        with permit(self):
            self.write({"date_text_confirmed": fields.Datetime.now()})

    def _relation_leader(self):
        return self.leader_id

    def _get_deadline_owner(self):
        """The date is the leader's, whoever types it."""
        return self.leader_id

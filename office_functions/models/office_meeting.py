# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools.misc import clean_context

from ..tools.transition import Transition

OFFICE = (
    "office_functions.group_office_clerk",
    "office_functions.group_office_director",
)
SETTLED = ("confirmed", "notified", "prepared")


class OfficeMeeting(models.Model):
    """A meeting of the office (会议, M16), from its plan to what became of its decisions.

    It *is* an event of Odoo's calendar, where it stands among all the others. States
    and steps are kept here, since most events of a calendar are nobody's business but
    their owners'.
    """

    _name = "office.meeting"
    _inherit = ["office.workflow.mixin", "office.clash.mixin", "mail.thread"]
    _inherits = {"calendar.event": "event_id"}
    _description = "Meeting"
    _order = "id desc"
    _check_company_auto = True

    event_id = fields.Many2one(
        "calendar.event", required=True, index=True, ondelete="restrict"
    )
    # Its own: the calendar forgets what was cancelled, the register does not.
    active = fields.Boolean(default=True)
    clash_alert = fields.Text(compute="_compute_clash_alert")
    host_id = fields.Many2one(
        "res.users", "Presided By", required=True, index=True, help="Chairs it (主持)."
    )
    stand_in_id = fields.Many2one(
        "res.users", "Stands In", help="Chairs it in the host's place."
    )
    lead_unit_id = fields.Many2one(
        "hr.department", "Prepared By", index=True, check_company=True
    )
    contact_id = fields.Many2one("res.users", default=lambda self: self.env.user)
    agenda = fields.Text()
    materials = fields.Text(help="What is to be prepared, and by whom.")
    requirement = fields.Text("Requests", help="Leave of absence, dress, transport …")
    date_reply_due = fields.Date("Reply By")
    minutes = fields.Html()
    absentees = fields.Char("Absent")
    decision_ids = fields.One2many("office.meeting.decision", "meeting_id")
    open_decision_count = fields.Integer(
        "Decisions Not Disposed Of", compute="_compute_open_decision_count"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    state = fields.Selection(
        [
            ("planned", "Proposed Date"),
            ("confirmed", "Date Confirmed"),
            ("notified", "Notice Given"),
            ("prepared", "Papers Complete"),
            ("held", "Held"),
            ("minuted", "Minuted"),
            ("decisions_split", "Decisions Shared Out"),
            ("moved", "Postponed"),
            ("delegated", "Handed to a Stand-In"),
            ("cancelled", "Called Off"),
        ],
        default="planned",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    @api.model
    def _get_transitions(self):
        return [
            Transition(
                "confirm",
                label=self.env._("Confirm the Date"),
                sources=("planned", "moved"),
                target="confirmed",
                by=("host", *OFFICE),
                guard="_guard_clash",
                style="primary",
            ),
            Transition(
                "notify",
                label=self.env._("Give Notice"),
                sources=("confirmed", "delegated"),
                target="notified",
                by=OFFICE,
                needs=("agenda",),
                guard="_guard_place",
                style="primary",
            ),
            Transition(
                "prepare",
                label=self.env._("The Papers Are Complete"),
                sources=("notified",),
                target="prepared",
                by=OFFICE,
                style="primary",
            ),
            Transition(
                "hold",
                label=self.env._("It Was Held"),
                sources=("notified", "prepared"),
                target="held",
                by=OFFICE,
                guard="_guard_begun",
                style="primary",
            ),
            Transition(
                "minute",
                label=self.env._("Minutes Are Written"),
                sources=("held",),
                target="minuted",
                by=OFFICE,
                needs=("minutes",),
                style="primary",
            ),
            Transition(
                "split",
                label=self.env._("Every Decision Is Shared Out"),
                sources=("minuted",),
                target="decisions_split",
                by=OFFICE,
                guard="_guard_decisions",
                style="primary",
            ),
            Transition(
                "move",
                label=self.env._("Postpone"),
                sources=(*SETTLED, "delegated"),
                target="moved",
                by=("host", *OFFICE),
                note=True,
            ),
            Transition(
                "delegate",
                label=self.env._("Hand to a Stand-In"),
                sources=("planned", "confirmed", "notified"),
                target="delegated",
                by=("host",),
                needs=("stand_in_id",),
                note=True,
            ),
            Transition(
                "cancel",
                label=self.env._("Cancel the Meeting"),
                sources=("planned", *SETTLED, "moved", "delegated"),
                target="cancelled",
                by=("host", *OFFICE),
                note=True,
                style="danger",
            ),
        ]

    @api.depends("decision_ids.state")
    def _compute_open_decision_count(self):
        groups = dict(
            self.env["office.meeting.decision"]
            .sudo()
            ._read_group(
                [("meeting_id", "in", self.ids), ("state", "=", "pending")],
                ["meeting_id"],
                ["__count"],
            )
        )
        for meeting in self:
            meeting.open_decision_count = groups.get(meeting._origin, 0)

    @api.onchange("host_id")
    def _onchange_host_id(self):
        self._call_host()

    @api.depends("host_id")
    def _compute_clash_alert(self):
        return super()._compute_clash_alert()

    def _get_attending(self):
        """Count who is about to chair it among those who attend."""
        attending = super()._get_attending()
        if self.host_id == self._origin.host_id:
            return attending
        return attending | self.host_id.partner_id._origin

    def _get_event_id(self):
        return self._origin.event_id.id or 0

    def _relation_host(self):
        return self.host_id

    @api.model
    def _get_frozen_fields(self):
        states = self._fields["state"].get_values(self.env)
        before = tuple(state for state in states if state != "decisions_split")
        minutes = ("minutes", "absentees", "host_id", "stand_in_id", "lead_unit_id")
        return dict.fromkeys(("start", "stop", "allday"), ("planned", "moved")) | (
            dict.fromkeys(minutes, before)
        )

    # Guards ---------------------------------------------------------------------------

    def _guard_clash(self, row, note):
        """A clash is settled, or borne for a written reason."""
        if self.clash_alert and not (note or "").strip():
            return [
                self.env._(
                    "Settle this, or write down why it must be so: %(clashes)s",
                    clashes=self.clash_alert,
                )
            ]
        return []

    def _guard_place(self, row, note):
        """Those who are called know where: in a room of the house, or elsewhere."""
        if self.office_room_id or self.location:
            return []
        return [
            self.env._("Say where it takes place: choose a room, or write it down.")
        ]

    def _guard_begun(self, row, note):
        if self.start and self.start > fields.Datetime.now():
            return [self.env._("It has not begun yet.")]
        return []

    def _guard_decisions(self, row, note):
        """Every line ends as a directive, or needs no supervision for a reason."""
        waiting = self.sudo().decision_ids.filtered(lambda d: d.state == "pending")
        if waiting:
            return [
                self.env._(
                    "These decisions have no disposition yet: %(names)s.",
                    names=", ".join(waiting.mapped("name")),
                )
            ]
        return []

    # What follows ---------------------------------------------------------------------

    def _after_notify(self, note):
        """Tell those who are called; the mails go out by the queue."""
        for meeting in self:
            meeting.message_notify(
                partner_ids=meeting.partner_ids.ids,
                subject=meeting.name,
                body=self.env._(
                    "You are called to a meeting. Please open it and reply."
                ),
                force_send=False,
            )

    def _after_delegate(self, note):
        """Put who stands in into the calendar in the host's place."""
        for meeting in self:
            meeting._silent().event_id.partner_ids = (
                meeting.partner_ids - meeting.host_id.partner_id
            ) | meeting.stand_in_id.partner_id

    def _after_cancel(self, note):
        self._silent().event_id.active = False

    def _get_chair_name(self):
        """Return who chairs it, as prints name them: 沈雅琴（代周明远）."""
        if not self.stand_in_id:
            return self.host_id.name
        return f"{self.stand_in_id.name}（代{self.host_id.name}）"

    def _silent(self):
        """Return the meetings in a context in which the calendar sends no mails."""
        return self.with_context(
            no_mail_to_attendees=True, dont_notify=True, skip_attendee_notification=True
        )

    @api.model_create_multi
    def create(self, vals_list):
        """Enter planned meetings; nobody is invited before notice is given."""
        silent = self.with_context(
            no_mail_to_attendees=True, dont_notify=True, skip_contact_description=True
        )
        meetings = super(OfficeMeeting, silent).create(vals_list)
        meetings._call_host()
        return meetings.with_env(self.env)

    def write(self, vals):
        silent = self._silent()
        result = super(OfficeMeeting, silent).write(vals)
        if "host_id" in vals:
            silent._call_host()
        return result

    def _call_host(self):
        """Call who chairs it: their time is taken, so that a clash is seen (S2.25)."""
        env = self.env(context=clean_context(self.env.context))
        for meeting in self.with_env(env):
            absent = meeting.host_id.partner_id._origin - meeting.partner_ids._origin
            if absent:
                meeting.partner_ids = [Command.link(absent.id)]

    def unlink(self):
        events = self.event_id
        result = super().unlink()
        events.unlink()
        return result

    @api.model
    def _get_omitted_domain(self):
        """Return the meetings that were held and have no minutes in time (S2.26)."""
        held = self.search([("state", "=", "held")])
        late = self.env["office.omission"]._filter_late(held, "meeting_minutes")
        return fields.Domain("id", "in", late.ids)

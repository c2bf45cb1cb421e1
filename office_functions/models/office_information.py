# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from ..tools.transition import Transition, permit

CLERK = "office_functions.group_office_clerk"
DIRECTOR = "office_functions.group_office_director"
LEADER = "office_functions.group_office_leader"
DRAFTING = ("draft", "requested", "returned")
"""The states in which the one who reports may still change the contents."""


class OfficeInformation(models.Model):
    """An information report (信息报送), from the fact to its use (M6)."""

    _name = "office.information"
    _inherit = ["office.receipt.mixin", "office.step.mixin"]
    _description = "Information Report"
    _number_series = "information"
    _number_states = ("submitted",)
    _clock_start_states = ("requested",)
    _clock_waiting_states = (
        "submitted",
        "screened",
        "verified",
        "edited",
        "presented",
    )
    _clock_stop_states = ("adopted", "unused", "instructed", "archived", "false")
    _final_states = ("archived", "false")
    _see_all_groups = (CLERK, DIRECTOR, LEADER)
    _party_user_fields = ("editor_id", "leader_id")
    _matter_list_fields = ("kind", "nature")
    _matter_group_fields = ("kind", "nature", "direction", "verification")
    _step_limits = {
        "submitted": "information_screening",
        "screened": "information_verification",
        "verified": "information_editing",
        "edited": "information_presenting",
        "presented": "information_decision",
    }
    _holder_fields = ("handler_id", "editor_id", "leader_id")

    direction = fields.Selection(
        [
            ("up", "Reported Upward"),
            ("down", "Passed Down"),
            ("lateral", "Shared Across"),
        ],
        "Direction of Report",
        required=True,
        default="up",
    )
    kind = fields.Selection(
        [
            ("situation", "New Situation"),
            ("problem", "New Problem"),
            ("conflict", "New Conflict"),
            ("experience", "Experience"),
            ("urgent", "Sudden Event"),
            ("opinion", "Public Sentiment"),
        ],
        required=True,
        default="situation",
    )
    nature = fields.Selection(
        [("good", "Good News"), ("bad", "Bad News"), ("neutral", "Neutral")],
        required=True,
        default="neutral",
    )
    moment_event = fields.Datetime("Time of the Event")
    place = fields.Char()
    source = fields.Char("Source of Information", help="Where it is known from.")
    text = fields.Text("Facts")
    verified_by = fields.Char(
        "Facts Confirmed By", help="Who confirmed them on the spot, before reporting."
    )
    figure_ids = fields.One2many(
        "office.information.figure", "information_id", "Quoted Figures", copy=True
    )
    misstatement = fields.Selection(
        [("inflated", "Inflated"), ("understated", "Understated")],
        compute="_compute_misstatement",
        store=True,
        help="What the check of a quoted figure brought to light.",
    )
    request_text = fields.Text(
        "What Is Requested", help="The topic and its points, for a requested piece."
    )
    is_requested = fields.Boolean("Requested", readonly=True, copy=False)
    drafter_id = fields.Many2one(
        "res.users",
        "Report Submitted By",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    date_submitted = fields.Date(
        "Report Submitted On", readonly=True, copy=False, index=True
    )

    # At the office
    editor_id = fields.Many2one(
        "res.users",
        "Office Editor",
        default=lambda self: self.env.company.sudo().office_information_editor_id,
        help="Who screens, checks and edits it at the office.",
    )
    leader_id = fields.Many2one("res.users", "Presented to the Leader")
    verification = fields.Selection(
        [
            ("none", "Not Checked"),
            ("true", "True"),
            ("partly", "Partly True"),
            ("false", "Not True"),
        ],
        "Check of the Facts",
        required=True,
        default="none",
        readonly=True,
        copy=False,
    )
    verifier_id = fields.Many2one(
        "res.users", "Facts Checked By", readonly=True, copy=False
    )
    date_verified = fields.Date(
        "Facts Checked On", readonly=True, copy=False, index=True
    )
    verification_note = fields.Text("Result of the Check", readonly=True, copy=False)
    edited_text = fields.Text(help="As it is issued.")
    addressee_unit_ids = fields.Many2many(
        "hr.department",
        "office_information_addressee_rel",
        string="Sent to Units",
        check_company=True,
        help="Who receives a downward or lateral report and confirms its receipt.",
    )

    # Its use
    adoption_level = fields.Selection(
        [
            ("own", "Own Level"),
            ("city", "City"),
            ("province", "Province"),
            ("state", "National"),
        ],
        default="own",
        copy=False,
    )
    publication = fields.Char(copy=False, help="The bulletin and its issue.")
    is_adopted = fields.Boolean("Adopted", readonly=True, copy=False)
    adoption_ids = fields.One2many(
        "office.information.adoption",
        "res_id",
        "Use and Points",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
        copy=False,
    )
    points = fields.Integer(compute="_compute_points")
    can_make_advice = fields.Boolean(compute="_compute_can_make_advice")

    handler_id = fields.Many2one(default=lambda self: self.env.user)
    lead_unit_id = fields.Many2one(
        default=lambda self: self.env["hr.department"]._get_own_unit()
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("requested", "Piece Requested"),
            ("submitted", "Report Submitted"),
            ("returned", "Given Back"),
            ("screened", "Report Screened"),
            ("verified", "Verified True"),
            ("edited", "Edited and Issued"),
            ("presented", "Presented Upward"),
            ("adopted", "Adopted"),
            ("unused", "Not Used"),
            ("instructed", "Leader's Comment"),
            ("archived", "Report Archived"),
            ("false", "Not True"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )

    @api.model
    def _get_transitions(self):
        return [
            *self._get_reporting_transitions(),
            *self._get_checking_transitions(),
            *self._get_using_transitions(),
        ]

    @api.model
    def _get_reporting_transitions(self):
        """Return the steps of the one who reports, and the office's request."""
        return [
            Transition(
                "submit",
                label=self.env._("Submit Report"),
                sources=DRAFTING,
                target="submitted",
                by=("handler", "unit_head"),
                needs=("moment_event", "place", "source", "text", "verified_by"),
                guard="_guard_submit",
                style="primary",
            ),
            Transition(
                "request",
                label=self.env._("Request This Piece"),
                sources=("draft",),
                target="requested",
                by=(CLERK, DIRECTOR, LEADER),
                needs=("lead_unit_id", "handler_id", "date_deadline", "request_text"),
            ),
            Transition(
                "give_back",
                label=self.env._("Give Back"),
                sources=("submitted", "screened", "verified"),
                target="returned",
                by=(CLERK, DIRECTOR),
                note=True,
            ),
        ]

    @api.model
    def _get_checking_transitions(self):
        """Return the office's steps; who reported it checks nothing (A2)."""
        office = {"by": (CLERK, DIRECTOR), "never": ("handler", "drafter")}
        return [
            Transition(
                "screen",
                label=self.env._("Screen Report"),
                sources=("submitted",),
                target="screened",
                style="primary",
                **office,
            ),
            Transition(
                "verify",
                label=self.env._("Found True"),
                sources=("screened",),
                target="verified",
                style="primary",
                **office,
            ),
            Transition(
                "verify_partly",
                label=self.env._("Found Partly True"),
                sources=("screened",),
                target="verified",
                note=True,
                **office,
            ),
            Transition(
                "present_urgent",
                label=self.env._("Present at Once"),
                sources=("screened",),
                target="presented",
                needs=("leader_id",),
                guard="_guard_urgent",
                style="danger",
                **office,
            ),
            Transition(
                "edit",
                label=self.env._("Edit and Issue"),
                sources=("verified",),
                target="edited",
                guard="_guard_edit",
                style="primary",
                **office,
            ),
            Transition(
                "verify_after",
                label=self.env._("Found True Afterwards"),
                sources=("presented",),
                target="presented",
                guard="_guard_unchecked",
                **office,
            ),
            Transition(
                "verify_partly_after",
                label=self.env._("Found Partly True Afterwards"),
                sources=("presented",),
                target="presented",
                note=True,
                guard="_guard_unchecked",
                **office,
            ),
            Transition(
                "mark_false",
                label=self.env._("Found Not True"),
                sources=("screened", *self._clock_waiting_states[2:])
                + tuple(s for s in self._clock_stop_states if s != "false"),
                target="false",
                note=True,
                style="danger",
                **office,
            ),
        ]

    @api.model
    def _get_using_transitions(self):
        """Return what becomes of a report: presented, adopted, commented on, filed."""
        office = (CLERK, DIRECTOR)
        return [
            Transition(
                "present",
                label=self.env._("Present Upward"),
                sources=("edited",),
                target="presented",
                by=office,
                needs=("leader_id",),
                style="primary",
            ),
            Transition(
                "adopt",
                label=self.env._("Adopt"),
                sources=("presented",),
                target="adopted",
                by=(*office, "leader"),
                needs=("adoption_level",),
                guard="_guard_checked",
                style="primary",
            ),
            Transition(
                "leave_unused",
                label=self.env._("Do Not Adopt"),
                sources=("presented",),
                target="unused",
                by=(DIRECTOR, "leader"),
                guard="_guard_checked",
                note=True,
            ),
            Transition(
                "instruct",
                label=self.env._("Write a Comment"),
                sources=("presented", "adopted", "unused"),
                target="instructed",
                by=("leader",),
                note=True,
            ),
            Transition(
                "archive",
                label=self.env._("Archive Report"),
                sources=("edited", "adopted", "unused", "instructed"),
                target="archived",
                by=office,
                guard="_guard_archive",
            ),
        ]

    @api.model
    def _get_frozen_fields(self):
        content = ("direction", "kind", "nature", "moment_event", "place", "source")
        content += ("text", "verified_by", "request_text")
        unissued = (*DRAFTING, "submitted", "screened", "verified")
        undecided = (*unissued, "edited", "presented")
        return (
            super()._get_frozen_fields()
            | dict.fromkeys(content, DRAFTING)
            | dict.fromkeys(("name", "adoption_level", "publication"), undecided)
            | {"addressee_unit_ids": unissued, "leader_id": (*unissued, "edited")}
        )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "date_submitted",
            "date_verified",
            "drafter_id",
            "is_adopted",
            "is_requested",
            "verification",
            "verification_note",
            "verifier_id",
        }

    @api.model
    def _get_transition_lines(self, row):
        lines = super()._get_transition_lines(row)
        if row.name == "submit":
            return [*lines, "figure_ids"]
        if row.name in ("edit", "mark_false"):
            # The addressees, and all who are told anew that it concerns them.
            return [*lines, "addressee_unit_ids", "assisting_unit_ids", "receipt_ids"]
        return lines

    # Who ------------------------------------------------------------------------------

    def _relation_drafter(self):
        return self.drafter_id

    def _relation_leader(self):
        return self.leader_id

    def _get_holder(self):
        if self.state in DRAFTING:
            return self.handler_id
        if self.state == "presented":
            return self.leader_id
        if self.state in self._clock_waiting_states:
            return self.editor_id
        return super()._get_holder()

    # Guards ---------------------------------------------------------------------------

    def _guard_submit(self, row, note):
        bare = self.figure_ids.filtered(lambda figure: not figure._has_source())
        if not bare:
            return []
        return [
            self.env._(
                "Each quoted figure carries its source as an attachment. Missing for: "
                "%(names)s.",
                names="、".join(bare.mapped("name")),
            )
        ]

    def _guard_urgent(self, row, note):
        if self.kind == "urgent":
            return []
        return [self.env._("Only urgent information is presented before its check.")]

    def _guard_edit(self, row, note):
        if self.direction == "up" or self.addressee_unit_ids:
            return []
        return [self.env._("Please name the units that it is sent to.")]

    def _guard_unchecked(self, row, note):
        if self.verification == "none":
            return []
        return [self.env._("Its facts have been checked already.")]

    def _guard_checked(self, row, note):
        if self.verification != "none":
            return []
        return [self.env._("Its facts have not been checked yet: check them first.")]

    def _guard_archive(self, row, note):
        reasons = self._guard_checked(row, note)
        if self.state == "edited" and self.direction == "up":
            reasons.append(
                self.env._("What goes up is presented first; then it is archived.")
            )
        return reasons

    # Hooks ----------------------------------------------------------------------------

    def _set_facts(self, **vals):
        """Write guarded values that follow from a step just made."""
        with permit(self):
            self.with_context(tracking_disable=True).write(vals)

    def _after_request(self, note):
        self._set_facts(is_requested=True)

    def _after_submit(self, note):
        today = fields.Date.context_today(self)
        self._set_facts(drafter_id=self.env.uid)
        first = self.filtered(lambda record: not record.date_submitted)
        first._set_facts(date_submitted=today)
        late = first.filtered(
            lambda record: (
                record.is_requested
                and record.date_deadline
                and record.date_deadline < today
            )
        )
        self.env["office.information.adoption"]._record(late, "late")

    def _check_as(self, verification, note):
        self._set_facts(
            verification=verification,
            verifier_id=self.env.uid,
            date_verified=fields.Date.context_today(self),
            verification_note=note,
        )

    def _after_verify(self, note):
        self._check_as("true", note)

    def _after_verify_partly(self, note):
        self._check_as("partly", note)

    def _after_verify_after(self, note):
        self._check_as("true", note)

    def _after_verify_partly_after(self, note):
        self._check_as("partly", note)

    def _after_mark_false(self, note):
        """Tell the heads of those who reported it, and take points off (S1.26)."""
        self._check_as("false", note)
        self.env["office.information.adoption"]._record(self, "false", comment=note)
        for unit, records in self.grouped("lead_unit_id").items():
            head = unit.manager_id.user_id
            if head:
                records._send_receipts(users=head)

    def _after_edit(self, note):
        """Send what goes down or across to its units, who confirm its receipt."""
        for units, records in self.grouped("addressee_unit_ids").items():
            if units:
                records._send_receipts(units)

    def _after_adopt(self, note):
        self._set_facts(is_adopted=True)
        for level, records in self.grouped("adoption_level").items():
            for publication, same in records.grouped("publication").items():
                self.env["office.information.adoption"]._record(
                    same, "adopted", level, publication=publication
                )

    def _after_instruct(self, note):
        self.env["office.information.adoption"]._record(
            self, "comment", "own", comment=note, leader=self.env.user.name
        )

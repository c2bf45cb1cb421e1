# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.office_functions.tools.transition import Transition, permit

SUPERVISOR = "office_functions_supervision.group_office_supervisor"
DIRECTOR = "office_functions.group_office_director"
LEADER = "office_functions.group_office_leader"
CLERK = "office_functions.group_office_clerk"
SECTION_HEAD = "office_functions.group_office_section_head"


class OfficeSupervisionAccountability(models.Model):
    """A proposal to hold somebody to account (问责建议), the last step of the ladder.

    The office proposes, the leader approves, and the competent body decides; what it
    decided is only put on record (政府督查工作条例 第21条). Clues of a duty crime go to
    the supervisory commission 监察机关 (第23条). Who is named in it does not see it
    before they are told.
    """

    _name = "office.supervision.accountability"
    _inherit = [
        "office.supervision.collective.mixin",
        "office.supervision.child.mixin",
        "office.readable.mixin",
    ]
    _description = "Accountability Proposal"
    _must_read = ("ticket_id",)
    _rec_name = "proposal"
    _collective_edit_states = ("draft", "proposed")

    lead_unit_id = fields.Many2one("hr.department", "Unit Named", index=True)
    user_ids = fields.Many2many("res.users", string="Persons Named")
    facts = fields.Text("Facts and Proof")
    proposal = fields.Text("What Is Proposed")
    is_major = fields.Boolean(default=True)
    is_duty_crime = fields.Boolean(
        "Clue of a Duty Crime",
        help="Goes to the supervisory commission and to nobody else.",
    )
    body_kind = fields.Selection(
        [
            ("unit", "Appointing or Superior Body"),
            ("discipline", "Discipline Inspection"),
            ("supervisory", "Supervisory Commission"),
        ],
        "Kind of Body",
        default="unit",
        required=True,
    )
    body = fields.Char("Competent Body", help="Who decides, by cadre management.")
    transfer_reference = fields.Char(
        help="Number and date of the letter, and who took it."
    )
    decision = fields.Text(
        "Decision of the Body", help="What the competent body decided, as it wrote."
    )
    date_decided = fields.Date("Body Decided On")
    date_approved = fields.Date("Approved On", readonly=True, copy=False, index=True)
    date_notified = fields.Datetime(
        "Told the Persons Named On", readonly=True, copy=False
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("proposed", "Proposal Submitted"),
            ("approved", "Proposal Approved"),
            ("refused", "Proposal Refused"),
            ("transferred", "Sent to the Competent Body"),
            ("decided", "Decided by the Body"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    @api.model
    def _get_transitions(self):
        office = ("supervisor", DIRECTOR)
        head = ("leader", "principal")
        return [
            Transition(
                "propose",
                self.env._("Submit the Proposal"),
                sources=("draft",),
                target="proposed",
                by=("creator",),
                never=("named",),
                needs=("facts", "proposal", "body"),
                guard="_guard_propose",
                style="primary",
            ),
            Transition(
                "approve",
                self.env._("Approve the Proposal"),
                sources=("proposed",),
                target="approved",
                by=head,
                never=("creator", "named"),
                guard="_guard_body",
                style="primary",
            ),
            Transition(
                "refuse",
                self.env._("Refuse the Proposal"),
                sources=("proposed",),
                target="refused",
                by=head,
                never=("creator", "named"),
                note=True,
                style="danger",
            ),
            Transition(
                "transfer",
                self.env._("Send to the Competent Body"),
                sources=("approved",),
                target="transferred",
                by=office,
                never=("named",),
                needs=("body", "transfer_reference"),
                guard="_guard_body",
                style="primary",
            ),
            Transition(
                "record_decision",
                self.env._("Record What the Body Decided"),
                sources=("transferred",),
                target="decided",
                by=office,
                never=("named",),
                needs=("decision", "date_decided"),
                style="primary",
            ),
        ]

    @api.model
    def _get_frozen_fields(self):
        names = "ticket_id lead_unit_id user_ids facts proposal is_duty_crime"
        return (
            super()._get_frozen_fields()
            | dict.fromkeys(names.split(), ("draft",))
            | dict.fromkeys(("body", "body_kind"), ("draft", "proposed"))
            | {"transfer_reference": ("draft", "proposed", "approved")}
            | dict.fromkeys(
                ("decision", "date_decided"),
                ("draft", "proposed", "approved", "transferred"),
            )
        )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"date_approved", "date_notified"}

    # Guards ---------------------------------------------------------------------------

    def _guard_propose(self, row, note):
        """Return what the proposal lacks: whom, and the steps that went before."""
        reasons = self._guard_body(row, note)
        if not self.lead_unit_id and not self.user_ids:
            reasons.append(self.env._("Name the unit or the persons."))
        ticket = self.sudo().ticket_id
        not_running = ticket._explain_not_running()
        if not self.is_duty_crime:
            reasons += not_running
        if (
            not (self.is_duty_crime or not_running)
            and not (ticket._get_ladder()["is_admonished"])
        ):
            reasons.append(
                self.env._(
                    "Hold a talk or issue a bulletin first: a proposal comes after "
                    "steps that changed nothing, unless it is the clue of a crime."
                )
            )
        return reasons

    def _guard_body(self, row, note):
        """Send clues of a duty crime to the supervisory commission (第23条)."""
        if self.is_duty_crime and self.body_kind != "supervisory":
            return [
                self.env._(
                    "The clue of a duty crime goes to the supervisory commission: "
                    "choose it as the competent body (政府督查工作条例 第23条)."
                )
            ]
        return []

    def _prepare_transition_vals(self, row):
        vals = super()._prepare_transition_vals(row)
        if row.name == "approve":
            vals["date_approved"] = fields.Date.context_today(self)
        return vals

    # Relations ------------------------------------------------------------------------

    def _relation_principal(self):
        return self.company_id.office_principal_leader_id

    def _relation_named(self):
        """Return who is named: the persons, and the head of the unit."""
        return self.user_ids | self.lead_unit_id.manager_id.user_id

    def _get_barred_users(self, row):
        """Nor does anybody decide who answers for the unit named, whatever they head."""
        barred = super()._get_barred_users(row)
        user = self.env.user
        if "named" in row.never and self.filtered_domain(self._get_named_domain()):
            barred |= user
        return barred

    # Telling who is named -------------------------------------------------------------

    def action_notify(self):
        """Tell those who are named: from now on they see the proposal.

        :raise UserError: before it is approved, when told already, or for who does not
            direct or lead, or is named
        """
        self.check_access("read")
        user = self.env.user
        for proposal in self:
            problems = []
            if not (user.has_group(DIRECTOR) or user.has_group(LEADER)) or (
                user in proposal._get_relation_users("named")
            ):
                problems.append(
                    self.env._("Only a director or leader who is not named tells them.")
                )
            if proposal.state in ("draft", "proposed", "refused"):
                problems.append(
                    self.env._("Nobody is told of a proposal that is not approved.")
                )
            if proposal.date_notified:
                problems.append(self.env._("They were told already."))
            if problems:
                raise UserError("\n".join(problems))
        named = self.sudo()
        with permit(named):
            named.write({"date_notified": fields.Datetime.now()})
        for proposal in named:
            proposal._tell_named()

    def _tell_named(self):
        """Send those who are named one message; it holds nothing of the proposal."""
        for user in self._relation_named():
            person = self.with_context(lang=user.lang)
            self.env["mail.thread"].sudo().message_notify(
                partner_ids=user.partner_id.ids,
                subject=person.env._("A proposal concerns you"),
                body=person.env._(
                    "Please open Office / Supervision / Accountability Proposals and "
                    "read what is laid down there."
                ),
                force_send=False,
            )

    # Who sees it ----------------------------------------------------------------------

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Show it to who decides and proposes, never unasked to who is named.

        Domain.md section 4: leaders and directors all, supervisors all, others what
        they proposed themselves (a clerk none); the persons and units named read it
        once they were told, and change nothing.
        """
        user = self.env.user
        named = self._get_named_domain()
        domain = Domain("company_id", "in", self.env.companies.ids)
        if self._decides_or_proposes():
            open_to = self._get_part_domain() & ~named
        elif user.has_group(CLERK) and not user.has_group(SECTION_HEAD):
            open_to = Domain.FALSE
        else:
            open_to = Domain("create_uid", "=", user.id) & ~named
        if operation == "read":
            open_to |= named & Domain("date_notified", "!=", False)
        return domain & open_to

    @api.model
    def _decides_or_proposes(self):
        """Tell whether proposals about others are this user's business."""
        groups = (LEADER, DIRECTOR, SUPERVISOR)
        return any(map(self.env.user.has_group, groups))

    @api.model
    def _get_named_domain(self):
        """Return the proposals in which the user is named, or a unit of theirs."""
        user = self.env.user
        tokens = user._get_office_tokens()
        units = [int(token[1:]) for token in tokens if token.startswith("d")]
        return Domain("user_ids", "in", [user.id]) | Domain("lead_unit_id", "in", units)

    @api.model
    def _get_visibility_fields(self):
        names = ["company_id", "lead_unit_id", "date_notified", "create_uid"]
        return [*super()._get_visibility_fields(), *names]

    # Figures --------------------------------------------------------------------------

    @api.model
    def _get_approved_domain(self, date_from, date_to):
        """Return the proposals that were approved in a period."""
        return Domain("date_approved", ">=", date_from) & Domain(
            "date_approved", "<=", date_to
        )

    @api.model
    def _measure_approved(self, date_from, date_to):
        """Return the number of proposals that were approved, by the unit named.

        A figure tells no more than the proposals themselves: of those that the persons
        named were not told of only who decides or proposes learns, and nobody about
        themselves or their own unit.
        """
        domain = self._get_approved_domain(date_from, date_to)
        if self.env.uid != SUPERUSER_ID:
            told = Domain("date_notified", "!=", False)
            if self._decides_or_proposes():
                told |= ~self._get_named_domain()
            domain &= told
        groups = self._read_group(domain, ["lead_unit_id"], ["__count"])
        return [(unit.id, None, number, 0) for unit, number in groups]

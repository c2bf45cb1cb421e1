# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.office_functions.tools.transition import Transition, permit

from .office_matter_mixin import SUPERVISOR
from .office_supervision_recusal import ABOVE

RUNNING = ("submitted",)
READERS = (
    *ABOVE,
    SUPERVISOR,
    "office_functions.group_office_section_head",
    "office_functions.group_office_staff",
    "office_functions.group_office_school",
)


class OfficeSupervisionObjection(models.Model):
    """A unit objects to a conclusion about it (异议), or explains itself (说明).

    Objected within thirty days and decided within thirty days by somebody who took no
    part in the conclusion (政府督查工作条例 第17条). Upheld, the conclusion is annulled
    and the ticket goes back before it; meanwhile nobody strikes the ticket off.
    """

    _name = "office.supervision.objection"
    _inherit = [
        "office.supervision.about.mixin",
        "office.matter.mixin",
        "office.readable.mixin",
    ]
    _description = "Objection"
    _number_series = "supervision_objection"
    _number_states = ("submitted", "noted")
    _clock_start_states = ("submitted",)
    _clock_stop_states = ("upheld", "refused", "withdrawn")
    _see_all_groups = (*ABOVE, SUPERVISOR)
    _party_unit_fields = ("lead_unit_id", "assisting_unit_ids", "unit_id")
    _party_user_fields = ("author_id",)
    _matter_list_fields = ("unit_id", "ticket_id")
    _matter_list_looks = {
        "ticket_id": {"width": "150px"},
        "lead_unit_id": {"column_invisible": "1"},
    }
    _matter_group_fields = ("unit_id", "decider_id")

    unit_id = fields.Many2one(
        "hr.department",
        "Objecting Unit",
        required=True,
        index=True,
        check_company=True,
        default=lambda self: self._default_unit_id(),
    )
    author_id = fields.Many2one(
        "res.users",
        "Objector",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.user,
    )
    verification_id = fields.Many2one(
        "office.supervision.verification",
        "Verification Objected To",
        index="btree_not_null",
        ondelete="restrict",
    )
    ticket_id = fields.Many2one(
        "office.supervision.ticket",
        compute="_compute_ticket_id",
        store=True,
        precompute=True,
        readonly=False,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    text = fields.Text(
        "Facts and Grounds",
        required=True,
        help="What is wrong with the conclusion, and what proves it.",
    )
    answer = fields.Text("Decision and Grounds", readonly=True, copy=False)
    conclusion_text = fields.Char("Conclusion Until Then", readonly=True, copy=False)
    decider_id = fields.Many2one(
        "res.users", "Decided By", readonly=True, copy=False, index="btree_not_null"
    )
    handler_id = fields.Many2one(
        string="To Be Decided By", help="Took no part in the conclusion."
    )
    time_limit_id = fields.Many2one(default=lambda self: self._default_time_limit_id())
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Under Review"),
            ("upheld", "Upheld"),
            ("refused", "Not Upheld"),
            ("withdrawn", "Withdrawn"),
            ("noted", "Explanation on Record"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    _verification_uniq = models.UniqueIndex(
        "(verification_id, unit_id) WHERE state = 'submitted'",
        "This unit's objection to the same conclusion is under review already.",
    )

    # The table ------------------------------------------------------------------------

    @api.model
    def _get_transitions(self):
        authors = ("author", "objecting_head")
        return [
            Transition(
                "submit",
                label=self.env._("Submit Objection"),
                sources=("draft",),
                target="submitted",
                by=authors,
                guard="_guard_submit",
                style="primary",
            ),
            Transition(
                "explain",
                label=self.env._("Put on Record as Explanation"),
                sources=("draft",),
                target="noted",
                by=authors,
                needs=("ticket_id",),
                guard="_guard_unit",
            ),
            Transition(
                "uphold",
                label=self.env._("Uphold"),
                sources=("submitted",),
                target="upheld",
                by=ABOVE,
                never=("involved",),
                note=True,
                style="primary",
            ),
            Transition(
                "refuse",
                label=self.env._("Do Not Uphold"),
                sources=("submitted",),
                target="refused",
                by=ABOVE,
                never=("involved",),
                note=True,
                style="danger",
            ),
            Transition(
                "withdraw",
                label=self.env._("Withdraw"),
                sources=("submitted",),
                target="withdrawn",
                by=authors,
                note=True,
            ),
        ]

    @api.model
    def _get_conclusion_fields(self):
        """Return the fields that point to what may be objected to.

        :rtype: list[str]
        """
        return ["verification_id"]

    @api.model
    def _get_must_read(self):
        return ("ticket_id", *self._get_conclusion_fields())

    @api.model
    def _get_frozen_fields(self):
        names = ("name", "text", "unit_id", "author_id", "ticket_id")
        return super()._get_frozen_fields() | dict.fromkeys(
            (*names, *self._get_conclusion_fields()), ("draft",)
        )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "answer",
            "conclusion_text",
            "decider_id",
        }

    @api.model
    def _get_transition_lines(self, row):
        return [*super()._get_transition_lines(row), *self._get_conclusion_fields()]

    @api.model
    def _default_unit_id(self):
        return self.env["hr.department"]._get_own_unit()

    @api.model
    def _default_time_limit_id(self):
        return self.env["office.time.limit"]._get(
            "supervision_objection_decision", self.env.company
        )

    @api.depends("verification_id")
    def _compute_ticket_id(self):
        for objection in self:
            ticket = objection._get_conclusion().sudo()._get_conclusion_ticket()
            objection.ticket_id = ticket or objection.ticket_id

    def _get_conclusion(self):
        """Return what is objected to; the verification where nothing is named yet.

        :return: a record of a model of ``office.supervision.conclusion.mixin``
        """
        named = [self[name] for name in self._get_conclusion_fields() if self[name]]
        return named[0] if named else self.verification_id

    # Who ------------------------------------------------------------------------------

    def _relation_author(self):
        return self.author_id

    def _relation_objecting_head(self):
        return self.unit_id.manager_id.user_id

    def _relation_involved(self):
        """Return who made the conclusion, or contests it: they decide nothing here."""
        return self._get_conclusion()._get_conclusion_makers() | self.author_id

    def _get_barred_users(self, row):
        """Nor does anybody decide on an objection of the unit they belong to."""
        barred = super()._get_barred_users(row)
        user = self.env.user
        if "involved" in row.never and self.unit_id.id in user._get_kin_unit_ids():
            barred |= user
        return barred

    def _get_deadline_owner(self):
        """The law sets the date; whoever runs the office answers for it."""
        users = self.env["res.users"]
        return (
            users._get_office_director(self.company_id) or super()._get_deadline_owner()
        )

    @api.constrains("author_id", "unit_id")
    def _check_author(self):
        """A unit objects by its own people."""
        for objection in self.sudo():
            author, unit = objection.author_id, objection.unit_id
            own = f"d{unit.id}" in author._get_office_tokens()
            works_there = unit in author.employee_ids.department_id
            if not own and not works_there:
                raise ValidationError(
                    self.env._(
                        "%(who)s does not write in the name of %(unit)s.",
                        who=author.name,
                        unit=unit.name,
                    )
                )

    @api.constrains(lambda self: self._get_conclusion_fields())
    def _check_one_conclusion(self):
        """Whoever decides looks at one conclusion, and one alone is annulled."""
        names = self._get_conclusion_fields()
        for objection in self.sudo():
            if len([name for name in names if objection[name]]) > 1:
                raise ValidationError(
                    self.env._(
                        "An objection is to one conclusion; write another one for "
                        "the next."
                    )
                )

    @api.constrains(lambda self: ("ticket_id", *self._get_conclusion_fields()))
    def _check_ticket(self):
        for objection in self.sudo():
            conclusion = objection._get_conclusion()
            ticket = conclusion._get_conclusion_ticket()
            if ticket and objection.ticket_id not in (ticket, ticket.browse()):
                raise ValidationError(
                    self.env._("The conclusion belongs to another ticket.")
                )

    # Guards and what follows ----------------------------------------------------------

    def _guard_unit(self, row, note):
        """Return why the unit has no say in this ticket."""
        if f"d{self.unit_id.id}" in (self.sudo().ticket_id.office_parties or ()):
            return []
        return [self.env._("The ticket does not concern this unit.")]

    def _guard_submit(self, row, note):
        """Return why this conclusion cannot be objected to (any more)."""
        conclusion = self.sudo()._get_conclusion()
        if not conclusion:
            return [self.env._("Choose the conclusion that is objected to.")]
        date = conclusion._get_conclusion_date()
        if not date:
            return [self.env._("There is no conclusion yet, or it was annulled.")]
        reasons = []
        if self.sudo().ticket_id != conclusion._get_conclusion_ticket():
            reasons.append(self.env._("The conclusion belongs to another ticket."))
        if not conclusion._concludes_about(self.unit_id):
            reasons.append(self.env._("The conclusion does not concern this unit."))
        limit = self.env["office.time.limit"]._get(
            "supervision_objection", self.company_id
        )
        last = limit._count(date, self.company_id).deadline
        if fields.Date.context_today(self) > last:
            reasons.append(
                self.env._(
                    "An objection is submitted until %(date)s at the latest.", date=last
                )
            )
        if self.sudo().ticket_id.review_count and self._find_running_twin():
            reasons.append(
                self.env._(
                    "This unit's objection to the same conclusion is under review "
                    "already."
                )
            )
        return reasons

    def _find_running_twin(self):
        """Return another objection of this unit to the same conclusion, if one runs."""
        same = [(name, "=", self[name].id) for name in self._get_conclusion_fields()]
        return self.sudo().search(
            [
                *same,
                ("unit_id", "=", self.unit_id.id),
                ("state", "in", RUNNING),
                ("id", "!=", self.id),
            ],
            limit=1,
        )

    def _after_submit(self, note):
        """Let the ticket go under review, and find who may decide."""
        self._count_review(1)
        for objection in self.filtered(lambda one: not one.handler_id):
            objection.handler_id = objection._find_decider()

    def _find_decider(self):
        """Return who decides: the office director, or a leader who took no part.

        :rtype: res.users
        """
        involved = self._relation_involved() | self._relation_objecting_head()
        director = involved._get_office_director(self.company_id)
        kin = self.unit_id.id in director._get_kin_unit_ids() if director else False
        if director not in involved and not kin:
            return director
        leaders = self.env["res.users"].search(
            [
                ("all_group_ids", "in", self.env.ref(ABOVE[1]).ids),
                ("company_ids", "in", self.company_id.ids),
                ("id", "not in", involved.ids),
            ],
            order="id",
        )
        return leaders.filtered(
            lambda leader: self.unit_id.id not in leader._get_kin_unit_ids()
        )[:1]

    def _after_uphold(self, note):
        self._decide(note)
        for conclusion in self._get_conclusions_by_kind():
            conclusion._annul_conclusions(note)

    def _get_conclusions_by_kind(self):
        """Return what these object to, one recordset for each kind of conclusion.

        :rtype: list
        """
        found = {}
        for objection in self:
            conclusion = objection._get_conclusion()
            found[conclusion._name] = found.get(conclusion._name, conclusion)
            found[conclusion._name] |= conclusion
        return [conclusions for conclusions in found.values() if conclusions]

    def _after_refuse(self, note):
        self._decide(note)

    def _after_withdraw(self, note):
        self._count_review(-1)

    def _decide(self, note):
        """Keep the decision and who made it, and let the ticket go on."""
        for objection in self:
            with permit(objection):
                objection.with_context(tracking_disable=True).write(
                    {
                        "answer": note,
                        "conclusion_text": objection._get_conclusion().display_name,
                        "decider_id": self.env.uid,
                    }
                )
        self._count_review(-1)

    def _count_review(self, change):
        """Count the reviews that run on each ticket up or down."""
        for objection in self:
            ticket = objection.ticket_id
            with permit(ticket):
                ticket.with_context(tracking_disable=True).write(
                    {"review_count": ticket.review_count + change}
                )

    # Indicator ------------------------------------------------------------------------

    @api.model
    def _get_decided_domain(self, date_from, date_to):
        """Return the objections that were decided in a period."""
        decided = [("state", "in", ("upheld", "refused"))]
        return fields.Domain(decided) & fields.Domain(
            [("date_done", ">=", date_from), ("date_done", "<=", date_to)]
        )

    @api.model
    def _measure_upheld(self, date_from, date_to):
        """Return objections upheld and decided, by objecting unit (S3.11)."""
        rows = {}
        for unit, state, number in self._read_group(
            self._get_decided_domain(date_from, date_to),
            ["unit_id", "state"],
            ["__count"],
        ):
            row = rows.setdefault(unit.id, [0, 0])
            row[0] += number if state == "upheld" else 0
            row[1] += number
        return [(unit_id, None, *row) for unit_id, row in rows.items()]


class OfficeSupervisionTicket(models.Model):
    _inherit = "office.supervision.ticket"

    review_count = fields.Integer(
        "Reviews Running", readonly=True, copy=False, aggregator=None
    )
    is_under_review = fields.Boolean(
        "Under Review",
        compute="_compute_is_under_review",
        store=True,
        precompute=True,
        copy=False,
        help="A unit objects to a conclusion; until that is decided nobody strikes the "
        "ticket off (督查复核).",
    )
    objection_ids = fields.One2many(
        "office.supervision.objection", "ticket_id", groups=",".join(READERS)
    )
    objection_count = fields.Integer(compute="_compute_objection_count")

    @api.depends("review_count")
    def _compute_is_under_review(self):
        for ticket in self:
            ticket.is_under_review = ticket.review_count > 0

    @api.depends("objection_ids")
    @api.depends_context("uid")
    def _compute_objection_count(self):
        Objection = self.env["office.supervision.objection"]
        counts = {}
        if Objection.has_access("read"):
            mine = [("ticket_id", "in", self.ids)]
            counts = dict(Objection._read_group(mine, ["ticket_id"], ["__count"]))
        for ticket in self:
            ticket.objection_count = counts.get(ticket, 0)

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"review_count"}

    def _explain_gaps(self, row, note):
        gaps = super()._explain_gaps(row, note)
        if row.name in ("close", "terminate") and self.is_under_review:
            gaps.append(
                self.env._("An objection to its conclusion is under review (督查复核).")
            )
        return gaps

    def action_object(self):
        """Open an objection to the latest conclusion, or an explanation.

        :rtype: dict
        """
        self.ensure_one()
        action = self._get_dialog_action(
            "office.supervision.objection",
            self.env._("Objection or Explanation"),
            default_verification_id=self._get_latest_verification().id,
            default_name=self.name,
        )
        return action | {"target": "current"}

    def action_open_objections(self):
        """Open the objections to conclusions about this ticket.

        :rtype: dict
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions_supervision.office_supervision_objection_action"
        )
        return action | {"domain": [("ticket_id", "=", self.id)], "context": {}}

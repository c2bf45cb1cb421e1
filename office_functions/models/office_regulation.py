# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..tools.transition import Transition, permit

CLERK = "office_functions.group_office_clerk"
DIRECTOR = "office_functions.group_office_director"
LEADER = "office_functions.group_office_leader"


class OfficeRegulation(models.Model):
    """A law, a policy or a rule of the house (制度) that an act can be founded on.

    Rules of the house are made here, from the plan to the day they are repealed (M10).
    Laws and policies are made elsewhere: they enter as in force, and leave when the
    office notes their repeal.
    """

    _name = "office.regulation"
    _inherit = ["office.acknowledgement.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Regulation"
    _order = "kind, name, id"
    _rec_names_search = ["name", "number"]
    _mail_post_access = "read"

    name = fields.Char("Title", required=True, index="trigram", tracking=True)
    number = fields.Char("Document Number", index="trigram", tracking=True, copy=False)
    kind = fields.Selection(
        [("law", "Law"), ("policy", "Policy"), ("internal", "Internal Rule")],
        required=True,
        default="policy",
    )
    issuer = fields.Char("Issued By")
    date_issued = fields.Date("Issued On", copy=False)
    date_effective = fields.Date("In Force Since", copy=False)
    summary = fields.Text()
    url = fields.Char("Address")
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Empty: for all companies.",
    )
    # How a rule of the house is made
    full_text = fields.Html()
    lead_unit_id = fields.Many2one("hr.department", index="btree_not_null")
    handler_id = fields.Many2one(
        "res.users", "Written By", help="Drafts it, and therefore never decides on it."
    )
    date_planned = fields.Date("To Be Issued By", copy=False)
    date_comments_due = fields.Date("Comments Until", copy=False)
    comment_ids = fields.One2many("office.regulation.comment", "regulation_id")
    audience_unit_ids = fields.Many2many(
        "hr.department",
        "office_regulation_audience_rel",
        string="Applies To",
        help="These units acknowledge it when it is issued; empty: all sections.",
    )
    is_public = fields.Boolean("Open to the Public")
    # Versions
    previous_id = fields.Many2one(
        "office.regulation",
        "Replaces",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    next_ids = fields.One2many("office.regulation", "previous_id", "Replaced By")
    version = fields.Integer(default=1, readonly=True, copy=False, aggregator=None)
    # Evaluation
    date_evaluation = fields.Date(
        "Evaluate On", copy=False, help="When it is due to be looked at again."
    )
    duty_item_ids = fields.Many2many(
        "office.duty.item", "office_duty_item_regulation_rel", string="Duties"
    )
    state = fields.Selection(
        [
            ("planned", "On the Plan"),
            ("drafting", "Being Drafted"),
            ("consulting", "Out for Comments"),
            ("legal_check", "Legality Check"),
            ("deliberated", "Deliberation"),
            ("issued", "Promulgated"),
            ("effective", "Effective"),
            ("revising", "Under Revision"),
            ("repealed", "Repealed"),
        ],
        default="planned",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    in_force = fields.Boolean(
        "Valid",
        compute="_compute_in_force",
        store=True,
        precompute=True,
        copy=False,
        help="Acts may be founded on it today.",
    )

    _in_force_idx = models.Index("(kind, name, id) WHERE in_force")
    _effective_idx = models.Index("(date_effective) WHERE state = 'issued'")
    _evaluation_idx = models.Index("(date_evaluation) WHERE state = 'effective'")

    @api.model
    def _get_transitions(self):
        return [
            Transition(
                "draft",
                label=self.env._("Begin Drafting"),
                sources=("planned",),
                target="drafting",
                by=(CLERK, DIRECTOR, LEADER),
                needs=("lead_unit_id", "handler_id"),
                style="primary",
            ),
            Transition(
                "consult",
                label=self.env._("Ask for Comments"),
                sources=("drafting",),
                target="consulting",
                by=("drafter", "unit_head", DIRECTOR),
                needs=("full_text", "date_comments_due"),
                style="primary",
            ),
            Transition(
                "check",
                label=self.env._("Send to the Legality Check"),
                sources=("consulting",),
                target="legal_check",
                by=("drafter", "unit_head", DIRECTOR),
                guard="_guard_comments",
                style="primary",
            ),
            Transition(
                "deliberate",
                label=self.env._("Lawful, to Deliberation"),
                sources=("legal_check",),
                target="deliberated",
                by=(DIRECTOR, LEADER),
                never=("drafter",),
                note=True,
                style="primary",
            ),
            Transition(
                "issue",
                label=self.env._("Promulgate"),
                sources=("deliberated",),
                target="issued",
                by=(LEADER,),
                never=("drafter",),
                needs=("number", "date_effective"),
                style="primary",
            ),
            Transition(
                "take_effect",
                label=self.env._("Put in Force"),
                sources=("issued",),
                target="effective",
                by=(CLERK, DIRECTOR, LEADER),
                guard="_guard_effective",
                style="primary",
            ),
            Transition(
                "evaluate",
                label=self.env._("Evaluated, Keep It"),
                sources=("effective",),
                target="effective",
                by=(CLERK, DIRECTOR, LEADER, "unit_head"),
                note=True,
            ),
            Transition(
                "revise",
                label=self.env._("Revise"),
                sources=("effective",),
                target="revising",
                by=(DIRECTOR, LEADER, "unit_head"),
                note=True,
            ),
            Transition(
                "keep",
                label=self.env._("Give Up the Revision"),
                sources=("revising",),
                target="effective",
                by=(DIRECTOR, LEADER),
                note=True,
            ),
            Transition(
                "send_back",
                label=self.env._("Back to Drafting"),
                sources=("consulting", "legal_check", "deliberated"),
                target="drafting",
                by=(DIRECTOR, LEADER),
                note=True,
                style="danger",
            ),
            Transition(
                "repeal",
                label=self.env._("Repeal"),
                sources=("effective", "revising"),
                target="repealed",
                by=(DIRECTOR, LEADER),
                note=True,
                style="danger",
            ),
            Transition(
                "register",
                label=self.env._("Enter as in Force"),
                sources=("planned",),
                target="effective",
            ),
            Transition(
                "supersede",
                label=self.env._("Replaced by a New Version"),
                sources=("effective", "revising"),
                target="repealed",
            ),
        ]

    # Laws and policies made elsewhere -------------------------------------------------

    def _is_made_here(self):
        self.ensure_one()
        return self.kind == "internal"

    def _is_old(self):
        """Tell whether a rule of the house was issued before this register began."""
        today = fields.Date.context_today(self)
        return bool(
            self.date_issued and self.date_effective and self.date_effective <= today
        )

    @api.model_create_multi
    def create(self, vals_list):
        """Laws, policies, and rules issued long ago enter as in force; it is logged."""
        regulations = super().create(vals_list)
        regulations.filtered(
            lambda regulation: not regulation._is_made_here() or regulation._is_old()
        )._pass_by_system("register")
        return regulations

    def _init_column(self, column_name):
        """Let what stood in the register before there were states be in force."""
        if column_name == "state":
            self.env.execute_query(
                SQL(
                    """UPDATE office_regulation
                          SET state = CASE WHEN active THEN 'effective'
                                           ELSE 'repealed' END
                        WHERE state IS NULL"""
                )
            )
        return super()._init_column(column_name)

    def _explain_closed(self, row):
        if not self._is_made_here() and row.name != "repeal":
            return [self.env._("Laws and policies are made by those who issue them.")]
        return super()._explain_closed(row)

    def _check_frozen(self, vals):
        if vals.get("kind") == "internal" and any(
            not regulation._is_made_here() for regulation in self
        ):
            raise ValidationError(
                self.env._(
                    "A law or policy does not become a rule of the house. Please "
                    "create the rule anew."
                )
            )
        return super(
            OfficeRegulation, self.filtered(lambda rule: rule._is_made_here())
        )._check_frozen(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        made_here = self.filtered(lambda rule: rule._is_made_here())
        return super(OfficeRegulation, made_here)._unlink_except_begun()

    # Fields ---------------------------------------------------------------------------

    @api.depends("state", "active")
    def _compute_in_force(self):
        for regulation in self:
            regulation.in_force = regulation.active and regulation.state in (
                "effective",
                "revising",
            )

    @api.depends("name", "number")
    def _compute_display_name(self):
        for regulation in self:
            number = regulation.number and f"（{regulation.number}）"
            regulation.display_name = f"《{regulation.name}》{number or ''}"

    @api.model
    def _get_visibility_fields(self):
        names = ("company_id", "state", "handler_id", "create_uid", "lead_unit_id")
        return [*super()._get_visibility_fields(), *names]

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"previous_id", "version"}

    @api.model
    def _get_frozen_fields(self):
        open_text = ("planned", "drafting", "consulting")
        unissued = (*open_text, "legal_check", "deliberated")
        return super()._get_frozen_fields() | {
            "kind": ("planned",),
            "handler_id": ("planned", "drafting"),
            "name": open_text,
            "full_text": open_text,
            "number": unissued,
            "date_effective": unissued,
        }

    # Relations and guards -------------------------------------------------------------

    def _relation_drafter(self):
        return self.handler_id

    def _relation_unit_head(self):
        return self.lead_unit_id.manager_id.user_id

    def _guard_comments(self, row, note):
        """Every comment has its answer before the text goes on."""
        waiting = self.sudo().comment_ids.filtered(lambda comment: not comment.answer)
        if not waiting:
            return []
        return [
            self.env._(
                "Say of each comment whether it was taken up. Not yet answered: "
                "%(names)s.",
                names=", ".join(waiting.mapped("display_name")),
            )
        ]

    def _guard_effective(self, row, note):
        if self.date_effective and self.date_effective > fields.Date.context_today(
            self
        ):
            return [
                self.env._(
                    "Its day has not come yet: %(date)s.", date=self.date_effective
                )
            ]
        return []

    # What follows ---------------------------------------------------------------------

    def _after_issue(self, note):
        """Ask the units it applies to for their acknowledgement."""
        today = fields.Date.context_today(self)
        sections = self.env["hr.department"].sudo()
        if any(not regulation.audience_unit_ids for regulation in self):
            sections = sections.search([("unit_kind", "=", "section")])
        for regulation in self:
            with permit(regulation):
                regulation.date_issued = regulation.date_issued or today
            company = regulation.company_id
            regulation._send_receipts(
                regulation.audience_unit_ids
                or sections.filtered(
                    lambda unit, c=company: (
                        not c or not unit.company_id or unit.company_id == c
                    )
                )
            )

    def _after_register(self, note):
        self.filtered(lambda rule: rule._is_made_here())._plan_evaluation()

    def _after_take_effect(self, note):
        """The old version ends on the day its successor begins."""
        self._plan_evaluation()
        self.previous_id._pass_by_system("supersede")

    def _after_evaluate(self, note):
        self._plan_evaluation()
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _plan_evaluation(self):
        """Set the day on which the rules in force are looked at again."""
        today = fields.Date.context_today(self)
        for regulation in self:
            company = regulation.company_id or self.env.company
            limit = self.env["office.time.limit"]._get("regulation_evaluation", company)
            regulation.date_evaluation = limit._count(today, company).deadline

    def _after_revise(self, note):
        """Begin the next version; this one stays in force until that one is."""
        for regulation in self:
            successor = regulation.copy({"handler_id": regulation.handler_id.id})
            with permit(successor):
                successor.write(
                    {
                        "previous_id": regulation.id,
                        "version": regulation.version + 1,
                    }
                )

    def action_comment(self):
        """Open the form for a comment on a rule that is out for comments.

        :rtype: dict
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Comment"),
            "res_model": "office.regulation.comment",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_regulation_id": self.id},
        }

    @api.model
    def _cron_follow(self):
        """Put in force what is due, and remind of evaluations; once a day."""
        today = fields.Date.context_today(self)
        self.search(
            [("state", "=", "issued"), ("date_effective", "<=", today)]
        )._pass_by_system("take_effect")
        self._remind_of_evaluations(today)

    @api.model
    def _remind_of_evaluations(self, today):
        """Give those who made a rule an activity when it is due to be evaluated."""
        due = self.search(
            [
                ("state", "=", "effective"),
                ("kind", "=", "internal"),
                ("date_evaluation", "<=", today),
                ("activity_ids", "=", False),
            ]
        )
        for regulation in due:
            person = regulation.handler_id or regulation.lead_unit_id.manager_id.user_id
            if person:
                spoken = regulation.with_context(lang=person.lang)
                spoken.activity_schedule(
                    "mail.mail_activity_data_todo",
                    date_deadline=today,
                    summary=spoken.env._("This rule is due to be evaluated"),
                    user_id=person.id,
                )

    @api.model
    def _get_revised_domain(self, date_from, date_to):
        """Return the new versions that came into force in a period."""
        return (
            fields.Domain("previous_id", "!=", False)
            & fields.Domain("date_effective", ">=", date_from)
            & fields.Domain("date_effective", "<=", date_to)
            & fields.Domain("state", "in", ("effective", "revising", "repealed"))
        )

    @api.model
    def _measure_revised(self, date_from, date_to):
        """Return the rows of the indicator of rules revised."""
        return [
            (unit.id, None, number, 0)
            for unit, number in self._read_group(
                self._get_revised_domain(date_from, date_to),
                ["lead_unit_id"],
                ["__count"],
            )
        ]

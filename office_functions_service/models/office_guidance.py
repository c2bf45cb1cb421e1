# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.office_functions.tools.transition import Transition, permit

from ..tools.redaction import find_places
from .office_answered_mixin import CLERK, DIRECTOR, INTERNAL

BEFORE = ("draft", "proposed")


class OfficeGuidance(models.Model):
    """An answer that helps others (指导意见), found by whoever asks the same again.

    Made of a consultation, or written on its own. Who drafted it never approves it, and
    nothing personal is left in it: who asked is kept from its readers (M14, A10).
    """

    _name = "office.guidance"
    _inherit = ["office.workflow.mixin"]
    _description = "Guidance"
    _order = "use_count desc, id desc"
    _check_company_auto = True

    name = fields.Char("What Is Asked", required=True, index="trigram")
    answer = fields.Text(required=True)
    regulation_ids = fields.Many2many("office.regulation", string="Stands On")
    topic_id = fields.Many2one(
        "office.service.topic", "Service Topic", index=True, check_company=True
    )
    lead_unit_id = fields.Many2one(
        related="topic_id.lead_unit_id", store=True, index="btree_not_null"
    )
    audience = fields.Selection(
        [("school", "Schools"), ("public", "Public"), ("all", "Schools and Public")],
        "For Whom",
        required=True,
        default="school",
    )
    date_valid_until = fields.Date("Valid Until", copy=False)
    consultation_id = fields.Many2one(
        "office.consultation",
        "Made of",
        index="btree_not_null",
        copy=False,
        groups=INTERNAL,
        check_company=True,
        ondelete="restrict",
    )
    drafter_id = fields.Many2one(
        "res.users",
        "Drafted By",
        required=True,
        readonly=True,
        copy=False,
        groups=INTERNAL,
        default=lambda self: self.env.uid,
    )
    approver_id = fields.Many2one(
        "res.users", "Approved By", readonly=True, copy=False, groups=INTERNAL
    )
    date_published = fields.Date("In the Library Since", readonly=True, copy=False)
    use_ids = fields.One2many(
        "office.guidance.use",
        "guidance_id",
        "Uses",
        readonly=True,
        copy=False,
        groups=INTERNAL,
    )
    use_count = fields.Integer(
        "Times It Helped", compute="_compute_use_count", store=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("proposed", "Up for Approval"),
            ("published", "In the Library"),
            ("withdrawn", "Withdrawn"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    _consultation_uniq = models.UniqueIndex(
        "(consultation_id) WHERE consultation_id IS NOT NULL AND state <> 'withdrawn'",
        "Guidance has been made of this consultation already.",
    )

    @api.depends("use_ids")
    def _compute_use_count(self):
        counts = dict(
            self.env["office.guidance.use"]
            .sudo()
            ._read_group(
                [("guidance_id", "in", self.ids)], ["guidance_id"], ["__count"]
            )
        )
        for guidance in self:
            guidance.use_count = counts.get(guidance._origin, 0)

    @api.model
    def _get_transitions(self):
        return [
            Transition(
                "propose",
                label=self.env._("Put Up for Approval"),
                sources=("draft",),
                target="proposed",
                by=("drafter", CLERK),
                needs=("topic_id",),
                guard="_guard_personal",
                style="primary",
            ),
            Transition(
                "publish",
                label=self.env._("Approve"),
                sources=("proposed",),
                target="published",
                by=(DIRECTOR,),
                never=("drafter",),
                guard="_guard_personal",
                style="primary",
            ),
            Transition(
                "send_back",
                label=self.env._("Have It Redrafted"),
                sources=("proposed",),
                target="draft",
                by=(DIRECTOR,),
                note=True,
            ),
            Transition(
                "withdraw",
                label=self.env._("Withdraw"),
                sources=("published",),
                target="withdrawn",
                by=(CLERK,),
                note=True,
                style="danger",
            ),
        ]

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "approver_id",
            "date_published",
            "drafter_id",
        }

    @api.model
    def _get_frozen_fields(self):
        text = ("name", "answer", "regulation_ids", "topic_id", "consultation_id")
        return super()._get_frozen_fields() | {
            **dict.fromkeys(text, ("draft",)),
            "audience": BEFORE,
            "date_valid_until": (*BEFORE, "published"),
        }

    @api.model
    def _reads_annexes(self):
        """Tell whether the current user reads the log: the house alone."""
        return self.env.user._is_internal()

    def _relation_drafter(self):
        return self.drafter_id

    def _guard_personal(self, row, note):
        """Nothing personal is published (M14, 个人信息保护法 art. 6)."""
        self.ensure_one()
        text = f"{self.name}\n{self.answer}"
        source = self.sudo().consultation_id
        named = source._get_asker_words() if source else []
        found = [text[start:stop] for start, stop in find_places(text, named)]
        if not found:
            return []
        return [
            self.env._(
                "Please take out what tells who asked: %(found)s.",
                found=", ".join(dict.fromkeys(found)),
            )
        ]

    def _set(self, **vals):
        """Write guarded fields."""
        with permit(self):
            self.write(vals)

    def _after_publish(self, note):
        self._set(
            approver_id=self.env.uid,
            date_published=fields.Date.context_today(self),
        )
        self.consultation_id._pass_by_system("publish")

    # Reuse ----------------------------------------------------------------------------

    def mark_useful(self):
        """Note that this guidance answered the current user's question, once for each.

        :raise AccessError: for who may not read it
        :raise UserError: for what is not in the library
        """
        self.ensure_one()
        self.check_access("read")
        if self.state != "published":
            raise UserError(self.env._("This is not in the library."))
        # Two taps at the same moment count once.
        self.sudo()._lock_for_transition()
        Use = self.env["office.guidance.use"].sudo()
        mine = [
            ("guidance_id", "=", self.id),
            ("user_id", "=", self.env.uid),
            ("visitor", "=", False),
        ]
        if not Use.search_count([*mine, ("consultation_id", "=", False)], limit=1):
            school = self.env["office.portal.mixin"]._get_portal_units()[:1]
            Use.create({"guidance_id": self.id, "school_id": school.id})

    def _count_uses(self, consultations):
        """Note which consultations were answered from the library."""
        self.env["office.guidance.use"].sudo().create(
            [
                {
                    "guidance_id": consultation.guidance_id.id,
                    "consultation_id": consultation.id,
                    "school_id": consultation.school_id.id,
                }
                for consultation in consultations.filtered("guidance_id")
            ]
        )


class OfficeGuidanceUse(models.Model):
    """That guidance answered a question: what was not asked a second time."""

    _name = "office.guidance.use"
    _description = "Use of Guidance"
    _order = "id desc"

    guidance_id = fields.Many2one(
        "office.guidance", required=True, readonly=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.user,
    )
    school_id = fields.Many2one("hr.department", readonly=True)
    consultation_id = fields.Many2one(
        "office.consultation", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    date = fields.Date(
        required=True, readonly=True, index=True, default=fields.Date.context_today
    )
    lead_unit_id = fields.Many2one(
        related="guidance_id.lead_unit_id", store=True, index="btree_not_null"
    )
    company_id = fields.Many2one(
        related="guidance_id.company_id", store=True, index=True
    )

    _reader_uniq = models.UniqueIndex(
        "(guidance_id, user_id) WHERE consultation_id IS NULL AND visitor IS NULL"
    )
    _consultation_uniq = models.UniqueIndex(
        "(consultation_id) WHERE consultation_id IS NOT NULL"
    )

    @api.model
    def _get_used_domain(self, date_from, date_to):
        return fields.Domain("date", ">=", date_from) & fields.Domain(
            "date", "<=", date_to
        )

    @api.model
    def _measure_reuse(self, date_from, date_to):
        """Return answered by the library ÷ answered at all in a period (K25)."""
        rows = []
        for unit, number, consulted in self._read_group(
            self._get_used_domain(date_from, date_to),
            ["lead_unit_id"],
            ["__count", "consultation_id:count"],
        ):
            rows.append((unit.id, None, number, number - consulted))
        Consultation = self.env["office.consultation"]
        for unit, number in Consultation._read_group(
            Consultation._get_answered_domain(date_from, date_to),
            ["lead_unit_id"],
            ["__count"],
        ):
            rows.append((unit.id, None, 0, number))
        return rows

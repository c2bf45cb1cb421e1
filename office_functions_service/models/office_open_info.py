# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.office_functions.tools.transition import Transition

from .office_open_file import CLERK

DIRECTOR = "office_functions.group_office_director"
LEADER = "office_functions.group_office_leader"
PUBLIC = ("published", "expired")
"""The states in which the public finds an entry."""
OUT = (*PUBLIC, "updated", "withdrawn")
"""The states of what has been published, at least for a time."""
WRITING = ("draft", "classified")
GROUNDS = [
    ("state_secret", "State secret (art. 14)"),
    ("security", "Harm to security or stability (art. 14)"),
    ("law", "Forbidden by law (art. 14)"),
    ("third_party", "Trade secret or privacy (art. 15)"),
    ("internal", "Internal affairs (art. 16)"),
    ("process", "Information of a process under way (art. 16)"),
    ("case_file", "File of an enforcement case (art. 16)"),
    ("inquiry", "Answers to inquiries (art. 16)"),
]
"""Why information is not opened (政府信息公开条例 第14、15、16条)."""


class OfficeOpenInfo(models.Model):
    """An entry of the catalogue of open information (信息公开目录条目), M15.

    Its attribute is settled, its secrecy reviewed by somebody who did not write it,
    and approved by a third person, before anybody outside reads it. The clock runs from
    the day on which the information was formed or changed (政府信息公开条例 第26条).
    """

    _name = "office.open.info"
    _inherit = ["office.words.mixin", "office.matter.mixin"]
    _description = "Open Information"
    _number_series = "open_info"
    _number_states = ("approved",)
    _clock_start_states = ("classified",)
    _clock_stop_states = OUT
    _see_all_groups = (CLERK, LEADER)
    _matter_list_fields = ("category_id", "disclosure", "date_published")
    _matter_list_looks = {
        "number": {"width": "130px"},
        "date_published": {"width": "105px", "widget": "date"},
        "handler_id": {"optional": "hide"},
    }
    _matter_group_fields = ("category_id", "subject_id", "disclosure")

    # What it is -----------------------------------------------------------------------
    name = fields.Char("Title of the Information")
    number = fields.Char("Index Number")
    category_id = fields.Many2one(
        "office.open.category",
        "Group Category",
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('kind', '=', 'group')]",
    )
    subject_id = fields.Many2one(
        "office.open.category",
        "Subject Category",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('kind', '=', 'subject')]",
    )
    publisher = fields.Char(
        default=lambda self: self.env.company.name, help="The organ that publishes it."
    )
    document_number = fields.Char(copy=False)
    date_formed = fields.Date(
        "Formed On",
        default=fields.Date.context_today,
        copy=False,
        help="When it was formed or changed: it is published within 20 working days.",
    )
    summary = fields.Text("Abstract")
    way = fields.Selection(
        [("web", "Website"), ("board", "Notice Board"), ("gazette", "Gazette")],
        "Way of Publication",
        required=True,
        default="web",
    )
    date_valid_until = fields.Date("Valid Until", copy=False)
    lead_unit_id = fields.Many2one(
        string="Section It Comes From",
        default=lambda self: self.env.user.employee_id.sudo().department_id,
    )
    document_id = fields.Many2one(
        "office.document.outgoing",
        "Made of the Document",
        index="btree_not_null",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    file_ids = fields.One2many("office.open.file", "info_id", "Files", copy=False)

    # Whether it is opened -------------------------------------------------------------
    disclosure = fields.Selection(
        [
            ("active", "Published Proactively"),
            ("on_request", "On Request"),
            ("none", "Not Disclosed"),
        ],
        "Disclosure Attribute",
        index="btree_not_null",
    )
    withheld_ground = fields.Selection(GROUNDS, "Ground for Withholding", copy=False)
    withheld_article = fields.Char(
        "Article",
        copy=False,
        help="Regulation and article, e.g. 政府信息公开条例第16条.",
    )
    withheld_reason = fields.Text("Reason for Withholding", copy=False)
    authors = fields.Json(
        readonly=True, copy=False, help="Ids of all who wrote it or put files in."
    )
    checker_id = fields.Many2one(
        "res.users", "Secrecy Reviewed By", readonly=True, copy=False
    )
    approver_id = fields.Many2one("res.users", "Approved By", readonly=True, copy=False)
    date_reexamine = fields.Date(
        "Examine Again On",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="What is withheld is examined again from time to time (art. 18).",
    )

    # What became of it ----------------------------------------------------------------
    date_published = fields.Datetime(
        "Published On", readonly=True, copy=False, index="btree_not_null"
    )
    is_timely = fields.Boolean("Published in Time", readonly=True, copy=False)
    withdrawal_reason = fields.Text(readonly=True, copy=False)
    previous_id = fields.Many2one(
        "office.open.info",
        "Earlier Version",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    root_id = fields.Many2one(
        "office.open.info",
        "First Version",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    version = fields.Integer(readonly=True, copy=False, default=1, aggregator=None)
    time_limit_id = fields.Many2one(
        default=lambda self: self.env["office.time.limit"]._get(
            "open_publish", self.env.company
        )
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("classified", "Attribute Settled"),
            ("checked", "Secrecy Reviewed"),
            ("approved", "Approved"),
            ("published", "Released"),
            ("updated", "Replaced by a Newer Version"),
            ("withdrawn", "Taken Off"),
            ("expired", "Out of Force"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    _successor_uniq = models.UniqueIndex(
        "(previous_id) WHERE previous_id IS NOT NULL AND state <> 'withdrawn'",
        "A newer version of this has been begun already.",
    )
    _document_uniq = models.UniqueIndex(
        "(document_id) WHERE document_id IS NOT NULL AND state <> 'withdrawn'",
        "An entry has been made of this document already.",
    )

    @api.depends(
        "name",
        "number",
        "document_number",
        "summary",
        "category_id.name",
        "subject_id.name",
    )
    def _compute_search_vector(self):
        return super()._compute_search_vector()

    def _get_searched_texts(self):
        """Let title and numbers weigh most, then the subject, then the summary."""
        record = self.with_context(lang="zh_CN")
        return [
            ("A", self.name),
            ("A", self.number),
            ("A", self.document_number),
            ("B", record.subject_id.name),
            ("B", record.category_id.name),
            ("C", self.summary),
        ]

    # The table ------------------------------------------------------------------------

    @api.model
    def _get_transitions(self):
        return [
            Transition(
                "classify",
                label=self.env._("Settle the Attribute"),
                sources=("draft",),
                target="classified",
                by=("creator", "unit_head", CLERK),
                needs=("category_id", "disclosure", "date_formed", "publisher"),
                guard="_guard_classify",
                style="primary",
            ),
            Transition(
                "check",
                label=self.env._("Pass the Secrecy Review"),
                sources=("classified",),
                target="checked",
                by=(CLERK,),
                never=("author",),
                guard="_guard_release",
                note=True,
                style="primary",
            ),
            Transition(
                "approve",
                label=self.env._("Approve the Release"),
                sources=("checked",),
                target="approved",
                by=(DIRECTOR, LEADER),
                never=("author", "checker"),
                guard="_guard_release",
                style="primary",
            ),
            Transition(
                "publish",
                label=self.env._("Release"),
                sources=("approved",),
                target="published",
                by=(CLERK,),
                guard="_guard_publish",
                style="primary",
            ),
            Transition(
                "send_back",
                label=self.env._("Back to the Draft"),
                sources=("classified", "checked", "approved"),
                target="draft",
                by=(CLERK, LEADER),
                note=True,
            ),
            Transition(
                "replace",
                label=self.env._("Replace by a Newer Version"),
                sources=PUBLIC,
                target="updated",
            ),
            Transition(
                "expire",
                label=self.env._("Mark as Out of Force"),
                sources=("published",),
                target="expired",
                by=(CLERK,),
            ),
            Transition(
                "withdraw",
                label=self.env._("Take off the Pages"),
                sources=PUBLIC,
                target="withdrawn",
                by=(CLERK, LEADER),
                note=True,
                style="danger",
            ),
        ]

    @api.model
    def _get_transition_lines(self, row):
        return [*super()._get_transition_lines(row), "file_ids"]

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "approver_id",
            "authors",
            "checker_id",
            "date_published",
            "date_reexamine",
            "document_id",
            "is_timely",
            "previous_id",
            "root_id",
            "version",
            "withdrawal_reason",
        }

    @api.model
    def _get_frozen_fields(self):
        text = (
            "name",
            "category_id",
            "subject_id",
            "publisher",
            "document_number",
            "summary",
            "way",
            "lead_unit_id",
        )
        settled = (
            "disclosure",
            "date_formed",
            "withheld_ground",
            "withheld_article",
            "withheld_reason",
        )
        return super()._get_frozen_fields() | {
            **dict.fromkeys(text, WRITING),
            **dict.fromkeys(settled, ("draft",)),
            "date_valid_until": (*WRITING, "published"),
        }

    @api.model
    def _get_matter_filters(self):
        return [
            *super()._get_matter_filters(),
            (
                self.env._("On the Pages"),
                "public",
                "[('state', 'in', ('published', 'expired'))]",
            ),
            (self.env._("Withheld"), "withheld", "[('disclosure', '!=', 'active')]"),
        ]

    # Who sees it ----------------------------------------------------------------------

    @api.model
    def _get_linked_domain(self, operation):
        """Let the whole house read what was published, earlier versions too."""
        linked = super()._get_linked_domain(operation)
        if operation != "read":
            return linked
        return linked | Domain("state", "in", (*PUBLIC, "updated"))

    @api.model
    def _get_visibility_fields(self):
        return [*super()._get_visibility_fields(), "state"]

    def _get_authors(self):
        """Return who wrote it: they neither review nor approve it (A2).

        :rtype: res.users
        """
        self.ensure_one()
        record = self.sudo()
        return self.env["res.users"].browse(record.authors or ()) | record.create_uid

    def _relation_author(self):
        return self._get_authors()

    def _relation_checker(self):
        return self.checker_id

    def write(self, vals):
        """Note who wrote it; who did does not review it."""
        text = {"name", "summary", "document_number", "disclosure"} & vals.keys()
        result = super().write(vals)
        if text:
            self._note_author()
        return result

    def _note_author(self):
        """Note that the current user had a part in the text."""
        uid = self.env.uid
        for authors, records in (
            self.sudo().grouped(lambda one: tuple(one.authors or ())).items()
        ):
            if uid not in authors:
                records._set(authors=[*authors, uid])

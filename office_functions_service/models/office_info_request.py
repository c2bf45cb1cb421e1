# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from odoo.addons.office_functions.tools.transition import Transition

from .office_open_file import CLERK
from .office_open_info import DIRECTOR, GROUNDS, LEADER

OFFICER = "office_functions.group_office_petition"
BEFORE = ("filed", "received", "correcting", "paying", "consulting")
REPLY_FIELDS = (
    "reply_kind",
    "reply_text",
    "reply_where",
    "withheld_ground",
    "withheld_article",
    "withheld_reason",
    "reply_reason",
    "over_objection",
    "repeated_id",
)
"""What the reply is made of, and who drafts it does not sign it."""


class OfficeInfoRequest(models.Model):
    """Somebody asks for information (依申请公开), M15.

    Received on the day the law says, perhaps corrected once, perhaps with others asked
    for their opinion, and answered within 20 working days in one of the ways of
    政府信息公开条例 第36、37条. Who asks is kept apart.
    """

    _name = "office.info.request"
    _inherit = ["office.public.mixin", "office.service.mixin"]
    _description = "Request for Information"
    _service_target = "public"
    _public_kind = "information"
    _public_form_fields = ("name", "text", "requester_kind", "form_wanted")
    _number_series = "info_request"
    _number_states = ("received",)
    _clock_start_states = ("received",)
    _clock_stop_states = ("replied", "closed", "abandoned", "redirected")
    _answered_states = ("replied",)
    _erasure_states = ("replied", "closed", "abandoned", "redirected")
    _max_extensions = 1
    _see_all_groups = (CLERK, LEADER)
    _matter_list_fields = ("channel", "date_received", "reply_kind")
    _matter_list_looks = {
        "number": {"width": "145px"},
        "channel": {"optional": "hide"},
        "date_received": {"width": "85px"},
        "reply_kind": {"optional": "hide"},
    }
    _matter_group_fields = ("channel", "requester_kind", "reply_kind")

    # What is asked --------------------------------------------------------------------
    name = fields.Char("Information Asked For")
    text = fields.Text(
        "Description of the Information",
        help="Name, document number or other marks by which it can be found (art. 29).",
    )
    channel = fields.Selection(
        [
            ("handed_in", "Submitted in Person"),
            ("mail", "By Mail"),
            ("web", "By Internet"),
            ("fax", "By Fax"),
        ],
        "Came By",
        required=True,
        default="handed_in",
        index=True,
    )
    requester_kind = fields.Selection(
        [
            ("natural", "Natural Person"),
            ("company", "Commercial Company"),
            ("research", "Research Institution"),
            ("charity", "Public Benefit Organization"),
            ("legal", "Legal Service Organization"),
            ("other", "Another Organization"),
        ],
        "Kind of Requester",
        required=True,
        default="natural",
        index=True,
    )
    form_wanted = fields.Selection(
        [
            ("paper", "Paper Copy"),
            ("electronic", "Electronic File"),
            ("inspection", "To Be Read Here"),
        ],
        default="electronic",
        required=True,
    )
    date_received = fields.Date(
        "Receipt Counts From",
        default=fields.Date.context_today,
        copy=False,
        help="Handed in: that day; by mail: when it was signed for; by internet or fax: "
        "the day on which both sides confirmed it (art. 31).",
    )
    identity_ids = fields.One2many(
        "office.info.request.identity", "request_id", "Requester", copy=False
    )
    lead_unit_id = fields.Many2one(string="Section That Answers")

    # Correction and opinions ----------------------------------------------------------
    correction_text = fields.Text("What Has to Be Corrected", readonly=True, copy=False)
    date_correction = fields.Date("Correction Asked On", readonly=True, copy=False)
    date_correction_due = fields.Date("Correct Until", readonly=True, copy=False)
    date_corrected = fields.Date(
        "Correction Received On",
        copy=False,
        help="From this day on the time to reply is counted anew (art. 30).",
    )
    opinion_ids = fields.One2many(
        "office.info.request.opinion", "request_id", "Opinions Asked For", copy=False
    )

    # The reply ------------------------------------------------------------------------
    reply_kind = fields.Selection(
        [
            ("known", "Public Already: Told Where"),
            ("open", "Opened"),
            ("partial", "Opened in Part"),
            ("refused", "Refused with Reason"),
            ("absent", "There Is No Such Information"),
            ("elsewhere", "Not of This Organ"),
            ("repeated", "Repeated: Not Handled Again"),
            ("other_law", "Another Law Governs It"),
        ],
        "Kind of Reply",
        copy=False,
        index="btree_not_null",
        help="政府信息公开条例 第36、37条",
    )
    reply_text = fields.Text("Text of the Reply", copy=False)
    reply_where = fields.Char(
        "Where It Is Found",
        copy=False,
        help="Address of what is public already; name and address of the organ that "
        "has it, if known.",
    )
    withheld_ground = fields.Selection(GROUNDS, "Ground for Withholding", copy=False)
    withheld_article = fields.Char(
        "Article",
        copy=False,
        help="Regulation and article, e.g. 政府信息公开条例第16条.",
    )
    withheld_reason = fields.Text("Reason for Withholding", copy=False)
    reply_reason = fields.Text(
        "Reason of the Reply",
        copy=False,
        help="There is none: where it was looked for. Not of this organ: why not.",
    )
    over_objection = fields.Text(
        "Why It Is Opened over an Objection",
        copy=False,
        help="Why withholding it would harm the public interest much (art. 15, 32).",
    )
    repeated_id = fields.Many2one(
        "office.info.request",
        "Answered Before In",
        copy=False,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    file_ids = fields.One2many("office.open.file", "request_id", "Files", copy=False)
    reply_author_id = fields.Many2one(
        "res.users", "Reply Drafted By", readonly=True, copy=False
    )
    replied_by_id = fields.Many2one(
        "res.users", "Reply Signed By", readonly=True, copy=False
    )
    date_replied = fields.Datetime(
        "Date of the Reply", readonly=True, copy=False, index="btree_not_null"
    )
    redirect_channel = fields.Selection(
        [
            ("petition", "Petition"),
            ("report", "Report or Accusation"),
            ("publication", "Books and Periodicals"),
            ("dispute", "Review of a Decision, or Court"),
            ("other", "Another Office"),
        ],
        "Right Channel",
        copy=False,
    )
    redirect_text = fields.Text("What They Were Told", readonly=True, copy=False)
    time_limit_id = fields.Many2one(
        default=lambda self: self.env["office.time.limit"]._get(
            "info_request_reply", self.env.company
        )
    )
    state = fields.Selection(
        [
            ("filed", "Receipt to Be Confirmed"),
            ("received", "Request Received"),
            ("correcting", "Being Corrected"),
            ("consulting", "Opinions Being Asked"),
            ("replied", "Replied"),
            ("closed", "Closed"),
            ("abandoned", "Taken as Given Up"),
            ("redirected", "Guided Elsewhere"),
        ],
        default="filed",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    # The table ------------------------------------------------------------------------

    @api.model
    def _get_transitions(self):
        doers = ("handler", "unit_head", CLERK)
        return [
            Transition(
                "receive",
                label=self.env._("Register the Receipt"),
                sources=("filed",),
                target="received",
                by=(CLERK, OFFICER),
                needs=("date_received", "lead_unit_id"),
                guard="_guard_receive",
                style="primary",
            ),
            Transition(
                "ask_correction",
                label=self.env._("Ask for a Correction"),
                sources=("received",),
                target="correcting",
                by=doers,
                guard="_guard_ask_correction",
                note=True,
            ),
            Transition(
                "correct",
                label=self.env._("The Correction Has Come"),
                sources=("correcting",),
                target="received",
                by=doers,
                needs=("date_corrected",),
                guard="_guard_correct",
                style="primary",
            ),
            Transition(
                "abandon",
                label=self.env._("Take as Given Up"),
                sources=("correcting",),
                target="abandoned",
                by=(CLERK,),
                guard="_guard_abandon",
                note=True,
                style="danger",
            ),
            Transition(
                "consult",
                label=self.env._("Ask for Opinions"),
                sources=("received",),
                target="consulting",
                by=doers,
                guard="_guard_consult",
            ),
            Transition(
                "collect",
                label=self.env._("All Opinions Are In"),
                sources=("consulting",),
                target="received",
                by=doers,
                guard="_guard_collect",
                style="primary",
            ),
            Transition(
                "reply",
                label=self.env._("Sign the Reply"),
                sources=("received",),
                target="replied",
                by=("unit_head", DIRECTOR, LEADER),
                never=("reply_author",),
                needs=("reply_kind", "reply_text"),
                guard="_guard_reply",
                style="primary",
            ),
            Transition(
                "redirect",
                label=self.env._("Point to the Right Channel"),
                sources=("filed", "received"),
                target="redirected",
                by=(CLERK, "unit_head"),
                needs=("redirect_channel",),
                note=True,
                style="danger",
            ),
            Transition(
                "close",
                label=self.env._("Close the Case"),
                sources=("replied",),
                target="closed",
                by=(CLERK,),
            ),
        ]

    @api.model
    def _get_transition_lines(self, row):
        lines = super()._get_transition_lines(row)
        return [*lines, "opinion_ids", "file_ids"]

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "correction_text",
            "date_correction",
            "date_correction_due",
            "date_replied",
            "redirect_text",
            "replied_by_id",
            "reply_author_id",
        }

    @api.model
    def _get_frozen_fields(self):
        asked = ("name", "text", "requester_kind", "form_wanted")
        return super()._get_frozen_fields() | {
            "date_corrected": ("correcting",),
            **dict.fromkeys(asked, ("filed", "received", "correcting")),
            **dict.fromkeys(("channel", "date_received"), ("filed",)),
            **dict.fromkeys(("redirect_channel", *REPLY_FIELDS), BEFORE),
        }

    # Who wrote the reply --------------------------------------------------------------

    def _relation_reply_author(self):
        return self.reply_author_id

    def _get_authors(self):
        """Return who drafted the reply: they do not review its files (A2).

        :rtype: res.users
        """
        self.ensure_one()
        return self.sudo().reply_author_id

    @api.model_create_multi
    def create(self, vals_list):
        online = [
            {"channel": "web", **vals} if vals.get("is_filed_online") else vals
            for vals in vals_list
        ]
        requests = super().create(online)
        drafted = requests.filtered(lambda one: one.reply_text or one.reply_kind)
        drafted.sudo()._set(reply_author_id=self.env.uid)
        return requests

    def write(self, vals):
        """Note who drafted the reply; somebody else signs it."""
        result = super().write(vals)
        if self and not vals.keys().isdisjoint(REPLY_FIELDS):
            drafted = self.sudo().filtered(
                lambda one: one.reply_author_id != self.env.user
            )
            drafted._set(reply_author_id=self.env.uid)
        return result

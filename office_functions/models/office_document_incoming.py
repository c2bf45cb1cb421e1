# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

OFFICE_STATES = (
    "received",
    "registered",
    "screened",
    "proposed",
    "instructed",
)
"""Where the office prepares a document, before a unit handles it."""


class OfficeDocumentIncoming(models.Model):
    """A document received (收文), from signing for it to the archive.

    Papers for action go to a leader, whose written instruction becomes a directive,
    or to a section by the director's decision; papers for reading go round a list of
    readers. Where each one lies, and since when, is always known.
    """

    _name = "office.document.incoming"
    _inherit = ["office.archive.mixin", "office.secrecy.mixin", "office.step.mixin"]
    _description = "Incoming Document"
    _rec_names_search = ["name", "number", "sender_number"]
    _primary_email = "sender_email"
    _number_series = "document_incoming"
    _handed_over_state = "replied"
    _number_states = ("registered",)
    _clock_start_states = ("handling",)
    _clock_stop_states = ("replied", "archived", "closed", "returned")
    _final_states = ("archived", "returned")
    _settled_fields = ("name", "handler_id", "direction", "copies", "page_count")
    _content_fields = ("text_content", "result", "reply_text")
    _see_all_groups = (
        "office_functions.group_office_clerk",
        "office_functions.group_office_leader",
    )
    _party_user_fields = ("leader_id", "clerk_id", "circulation_ids.user_id")
    _step_limits = {
        "received": "document_register",
        "registered": "document_screen",
        "screened": "document_propose",
        "proposed": "document_instruct",
        "instructed": "document_assign",
        "circulating": "document_circulate",
    }
    _holder_fields = (
        "screening",
        "leader_id",
        "clerk_id",
        "handler_id",
        "lead_unit_id",
        "is_given_back",
        "circulation_ids.user_id",
        "circulation_ids.sequence",
        "circulation_ids.date_read",
    )
    _matter_list_fields = ("sender", "sender_number", "urgency", "holder_id")
    _matter_list_looks = {
        "sender": {"width": "150px"},
        "sender_number": {"optional": "hide"},
        "urgency": {"width": "80px"},
        "holder_id": {"widget": "many2one_avatar_user", "width": "110px"},
        "handler_id": {"optional": "hide"},
        "lead_unit_id": {"optional": "hide"},
    }
    _matter_group_fields = ("holder_id", "urgency", "kind", "screening", "sender")

    # The paper
    date_received = fields.Datetime(
        "Received On",
        required=True,
        default=fields.Datetime.now,
        copy=False,
        help="When it was signed for.",
    )
    sender = fields.Char("Sent By", index="trigram", help="The organ it comes from.")
    sender_email = fields.Char("Sender's Mail Address")
    sender_number = fields.Char(
        "Sender's Number", index="trigram", copy=False, help="发文字号 of the sender."
    )
    direction = fields.Selection(
        [("down", "From Above"), ("up", "From Below"), ("lateral", "From a Peer")],
        help="Where the sender stands: above, below or beside us.",
    )
    date_document = fields.Date("Date of the Document")
    urgency = fields.Selection(
        [
            ("ordinary", "Ordinary"),
            ("urgent", "Urgent"),
            ("extra_urgent", "Extra Urgent"),
            ("telegram_ordinary", "Telegram, Ordinary"),
            ("telegram_urgent", "Telegram, Urgent"),
            ("telegram_extra", "Telegram, Extra Urgent"),
            ("telegram_top", "Telegram, Top Urgent"),
        ],
        required=True,
        default="ordinary",
    )
    is_urgent = fields.Boolean(
        "Urgent", compute="_compute_is_urgent", store=True, precompute=True
    )
    copies = fields.Integer(default=1, aggregator=None)
    page_count = fields.Integer("Pages", aggregator=None)
    annexes = fields.Char("Enclosures")

    # The way through the office
    kind = fields.Selection(
        [("action", "For Action"), ("reading", "For Reading")],
        "Action or Reading",
        required=True,
        default="action",
    )
    clerk_id = fields.Many2one(
        "res.users",
        "In Charge at the Office",
        default=lambda self: self._default_clerk_id(),
        index=True,
        copy=False,
        help="Registers it, hands it on, and files it in the end.",
    )
    leader_id = fields.Many2one(
        "res.users",
        "Submitted To",
        index=True,
        domain=lambda self: [
            (
                "all_group_ids",
                "in",
                self.env.ref("office_functions.group_office_leader").ids,
            )
        ],
        help="The leader it is put before.",
    )
    screening = fields.Selection(
        [
            ("submit", "Submit to a Leader"),
            ("section", "Section Handles It"),
            ("merge", "Merge with Another"),
            ("return", "Return to the Sender"),
        ],
        help="What the preliminary check found: only what needs a leader goes to one.",
    )
    screening_reason = fields.Text("Reason of the Screening")
    return_reason = fields.Selection(
        [
            ("not_ours", "Not Ours"),
            ("wrong_form", "Wrong Type or Format"),
            ("not_negotiated", "Not Negotiated with Those Concerned"),
        ],
        "Returned Because",
    )
    merged_into_id = fields.Many2one(
        "office.document.incoming",
        index="btree_not_null",
        check_company=True,
        copy=False,
    )
    proposal = fields.Text("Proposed Handling")
    instruction = fields.Text(
        "Leader's Instruction", readonly=True, copy=False, help="Word for word."
    )
    instructed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    date_instructed = fields.Datetime("Instructed On", readonly=True, copy=False)
    directive_id = fields.Many2one(
        "office.directive", readonly=True, copy=False, index="btree_not_null"
    )
    is_given_back = fields.Boolean(
        "Given Back",
        readonly=True,
        copy=False,
        help="A unit gave it back; the director rules who handles it.",
    )
    given_back_unit_id = fields.Many2one(
        "hr.department", "Given Back By", readonly=True, copy=False
    )
    return_count = fields.Integer(
        "Returns by Units", readonly=True, copy=False, aggregator=None
    )
    time_limit_id = fields.Many2one(
        compute="_compute_time_limit_id", store=True, precompute=True, readonly=False
    )
    result = fields.Text("Result of Handling", copy=False)
    reply_text = fields.Text("Reply to the Sender", copy=False)
    no_reply_needed = fields.Boolean(copy=False)
    circulation_mode = fields.Selection(
        [("ordered", "One after Another"), ("parallel", "All at Once")],
        required=True,
        default="ordered",
    )
    circulation_ids = fields.One2many("office.document.circulation", "document_id")
    unread_names = fields.Char("Not Yet Read By", compute="_compute_unread_names")
    state = fields.Selection(
        [
            ("received", "Received"),
            ("registered", "Registered"),
            ("screened", "Screened"),
            ("proposed", "Handling Proposed"),
            ("instructed", "Instructed"),
            ("handling", "In Hand"),
            ("replied", "Replied"),
            ("circulating", "Circulating"),
            ("closed", "Closed"),
            ("returned", "Returned to Sender"),
            ("archived", "Filed in the Archive"),
        ],
        default="received",
        required=True,
        readonly=True,
        copy=False,
    )

    _received_idx = models.Index("(date_received, id)")

    @api.model
    def _default_clerk_id(self):
        if self.env.user.has_group("office_functions.group_office_clerk"):
            return self.env.user
        return self.env.company.sudo().office_document_clerk_id

    def _get_secrecy_start(self):
        return self.date_document or super()._get_secrecy_start()

    def _get_copy_count(self):
        return self.copies

    # What follows from what is entered ------------------------------------------------

    @api.depends("urgency")
    def _compute_is_urgent(self):
        calm = ("ordinary", "telegram_ordinary", False)
        for document in self:
            document.is_urgent = document.urgency not in calm

    @api.depends("urgency", "company_id")
    def _compute_time_limit_id(self):
        TimeLimit = self.env["office.time.limit"]
        for document in self:
            code = f"document_{document.urgency or 'ordinary'}"
            document.time_limit_id = TimeLimit._get(code, document.company_id)

    @api.depends("circulation_ids.date_read", "circulation_ids.user_id")
    def _compute_unread_names(self):
        for document in self:
            unread = document.sudo().circulation_ids._get_unread()
            document.unread_names = "、".join(unread.user_id.mapped("name")) or False

    # The list -------------------------------------------------------------------------

    @api.model
    def _get_matter_filters(self):
        late = "[('is_opening_late', '=', True)]"
        return [
            *super()._get_matter_filters(),
            (self.env._("Urgent"), "urgent", "[('is_urgent', '=', True)]"),
            (self.env._("Unopened Too Long"), "unopened", late),
            (self.env._("For Reading"), "reading", "[('kind', '=', 'reading')]"),
            (self.env._("Forgotten"), "omitted", "[('omission', '!=', False)]"),
        ]

    @api.model
    def _get_default_search_view(self):
        view = super()._get_default_search_view()
        name = view.find("field[@name='name']")
        name.set(
            "filter_domain",
            "['|', '|', ('name', 'ilike', self), ('number', '=', self), "
            "('sender_number', 'ilike', self)]",
        )
        name.addnext(name.makeelement("field", {"name": "text_content"}))
        return view

    @api.model
    def _get_default_list_view(self):
        view = super()._get_default_list_view()
        view.set("decoration-danger", "is_opening_late")
        hidden = {"name": "is_opening_late", "column_invisible": "1"}
        view.append(view.makeelement("field", hidden))
        return view

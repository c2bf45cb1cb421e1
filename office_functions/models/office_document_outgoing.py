# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from ..tools.document_text import split_organs

WRITING = ("drafting", "revising")
"""The states in which the drafter writes."""


class OfficeDocumentOutgoing(models.Model):
    """An official document of this organ, from its draft to its archive (发文).

    Who drafted it neither reviews nor signs it; its number is given at registration
    only; no seal without a leader's approval (党政机关公文处理工作条例 第22、25条).
    The steps are in ``office_document_steps.py``, the rules of each type in
    ``office_document_rules.py``, who may write what when in
    ``office_document_outgoing_guards.py``.
    """

    _name = "office.document.outgoing"
    _inherit = [
        "office.archive.mixin",
        "office.receipt.mixin",
        "office.secrecy.mixin",
        "office.step.mixin",
    ]
    _description = "Outgoing Document"
    _number_series = "outgoing"
    _handed_over_state = "issued"
    _number_states = ("registered",)
    _clock_start_states = ("reviewing",)
    _clock_stop_states = ("issued", "archived", "cancelled", "revoked", "repealed")
    _final_states = ("archived", "cancelled", "revoked", "repealed")
    _content_fields = ("body", "own_view")
    _party_unit_fields = ("lead_unit_id", "assisting_unit_ids", "countersign_unit_ids")
    _party_user_fields = ("reviewer_id", "signer_id")
    _see_all_groups = (
        "office_functions.group_office_clerk",
        "office_functions.group_office_director",
        "office_functions.group_office_leader",
    )
    _step_limits = {
        "reviewing": "outgoing_review",
        "countersigning": "outgoing_countersign",
        "signing": "outgoing_sign",
        "verified": "outgoing_office",
        "registered": "outgoing_office",
        "printing": "outgoing_office",
        "sealing": "outgoing_office",
    }
    _holder_fields = ("handler_id", "reviewer_id", "signer_id", "seal_approver_id")
    _matter_list_fields = ("document_type", "holder_id", "unread_names")
    _matter_list_looks = {
        "document_type": {"width": "80px"},
        "holder_id": {"width": "80px"},
        "unread_names": {"width": "80px"},
        "handler_id": {"optional": "hide"},
    }
    _matter_group_fields = ("document_type", "disclosure", "signer_id", "holder_id")

    # What it is -----------------------------------------------------------------------
    name = fields.Char("Title")
    number = fields.Char("Document Number")
    document_type = fields.Selection(
        [
            ("notice", "Notification"),
            ("request", "Request for Instructions"),
            ("report", "Report to a Superior"),
            ("letter", "Official Letter"),
            ("minutes", "Minutes of a Meeting"),
            ("circular", "Circular"),
            ("opinion", "Opinions"),
            ("decision", "Formal Decision"),
            ("reply", "Official Reply"),
            ("announcement", "Announcement"),
            ("public_notice", "Public Notice"),
            ("resolution", "Resolution"),
            ("order", "Order"),
            ("communique", "Communique"),
            ("motion", "Motion"),
        ],
        required=True,
        default="notice",
        index=True,
        help="One of the 15 types (党政机关公文处理工作条例 第8条).",
    )
    direction = fields.Selection(
        [("down", "Downward"), ("lateral", "Lateral"), ("up", "Upward")],
        "Goes To",
        compute="_compute_direction",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="Upward documents are signed by the principal leader.",
    )
    urgency = fields.Selection(
        [
            ("ordinary", "Ordinary"),
            ("urgent", "Urgent"),
            ("extra_urgent", "Extra Urgent"),
        ],
        required=True,
        default="ordinary",
    )
    is_important = fields.Boolean(
        "Important", help="Important documents are signed by the principal leader."
    )
    is_single_matter = fields.Boolean(
        "One Matter Only", help="A request asks for one thing (一文一事)."
    )
    is_passed_on = fields.Boolean(
        "Passes On a Subordinate's Request",
        help="Such a request goes up with our own view, never as it came "
        "(党政机关公文处理工作条例 第15条).",
    )
    own_view = fields.Text(
        "Our Own View",
        groups="office_functions.group_office_user",
        help="What we propose ourselves; it stands in the text too.",
    )
    copy_number = fields.Char(size=6, help="Number of this copy of a secret document.")
    disclosure = fields.Selection(
        [
            ("active", "Published Proactively"),
            ("on_request", "On Request"),
            ("none", "Not Disclosed"),
        ],
        "Disclosure Attribute",
        help="Proposed by the drafter, settled by the signature (国办发〔2016〕80号).",
    )
    disclosure_reason = fields.Char(help="Why it is not published.")
    policy_basis_ids = fields.Many2many(
        "office.regulation",
        string="Policy or Legal Basis",
        context={"active_test": False},
        help="Nothing goes to review without what it is founded on.",
    )

    # To whom --------------------------------------------------------------------------
    main_unit_ids = fields.Many2many(
        "hr.department",
        "office_document_main_rel",
        string="Main Addressees",
        check_company=True,
        help="Units of this organization that must act; they confirm the receipt.",
    )
    main_organs = fields.Char(
        "Outside Main Addressees", help="Other organs, separated by commas."
    )
    main_text = fields.Char(
        "Main Addressees as Printed",
        compute="_compute_main_text",
        store=True,
        readonly=False,
        precompute=True,
    )
    copy_unit_ids = fields.Many2many(
        "hr.department",
        "office_document_copy_rel",
        string="Copy Addressees",
        check_company=True,
        help="Units of this organization that must know.",
    )
    copy_organs = fields.Char("Outside Copy Addressees")
    is_leader_order = fields.Boolean(
        "Ordered by the Leader",
        help="Only then may it be addressed to a leader in person.",
    )

    # The text -------------------------------------------------------------------------
    body = fields.Html(
        compute="_compute_body",
        store=True,
        readonly=False,
        precompute=True,
        sanitize_attributes=True,
        sanitize_style=True,
    )
    annex_names = fields.Text(
        "Annexes",
        help="One name a line. Schools find the files attached under these names.",
    )
    contact_name = fields.Char("Contact Person")
    contact_phone = fields.Char()
    note_text = fields.Char(
        "Note", help="What stands in brackets below the date, e.g. 此件公开发布."
    )

    # People ---------------------------------------------------------------------------
    handler_id = fields.Many2one(
        string="Drafter", default=lambda self: self.env.user, index=True
    )
    lead_unit_id = fields.Many2one(
        string="Drafting Unit",
        default=lambda self: self.env.user.employee_id.sudo().department_id,
    )
    date_drafted = fields.Date(
        "Drafted On", default=lambda self: fields.Date.context_today(self), copy=False
    )
    reviewer_id = fields.Many2one(
        "res.users",
        index="btree_not_null",
        domain=lambda self: self._get_group_domain("clerk"),
        help="Who in the office reviews the draft, and leads it to its end.",
    )
    signer_id = fields.Many2one(
        "res.users",
        compute="_compute_signer_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        domain=lambda self: self._get_group_domain("leader"),
        help="The leader who signs. Upward and important documents go to the principal "
        "leader.",
    )
    countersign_unit_ids = fields.Many2many(
        "hr.department",
        "office_document_countersign_rel",
        string="To Be Countersigned By",
        check_company=True,
    )
    countersign_ids = fields.One2many(
        "office.document.countersign",
        "res_id",
        "Countersignatures",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
        copy=False,
    )
    has_difference = fields.Boolean(
        "Countersigned with Differences", readonly=True, copy=False
    )
    drafters = fields.Json(
        readonly=True,
        copy=False,
        help="Ids of all who wrote it, beside who began it and who has it in hand.",
    )

    # Review, signature, seal, issue ---------------------------------------------------
    finding_ids = fields.One2many(
        "office.document.finding", "document_id", "Review Findings"
    )
    open_finding_ids = fields.One2many(
        "office.document.finding",
        "document_id",
        "Open Findings",
        domain=[("is_resolved", "=", False)],
        copy=False,
    )
    date_reviewed = fields.Date("First Reviewed On", readonly=True, copy=False)
    return_count = fields.Integer(
        "Returned by the Review", readonly=True, copy=False, aggregator="avg"
    )
    signed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    date_signed = fields.Date("Signed On", readonly=True, copy=False)
    signing_opinion = fields.Text(
        readonly=True, copy=False, groups="office_functions.group_office_user"
    )
    signed_digest = fields.Char(readonly=True, copy=False)
    proofreader_id = fields.Many2one("res.users", copy=False)
    print_copies = fields.Integer(copy=False, aggregator=None)
    with_seal = fields.Boolean("To Be Sealed", default=True)
    seal_copies = fields.Integer("Copies to Seal", copy=False, aggregator=None)
    seal_approver_id = fields.Many2one(
        "res.users", "Seal Approved By", readonly=True, copy=False
    )
    seal_use_ids = fields.One2many(
        "office.seal.use",
        "res_id",
        "Seal Log",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
        copy=False,
    )
    date_issued = fields.Date("Dispatched On", readonly=True, copy=False)
    date_void = fields.Date("Without Effect Since", readonly=True, copy=False)

    time_limit_id = fields.Many2one(
        compute="_compute_time_limit_id", store=True, readonly=False, precompute=True
    )
    state = fields.Selection(
        [
            ("drafting", "Drafting"),
            ("reviewing", "Review of the Draft"),
            ("countersigning", "Countersigning"),
            ("signing", "To Be Signed"),
            ("verified", "Verification before Print"),
            ("registered", "Registered"),
            ("printing", "Printing"),
            ("sealing", "Sealing"),
            ("issued", "Dispatched"),
            ("archived", "Filed in the Archive"),
            ("revising", "Returned for Revision"),
            ("cancelled", "Voided"),
            ("revoked", "Revoked"),
            ("repealed", "Repealed"),
        ],
        default="drafting",
        required=True,
        readonly=True,
        copy=False,
    )

    _reviewed_idx = models.Index(
        "(date_reviewed, company_id) WHERE date_reviewed IS NOT NULL"
    )

    @api.model
    def _get_group_domain(self, role):
        group = self.env.ref(f"office_functions.group_office_{role}")
        return [("all_group_ids", "in", group.id)]

    # Computed -------------------------------------------------------------------------

    @api.depends("document_type")
    def _compute_direction(self):
        ways = {"request": "up", "report": "up", "motion": "up"}
        ways |= {"letter": "lateral", "minutes": "lateral"}
        for document in self:
            document.direction = ways.get(document.document_type, "down")

    @api.depends("main_unit_ids", "main_organs")
    def _compute_main_text(self):
        for document in self:
            names = split_organs(document.main_organs)
            names += document.main_unit_ids.mapped("name")
            document.main_text = "，".join(names) or False

    @api.depends("document_type")
    def _compute_body(self):
        """Begin with the template of the type; what was written already stays."""
        templates = self.env["office.document.template"]._get_bodies(self.company_id)
        for document in self:
            known = {body for (_type, _company), body in templates.items()}
            if document.body and str(document.body) not in known:
                continue
            own = (document.document_type, document.company_id.id)
            common = (document.document_type, False)
            body = templates.get(own) or templates.get(common)
            document.body = False if document.is_secret else body

    @api.depends("direction", "is_important")
    def _compute_signer_id(self):
        for document in self:
            if document._needs_principal_leader():
                principal = document.company_id.office_principal_leader_id
                document.signer_id = principal or document.signer_id
            else:
                document.signer_id = document.signer_id

    @api.depends("urgency")
    def _compute_time_limit_id(self):
        get = self.env["office.time.limit"]._get
        for document in self:
            if not document.clock_start:
                code = f"outgoing_{document.urgency}"
                document.time_limit_id = get(code, document.company_id)

    def _needs_principal_leader(self):
        """Tell whether only the principal leader signs (R-DOC-4)."""
        self.ensure_one()
        return self.direction == "up" or self.is_important

    def _get_number_series(self):
        own = {"letter": "outgoing_letter", "minutes": "outgoing_minutes"}
        return own.get(self.document_type, self._number_series)

    @api.model
    def _get_matter_filters(self):
        return [
            *super()._get_matter_filters(),
            (self.env._("Held by Me"), "held", "[('holder_id', '=', uid)]"),
            (
                self.env._("For Me to Sign"),
                "sign",
                "[('signer_id', '=', uid), ('state', '=', 'signing')]",
            ),
            (
                self.env._("Not Read by All"),
                "unread",
                "[('receipt_ids', 'any', [('date_read', '=', False)])]",
            ),
            (
                self.env._("Without Effect"),
                "void",
                "[('state', 'in', ('revoked', 'repealed', 'cancelled'))]",
            ),
        ]

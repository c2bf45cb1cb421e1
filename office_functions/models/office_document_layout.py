# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.document_docx import write_docx
from ..tools.document_layout import BLANK_DATE, Layout, chinese_date
from ..tools.document_text import break_title, read_blocks, split_organs

FORMS = {"letter": "letter", "minutes": "minutes", "order": "order"}
URGENCY = {"urgent": "加急", "extra_urgent": "特急"}
LEVELS = {"secret": "秘密", "confidential": "机密", "top_secret": "绝密"}


class OfficeDocumentLayout(models.Model):
    """The document as it is printed, in the layout of GB/T 9704-2012 (F7, F7b)."""

    _inherit = "office.document.outgoing"

    form = fields.Selection(
        [
            ("document", "Document with Red Head"),
            ("letter", "Letter"),
            ("minutes", "Minutes"),
            ("order", "Order Form"),
        ],
        "Paper Form",
        compute="_compute_form",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    mark = fields.Char(
        "Issuer's Mark",
        compute="_compute_mark",
        store=True,
        readonly=False,
        precompute=True,
        help="The red words at the head (发文机关标志).",
    )
    organ = fields.Char(
        "Signed As",
        compute="_compute_organ",
        store=True,
        readonly=False,
        precompute=True,
        help="The organ named at the foot of the text (发文机关署名).",
    )
    title_lines = fields.Text(
        "Title as Printed",
        compute="_compute_title_lines",
        store=True,
        readonly=False,
        precompute=True,
        help="Break the lines where the sense allows: in the shape of a trapezoid or "
        "a rhombus.",
    )

    @api.depends("document_type")
    def _compute_form(self):
        for document in self:
            document.form = FORMS.get(document.document_type, "document")

    @api.depends("form", "company_id")
    def _compute_mark(self):
        endings = {"document": "文件", "minutes": "会议纪要", "order": "令"}
        for document in self:
            name = document.company_id.name or ""
            document.mark = name + endings.get(document.form, "")

    @api.depends("company_id")
    def _compute_organ(self):
        for document in self:
            document.organ = document.company_id.name

    @api.depends("name")
    def _compute_title_lines(self):
        for document in self:
            document.title_lines = "\n".join(break_title(document.name))

    @api.constrains("name", "title_lines")
    def _check_title_lines(self):
        for document in self:
            if "".join((document.title_lines or "").split()) != "".join(
                (document.name or "").split()
            ):
                raise ValidationError(
                    self.env._("The printed title has the same words as the title.")
                )

    def _prepare_layout(self):
        """Return what is printed of this document; always Chinese (A14).

        :raise UserError: for a state secret, of which this system holds no text
        :rtype: Layout
        """
        self.ensure_one()
        if self.is_secret:
            raise UserError(self._get_secrecy_warning())
        printed = self.date_issued
        if self.number and not printed:  # it goes to print today
            printed = fields.Date.context_today(self)
        return Layout(
            form=self.form,
            mark=self.mark or "",
            number=self.number or "",
            copy_number=(self.copy_number or "").zfill(6) if self.copy_number else "",
            urgency=URGENCY.get(self.urgency, ""),
            signers=self._get_signers() if self.direction == "up" else "",
            title=(self.title_lines or self.name or "").split("\n"),
            main=self.main_text or "",
            blocks=read_blocks(self.body),
            annexes=[
                name.strip()
                for name in (self.annex_names or "").splitlines()
                if name.strip()
            ],
            organ="" if self.form == "minutes" else self.organ or "",
            day=chinese_date(self.date_signed) or BLANK_DATE,
            with_seal=self.with_seal,
            note=self._get_printed_note(),
            copies_to="，".join(
                [*split_organs(self.copy_organs), *self.copy_unit_ids.mapped("name")]
            ),
            printed_by=self._get_printing_organ(),
            printed_on=chinese_date(printed) or BLANK_DATE,
        )

    def _get_signers(self):
        """Return the name printed after 签发人."""
        return (self.signed_by_id or self.signer_id).name or ""

    def _get_printed_note(self):
        contact = [self.contact_name, self.contact_phone]
        parts = [
            self.note_text,
            all(contact) and "联系人：{}，联系电话：{}".format(*contact),
        ]
        return "；".join(filter(None, parts))

    def _get_printing_organ(self):
        """Return the organ that prints: the general office of this one."""
        name = self.company_id.name or ""
        return f"{name}办公室"

    def _get_secrecy_mark(self):
        """Return level and period as the form shows them, e.g. 机密★1年."""
        level = LEVELS.get(self.secrecy_level)
        if not level:
            return "工作秘密" if self.secrecy_level == "internal" else "非密"
        return "★".join(filter(None, [level, self._get_secrecy_period()]))

    def _get_step(self, *names):
        """Return the last line of the log about some steps, for the form (F7).

        :rtype: office.transition
        """
        lines = self.sudo().transition_ids.filtered(lambda line: line.name in names)
        return lines.sorted("id")[-1:]

    def _write_docx(self, file):
        """Write this document to a binary file as DOCX.

        :raise UserError: for a state secret
        """
        write_docx(self._prepare_layout(), file)
        self.env["office.audit.log"]._note("export", self, "DOCX")

    def action_export_docx(self):
        """Download the document for Word or WPS.

        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        self._prepare_layout()
        return {
            "type": "ir.actions.act_url",
            "url": f"/office/document/{self.id}.docx",
            "target": "download",
        }

    def action_print(self):
        """Print the document in the official layout (F7b).

        :rtype: dict
        """
        self.ensure_one()
        self._prepare_layout()
        report = self.env.ref("office_functions.report_f7b_document")
        return report.report_action(self)

    def _get_receipt_message(self):
        """Say it when a document has lost its effect."""
        if self.state not in ("revoked", "repealed"):
            return super()._get_receipt_message()
        if self.state == "revoked":
            body = self.env._(
                "It was revoked and counts as void from the day it was issued. Please "
                "confirm that you know."
            )
        else:
            body = self.env._(
                "It was repealed and has no effect from today. Please confirm that "
                "you know."
            )
        return self.env._("Without effect: %s", self.display_name), body

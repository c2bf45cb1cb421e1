# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.transition import permit


class OfficeDocumentOutgoingArchive(models.Model):
    """What is filed with an issued document (R-DOC-7)."""

    _inherit = "office.document.outgoing"

    is_sheet_frozen = fields.Boolean(
        "Draft Sheet Filed",
        readonly=True,
        copy=False,
        help="The draft sheet was put away as it stood when the document was filed "
        "(档案局令8号 第10条).",
    )

    _unfrozen_idx = models.Index(
        "(id) WHERE state = 'archived' AND is_sheet_frozen IS NOT TRUE"
    )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"is_sheet_frozen"}

    def _get_copy_count(self):
        return self.print_copies

    def _get_sheet_filename(self):
        """Return under which name the draft sheet is kept; empty: it is not yet.

        :rtype: str
        """
        self.ensure_one()
        if self.state != "archived" or self.is_secret:
            return ""
        return f"发文稿纸 {self.number}.pdf"

    @api.model
    def _cron_freeze_sheets(self, limit=20):
        """File the draft sheet of each archived document as it stands.

        Of a state secret nothing is attached: its sheet is printed and filed on paper.
        """
        domain = Domain("state", "=", "archived") & Domain(
            "is_sheet_frozen", "!=", True
        )
        Report = self.env["ir.actions.report"]
        while documents := self.search(domain, limit=limit, order="id"):
            papers = documents.filtered(lambda document: not document.is_secret)
            if papers:
                # A job has no language; the audit log names what was printed.
                Report.with_context(lang=Report._get_paper_lang())._render_qweb_pdf(
                    "office_functions.report_f7_draft_sheet", papers.ids
                )
            with permit(documents):
                documents.with_context(tracking_disable=True).write(
                    {"is_sheet_frozen": True}
                )
            self.env["ir.cron"]._commit_progress(len(documents))

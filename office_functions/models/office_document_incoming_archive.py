# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.transition import permit
from .office_document_incoming import OFFICE_STATES


class OfficeDocumentIncoming(models.Model):
    """Filing: the slip, and the nightly look for what was forgotten."""

    _inherit = "office.document.incoming"

    is_slip_frozen = fields.Boolean("Slip Filed", readonly=True, copy=False)
    omission = fields.Selection(
        [("no_outcome", "No Outcome"), ("not_filed", "Not Filed in Time")],
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Found by the nightly check for what was forgotten.",
    )

    _slip_idx = models.Index(
        "(id) WHERE state = 'archived' AND is_slip_frozen IS NOT TRUE"
    )

    def _get_slip_filename(self):
        """Return the name under which the slip is filed; empty while it may change.

        :rtype: str
        """
        if self.state != "archived" or self.is_secret:
            return ""
        return f"收文处理签 {self.archive_number or self.number}.pdf"

    @api.model
    def _cron_freeze_slips(self, limit=20):
        """File the slip of each archived document as it stands (R-DOC-7).

        Of a state secret nothing is attached: its slip is printed and filed on paper.
        """
        domain = Domain("state", "=", "archived") & Domain("is_slip_frozen", "=", False)
        while documents := self.search(domain, limit=limit, order="id"):
            if papers := documents.filtered(lambda doc: not doc.is_secret):
                papers._freeze_slips()
            with permit(documents):
                documents.with_context(tracking_disable=True).write(
                    {"is_slip_frozen": True}
                )
            self.env["ir.cron"]._commit_progress(len(documents))

    def _freeze_slips(self):
        """Print the slips; the report keeps the files."""
        Report = self.env["ir.actions.report"]
        # A job has no language of its own; the audit log names what was printed.
        Report.with_context(lang=Report._get_paper_lang())._render_qweb_pdf(
            "office_functions.report_f6_document_slip", self.ids
        )

    # What was forgotten ---------------------------------------------------------------

    @api.model
    def _get_omission_domains(self, company):
        """Return for each kind of omission the domain of the documents it befell.

        No outcome: long received, and nobody answers for it yet. Not filed: done, and
        not in the archive by the end of June of the next year (R-DOC-7).

        :param res.company company: whose documents and limits
        :rtype: dict[str, Domain]
        """
        TimeLimit = self.env["office.time.limit"]
        days = TimeLimit._get("document_outcome", company).amount
        long_ago = fields.Datetime.now() - timedelta(days=days)
        return {
            "no_outcome": Domain("state", "in", OFFICE_STATES)
            & Domain("date_received", "<", long_ago),
            "not_filed": self._get_not_filed_domain(),
        }

    @api.model
    def _get_no_outcome_domain(self):
        return Domain("omission", "=", "no_outcome")

    @api.model
    def _cron_check_omissions(self):
        """Mark what was forgotten, every night, and unmark what no longer is (S2.26)."""
        for [company] in self._read_group([], ["company_id"]):
            own = Domain("company_id", "=", company.id)
            for kind, domain in self._get_omission_domains(company).items():
                found = self.search(domain & own)
                marked = self.search(Domain("omission", "=", kind) & own)
                (found - marked)._mark_omission(kind)
                (marked - found)._mark_omission(False)

    def _mark_omission(self, kind):
        """Mark documents as forgotten in some way, or no longer."""
        with permit(self):
            self.with_context(tracking_disable=True).write({"omission": kind})

    # The slip (F6) --------------------------------------------------------------------

    def _get_label(self, name):
        """Return the words of a selection field, in the language of the context.

        :rtype: str
        """
        labels = dict(self._fields[name]._description_selection(self.env))
        return labels.get(self[name], "")

    def _get_last_step(self, *names):
        """Return the log's last line of some transitions, or nothing.

        :rtype: office.transition
        """
        log = self.sudo().transition_ids.filtered(lambda line: line.name in names)
        return log.sorted("id")[-1:]

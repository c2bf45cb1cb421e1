# Part of Office Functions. See LICENSE file for full copyright and licensing details.
import io

from odoo import api, fields, models

from ..tools.paper import render_pdf


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    office_paper = fields.Boolean(
        "Print on paper layout",
        help="Make the PDF of this report with WeasyPrint: sizes in millimetres are "
        "exact, Chinese text can be searched and copied, and each record is a document "
        "with its own page numbers. Margins come from the report's own style sheet, "
        "the paper format is not used. The report always prints in Chinese.",
    )

    def _get_readable_fields(self):
        # The web client has its own way to download these reports.
        return super()._get_readable_fields() | {"office_paper"}

    def report_action(self, docids, data=None, config=True):
        if not self.office_paper:
            return super().report_action(docids, data=data, config=config)
        # No letterhead on a form: never ask an administrator to configure one first.
        action = super().report_action(docids, data=data, config=False)
        return {**action, "office_paper": True}

    @api.model
    def _get_paper_lang(self):
        """Return the language code of prints: Chinese, or the user's own language
        where Chinese is not installed.
        """
        return self.env["res.lang"]._get_data(code="zh_CN").code or self.env.lang

    @api.model
    def _get_paper_zone(self, records):
        """Return the time zone of prints: the office's, wherever somebody prints.

        :param records: what is printed, of one company
        :rtype: str
        """
        company = self.env.company
        if "company_id" in records._fields:
            company = records[:1].sudo().company_id or company
        return self.env["office.calendar.day"]._get_zone(company).key

    @api.model
    def _render_qweb_html(self, report_ref, docids, data=None):
        report_sudo = self._get_report(report_ref)
        if report_sudo.office_paper:
            records = self.env[report_sudo.model].browse(docids or [])
            # What is read in superuser mode below, nobody is asked about any more.
            records.check_access("read")
            if (data or {}).get("report_type") != "pdf":
                # A PDF is noted as a print.
                self.env["office.audit.log"]._note_reading(records)
            self = self.with_context(
                lang=self._get_paper_lang(), tz=self._get_paper_zone(records)
            )
        return super()._render_qweb_html(report_ref, docids, data=data)

    def _pre_render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        if self._get_report(report_ref).office_paper:
            # Under test Odoo makes HTML to save itself a process; here there is none.
            self = self.with_context(force_report_rendering=True)
        return super()._pre_render_qweb_pdf(report_ref, res_ids=res_ids, data=data)

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report_sudo = self._get_report(report_ref)
        if not report_sudo.office_paper:
            return super()._render_qweb_pdf_prepare_streams(
                report_ref, data, res_ids=res_ids
            )
        # A saved print is found with sudo: who asks for it must read the record itself.
        records = self.env[report_sudo.model].browse(res_ids or [])
        records.check_access("read")
        self.env["office.audit.log"]._note("print", records, report_sudo.name)
        if not records:
            stream = self._render_paper_stream(report_ref, [], data)
        elif len(records) == len(set(records)):
            return {
                record.id: self._prepare_paper_stream(report_ref, record, data)
                for record in records
            }
        else:
            # As in Odoo: a record asked for twice prints twice, and is not saved.
            stream = self._merge_pdfs(
                [
                    self._render_paper_stream(report_ref, rec.ids, data)
                    for rec in records
                ]
            )
        return {False: {"stream": stream, "attachment": None}}

    def _prepare_paper_stream(self, report_ref, record, data):
        """Return the print of one record, the saved one if the report reuses it.

        :return: dict of ``stream`` (the PDF, ``io.BytesIO``) and ``attachment`` (the
            ``ir.attachment`` that holds an earlier print, or None)
        """
        report_sudo = self._get_report(report_ref)
        attachment = None
        if report_sudo.attachment and not self.env.context.get(
            "report_pdf_no_attachment"
        ):
            attachment = report_sudo.retrieve_attachment(record)
        if attachment and report_sudo.attachment_use:
            stream = io.BytesIO(attachment.raw)
        else:
            stream = self._render_paper_stream(report_ref, record.ids, data)
        return {"stream": stream, "attachment": attachment}

    def _render_paper_stream(self, report_ref, res_ids, data):
        """Render the report's template for ``res_ids`` as one PDF document.

        :param list res_ids: ids of the records, empty for a report without records
        :param data: values handed to the template, or None
        :return: the PDF, ``io.BytesIO``
        """
        data = {"report_type": "pdf", **(data or {})}
        html, _type = self._render_qweb_html(report_ref, res_ids, data=data)
        report_sudo = self._get_report(report_ref)
        pdf = render_pdf(
            html.decode(),
            base_url=report_sudo.get_base_url(),
            modules=self.env["ir.asset"]._get_installed_addons_list(),
        )
        return io.BytesIO(pdf)

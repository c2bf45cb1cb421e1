# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models

LABELS = "office_functions_service.equipment_label"


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        """Put the labels of several pieces of equipment on one sheet."""
        report_sudo = self._get_report(report_ref)
        if report_sudo.report_name != LABELS or not res_ids:
            return super()._render_qweb_pdf_prepare_streams(
                report_ref, data, res_ids=res_ids
            )
        records = self.env[report_sudo.model].browse(res_ids)
        records.check_access("read")
        self.env["office.audit.log"]._note("print", records, report_sudo.name)
        stream = self._render_paper_stream(report_ref, records.ids, data)
        return {False: {"stream": stream, "attachment": None}}

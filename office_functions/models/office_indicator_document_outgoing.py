# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.indicator import Indicator


class OfficeIndicator(models.AbstractModel):
    _inherit = "office.indicator"

    @api.model
    def _get_indicators(self):
        common = {
            "function": "advice",
            "model": "office.document.outgoing",
            "domain": "_get_reviewed_domain",
            "person": "handler_id",
        }
        return super()._get_indicators() + [
            Indicator(
                code="K04",
                label=self.env._("First-Pass Rate of Drafts"),
                method="_measure_first_pass",
                **common,
            ),
            Indicator(
                code="K04E",
                label=self.env._("Findings per Draft"),
                method="_measure_findings",
                unit="mean",
                better="low",
                **common,
            ),
        ]


class OfficeDocumentOutgoing(models.Model):
    _inherit = "office.document.outgoing"

    @api.model
    def _get_reviewed_domain(self, date_from, date_to):
        """Return the drafts first reviewed in a period."""
        return Domain("date_reviewed", ">=", date_from) & Domain(
            "date_reviewed", "<=", date_to
        )

    @api.model
    def _measure_first_pass(self, date_from, date_to):
        """Return drafts passed without a return, and drafts reviewed (K04)."""
        passed = SQL("count(*) FILTER (WHERE document.return_count = 0)")
        return self._measure_reviewed(passed, date_from, date_to)

    @api.model
    def _measure_findings(self, date_from, date_to):
        """Return review findings, and drafts reviewed."""
        findings = SQL(
            """sum((SELECT count(*) FROM office_document_finding AS finding
                     WHERE finding.document_id = document.id))"""
        )
        return self._measure_reviewed(findings, date_from, date_to)

    @api.model
    def _measure_reviewed(self, numerator, date_from, date_to):
        """Return ``(unit, drafter, numerator, drafts)`` of the drafts of a period."""
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """SELECT document.lead_unit_id, document.handler_id, %s, count(*)
                     FROM office_document_outgoing AS document
                    WHERE document.date_reviewed BETWEEN %s AND %s
                      AND document.company_id IN %s
                 GROUP BY document.lead_unit_id, document.handler_id""",
                numerator,
                date_from,
                date_to,
                tuple(self.env.companies.ids),
            )
        )

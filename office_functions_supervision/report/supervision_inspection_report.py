# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.exceptions import UserError

from .terms import INSPECTION_KINDS


class SupervisionInspectionReport(models.AbstractModel):
    """F5 督查报告/结论书: what an inspection found, and the right to object to it.

    A unit's print holds its own part only; there is none before a conclusion.
    """

    _name = "report.office_functions_supervision.inspection_report"
    _description = "Inspection Report (F5)"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Return what the template lays out.

        :param list docids: ids of the inspections
        :param data: unused
        :return: ``docs``, and ``parts`` (inspection id → dict, see :meth:`_get_parts`)
        :raise AccessError: if the user may not read one of them
        :raise UserError: for an inspection without a conclusion, or one whose
            conclusion this user does not know yet
        :rtype: dict
        """
        inspections = self.env["office.supervision.inspection"].browse(docids)
        inspections.check_access("read")
        # In the words of who asks; only what is printed is Chinese.
        spoken = self.with_context(lang=self.env.user.lang).env
        problems = [
            spoken._(
                "There is no conclusion of “%(inspection)s” to print yet.",
                inspection=inspection.display_name,
            )
            for inspection in inspections
            if not inspection.date_concluded or not self._get_lines(inspection)
        ]
        if problems:
            raise UserError("\n".join(problems))
        return {
            "docs": inspections,
            "parts": {doc.id: self._get_parts(doc) for doc in inspections},
        }

    def _get_lines(self, inspection):
        """Return the parts on units that the user may read.

        :param inspection: one inspection
        """
        return self.env["office.supervision.inspection.unit"].search(
            [("inspection_id", "=", inspection.id)]
        )

    def _get_parts(self, inspection):
        """Return what the report says beside the inspection's own fields.

        :param inspection: one inspection the user may read
        :rtype: dict
        """
        chinese = inspection.with_context(
            lang=self.env["ir.actions.report"]._get_paper_lang()
        ).sudo()
        ticket = chinese.ticket_id
        directive = chinese.directive_id or ticket.directive_id
        bases = ticket.legal_basis_ids | ticket.policy_basis_ids
        lines = self._get_lines(inspection)
        return {
            "kind": INSPECTION_KINDS.get(inspection.kind, "督查"),
            "ticket": ticket,
            "directive": directive,
            "bases": bases.mapped("display_name"),
            "methods": "、".join(chinese.method_ids.mapped("name")),
            "team": "、".join(chinese.member_ids.mapped("name")),
            "lines": [
                (line, "；".join(line.sudo().evidence_ids.mapped("name")))
                for line in lines
            ],
            "others": len(chinese.object_ids) - len(lines),
        }

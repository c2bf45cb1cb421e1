# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError

from .terms import SOURCES

WAITING = ("feedback", "verifying")


class SupervisionZeroList(models.AbstractModel):
    """零落实清单: what is over and not carried out, whatever was reported (S3.1)."""

    _name = "report.office_functions_supervision.supervision_zero_list"
    _description = "Zero List"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Return what the template lays out.

        One list names many tickets, so that it is asked for without records.

        :param list docids: ids of the tickets, or none
        :param dict data: ``ticket_ids``, where there are no docids
        :return: dict of ``docs`` (the tickets, by unit and deadline), ``rows`` (dicts),
            ``today`` and ``company``
        :raise AccessError: if the user may not read one of the tickets
        :raise UserError: if none of them belongs on the list
        """
        Ticket = self.env["office.supervision.ticket"]
        chosen = Ticket.browse(docids or (data or {}).get("ticket_ids") or [])
        chosen.check_access("read")
        zero = chosen.filtered("is_zero")
        if not zero:
            raise UserError(
                self.with_context(lang=self.env.user.lang).env._(
                    "None of these tickets is over and not carried out."
                )
            )
        zero = zero.sorted(lambda t: (t.lead_unit_id.name or "", t.date_deadline, t.id))
        today = fields.Date.context_today(self)
        return {
            "docs": zero,
            "today": today,
            "company": "、".join(zero.company_id.mapped("name")),
            "rows": [
                {
                    "ticket": ticket,
                    "source": SOURCES.get(ticket.source_type, "其他"),
                    "days": (today - ticket.date_deadline).days,
                    "check": self._describe_check(ticket),
                }
                for ticket in zero
            ],
        }

    def _describe_check(self, ticket):
        """Return in words how far the verification of a ticket is."""
        if ticket.state in WAITING:
            # What came in time stands on no zero list.
            return "逾期反馈，待核查"
        return {"no": "核查未通过", "yes": "回头看未保持"}.get(
            ticket.accurate, "未报结果"
        )

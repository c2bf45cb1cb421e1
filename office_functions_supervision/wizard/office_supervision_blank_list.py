# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import io
from base64 import b64encode

from odoo import api, fields, models

from ..report.blank_spot_workbook import write_blank_spots
from ..report.terms import BLANK_STEPS


class OfficeSupervisionBlankList(models.TransientModel):
    """F17 空白点清单: the duties that nothing touched in a period."""

    _name = "office.supervision.blank.list"
    _description = "List of Blank Spots (F17)"

    date_from = fields.Date(
        "From",
        required=True,
        default=lambda self: fields.Date.start_of(
            fields.Date.context_today(self), "quarter"
        ),
    )
    date_to = fields.Date("Until", required=True, default=fields.Date.context_today)
    lead_unit_id = fields.Many2one("hr.department", "Unit")
    file = fields.Binary(readonly=True, attachment=False)

    def _get_rows(self):
        """Return the lines of the list, in the words of the form.

        :return: ``duty``, ``unit``, ``owner``, ``date``, ``days``, ``step``
        :rtype: list[dict]
        """
        self.ensure_one()
        Spot = self.env["office.supervision.blank.spot"]
        rows = Spot._get_blank_rows(self.date_from, self.date_to, self.lead_unit_id)
        spots = Spot.browse(row["spot"].id for row in rows).sudo()
        spots.mapped("owner_id.name")
        return [
            {
                "duty": spot.duty_item_id.name,
                "unit": spot.lead_unit_id.name,
                "owner": spot.owner_id.name or "",
                "date": row["date"],
                "days": row["days"],
                "step": BLANK_STEPS[row["suggestion"]],
            }
            for spot, row in zip(spots, rows, strict=True)
        ]

    def _get_coverage(self, blank_count):
        """Return how many duties were touched, of how many, and the rate (K20).

        Of the duties that this user may see, like the lines of the list.

        :param int blank_count: how many were not
        :rtype: tuple[int, int, float]
        """
        Spot = self.env["office.supervision.blank.spot"]
        domain = Spot._get_unit_domain(self.date_to, self.lead_unit_id)
        total = Spot.search_count(domain)
        touched = total - blank_count
        return touched, total, round(100 * touched / total, 1) if total else 0.0

    def action_print(self):
        """Print the list (F17).

        :rtype: dict
        """
        self.ensure_one()
        return self.env.ref(
            "office_functions_supervision.report_f17_blank_spots"
        ).report_action(self)

    def action_download(self):
        """Download the list as a workbook.

        :rtype: dict
        """
        self.ensure_one()
        rows = self._get_rows()
        file = io.BytesIO()
        period = (self.date_from, self.date_to)
        write_blank_spots(file, rows, self.env.company.name, period)
        self.file = b64encode(file.getvalue())
        self.env["office.audit.log"]._note(
            "export", self.env["office.duty.item"].browse(), "F17"
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/"
            f"空白点清单 {self.date_to}.xlsx?download=true",
            "target": "download",
        }

    @api.constrains("date_from", "date_to")
    def _check_period(self):
        for blank_list in self:
            self.env["office.indicator"]._read_period(
                blank_list.date_from, blank_list.date_to
            )

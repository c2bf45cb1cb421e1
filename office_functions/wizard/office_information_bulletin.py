# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import io
from base64 import b64encode

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..report.information_workbook import write_bulletin


class OfficeInformationBulletin(models.TransientModel):
    """F14 信息采用通报: who reported what in a period, what was used, and the points."""

    _name = "office.information.bulletin"
    _description = "Information Bulletin (F14)"

    date_from = fields.Date(
        "From",
        required=True,
        default=lambda self: fields.Date.start_of(
            fields.Date.context_today(self), "quarter"
        ),
    )
    date_to = fields.Date("Until", required=True, default=fields.Date.context_today)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    file = fields.Binary("Document to Download", readonly=True, attachment=False)

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        if any(bulletin.date_from > bulletin.date_to for bulletin in self):
            raise UserError(self.env._("A period ends after it begins."))

    def _get_rows(self):
        """Return the figures of each unit, the most points first.

        A requested piece that is missing counts like one that came late.

        :rtype: list[dict]
        """
        self.ensure_one()
        self.env["office.information"].check_access("read")
        self.env.flush_all()
        missing = self.env["office.information.score"]._get_points(
            "late", False, self.company_id.id
        )
        today = fields.Date.context_today(self)
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT unit_id,
                       COALESCE(sum(submitted), 0)::int AS submitted,
                       COALESCE(sum(adopted), 0)::int AS adopted,
                       COALESCE(sum(own), 0)::int AS own,
                       COALESCE(sum(city), 0)::int AS city,
                       COALESCE(sum(province), 0)::int AS province,
                       COALESCE(sum(state), 0)::int AS state,
                       COALESCE(sum(comments), 0)::int AS comments,
                       COALESCE(sum(faults), 0)::int AS faults,
                       COALESCE(sum(points), 0)::int AS points
                  FROM (
                    SELECT lead_unit_id AS unit_id, 1 AS submitted,
                           is_adopted::int AS adopted, 0 AS own, 0 AS city,
                           0 AS province, 0 AS state, 0 AS comments,
                           0 AS faults, 0 AS points
                      FROM office_information
                     WHERE company_id = %(company)s AND direction = 'up'
                           AND date_submitted BETWEEN %(begin)s AND %(end)s
                 UNION ALL
                    SELECT lead_unit_id, 0, 0,
                           (kind <> 'comment' AND level = 'own')::int,
                           (kind <> 'comment' AND level = 'city')::int,
                           (kind <> 'comment' AND level = 'province')::int,
                           (kind <> 'comment' AND level = 'state')::int,
                           (kind = 'comment')::int, LEAST(points, 0), points
                      FROM office_information_adoption
                     WHERE company_id = %(company)s
                           AND date BETWEEN %(begin)s AND %(end)s
                 UNION ALL
                    SELECT lead_unit_id, 0, 0, 0, 0, 0, 0, 0,
                           %(missing)s, %(missing)s
                      FROM office_information
                     WHERE company_id = %(company)s AND state = 'requested'
                           AND date_deadline BETWEEN %(begin)s AND %(end)s
                           AND date_deadline < %(today)s
                  ) part
                 WHERE unit_id IS NOT NULL
              GROUP BY unit_id
              ORDER BY points DESC, adopted DESC, submitted DESC, unit_id""",
                company=self.company_id.id,
                begin=self.date_from,
                end=self.date_to,
                missing=missing,
                today=today,
            )
        )
        chinese = self.env["ir.actions.report"]._get_paper_lang()
        Unit = self.env["hr.department"].sudo().with_context(lang=chinese)
        names = {unit.id: unit.name for unit in Unit.browse(r["unit_id"] for r in rows)}
        points = [row["points"] for row in rows]
        for row in rows:
            # As many points, the same rank.
            row["rank"] = 1 + points.index(row["points"])
            row["unit"] = names[row["unit_id"]]
            count = row["submitted"]
            row["rate"] = round(100 * row["adopted"] / count, 1) if count else None
        return rows

    def _get_best(self, limit=8):
        """Return the reports that brought the most points, for the last column of F14.

        :return: ``(information, points, publications)``
        :rtype: list[tuple]
        """
        self.ensure_one()
        found = (
            self.env["office.information.adoption"]
            .sudo()
            ._read_group(
                [
                    ("res_model", "=", "office.information"),
                    ("company_id", "=", self.company_id.id),
                    ("date", ">=", self.date_from),
                    ("date", "<=", self.date_to),
                    ("points", ">", 0),
                ],
                ["res_id"],
                ["points:sum", "publication:array_agg"],
                order="points:sum desc, res_id",
                limit=limit,
            )
        )
        reports = self.env["office.information"].browse(row[0] for row in found)
        readable = reports._filtered_access("read")
        return [
            (report, points, "、".join(filter(None, publications)))
            for report, (_id, points, publications) in zip(reports, found, strict=True)
            if report in readable
        ]

    def action_print(self):
        """Print the bulletin (F14)."""
        self.ensure_one()
        return self.env.ref(
            "office_functions.report_f14_information_bulletin"
        ).report_action(self)

    def action_download(self):
        """Download the bulletin as a workbook.

        :rtype: dict
        """
        self.ensure_one()
        rows = self._get_rows()
        file = io.BytesIO()
        organ, period = self.company_id.name, (self.date_from, self.date_to)
        write_bulletin(file, rows, organ, period)
        self.file = b64encode(file.getvalue())
        units = self.env["hr.department"].browse(row["unit_id"] for row in rows)
        self.env["office.audit.log"]._note("export", units, "F14")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/"
            f"信息采用通报 {self.date_from}.xlsx?download=true",
            "target": "download",
        }

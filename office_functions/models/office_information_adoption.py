# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OfficeInformationAdoption(models.Model):
    """A use of an information report, or a fault of it, with its points.

    The points are those of the day: later changes of the rules leave them alone.
    """

    _name = "office.information.adoption"
    _inherit = ["office.annex.mixin"]
    _description = "Use of Information"
    _order = "id desc"

    kind = fields.Selection(
        [
            ("adopted", "Adopted"),
            ("special", "Special Issue"),
            ("comment", "Leader's Comment"),
            ("late", "Requested Piece Late or Missing"),
            ("false", "Not True"),
        ],
        required=True,
        readonly=True,
    )
    level = fields.Selection(
        [
            ("own", "Own Level"),
            ("city", "City"),
            ("province", "Province"),
            ("state", "National"),
        ],
        "Adoption Level",
        readonly=True,
    )
    publication = fields.Char(readonly=True)
    leader = fields.Char("Commented By", readonly=True)
    comment = fields.Text("Words of the Comment", readonly=True)
    points = fields.Integer(readonly=True)
    date = fields.Date("Recorded On", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Recorded By", required=True, readonly=True)
    lead_unit_id = fields.Many2one("hr.department", readonly=True, index=True)
    handler_id = fields.Many2one("res.users", readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)

    _date_idx = models.Index("(company_id, date)")

    @api.model
    def _record(
        self, reports, kind, level=False, publication=False, comment=False, leader=False
    ):
        """Record one use, or one fault, of some information reports.

        :param reports: ``office.information``
        """
        Score = self.env["office.information.score"]
        self.sudo().create(
            [
                {
                    "res_model": reports._name,
                    "res_id": report.id,
                    "kind": kind,
                    "level": level,
                    "publication": publication,
                    "comment": comment,
                    "leader": leader,
                    "points": Score._get_points(kind, level, report.company_id.id),
                    "date": fields.Date.context_today(self),
                    "user_id": self.env.uid,
                    "lead_unit_id": report.lead_unit_id.id,
                    "handler_id": report.handler_id.id,
                    "company_id": report.company_id.id,
                }
                for report in reports
            ]
        )
        reports.invalidate_recordset(["adoption_ids", "points"])

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from .office_service_mixin import TARGETS
from .office_service_mixin_desk import RECORD_COLUMNS


class OfficeServiceRecord(models.Model):
    """All service that was done or is being done, each record for one target (S4.2).

    A view of the tables of every kind of service and of the leaders' diaries, made for
    each user from what they may read. A kind says by ``_get_record_columns`` where it
    keeps what is told here.
    """

    _name = "office.service.record"
    _description = "Service Record"
    _auto = False
    _order = "date desc, id"

    res_model = fields.Selection(
        selection="_selection_res_model", string="Kind of Record", readonly=True
    )
    res_id = fields.Many2oneReference(
        "Service Record", model_field="res_model", readonly=True
    )
    target = fields.Selection(TARGETS, "Served", readonly=True)
    date = fields.Date("Recorded On", readonly=True)
    date_done = fields.Date("Done On", readonly=True)
    lead_unit_id = fields.Many2one("hr.department", "Unit", readonly=True)
    is_on_time = fields.Boolean("On Time", readonly=True)
    on_time = fields.Float(
        "On Time (%)",
        readonly=True,
        aggregator="avg",
        help="Of what is done; what runs still is not counted.",
    )
    rating = fields.Float("Stars", readonly=True, aggregator="avg")
    company_id = fields.Many2one("res.company", readonly=True)

    @api.model
    def _selection_res_model(self):
        kinds = self.env["office.service.desk"]._selection_res_model()
        return [*kinds, ("calendar.event", self.env._("Diary Item"))]

    @property
    def _table_query(self):
        """Return the union of what the current user may read of each kind."""
        Mixin = self.env["office.service.mixin"]
        return Mixin._unite(
            [
                self.env[name]._get_record_sql()
                for name in (*sorted(Mixin._get_service_models()), "calendar.event")
                if self.env[name].has_access("read")
            ],
            RECORD_COLUMNS,
        )

    @api.depends("res_model", "res_id")
    def _compute_display_name(self):
        for model, lines in self.grouped("res_model").items():
            records = self.env[model].browse(lines.mapped("res_id"))
            names = {record.id: record.display_name for record in records}
            for line in lines:
                line.display_name = names[line.res_id]

    def action_open_record(self):
        """Open the form of the record itself.

        :rtype: dict
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

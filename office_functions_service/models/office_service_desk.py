# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from .office_service_mixin_desk import DESK_COLUMNS


class OfficeServiceDesk(models.Model):
    """The service desk (后勤服务台, S4.9): all that was asked for, whatever its kind.

    A view of the kinds' own tables, made for each user from what they may read, so
    that it needs no rules of its own and nothing in it is ever stale. A kind joins it
    by ``_get_desk_sql`` (see :class:`OfficeServiceMixin`).
    """

    _name = "office.service.desk"
    _description = "Service Desk"
    _auto = False
    _order = "is_open desc, open_deadline, state_since desc, id"
    _rec_names_search = ["name", "number"]

    res_model = fields.Selection(
        selection="_selection_res_model", string="Kind of Record", readonly=True
    )
    res_id = fields.Many2oneReference(
        "Service Record", model_field="res_model", readonly=True
    )
    name = fields.Char("What Is Wanted", readonly=True)
    number = fields.Char(readonly=True)
    place = fields.Char("Where", readonly=True)
    asker_id = fields.Many2one("res.users", "Requested By", readonly=True)
    handler_id = fields.Many2one("res.users", readonly=True)
    lead_unit_id = fields.Many2one("hr.department", readonly=True)
    state = fields.Char("Technical State", readonly=True)
    state_label = fields.Char("State", compute="_compute_state_label")
    state_since = fields.Datetime("In This State Since", readonly=True)
    open_deadline = fields.Date("Running Until", readonly=True)
    is_open = fields.Boolean("Not Finished", readonly=True)
    light = fields.Selection(
        [
            ("red", "Overdue"),
            ("yellow", "Due Soon"),
            ("green", "On Schedule"),
            ("paused", "Paused"),
            ("late", "Done Late"),
            ("done", "Done in Time"),
        ],
        readonly=True,
    )
    company_id = fields.Many2one("res.company", readonly=True)

    @api.model
    def _selection_res_model(self):
        return [
            (name, self.env["ir.model"]._get_office_label(name))
            for name in self.env["office.service.mixin"]._get_service_models()
        ]

    @property
    def _table_query(self):
        """Return the union of what the current user may read of each kind."""
        Mixin = self.env["office.service.mixin"]
        return Mixin._unite(
            [
                self.env[name]._get_desk_sql()
                for name in sorted(Mixin._get_service_models())
                if self.env[name].has_access("read")
            ],
            DESK_COLUMNS,
        )

    def _compute_state_label(self):
        for model, lines in self.grouped("res_model").items():
            states = dict(
                self.env[model]._fields["state"]._description_selection(self.env)
            )
            for line in lines:
                line.state_label = states.get(line.state)

    @api.depends("name", "number")
    def _compute_display_name(self):
        for line in self:
            line.display_name = " ".join(filter(None, [line.number, line.name]))

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

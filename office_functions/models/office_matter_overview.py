# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

KINDS = 64
"""Room for as many kinds of matters in the ids of the overview."""


class OfficeMatterOverview(models.Model):
    """All that is running or done in the office, whatever its kind, in one list.

    A view of the kinds' own tables, made for each user from what they may read, so
    that it needs no rules of its own and nothing in it is ever stale. Dispatch board,
    workbench and rates read it.
    """

    _name = "office.matter.overview"
    _description = "Matters of All Kinds"
    _auto = False
    _order = "open_deadline, id"
    _rec_names_search = ["name", "number"]

    res_model = fields.Selection(
        selection="_selection_res_model", string="Kind of Matter", readonly=True
    )
    res_id = fields.Many2oneReference("Matter", model_field="res_model", readonly=True)
    name = fields.Char("Subject", readonly=True)
    number = fields.Char(readonly=True)
    lead_unit_id = fields.Many2one("hr.department", readonly=True)
    handler_id = fields.Many2one("res.users", readonly=True)
    open_deadline = fields.Date("Running Until", readonly=True)
    date_deadline = fields.Date("Deadline", readonly=True)
    clock_start = fields.Date("Clock Started", readonly=True)
    date_done = fields.Date("Done On", readonly=True)
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
    is_on_time = fields.Boolean("On Time", readonly=True)
    is_on_time_original = fields.Boolean(
        "On Time by the Original Deadline", readonly=True
    )
    state_label = fields.Char("State", compute="_compute_state_label")
    company_id = fields.Many2one("res.company", readonly=True)

    @api.model
    def _selection_res_model(self):
        return [
            (name, self.env["ir.model"]._get_office_label(name))
            for name in self.env["office.matter.mixin"]._get_concrete_matters()
        ]

    @property
    def _table_query(self):
        """Return the union of what the current user may read of each kind."""
        kinds = sorted(self.env["office.matter.mixin"]._get_concrete_matters())
        parts = [
            part
            for nth, name in enumerate(kinds)
            if self.env[name].has_access("read")
            and (part := self._get_kind_sql(nth, self.env[name]))
        ]
        return SQL(" UNION ALL ").join(parts) if parts else self._get_empty_sql()

    def _get_columns(self):
        """Return the names of the fields that are columns of the matters' tables."""
        own = ("id", "res_model", "res_id", "light", "display_name")
        return [
            name
            for name, field in self._fields.items()
            if field.store and name not in own
        ]

    def _get_kind_sql(self, nth, model):
        """Return the query of one kind of matter, or ``None`` if it shows nothing."""
        query = model._search(model._get_matter_domain(), order="id")
        if query.is_empty():
            return None
        query.order = None
        columns = {
            "id": SQL("%s * %s + %s", SQL.identifier(model._table, "id"), KINDS, nth),
            "res_model": SQL("%s", model._name),
            "res_id": SQL.identifier(model._table, "id"),
            "light": model._field_to_sql(model._table, "light", query),
        }
        columns |= {
            name: model._field_to_sql(model._table, name, query)
            for name in self._get_columns()
        }
        return query.select(
            *(
                SQL("%s AS %s", column, SQL.identifier(name))
                for name, column in columns.items()
            )
        )

    def _get_empty_sql(self):
        names = ["id", "res_model", "res_id", "light", *self._get_columns()]
        nulls = (
            SQL(
                "NULL::%s AS %s",
                SQL(self._fields[name].column_type[1]),
                SQL.identifier(name),
            )
            for name in names
        )
        return SQL("SELECT %s WHERE FALSE", SQL(", ").join(nulls))

    def _compute_state_label(self):
        for model, lines in self.grouped("res_model").items():
            matters = self.env[model].browse(lines.mapped("res_id"))
            states = dict(matters._fields["state"]._description_selection(self.env))
            labels = {matter.id: states[matter.state] for matter in matters}
            for line in lines:
                line.state_label = labels[line.res_id]

    @api.depends("name", "number")
    def _compute_display_name(self):
        for line in self:
            line.display_name = " ".join(filter(None, [line.number, line.name]))

    def action_open_matter(self):
        """Open the form of the matter itself.

        :rtype: dict
        """
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id)._get_form_action()

    # Rates ----------------------------------------------------------------------------

    @api.model
    def _get_due_domain(self, date_from, date_to):
        """Return the matters that were done, or should have been, in a period.

        :param date date_from: first day
        :param date date_to: last day
        :rtype: Domain
        """
        done = Domain("date_done", ">=", date_from) & Domain("date_done", "<=", date_to)
        late = Domain("open_deadline", "<=", date_to) & Domain(
            "open_deadline", "<", fields.Date.context_today(self)
        )
        return done | late

    @api.model
    def _measure_on_time(self, date_from, date_to, field="is_on_time"):
        """Count what was on time, of all that was done or should have been.

        :param str field: ``is_on_time``, or ``is_on_time_original`` for the first date
        :return: rows of an indicator
        :rtype: list[tuple]
        """
        groups = self._read_group(
            self._get_due_domain(date_from, date_to),
            ["lead_unit_id", "handler_id", field],
            ["__count"],
        )
        return [
            (unit.id, user.id, number if on_time else 0, number)
            for unit, user, on_time, number in groups
        ]

    @api.model
    def _measure_on_time_original(self, date_from, date_to):
        return self._measure_on_time(date_from, date_to, "is_on_time_original")

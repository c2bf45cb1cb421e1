# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

DESK_COLUMNS = {
    "id": "int4",
    "res_model": "varchar",
    "res_id": "int4",
    "name": "varchar",
    "number": "varchar",
    "state": "varchar",
    "state_since": "timestamp",
    "place": "varchar",
    "asker_id": "int4",
    "handler_id": "int4",
    "lead_unit_id": "int4",
    "open_deadline": "date",
    "light": "varchar",
    "is_open": "bool",
    "company_id": "int4",
}
"""The columns of the service desk and their types in the database."""
RECORD_COLUMNS = {
    "id": "int4",
    "res_model": "varchar",
    "res_id": "int4",
    "target": "varchar",
    "date": "date",
    "lead_unit_id": "int4",
    "date_done": "date",
    "is_on_time": "bool",
    "on_time": "float8",
    "rating": "float8",
    "company_id": "int4",
}
"""The columns of the record of service and their types in the database."""
KINDS = 64
"""Room for as many kinds of service in the ids of desk and record."""


class OfficeServiceMixin(models.AbstractModel):
    """What a kind of service tells the service desk, and the record of all service."""

    _inherit = "office.service.mixin"

    may_rate = fields.Boolean(
        compute="_compute_may_rate",
        help="Whether the current user may rate it now, for the button of the form.",
    )

    @api.depends_context("uid")
    def _compute_may_rate(self):
        for record in self:
            record.may_rate = bool(record.id) and not record._explain_rating_refusal()

    @api.model
    def _ask_from_desk(self, values):
        """Take what somebody asks for at the service desk: the door of this kind.

        A kind that is asked for at the desk overrides it; a record of
        ``office.service.kind`` that names the model offers it.

        :param dict values: ``kind_id``, ``name`` (what), ``place`` (where), and
            ``text`` and ``photo_ids`` (ids of attachments) if there are any
        :return: the new record, sent in the name of the current user
        :raise UserError: where nothing is asked for at the desk
        """
        raise UserError(
            self.env._(
                "“%(model)s” is not asked for at the service desk.",
                model=self.env["ir.model"]._get_office_label(self._name),
            )
        )

    @api.model
    def _get_service_domain(self):
        """Return which records of this model are service; others are left out.

        :rtype: Domain or list
        """
        return []

    # The service desk -----------------------------------------------------------------

    @api.model
    def _get_desk_sql(self):
        """Return this kind's rows of the service desk, for the current user.

        A kind that belongs on the desk returns :meth:`_make_desk_sql`.

        :return: a query, or ``None``: not on the desk, or nothing to be seen there
        :rtype: SQL or None
        """
        return None

    @api.model
    def _make_desk_sql(self, columns, domain=()):
        """Return the query of what the user may read, in the columns of the desk.

        :param dict columns: column of ``DESK_COLUMNS`` → stored field, for those that
            are called otherwise here; what neither has stays empty
        :param domain: only these; default: all but drafts nobody sent
        :rtype: SQL or None
        """
        domain = domain or [("state", "!=", self._get_initial_state())]
        query = self._search([*self._get_service_domain(), *domain], order="id")
        if query.is_empty():
            return None
        query.order = None
        done = self._field_to_sql(self._table, "date_done", query)
        given = {
            "light": self._field_to_sql(self._table, "light", query),
            "is_open": SQL("%s IS NULL", done),
        }
        return self._select_service(query, DESK_COLUMNS, columns, given)

    # The record of service ------------------------------------------------------------

    @api.model
    def _get_record_columns(self):
        """Return in which stored fields this kind keeps the columns of the record.

        :return: column of ``RECORD_COLUMNS`` → field; a column of the same name is
            found by itself, and what a kind does not know stays empty
        :rtype: dict
        """
        return {"target": "service_target", "date": "create_date"}

    @api.model
    def _get_record_sql(self):
        """Return the query of this kind's part of the record of service.

        :return: what the current user may read of it, or ``None``
        :rtype: SQL or None
        """
        query = self._search(self._get_service_domain(), order="id")
        if query.is_empty():
            return None
        query.order = None
        stars = self.env["rating.rating"]._fields
        rating = SQL(
            """(SELECT avg(%s) FROM rating_rating
                 WHERE %s = %s AND res_id = %s AND consumed)""",
            SQL.identifier("rating_rating", "rating", to_flush=stars["rating"]),
            SQL.identifier("rating_rating", "res_model", to_flush=stars["res_model"]),
            self._name,
            SQL.identifier(self._table, "id"),
        )
        given = {"rating": rating}
        if "is_on_time" in self._fields:
            on_time = self._field_to_sql(self._table, "is_on_time", query)
            done = self._field_to_sql(self._table, "date_done", query)
            given["on_time"] = SQL(
                "CASE WHEN %s IS NOT NULL THEN %s::int * 100 END", done, on_time
            )
        return self._select_service(
            query, RECORD_COLUMNS, self._get_record_columns(), given
        )

    @api.model
    def _select_service(self, query, types, columns, given):
        """Return the query that gives some columns of what a search finds.

        :param dict types: column → its type in the database
        :param dict columns: column → stored field
        :param dict given: column → SQL of what is no field
        :rtype: SQL
        """
        nth = sorted(self._get_service_models()).index(self._name)
        row_id = SQL.identifier(self._table, "id")
        terms = []
        for name, kind in types.items():
            field = columns.get(name, name)
            if name == "id":
                term = SQL("%s * %s + %s", row_id, KINDS, nth)
            elif name == "res_model":
                term = SQL("%s", self._name)
            elif name == "res_id":
                term = row_id
            elif name in given:
                term = given[name]
            elif field in self._fields and self._fields[field].store:
                term = self._field_to_sql(self._table, field, query)
            else:
                term = SQL("NULL")
            terms.append(SQL("(%s)::%s AS %s", term, SQL(kind), SQL.identifier(name)))
        return query.select(*terms)

    @api.model
    def _unite(self, parts, types):
        """Return the union of some queries, or an empty one of the same columns.

        :param list parts: queries, or ``None``
        :param dict types: column → its type in the database
        :rtype: SQL
        """
        parts = [part for part in parts if part]
        if parts:
            return SQL(" UNION ALL ").join(parts)
        nulls = (
            SQL("NULL::%s AS %s", SQL(kind), SQL.identifier(name))
            for name, kind in types.items()
        )
        return SQL("SELECT %s WHERE FALSE", SQL(", ").join(nulls))

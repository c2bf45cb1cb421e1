# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL


class OfficeWorkflowReading(models.AbstractModel):
    """Screens that ask the database a few times, however much they show.

    The ORM reads every x2many field, and the names behind every many2one field, by
    queries of their own. A form of a matter has a dozen of each.
    """

    _inherit = "office.workflow.mixin"

    @api.readonly
    def web_read(self, specification):
        """Read the names of all that is linked, model by model, before they are used.

        :param dict specification: field → what is wanted of it, as the client says it
        :rtype: list[dict]
        """
        for linked in self._fetch_linked(specification).values():
            # Its company is what the record rules of other models ask for.
            names = {"display_name", "company_id"} & linked._fields.keys()
            linked.sudo().fetch(names)
            linked.sudo().mapped("display_name")
        return super().web_read(specification)

    def _fetch_linked(self, specification):
        """Fetch the fields of these records and of their lines.

        :return: model → the records of it of which the specification wants the name
        :rtype: dict
        """
        self.fetch(list(specification))
        linked = {}
        for name, spec in specification.items():
            field = self._fields.get(name)
            if field is None or not field.relational or not (spec or {}).get("fields"):
                continue
            records = self[name]
            found = {}
            if field.type != "many2one" and hasattr(records, "_fetch_linked"):
                limit = spec.get("limit")
                shown = records[: limit and limit * len(self)]
                found = shown._fetch_linked(spec["fields"])
            elif "display_name" in spec["fields"]:
                found = {field.comodel_name: records}
            for model, some in found.items():
                linked[model] = linked.get(model, some.browse()) | some
        return linked

    # What the ORM fetches -------------------------------------------------------------

    @api.model
    def _get_visibility_fields(self):
        """Return the fields that tell who sees a record.

        They are fetched with any others, for the record is looked at again in memory.

        :rtype: list[str]
        """
        return []

    def _fetch_query(self, query, fields):
        fields = dict.fromkeys(fields)
        if not self.env.su and any(field.column_type for field in fields):
            names = self._get_visibility_fields()
            fields.update(dict.fromkeys(self._fields[name] for name in names))
        lines = [field for field in fields if self._is_fetched_in_one(field)]
        if len(lines) < 2:
            return super()._fetch_query(query, fields)
        records = super()._fetch_query(
            query, [field for field in fields if field not in lines]
        )
        if records:
            records._fetch_lines(lines)
        return records

    @api.model
    def _is_fetched_in_one(self, field):
        """Tell whether a field can be read together with others of other models."""
        if field.type == "one2many" and field.inverse_name:
            return self.env[field.comodel_name]._fields[field.inverse_name].store
        return field.type == "many2many" and not field.bypass_search_access

    def _fetch_lines(self, fields):
        """Read the ids behind several x2many fields of these records in one query.

        :param fields: one2many and many2many fields
        """
        rows = self.env.execute_query(
            SQL(" UNION ALL ").join(
                SQL("(%s)", self._get_lines_query(field, place))
                for place, field in enumerate(fields)
            )
        )
        found, active = defaultdict(list), defaultdict(dict)
        for place, owner_id, _nth, line_id, is_active in sorted(rows):
            found[place, owner_id].append(line_id)
            active[place][line_id] = is_active
        for place, field in enumerate(fields):
            lines = self.env[field.comodel_name].browse(active[place])
            if lines and lines._active_name:
                # The ORM leaves archived lines out when the field is used.
                name = lines._active_name
                lines._fields[name]._insert_cache(lines, active[place].values())
            field._insert_cache(self, [tuple(found[place, id_]) for id_ in self._ids])

    def _get_lines_query(self, field, place):
        """Return the query of the readable lines of one x2many field.

        :param int place: the field's own number
        :return: query of ``place, owner, nth, line, is active``
        :rtype: SQL
        """
        context = {"active_test": False, **field.context}
        lines = self.env[field.comodel_name].with_context(**context)
        query = lines._search(field.get_comodel_domain(self), order=lines._order)
        line_id = SQL.identifier(query.table, "id")
        if field.type == "one2many":
            owner = lines._field_to_sql(query.table, field.inverse_name, query)
        else:
            owner = SQL.identifier(field.relation, field.column1)
            other = SQL.identifier(field.relation, field.column2)
            query.add_join("JOIN", field.relation, None, SQL("%s = %s", other, line_id))
        query.add_where(SQL("%s IN %s", owner, tuple(self.ids)))
        order, query.order = query.order, None
        nth = SQL("ORDER BY %s", order) if order else SQL()
        is_active = SQL("TRUE")
        if lines._active_name:
            is_active = lines._field_to_sql(query.table, lines._active_name, query)
        return query.select(
            SQL("%s", place),
            owner,
            SQL("row_number() OVER (%s)", nth),
            line_id,
            is_active,
        )

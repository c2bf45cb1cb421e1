# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

PETITION = "office.petition"


class OfficePetitionRowMixin(models.AbstractModel):
    """A row of the host that hangs on any record: a message, an activity, a file …

    The host shows some of them to their author, addressee or everybody of the house.
    Those of a petition that is hidden from a user are hidden with it: also those of its
    urging notices and of its parts. Read by ``ir.rule``, as for matters.
    """

    _name = "office.petition.row.mixin"
    _description = "Row about a Petition"

    _petition_row = ("res_model", "res_id")
    """The columns that say on which record it hangs."""
    _petition_via = ""
    """… or the many2one to another model of this mixin, on whose row it hangs."""
    _petition_strict = False
    """Whether only those see it who see the petition, of all that concerns one."""

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Return the rows that hang on no petition hidden from the current user.

        :param str operation: ``read``, ``write``, ``create`` or ``unlink``
        :rtype: Domain
        """
        # The model of its creation is kept with the rule; the SQL is made anew.
        uid = self.env.uid

        def to_sql(rows, alias, query):
            return rows.with_user(uid)._get_shown_row_sql(alias)

        def predicate(row):
            return row.with_user(uid)._is_row_shown()

        return Domain.custom(to_sql=to_sql, predicate=predicate)

    @api.model
    def _get_shown_row_sql(self, alias):
        """Return the condition that a row is shown to the current user.

        :param str alias: of the table of the rows
        :rtype: SQL
        """
        hangs = self._get_row_sql(alias)
        petition = self.env[PETITION]
        if self._petition_strict:
            if not petition.has_access("read"):
                return SQL("%s IS DISTINCT FROM %s", hangs[0], PETITION)
            readable = petition._search([], active_test=False, order="id")
            readable.order = None
            return SQL(
                "(%s IS DISTINCT FROM %s OR %s IN %s)",
                hangs[0],
                PETITION,
                hangs[1],
                readable.subselect(),
            )
        hidden = petition._get_hidden_sql(
            "petition",
            petition._get_admitted_ids(self.env.user),
            self.env.user._get_membership_tokens(),
        )
        return SQL(
            """NOT EXISTS (SELECT FROM (%s) part
                             JOIN office_petition petition
                               ON petition.id = part.petition_id
                            WHERE part.res_model = %s AND part.res_id = %s AND %s)""",
            petition._get_parts_sql(),
            *hangs,
            hidden,
        )

    @api.model
    def _get_row_sql(self, alias):
        """Return on what a row hangs.

        :return: SQL of the model's name, and of the id
        :rtype: tuple[SQL, SQL]
        """
        if not self._petition_via:
            return tuple(
                SQL.identifier(alias, name, to_flush=self._fields[name])
                for name in self._petition_row
            )
        via = self.env[self._fields[self._petition_via].comodel_name]
        link = self._fields[self._petition_via]
        return tuple(
            SQL(
                "(SELECT %s FROM %s via WHERE via.id = %s)",
                SQL.identifier("via", name, to_flush=via._fields[name]),
                SQL.identifier(via._table),
                SQL.identifier(alias, link.name, to_flush=link),
            )
            for name in via._petition_row
        )

    def _is_row_shown(self):
        self.ensure_one()
        row = self.sudo()
        if self._petition_via:
            row = row[self._petition_via]
        model, res_id = (row[name] for name in row._petition_row)
        if not model or not res_id or model not in self.env:
            return True
        petition = self.env[PETITION].sudo()._find_whole(model, res_id)
        if not petition:
            return True
        if self._petition_strict:
            return petition.with_user(self.env.uid).has_access("read")
        return not petition._is_hidden_from(self.env.user)


class OfficePetition(models.Model):
    """Of which petition something is part."""

    _inherit = PETITION

    @api.model
    def _get_part_models(self):
        """Return the kinds of records that are part of one petition.

        :return: model → the name of its field that points to the petition
        :rtype: dict[str, str]
        """
        parts = {}
        for name in self.env.registry.descendants(["office.part.mixin"], "_inherit"):
            model = self.env[name]
            field = not model._abstract and model._fields.get(model._whole)
            if field and field.comodel_name == PETITION:
                parts[name] = field.name
        return parts

    @api.model
    def _get_parts_sql(self):
        """Return the query of all that is part of a petition, itself included.

        :return: query of ``res_model, res_id, petition_id``
        :rtype: SQL
        """
        urging = self.env["office.urging"]._fields
        parts = [
            SQL(
                """SELECT 'office.petition' AS res_model, id AS res_id,
                          id AS petition_id
                     FROM office_petition"""
            ),
            SQL(
                """SELECT 'office.urging', id, res_id
                     FROM office_urging WHERE %s = 'office.petition'""",
                SQL.identifier(
                    "office_urging", "res_model", to_flush=urging["res_model"]
                ),
            ),
        ]
        for name, whole in self._get_part_models().items():
            model = self.env[name]
            parts.append(
                SQL(
                    "SELECT %s, id, %s FROM %s",
                    name,
                    SQL.identifier(model._table, whole, to_flush=model._fields[whole]),
                    SQL.identifier(model._table),
                )
            )
        return SQL(" UNION ALL ").join(parts)

    @api.model
    def _find_whole(self, model, res_id):
        """Return the petition that a record is, or is part of.

        :param str model: any model
        :param int res_id: id of a record
        :return: one petition, or none
        """
        if model == PETITION:
            return self.browse(res_id).exists()
        if model == "office.urging":
            urging = self.env[model].sudo().browse(res_id).exists()
            return self.browse(
                urging.res_id if urging.res_model == PETITION else ()
            ).exists()
        whole = self._get_part_models().get(model)
        return (
            self.env[model].sudo().browse(res_id).exists()[whole]
            if whole
            else (self.browse())
        )

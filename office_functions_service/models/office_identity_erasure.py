# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import re

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.office_functions.tools.transition import permit

BLOCK = "■"
LEAST_LETTERS = 2
"""Shorter words are in too many others."""
WRITTEN = ("char", "text", "html")
TECHNICAL = {
    "access_token",
    "checksum",
    "key",
    "message_id",
    "mimetype",
    "number",
    "query_code",
    "res_field",
    "store_fname",
    "type",
    "url",
}
"""What programs go by; nobody writes a name there."""


class ResCompany(models.Model):
    _inherit = "res.company"

    office_identity_years = fields.Integer(
        "Years Identities of Askers Are Kept",
        default=3,
        help="Who asked a question or for information, counted from the answer "
        "(个人信息保护法 第19、47条).",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    office_identity_years = fields.Integer(
        related="company_id.office_identity_years", readonly=False
    )


class OfficeIdentityMixin(models.AbstractModel):
    _inherit = "office.identity.mixin"

    def _erase(self):
        """Forget who somebody is: all that was written about them."""
        written = [
            name
            for name, field in self._fields.items()
            if field.store and field.type in WRITTEN and not field.compute
        ]
        self.write(
            dict.fromkeys(written, False) | {"date_erased": fields.Datetime.now()}
        )


class OfficeIdentifiedMixin(models.AbstractModel):
    """When it is forgotten who brought a matter (个人信息保护法 第19、47条)."""

    _inherit = "office.identified.mixin"
    _erasure_states = ()
    """In these the matter is at its end, and the years are counted."""

    words_to_erase = fields.Char(
        "Names in the Text",
        copy=False,
        help="Names that stand in subject and text, by commas. They are blackened when "
        "the identity is erased.",
    )
    date_erase = fields.Date(
        "Identity Is Erased From",
        compute="_compute_date_erase",
        store=True,
        index="btree_not_null",
        help="Proposed from this day on; a director approves it.",
    )

    @api.depends(
        "state",
        "state_since",
        "company_id.office_identity_years",
        "identity_ids.date_erased",
    )
    def _compute_date_erase(self):
        for record in self:
            day = False
            if record.state in self._erasure_states and record.state_since:
                if not all(record.sudo().identity_ids.mapped("date_erased")):
                    years = relativedelta(years=record._get_erasure_years())
                    day = record.state_since.date() + years
            record.date_erase = day

    def _get_erasure_years(self):
        """Return how long it is kept who brought the matter.

        :rtype: int
        """
        return self.company_id.office_identity_years

    def _erase_identity(self):
        """Forget who brought a matter: values, hashes, and their names in all texts.

        The texts keep blocks, so that everybody sees that something stood there; the
        log of steps and looks stays. Harmless when called again.
        """
        for record in self.sudo():
            identities = record.identity_ids.filtered(lambda one: not one.date_erased)
            words = record._get_words_to_erase(identities)
            record._blacken_texts(words)
            with permit(record):
                record.with_context(tracking_disable=True).words_to_erase = False
            identities._erase()

    def _get_words_to_erase(self, identities):
        """Return what must not be read any more: who they are, and the words marked.

        :rtype: set[str]
        """
        self.ensure_one()
        words = re.split(r"[,，、;；]", self.words_to_erase or "")
        for name in ("person", "phone", "id_number", "address", "email"):
            words += identities.mapped(lambda one, field=name: one[field] or "")
        return {word.strip() for word in words if len(word.strip()) >= LEAST_LETTERS}

    # The texts ------------------------------------------------------------------------

    def _blacken_texts(self, words):
        """Put blocks in the place of some words, in all that hangs on this matter.

        Logs that are never changed otherwise are changed here: the law on personal data
        goes before.
        """
        self.ensure_one()
        if not words:
            return
        self.env.flush_all()
        tables = self._find_texts()
        for name, ids in tables.items():
            self._blacken_rows(self.env[name], sorted(ids), words)
        self.env.invalidate_all()
        for name, ids in tables.items():
            model = self.env[name]
            model.browse(ids).modified(self._get_written(model))

    def _find_texts(self):
        """Return what hangs on this matter, from the registry: parts, logs, messages.

        :return: model → ids
        :rtype: dict[str, set[int]]
        """
        found = {self._name: set(self.ids)}
        for name in self.env.registry.descendants(["office.part.mixin"], "_inherit"):
            model = self.env[name]
            field = not model._abstract and model._fields.get(model._whole)
            if field and field.comodel_name == self._name:
                parts = model.sudo().with_context(active_test=False)
                found[name] = set(parts.search([(field.name, "in", self.ids)]).ids)
        tables = [
            model
            for name in self.env.registry
            if (model := self.env[name])._auto
            and not model._abstract
            and not model._transient
        ]
        new = dict(found)
        while new:
            seen, new = new, {}
            for model in tables:
                ids = set(self._find_attached(model, seen)) - found.get(
                    model._name, set()
                )
                if ids:
                    found.setdefault(model._name, set()).update(ids)
                    new[model._name] = ids
        return found

    @api.model
    def _find_attached(self, model, seen):
        """Return the ids of rows that name one of some records as theirs."""
        res_id, message = (
            model._fields.get(name) for name in ("res_id", "mail_message_id")
        )
        if res_id and res_id.store and res_id.type == "many2one_reference":
            kind = model._fields[res_id.model_field]
            if not kind.store:
                return
            for name, ids in seen.items():
                rows = (
                    self.env.execute_query(
                        SQL(
                            "SELECT id FROM %s WHERE %s = %s AND %s IN %s",
                            SQL.identifier(model._table),
                            SQL.identifier(kind.name),
                            name,
                            SQL.identifier(res_id.name),
                            tuple(ids),
                        )
                    )
                    if ids
                    else ()
                )
                yield from (row[0] for row in rows)
        if message and message.store and seen.get("mail.message"):
            rows = self.env.execute_query(
                SQL(
                    "SELECT id FROM %s WHERE mail_message_id IN %s",
                    SQL.identifier(model._table),
                    tuple(seen["mail.message"]),
                )
            )
            yield from (row[0] for row in rows)

    @api.model
    def _get_written(self, model):
        """Return the columns of a model in which somebody may have written a name.

        :rtype: list[str]
        """
        kinds = {
            field.model_field
            for field in model._fields.values()
            if field.type == "many2one_reference"
        }
        return [
            name
            for name, field in model._fields.items()
            if field.store
            and field.column_type
            and field.type in WRITTEN
            and not field.translate
            and name not in TECHNICAL | kinds
        ]

    @api.model
    def _blacken_rows(self, model, ids, words):
        columns = self._get_written(model)
        if not (ids and columns):
            return
        settings = []
        for column in columns:
            black = SQL.identifier(column)
            for word in sorted(words, key=len, reverse=True):
                black = SQL("replace(%s, %s, %s)", black, word, BLOCK * len(word))
            settings.append(SQL("%s = %s", SQL.identifier(column), black))
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s WHERE id IN %s",
                SQL.identifier(model._table),
                SQL(", ").join(settings),
                tuple(ids),
            )
        )

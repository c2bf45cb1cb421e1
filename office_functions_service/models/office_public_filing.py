# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import hmac

from .office_public_form import FORM_HOURS


class OfficePublicFiling(models.Model):
    """That a form of the service hall was sent: a second time it makes no second matter."""

    _name = "office.public.filing"
    _description = "Form Sent in Public"

    key = fields.Char("Recognised By", required=True, readonly=True)
    digest = fields.Char("Content Recognised By", readonly=True)
    res_model = fields.Char("Kind", readonly=True)
    res_id = fields.Many2oneReference("Matter", model_field="res_model", readonly=True)

    _key_uniq = models.UniqueIndex("(key)")

    @api.model
    def _claim(self, form, content):
        """Take a form for oneself, before anything is made of it.

        Of two at the same moment the later one waits, begins anew and finds what the
        earlier one has made.

        :param str form: what the form is known by
        :param content: all that was typed and sent with it
        :return: the claim, whether it is new, and whether its content is the same
        :rtype: tuple
        """
        key = hmac(self.env(su=True), "office.public.filing", form)
        digest = hmac(self.env(su=True), "office.public.filing.content", content)
        rows = self.env.execute_query(
            SQL(
                """INSERT INTO %s (key, digest, create_date)
                   VALUES (%s, %s, now() AT TIME ZONE 'UTC')
                   ON CONFLICT (key) DO NOTHING RETURNING id""",
                SQL.identifier(self._table),
                key,
                digest,
            )
        )
        if rows:
            return self.sudo().browse(rows[0][0]), True, True
        claim = self.sudo().search([("key", "=", key)])
        return claim, False, claim.digest == digest

    @api.autovacuum
    def _forget(self):
        """Forget the forms that could not be sent any more."""
        before = fields.Datetime.now() - timedelta(hours=2 * FORM_HOURS)
        self.search([("create_date", "<", before)]).unlink()

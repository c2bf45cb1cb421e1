# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Who comes into the confidential group, or leaves it, does not do so unseen (A4)."""

from contextlib import contextmanager

from odoo import api, fields, models

from .office_petition_secret import CONFIDENTIAL, DIRECTOR

MEMBERSHIP = {"group_ids", "user_ids", "implied_ids", "implied_by_ids"}


class OfficeAuditLog(models.Model):
    _inherit = "office.audit.log"

    kind = fields.Selection(
        selection_add=[("confidential", "Confidential Group")],
        ondelete={"confidential": "cascade"},
    )


class ResGroups(models.Model):
    _inherit = "res.groups"

    @api.model_create_multi
    def create(self, vals_list):
        with self._watch_confidential(*vals_list):
            return super().create(vals_list)

    def write(self, vals):
        with self._watch_confidential(vals):
            return super().write(vals)

    @api.model
    @contextmanager
    def _watch_confidential(self, *vals_list):
        """Put on record who came into the confidential group meanwhile, or left it.

        :param vals_list: what is written; where it names no group, nothing is looked at
        """
        group = self.env.ref(CONFIDENTIAL, raise_if_not_found=False)
        if not group or not any(MEMBERSHIP & vals.keys() for vals in vals_list):
            yield
            return
        group = group.sudo()
        before = group.all_user_ids
        yield
        came, gone = group.all_user_ids - before, before - group.all_user_ids
        if came or gone:
            self._tell_of_confidential(came, gone)

    @api.model
    def _tell_of_confidential(self, came, gone):
        """Write it to the audit log, and tell the directors."""
        words = []
        if came:
            names = ", ".join(came.mapped("name"))
            words.append(self.env._("Came into it: %(names)s.", names=names))
        if gone:
            names = ", ".join(gone.mapped("name"))
            words.append(self.env._("Left it: %(names)s.", names=names))
        changed = came | gone
        self.env["office.audit.log"]._note("confidential", changed, " ".join(words))
        directors = self.env.ref(DIRECTOR).sudo().all_user_ids.filtered("active")
        todo = self.env.ref("mail.mail_activity_data_todo")
        summary = self.env._("Who reads reports and accusations has changed")
        self.env["mail.activity"].sudo().with_context(
            mail_activity_quick_update=True
        ).create(
            [
                {
                    "activity_type_id": todo.id,
                    "user_id": director.id,
                    "summary": summary,
                    "note": " ".join(words),
                }
                for director in directors
                if director.company_ids & changed.company_ids
            ]
        )


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        with self.env["res.groups"]._watch_confidential(*vals_list):
            return super().create(vals_list)

    def write(self, vals):
        with self.env["res.groups"]._watch_confidential(vals):
            return super().write(vals)

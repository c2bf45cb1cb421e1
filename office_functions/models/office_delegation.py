# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import ormcache


class OfficeDelegation(models.Model):
    """A leader's power lent to somebody for a time: dated, scoped, logged (代)."""

    _name = "office.delegation"
    _description = "Delegation"
    _order = "date_from desc, id desc"
    _rec_name = "principal_id"

    principal_id = fields.Many2one(
        "res.users",
        "Delegated By",
        required=True,
        index=True,
        default=lambda self: self.env.user,
    )
    delegate_id = fields.Many2one(
        "res.users", "Delegated To", required=True, index=True
    )
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("Until", required=True)
    model_id = fields.Many2one(
        "ir.model",
        "Kind of Matter",
        ondelete="cascade",
        domain="[('model', '=like', 'office.%')]",
        help="Empty: every kind of matter.",
    )
    reason = fields.Text()
    date_ended = fields.Date("Ended On", readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )

    _dates_ordered = models.Constraint(
        "CHECK(date_to >= date_from)", "A delegation ends after it begins."
    )
    _not_oneself = models.Constraint(
        "CHECK(principal_id <> delegate_id)", "Nobody delegates to themselves."
    )

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.constrains("principal_id")
    def _check_principal(self):
        for delegation in self:
            if self.env.su or delegation.principal_id == self.env.user:
                continue
            if not self.env.user.has_group("office_functions.group_office_director"):
                raise ValidationError(
                    self.env._("Only the person or the director delegates this power.")
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        today = fields.Date.context_today(self)
        if any(delegation.date_from <= today for delegation in self):
            raise UserError(
                self.env._("A delegation that has begun is ended, not deleted.")
            )

    def action_end(self):
        """End a delegation now; what was done under it stays in the log."""
        self.write({"date_ended": fields.Date.context_today(self)})

    @api.model
    def _find_principal(self, delegate, principals, model):
        """Return for whom of some principals a user may act on a kind of matter today.

        :param res.users delegate: who wants to act
        :param res.users principals: in whose power it lies
        :param str model: the kind of matter
        :return: one principal, or nobody
        :rtype: res.users
        """
        if not principals:
            return principals
        today = fields.Date.context_today(self)
        lent = self._get_principal_ids(delegate.id, model, today)
        return principals.browse([uid for uid in lent if uid in principals.ids][:1])

    @api.model
    @ormcache("delegate_id", "model", "day")
    def _get_principal_ids(self, delegate_id, model, day):
        """Return who has lent a user their power over a kind of matter, latest first.

        :param int delegate_id: the user
        :param str model: the kind of matter
        :param date day: on which day
        :rtype: tuple[int]
        """
        delegations = self.sudo().search(
            Domain("delegate_id", "=", delegate_id)
            & Domain("date_from", "<=", day)
            & Domain("date_to", ">=", day)
            & Domain("date_ended", "=", False)
            & (Domain("model_id", "=", False) | Domain("model_id.model", "=", model))
        )
        return tuple(delegations.principal_id.ids)

    @api.model
    @ormcache("user_id", "day")
    def _get_running(self, user_id, day):
        """Return the delegations that a user holds or has given, latest first.

        :param int user_id: the user
        :param date day: on which day
        :return: ``(principal id, delegate id, last day)`` of each
        :rtype: tuple
        """
        delegations = self.sudo().search(
            Domain("date_from", "<=", day)
            & Domain("date_to", ">=", day)
            & Domain("date_ended", "=", False)
            & (
                Domain("delegate_id", "=", user_id)
                | Domain("principal_id", "=", user_id)
            )
        )
        return tuple(
            (line.principal_id.id, line.delegate_id.id, line.date_to)
            for line in delegations
        )

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import ormcache


class OfficeDelegation(models.Model):
    """A leader's power lent to somebody for a time: dated, scoped, logged (代)."""

    _name = "office.delegation"
    _inherit = ["office.cached.mixin"]
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
    model_name = fields.Char(related="model_id.model")
    matter_domain = fields.Char(
        "Only These Matters",
        help="A rule for which matters of the kind the power is lent: the routine ones "
        "that need not reach the principal. Empty: all of the kind.",
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

    @api.constrains("principal_id")
    def _check_principal(self):
        for delegation in self:
            if self.env.su or delegation.principal_id == self.env.user:
                continue
            if not self.env.user.has_group("office_functions.group_office_director"):
                raise ValidationError(
                    self.env._("Only the person or the director delegates this power.")
                )

    @api.constrains("matter_domain", "model_id")
    def _check_matter_domain(self):
        for delegation in self:
            if delegation.matter_domain:
                delegation._check_rule()

    def _check_rule(self):
        """Refuse a rule that is none.

        :raise ValidationError: for text that is no domain of the kind of matter
        """
        model = self.sudo().model_id.model
        if not model:
            raise ValidationError(
                self.env._("Choose a kind of matter, then say which of them.")
            )
        try:
            self.env[model].sudo().search(self._get_scope_domain(), limit=1)
        except (AttributeError, KeyError, SyntaxError, TypeError, ValueError) as error:
            raise ValidationError(
                self.env._("“%(rule)s” chooses no matters.", rule=self.matter_domain)
            ) from error

    def _get_scope_domain(self):
        """Return which matters of its kind the power covers.

        :rtype: Domain
        """
        self.ensure_one()
        return Domain(literal_eval(self.matter_domain or "[]"))

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
        self._give_back()

    @api.model
    def _get_running_domain(self, day):
        """Return the delegations in force on a day.

        :rtype: Domain
        """
        return (
            Domain("date_from", "<=", day)
            & Domain("date_to", ">=", day)
            & Domain("date_ended", "=", False)
        )

    @api.model
    def _find_principal(self, delegate, principals, model, matter=None):
        """Return for whom of some principals a user may act on a kind of matter today.

        :param res.users delegate: who wants to act
        :param res.users principals: in whose power it lies
        :param str model: the kind of matter
        :param matter: the record; without it a delegation that is limited by a rule to
            some matters does not count
        :return: one principal, or nobody
        :rtype: res.users
        """
        if not principals:
            return principals
        today = fields.Date.context_today(self)
        for principal_id, rule in self._get_lent(delegate.id, model, today):
            if principal_id in principals.ids and (
                not rule
                or (matter and matter.sudo().filtered_domain(literal_eval(rule)))
            ):
                return principals.browse(principal_id)
        return principals.browse()

    @api.model
    @ormcache("delegate_id", "model", "day")
    def _get_lent(self, delegate_id, model, day):
        """Return who has lent a user their power over a kind of matter, latest first.

        :param int delegate_id: the user
        :param str model: the kind of matter
        :param date day: on which day
        :return: ``(principal id, rule)`` for each
        :rtype: tuple[tuple[int, str]]
        """
        delegations = self.sudo().search(
            self._get_running_domain(day)
            & Domain("delegate_id", "=", delegate_id)
            & (Domain("model_id", "=", False) | Domain("model_id.model", "=", model))
        )
        return tuple((d.principal_id.id, d.matter_domain or "") for d in delegations)

    @api.model
    @ormcache("model", "day")
    def _get_running_ids(self, model, day):
        """Return the delegations in force on a day for a kind of matter.

        :rtype: tuple[int]
        """
        delegations = self.sudo().search(
            self._get_running_domain(day)
            & (Domain("model_id", "=", False) | Domain("model_id.model", "=", model))
        )
        return tuple(delegations.ids)

    @api.model
    def _get_running(self, model):
        """Return the delegations in force today for a kind of matter.

        :param str model: the kind of matter
        :rtype: office.delegation, as superuser
        """
        today = fields.Date.context_today(self)
        return self.sudo().browse(self._get_running_ids(model, today))

    @api.model
    @ormcache("user_id", "day")
    def _get_concerning(self, user_id, day):
        """Return the delegations that a user holds or has given, latest first.

        :param int user_id: the user
        :param date day: on which day
        :return: ``(principal id, delegate id, last day)`` of each
        :rtype: tuple
        """
        delegations = self.sudo().search(
            self._get_running_domain(day)
            & (
                Domain("delegate_id", "=", user_id)
                | Domain("principal_id", "=", user_id)
            )
        )
        return tuple(
            (line.principal_id.id, line.delegate_id.id, line.date_to)
            for line in delegations
        )

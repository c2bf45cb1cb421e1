# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.office_functions.tools.transition import permit

from .office_matter_mixin import SUPERVISOR
from .office_supervision_impartial_mixin import DIRECTOR

OVER = ("closed", "terminated")


class OfficeSupervisionTicketRecusal(models.Model):
    """Who supervises a ticket is related to none of its units, or steps aside."""

    _name = "office.supervision.ticket"
    _inherit = ["office.supervision.ticket", "office.supervision.impartial.mixin"]

    is_supervisor_untrained = fields.Boolean(
        compute="_compute_is_supervisor_untrained",
        help="The supervisor has no study record of a law this year.",
    )

    @api.depends("supervisor_id")
    def _compute_is_supervisor_untrained(self):
        """Tell who supervises without having studied any law this year (S3.6)."""
        today = fields.Date.context_today(self)
        studied = (
            self.env["office.study.record"]
            .sudo()
            ._read_group(
                [
                    ("user_id", "in", self.supervisor_id.ids),
                    ("date", ">=", today.replace(month=1, day=1)),
                    ("regulation_id.kind", "=", "law"),
                ],
                ["user_id"],
            )
        )
        trained = {user for [user] in studied}
        for ticket in self:
            supervisor = ticket.supervisor_id
            ticket.is_supervisor_untrained = supervisor and supervisor not in trained

    @api.model
    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | {"supervisor_id": ("proposed",)}

    def _get_supervised_ticket(self):
        return self

    def _get_kin_unit_ids(self, user):
        """Return the units of this ticket to which a user is related.

        :param res.users user: somebody who supervises or would like to
        :rtype: set[int]
        """
        self.ensure_one()
        units = {
            int(token[1:])
            for token in self.sudo().office_parties or ()
            if token.startswith("d")
        }
        return units & user._get_kin_unit_ids()

    def _describe_kinship(self, user):
        """Return the sentence that says why a user supervises nothing here."""
        units = self.env["hr.department"].sudo().browse(self._get_kin_unit_ids(user))
        return self.env._(
            "%(who)s is related to %(units)s, by their own unit or a declared relation, "
            "and does not supervise there. Choose somebody else.",
            who=user.name,
            units=", ".join(units.mapped("name")),
        )

    @api.model_create_multi
    def create(self, vals_list):
        """Propose nobody as supervisor of their own unit."""
        kin = self.env.user._get_kin_unit_ids()
        return super().create(
            [
                {"supervisor_id": False, **vals}
                if kin and "supervisor_id" not in vals and self._names_units(vals, kin)
                else vals
                for vals in vals_list
            ]
        )

    def _names_units(self, vals, unit_ids):
        """Tell whether the values of a new ticket name one of some units."""
        new = self.new(
            {
                k: v
                for k, v in vals.items()
                if k in ("lead_unit_id", "assisting_unit_ids")
            }
        )
        units = new.lead_unit_id | new.assisting_unit_ids
        return not unit_ids.isdisjoint(units._origin.ids)

    @api.constrains("supervisor_id", "lead_unit_id", "assisting_unit_ids")
    def _check_supervisor_is_impartial(self):
        """Nobody supervises those they are related to (S3.9)."""
        for ticket in self.sudo():
            supervisor = ticket.supervisor_id
            if supervisor and ticket._get_kin_unit_ids(supervisor):
                raise ValidationError(ticket._describe_kinship(supervisor))

    def recuse(self, user=None, reason=""):
        result = super().recuse(user, reason)
        users = self.env["res.users"]
        user = users.browse(user if isinstance(user, int) else user and user.id)
        user = user or self.env.user
        ticket = self.sudo()
        if ticket.supervisor_id == user:
            ticket._set_supervisor(ticket._find_stand_in(user), reason)
        return result

    def _step_aside(self, user, reason):
        """Take a supervisor off this ticket, for good, and name a stand-in."""
        self._name_person("recused", user, reason)
        self._set_supervisor(self._find_stand_in(user), reason)

    def _find_stand_in(self, user):
        """Return who carries the ticket until somebody is named: the office director.

        :param res.users user: who steps aside
        :return: nobody, where the director may not either
        :rtype: res.users
        """
        director = user._get_office_director(self.company_id)
        recused = self.env["office.matter.access"]._get_named_ids(
            director.id, self._name, "recused"
        )
        if director == user or self.id in recused:
            return user.browse()
        return director.filtered(lambda who: not self._get_kin_unit_ids(who))

    def change_supervisor(self, user, reason):
        """Give a ticket that was filed to another supervisor; the ledger keeps it.

        :param user: the new supervisor (``res.users`` or id)
        :param str reason: why
        :raise UserError: with all the reasons, when it may not be done
        :raise ValidationError: when the new supervisor is related to its units
        """
        self.ensure_one()
        self.check_access("read")
        user = self._read_user(user)
        problems = []
        if self.state in OVER:
            problems.append(self.env._("The ticket is over: its supervisor stays."))
        if not self.env.user.has_group(DIRECTOR) and self.env.user != self.leader_id:
            problems.append(
                self.env._(
                    "Only a director or the authorising leader changes the supervisor."
                )
            )
        if not user.exists() or not user.sudo().has_group(SUPERVISOR):
            problems.append(self.env._("Choose a supervisor."))
        elif self.company_id not in user.sudo().company_ids:
            problems.append(self.env._("Choose a supervisor of the same company."))
        elif user in self._get_recused_users():
            problems.append(
                self.env._("%(who)s has stepped aside here.", who=user.sudo().name)
            )
        if not isinstance(reason, str) or not reason.strip():
            problems.append(self.env._("Please write down the reason."))
        if problems:
            raise UserError("\n".join(problems))
        self.sudo()._set_supervisor(user.sudo(), reason)

    @api.model
    def _read_user(self, user):
        """Return the user that a client names; nobody where it names none.

        :param user: ``res.users`` or id
        :rtype: res.users
        """
        users = self.env["res.users"]
        if isinstance(user, models.BaseModel):
            named = user._name == users._name and len(user) == 1
            return users.browse(user.ids) if named else users
        is_id = isinstance(user, int) and not isinstance(user, bool)
        return users.browse(user) if is_id else users

    def _get_recused_users(self):
        """Return who has stepped aside from this ticket.

        :rtype: res.users
        """
        return (
            self.sudo()
            .access_ids.filtered(
                lambda access: access.kind == "recused" and not access.date_lifted
            )
            .user_id
        )

    def _set_supervisor(self, user, reason):
        """Write another supervisor, and the line of the change ledger."""
        before = self.supervisor_id
        with permit(self):
            self.with_context(tracking_disable=True).write({"supervisor_id": user.id})
        self._log_change(
            "supervisor", before.name, user.name, reason, supervisor=before
        )

    def action_change_supervisor(self):
        """Open the dialog that names another supervisor.

        :rtype: dict
        """
        self.ensure_one()
        return self._get_dialog_action(
            "office.supervision.supervisor.change", self.env._("Change Supervisor")
        )


class OfficeSupervisionVerification(models.Model):
    _inherit = "office.supervision.verification"

    @api.constrains("verifier_id", "ticket_id")
    def _check_verifier_is_impartial(self):
        """Nobody verifies what those did to whom they are related (S3.9)."""
        for verification in self.sudo():
            verifier, ticket = verification.verifier_id, verification.ticket_id
            if ticket._get_kin_unit_ids(verifier):
                raise ValidationError(ticket._describe_kinship(verifier))
            if verifier in ticket._get_recused_users():
                raise ValidationError(
                    self.env._("%(who)s has stepped aside here.", who=verifier.name)
                )


class OfficeSupervisionTask(models.Model):
    _name = "office.supervision.task"
    _inherit = ["office.supervision.task", "office.supervision.impartial.mixin"]

    @api.constrains("lead_unit_id", "assisting_unit_ids", "ticket_id")
    def _check_supervisor_is_impartial(self):
        self.ticket_id._check_supervisor_is_impartial()

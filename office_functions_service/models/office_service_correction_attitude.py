# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

JUDGING = ("close", "fail", "drop")
"""The steps that say whether it was put right, or unfounded."""


class OfficeServiceCorrection(models.Model):
    """A citizen complains of how somebody treated them (态度投诉, S4.13)."""

    _inherit = "office.service.correction"

    kind = fields.Selection(
        selection_add=[("attitude", "Attitude toward Citizens")],
        ondelete={"attitude": "set default"},
    )
    blamed_id = fields.Many2one(
        "res.users", "Whose Attitude", readonly=True, copy=False, ondelete="restrict"
    )

    @api.model
    def _get_transitions(self):
        return [
            row.but(never=(*row.never, "blamed")) if row.name in JUDGING else row
            for row in super()._get_transitions()
        ]

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"blamed_id"}

    def _relation_blamed(self):
        return self.blamed_id

    @api.constrains("handler_id", "blamed_id")
    def _check_blamed(self):
        for correction in self.sudo():
            if correction.blamed_id and correction.handler_id == correction.blamed_id:
                raise ValidationError(
                    self.env._("Who is complained of does not put it right alone.")
                )


class OfficePublicMixin(models.AbstractModel):
    _inherit = "office.public.mixin"

    def _explain_no_complaint(self):
        """Return why no complaint of somebody's attitude is made out of this.

        :rtype: list[str]
        """
        return []

    @api.private
    def open_attitude_complaint(self, person, problem):
        """Have a complaint of somebody's attitude looked into by who stands above them.

        Only the number of the matter goes into it, nothing of what it says.

        :param res.users person: who is complained of
        :param str problem: what the citizen says
        :rtype: office.service.correction
        :raise AccessError: for who does not read the matter
        :raise UserError: where it may not be made, or nobody stands above them
        """
        self.ensure_one()
        self.check_access("read")
        reasons = self._explain_no_complaint()
        unit = person.sudo().employee_ids[:1].department_id
        above = (
            unit.manager_id.user_id
            | unit.parent_id.manager_id.user_id
            | self.env["res.users"]._get_office_director(self.company_id)
        ) - person
        if not above:
            reasons.append(
                self.env._("Nobody stands above %(name)s here.", name=person.name)
            )
        if reasons:
            raise UserError("\n".join(reasons))
        return self._open_complaint(problem, person, above[0], lead_unit_id=unit.id)

    def _open_complaint(self, problem, person, handler, **vals):
        """Open the correction; only the number of the matter goes into it.

        :param str problem: what the citizen says
        :param res.users person: who is complained of, if that is known
        :param res.users handler: who looks into it
        :param vals: further values of the correction
        :rtype: office.service.correction
        """
        number = self.number or self.display_name
        return self.env["office.service.correction"]._open_for(
            self,
            "attitude",
            {
                self: {
                    "name": self.env._("Attitude complained of: %s", number),
                    "source_name": number,
                    "problem": problem,
                    "blamed_id": person.id,
                    "handler_id": handler.id,
                    **vals,
                }
            },
        )


class OfficePetition(models.Model):
    _inherit = "office.petition"

    def _explain_no_complaint(self):
        """Let nothing lead from another register to what is kept from somebody (A4)."""
        reasons = super()._explain_no_complaint()
        petition = self.sudo()
        if petition.is_restricted or petition.is_report or petition.office_accused:
            reasons.append(
                self.env._(
                    "Nothing of this petition goes into another register: please "
                    "register the complaint as a petition of its own."
                )
            )
        return reasons

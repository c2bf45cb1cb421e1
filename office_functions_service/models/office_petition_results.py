# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What follows from a petition takes over whom that is kept from (R-PET-10, A4)."""

from odoo import models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .office_petition import DIRECTOR, LEADER

PETITION = "office.petition"


class OfficePetition(models.Model):
    _inherit = PETITION

    def _is_in_hands_barred(self, matter):
        """Tell whether a matter is in the hands of whom this petition is against.

        Of a unit, too, in which such a person works: colleagues would read it.

        :param matter: what follows from this, or this followed from
        :rtype: bool
        """
        self.ensure_one()
        matter = matter.sudo()
        if not self.sudo().office_accused or "lead_unit_id" not in matter:
            return False
        users = matter.handler_id.union(
            *(matter.mapped(name) for name in matter._party_user_fields)
        )
        units = matter.lead_unit_id.union(
            *(matter.mapped(name) for name in matter._party_unit_fields)
        )
        return bool(units & self._get_barred_units()) or any(
            self._is_against(user) for user in users
        )

    def _close_result(self, matter):
        """Recuse the colleagues of whom this is against from what follows from it.

        It is in their hands already. Who handles it keeps it, and so do the heads of
        the house; nobody is told why.

        :param matter: in superuser mode
        """
        homes, _units = self._get_home_units()
        users = self.env["res.users"]._get_members([f"d{id_}" for id_ in homes.ids])
        users -= matter.handler_id.union(
            *(matter.mapped(name) for name in matter._party_user_fields)
        )
        for user in users:
            if not (user.has_group(DIRECTOR) or user.has_group(LEADER)):
                matter._name_person("recused", user, "")


class OfficeMatterMixin(models.AbstractModel):
    """Whatever follows from a petition goes to nobody whom that is against."""

    _inherit = "office.matter.mixin"

    def write(self, vals):
        """Ask again whenever it changes hands.

        :raise ValidationError: without saying whom a petition is against
        """
        hands = {"handler_id", *self._party_unit_fields, *self._party_user_fields}
        if self._name == PETITION or hands.isdisjoint(vals):
            return super().write(vals)
        names = sorted(hands & vals.keys())
        before = [record[name] for record in self.sudo() for name in names]
        result = super().write(vals)
        if before != [record[name] for record in self.sudo() for name in names]:
            self._check_kept_from_excluded()
        return result

    def _check_kept_from_excluded(self):
        """Refuse hands that a petition at the other end of a link is kept from.

        :raise ValidationError: naming what to do
        """
        links = self.env["office.matter.link"].sudo()
        mine = Domain("res_model", "=", self._name) & Domain("res_id", "in", self.ids)
        theirs = Domain("target_model", "=", self._name) & Domain(
            "target_id", "in", self.ids
        )
        found = links.search(
            (mine & Domain("target_model", "=", PETITION))
            | (theirs & Domain("res_model", "=", PETITION))
        )
        for link in found:
            ends = {link.res_model: link.res_id, link.target_model: link.target_id}
            petition = links.env[PETITION].browse(ends[PETITION]).exists()
            if petition._is_in_hands_barred(self.browse(ends[self._name])):
                raise ValidationError(
                    self.env._(
                        "This cannot go to these persons or units. Please choose "
                        "others."
                    )
                )

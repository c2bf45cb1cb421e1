# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.tools import ormcache


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_kin_unit_ids(self):
        """Return the units that this user does not supervise (S3.9).

        The unit they work in or head, those above it up to the agency and all below it, and
        the units of their active recusals with all below them. The agency itself,
        where everybody works, makes nobody related.

        :rtype: frozenset[int]
        """
        self.ensure_one()
        return self._get_kin_unit_ids_of(self.id)

    @api.model
    @ormcache("uid")
    def _get_kin_unit_ids_of(self, uid):
        Department = self.env["hr.department"].sudo()
        declared = self.env["office.supervision.recusal"].sudo()
        declared = declared.search([("user_id", "=", uid), ("state", "=", "active")])
        own = self.sudo().browse(uid).employee_ids.department_id
        own |= Department.search([("manager_id.user_id", "=", uid)])
        own = own.filtered(lambda unit: unit.unit_kind != "agency")
        below = Department.search([("id", "child_of", (own | declared.unit_id).ids)])
        above = Department.search([("id", "parent_of", own.ids)])
        units = below | above.filtered(lambda unit: unit.unit_kind != "agency")
        return frozenset(units.ids)

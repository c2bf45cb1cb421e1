# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.tools import ormcache


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_office_tokens(self):
        """Return what stands for this user in the parties of a matter.

        Everybody: the person. Section heads: also their unit and those below it.
        Liaisons and school users: also the schools they serve or belong to.

        :return: e.g. ``("u7", "d3", "d4")``
        :rtype: tuple[str]
        """
        self.ensure_one()
        return self._get_office_tokens_of(self.id)

    @api.model
    @ormcache("uid")
    def _get_office_tokens_of(self, uid):
        user = self.sudo().browse(uid)
        Department = self.env["hr.department"].sudo()
        units = Department.search([("office_user_ids", "in", uid)])
        if user.has_group("office_functions.group_office_section_head"):
            units |= user.employee_ids.department_id
            units |= Department.search([("manager_id.user_id", "=", uid)])
            units = Department.search([("id", "child_of", units.ids)])
        return (f"u{uid}", *(f"d{unit_id}" for unit_id in units.ids))

    @api.model
    def _get_office_director(self, company):
        """Return who runs the office of a company, to whom it goes for a decision.

        An administrator who may do everything comes last.

        :rtype: res.users
        """
        return self.browse(self._get_office_director_id(company.id))

    @api.model
    @ormcache("company_id")
    def _get_office_director_id(self, company_id):
        group = self.env.ref("office_functions.group_office_director").sudo()
        admin = self.env.ref("base.user_admin", raise_if_not_found=False)
        directors = group.user_ids.filtered(
            lambda user: user.active and company_id in user.company_ids.ids
        )
        return directors.sorted(lambda user: (user == admin, user.id))[:1].id

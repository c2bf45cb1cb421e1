# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class HrDepartment(models.Model):
    _inherit = "hr.department"

    unit_kind = fields.Selection(
        [("agency", "Agency"), ("section", "Section"), ("school", "School")],
        default="section",
        index=True,
        help="What this unit is in the office's work: the agency itself, one of its "
        "sections, or a school it serves.",
    )
    office_user_ids = fields.Many2many(
        "res.users",
        "office_department_user_rel",
        string="Liaisons and School Users",
        help="Internal liaisons who serve this school, and the school's own users; "
        "they see the matters of this unit.",
    )
    office_alias_ids = fields.One2many(
        "office.unit.alias",
        "department_id",
        "Other Names",
        help="How documents and ledgers write this unit.",
    )

    duty_item_ids = fields.One2many("office.duty.item", "lead_unit_id", "Duties")

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        told = {"parent_id", "manager_id", "office_user_ids", "active", "unit_kind"}
        if told & vals.keys():
            self.env.registry.clear_cache()
        return super().write(vals)

    @api.model
    def _get_own_unit(self):
        """Return the unit the current user works in or, for a school's login, its school.

        :rtype: hr.department
        """
        user = self.env.user
        own = user.sudo().employee_ids.department_id[:1]
        served = own or self.sudo().search([("office_user_ids", "in", user.id)])
        return served.sudo(False) if len(served) == 1 else self.browse()

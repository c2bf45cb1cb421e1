# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class OfficePetitionAccused(models.Model):
    """Who is complained of in a petition, kept apart from it (R-PET-10, A4).

    Read by petition officers who see the petition and by those admitted to it by name.
    Whoever is meant here is kept from the petition on every road: see
    ``OfficePetitionExcluded``.
    """

    _name = "office.petition.accused"
    _inherit = ["office.part.mixin"]
    _description = "Complained Of"
    _order = "id"
    _whole = "petition_id"

    petition_id = fields.Many2one(
        "office.petition", required=True, index=True, ondelete="cascade"
    )
    employee_id = fields.Many2one("hr.employee", "Person of the House")
    user_id = fields.Many2one("res.users", "Login")
    unit_id = fields.Many2one("hr.department")
    name = fields.Char("As It Is Written", help="Who is no person or unit known here.")
    role = fields.Char(
        "Post or Part", help="The post or part in it, as the petition says."
    )

    _says_who = models.Constraint(
        "CHECK(num_nonnulls(employee_id, user_id, unit_id) > 0 OR COALESCE(name, '') <> '')",
        "Say who is complained of: a person, a unit, or the name as it is written.",
    )

    @api.model
    def _get_need_to_know_domain(self, operation):
        domain = super()._get_need_to_know_domain(operation)
        if self.env.user.has_group("office_functions.group_office_petition"):
            return domain
        admitted = self.env["office.matter.access"]._get_named_ids(
            self.env.uid, "office.petition", "granted"
        )
        return domain & Domain("petition_id", "in", admitted)

    @api.depends("employee_id", "user_id", "unit_id", "name")
    def _compute_display_name(self):
        for accused in self:
            raw = accused.sudo()
            named = raw.employee_id or raw.user_id or raw.unit_id
            accused.display_name = raw.name or named.display_name

    def _get_tokens(self):
        """Return what stands for those meant, as users carry it.

        :rtype: set[str]
        """
        return (
            {f"e{employee_id}" for employee_id in self.employee_id.ids}
            | {f"u{user_id}" for user_id in self.user_id.ids}
            | {f"d{unit_id}" for unit_id in self.unit_id.ids}
        )

    @api.model_create_multi
    def create(self, vals_list):
        accused = super().create(vals_list)
        accused.sudo().petition_id._shut_out()
        return accused

    def write(self, vals):
        if "petition_id" in vals and any(
            accused.petition_id.id != vals["petition_id"] for accused in self.sudo()
        ):
            raise ValidationError(
                self.env._("Who is complained of stays with the petition that says so.")
            )
        result = super().write(vals)
        self.sudo().petition_id._shut_out()
        return result

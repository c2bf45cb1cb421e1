# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class OfficePraise(models.Model):
    """A unit or school is praised (表扬): a plus in its annual assessment."""

    _name = "office.praise"
    _inherit = ["mail.thread"]
    _description = "Praise"
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char("For What", required=True)
    department_id = fields.Many2one(
        "hr.department", "Unit", required=True, index=True, check_company=True
    )
    user_ids = fields.Many2many("res.users", string="Persons")
    date = fields.Date(required=True, default=fields.Date.context_today, index=True)
    points = fields.Float(
        required=True,
        default=1.0,
        tracking=True,
        help="What it adds to the assessment of the year.",
    )
    coordination_id = fields.Many2one(
        "office.coordination",
        "Seen In",
        index="btree_not_null",
        check_company=True,
        help="The coordination in which the unit took part.",
    )
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )

    @api.constrains("points")
    def _check_points(self):
        if any(praise.points <= 0 for praise in self):
            raise ValidationError(self.env._("Praise adds points, it takes none away."))

    @api.model
    def _get_points(self, date_from, date_to):
        """Return the points that praise adds to the assessment of a period.

        :param date date_from: first day
        :param date date_to: last day
        :return: unit id → points
        :rtype: dict[int, float]
        """
        domain = Domain("date", ">=", date_from) & Domain("date", "<=", date_to)
        return {
            unit.id: points
            for unit, points in self.sudo()._read_group(
                domain & Domain("company_id", "in", self.env.companies.ids),
                ["department_id"],
                ["points:sum"],
            )
        }

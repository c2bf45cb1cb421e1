# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    office_cleaning_pass_mark = fields.Integer(
        "Pass Mark of Cleaning",
        default=80,
        help="With fewer points of 100 an area fails its inspection.",
    )

    _office_cleaning_pass_mark_range = models.Constraint(
        "CHECK(office_cleaning_pass_mark BETWEEN 1 AND 100)",
        "The pass mark of cleaning lies between 1 and 100.",
    )

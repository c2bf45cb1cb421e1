# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    petition_representatives = fields.Integer(
        "Most Representatives",
        default=5,
        help="How many representatives a joint visit sends (信访工作条例 第20条).",
    )
    petition_review_organ = fields.Char(
        "Organ That Reviews",
        help="Named in the opinion: where the petitioner asks for a review.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    petition_representatives = fields.Integer(
        related="company_id.petition_representatives", readonly=False
    )
    petition_review_organ = fields.Char(
        related="company_id.petition_review_organ", readonly=False
    )

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    open_review_organ = fields.Char(
        "Organ of Reconsideration",
        help="Named in the replies to requests for information: where somebody asks for "
        "administrative reconsideration (行政复议法 第23条).",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    open_review_organ = fields.Char(
        related="company_id.open_review_organ", readonly=False
    )

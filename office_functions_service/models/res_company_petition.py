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
    petition_digest_weekly = fields.Boolean(
        "Weekly Digest of Petitions",
        default=True,
        help="Each week a draft of the digest is made for the petition officer.",
    )
    petition_digest_until = fields.Date(
        "Digest Drafted Until", readonly=True, copy=False
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    petition_representatives = fields.Integer(
        related="company_id.petition_representatives", readonly=False
    )
    petition_review_organ = fields.Char(
        related="company_id.petition_review_organ", readonly=False
    )
    petition_digest_weekly = fields.Boolean(
        related="company_id.petition_digest_weekly", readonly=False
    )

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models

from .office_secrecy_mixin import LEVELS, OUTCOMES


class OfficeSecrecyReview(models.Model):
    """One review of whether a paper stays secret (保密法 第24条)."""

    _name = "office.secrecy.review"
    _inherit = ["office.annex.mixin"]
    _description = "Yearly Secrecy Review"
    _order = "id desc"
    _rec_name = "outcome"
    _matter_field = "secrecy_review_ids"

    date = fields.Date("Date of Review", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", "Review Done By", required=True, readonly=True
    )
    outcome = fields.Selection(OUTCOMES, required=True, readonly=True)
    note = fields.Char("Reason", required=True, readonly=True)
    level_before = fields.Selection(LEVELS, readonly=True)
    level_after = fields.Selection(LEVELS, readonly=True)
    until_before = fields.Date("Declassification Before", readonly=True)
    until_after = fields.Date("Declassification After", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)

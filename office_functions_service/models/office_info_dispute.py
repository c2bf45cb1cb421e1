# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeInfoDispute(models.Model):
    """A reconsideration or lawsuit about openness (政府信息公开行政复议、行政诉讼).

    The annual report counts them by what came of them (政府信息公开条例 第50条第3项,
    第51条).
    """

    _name = "office.info.dispute"
    _description = "Reconsideration or Lawsuit on Openness"
    _order = "date_filed desc, id desc"
    _check_company_auto = True

    name = fields.Char("Case Number", required=True)
    kind = fields.Selection(
        [
            ("reconsideration", "Administrative Reconsideration"),
            ("direct", "Lawsuit without Reconsideration"),
            ("after", "Lawsuit after Reconsideration"),
        ],
        "Kind of Dispute",
        required=True,
        default="reconsideration",
    )
    body = fields.Char("Decided By Which Body")
    request_id = fields.Many2one(
        "office.info.request",
        "Request for Information",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        help="Empty where it is about what is published proactively.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    date_filed = fields.Date(
        "Brought On", required=True, default=fields.Date.context_today
    )
    date_decided = fields.Date("Case Decided On")
    outcome = fields.Selection(
        [
            ("upheld", "Result Upheld"),
            ("corrected", "Result Put Right"),
            ("other", "Another Result"),
        ],
        "Result of the Case",
    )

    _outcome_dated = models.Constraint(
        "CHECK((outcome IS NULL) = (date_decided IS NULL))",
        "Please give the result and its day together.",
    )
    _decided_after = models.Constraint(
        "CHECK(date_decided >= date_filed)",
        "It is concluded after it was brought.",
    )

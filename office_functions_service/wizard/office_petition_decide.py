# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficePetitionDecide(models.TransientModel):
    """Takes down what a reviewer decides."""

    _name = "office.petition.decide"
    _description = "Decision of a Review"

    # A link would show the petition to whoever puts in the number of a review.
    review_id = fields.Integer("Petition Review", readonly=True)
    outcome = fields.Selection(
        [
            ("upheld", "Opinion Upheld"),
            ("changed", "Opinion Changed"),
            ("revoked", "Opinion Revoked"),
        ],
        required=True,
    )
    text = fields.Text("Facts and Decision", required=True)
    legal_basis = fields.Char(required=True)

    def decide(self):
        """Decide the review; see :meth:`OfficePetitionReview.decide`.

        :raise UserError: for anybody but its reviewer, or where it was decided
        """
        self.ensure_one()
        review = self.env["office.petition.review"].browse(self.review_id)
        review.decide(self.outcome, self.text, self.legal_basis)

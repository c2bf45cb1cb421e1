# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficePetitionRate(models.TransientModel):
    """What a petitioner says on the phone, asked by a petition officer."""

    _name = "office.petition.rate"
    _description = "Rating by Phone"

    # A link would show the name of any petition to whoever puts in its number.
    petition_id = fields.Integer(
        readonly=True, default=lambda self: self.env.context.get("active_id")
    )
    stars = fields.Selection(
        [
            ("1", "Very Dissatisfied"),
            ("2", "Dissatisfied"),
            ("3", "Fair"),
            ("4", "Satisfied"),
            ("5", "Very Satisfied"),
        ],
        "Satisfaction",
        required=True,
    )
    solved = fields.Selection(
        [("yes", "Yes"), ("no", "No")], "Is It Solved?", required=True
    )
    comment = fields.Text("What the Petitioner Says")

    def rate(self):
        """Keep what was said; see :meth:`OfficePetition.rate_by_phone`.

        :raise UserError: with all the reasons against it
        """
        self.ensure_one()
        petition = self.env["office.petition"].browse(self.petition_id)
        petition.rate_by_phone(
            int(self.stars), self.solved == "yes", self.comment or ""
        )

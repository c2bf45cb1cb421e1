# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficePetitionOrdinary(models.TransientModel):
    """Asks a director for the reason why a petition is no report or accusation."""

    _name = "office.petition.ordinary"
    _description = "No Report or Accusation"

    # A link would show the name of any petition to whoever puts in its number.
    petition_id = fields.Integer(
        readonly=True, default=lambda self: self.env.context.get("active_id")
    )
    reason = fields.Text("Why It Is None", required=True)
    petition_class = fields.Selection(
        [("suggestion", "Suggestion or Opinion"), ("claim", "Claim or Appeal")],
        "What It Is Instead",
        help="May stay open where the petition was not judged yet.",
    )

    def open_up(self):
        """Make it an ordinary petition; see :meth:`OfficePetition.make_ordinary`.

        :raise AccessError: for who is not admitted to it
        :raise UserError: with all the reasons against it
        """
        self.ensure_one()
        petition = self.env["office.petition"].browse(self.petition_id)
        petition.make_ordinary(self.reason, self.petition_class)

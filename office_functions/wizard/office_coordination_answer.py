# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OfficeCoordinationAnswer(models.TransientModel):
    """A party says that it agrees, has done its part, or how satisfied it is."""

    _name = "office.coordination.answer"
    _description = "Answer of a Party"

    party_id = fields.Many2one("office.coordination.party", required=True)
    coordination_id = fields.Many2one(related="party_id.coordination_id")
    coordination_state = fields.Selection(related="coordination_id.state")
    proposal = fields.Text(related="coordination_id.proposal")
    ruling = fields.Text(related="coordination_id.ruling")
    kind = fields.Selection(
        "_selection_kind",
        "Answer",
        required=True,
        compute="_compute_kind",
        store=True,
        readonly=False,
    )
    statement = fields.Text(help="Kept between this party, the office and the leaders.")
    rating = fields.Selection(
        lambda self: (
            self.env["office.coordination.party"]
            ._fields["rating"]
            ._description_selection(self.env)
        ),
        "Satisfaction",
        default="0",
    )

    @api.model
    def _selection_kind(self):
        return self.env["office.coordination.party"]._get_answers()

    @api.depends("party_id")
    def _compute_kind(self):
        usual = {"consulting": "agree", "executing": "confirm"}
        for answer in self:
            answer.kind = usual.get(answer.coordination_state, "rate")

    def action_send(self):
        """Send the answer.

        :raise UserError: with all the reasons, when it may not be given
        """
        self.ensure_one()
        rating = self.rating if self.kind in ("confirm", "rate") else False
        self.party_id.answer(self.kind, self.statement, rating)
        return {"type": "ir.actions.act_window_close"}

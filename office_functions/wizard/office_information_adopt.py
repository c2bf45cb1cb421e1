# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeInformationAdopt(models.TransientModel):
    _name = "office.information.adopt"
    _description = "Record a Use of Information"

    information_id = fields.Many2one("office.information", required=True)
    kind = fields.Selection(
        [
            ("adopted", "Adopted"),
            ("special", "Special Issue"),
            ("comment", "Leader's Comment"),
        ],
        required=True,
        default="adopted",
    )
    level = fields.Selection(
        [
            ("own", "Own Level"),
            ("city", "City"),
            ("province", "Province"),
            ("state", "National"),
        ],
        "Adoption Level",
        required=True,
        default="city",
    )
    publication = fields.Char()
    leader = fields.Char("Commented By")
    comment = fields.Text("Words of the Comment")

    def action_record(self):
        """Record the use as filled in, with its points.

        :raise UserError: with all the reasons, when it may not be done
        """
        self.ensure_one()
        self.information_id.record_use(
            self.kind, self.level, self.publication, self.comment, self.leader
        )
        return {"type": "ir.actions.act_window_close"}

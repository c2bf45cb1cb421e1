# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.exceptions import UserError


class OfficeServiceAsk(models.TransientModel):
    """The one entry form of the service desk: what and where, and send (S4.9)."""

    _name = "office.service.ask"
    _description = "Ask the Service Desk"

    kind_id = fields.Many2one("office.service.kind", "Service Wanted", required=True)
    hint = fields.Char(related="kind_id.hint")
    name = fields.Char("What Is Wanted")
    place = fields.Char(
        "Where",
        default=lambda self: self._default_place(),
    )
    text = fields.Text("More about It")
    photo_ids = fields.Many2many("ir.attachment", string="Photos")

    def _default_place(self):
        """Where the user asked for something last: mostly it is the same room."""
        return (
            self.env["office.service.request"]
            .search([("create_uid", "=", self.env.uid)], order="id desc", limit=1)
            .place
        )

    def send(self):
        """Put the request through the door of its kind.

        :return: the action that shows what came of it
        :raise UserError: naming all that is missing
        :rtype: dict
        """
        self.ensure_one()
        missing = [
            self._fields[name]._description_string(self.env)
            for name in ("name", "place")
            if not (self[name] or "").strip()
        ]
        if missing:
            raise UserError(
                self.env._("Please fill in: %(fields)s.", fields=", ".join(missing))
            )
        record = self.env[self.kind_id.sudo().res_model]._ask_from_desk(
            {
                "kind_id": self.kind_id.id,
                "name": self.name.strip(),
                "place": self.place.strip(),
                "text": self.text,
                "photo_ids": self.photo_ids.ids,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
            "target": "current",
        }

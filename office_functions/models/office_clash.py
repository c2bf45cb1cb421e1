# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.tools import SQL


class OfficeClash(models.Model):
    """The clashes that lie ahead (撞车), read from the events themselves."""

    _name = "office.clash"
    _description = "Clash"
    _auto = False
    _order = "start, id"
    _rec_name = "thing_name"
    _depends = {
        "calendar.event": ["active", "start", "stop", "allday", "office_room_id"],
        "calendar.attendee": ["partner_id", "state"],
    }

    kind = fields.Selection(
        [
            ("leader", "Leader"),
            ("room", "Room"),
            ("vehicle", "Vehicle"),
            ("school", "School"),
        ],
        "Taken Twice",
        readonly=True,
    )
    thing_id = fields.Integer(readonly=True)
    thing_name = fields.Char("Who or What", compute="_compute_thing_name")
    event_id = fields.Many2one("calendar.event", readonly=True)
    other_id = fields.Many2one("calendar.event", "Other Event", readonly=True)
    start = fields.Datetime("Begins At", readonly=True)

    @property
    def _table_query(self):
        Event = self.env["calendar.event"]
        pairs = Event._get_pairs_sql(fields.Date.context_today(self), None)
        return SQL(
            """SELECT row_number() OVER (
                          ORDER BY pair.key, pair.event_id, pair.kind, pair.thing_id
                      ) AS id,
                      pair.kind, pair.thing_id, pair.key AS event_id,
                      pair.event_id AS other_id, event.start
                 FROM (%s) pair
                 JOIN calendar_event event ON event.id = pair.key""",
            pairs,
        )

    @api.depends("kind", "thing_id")
    def _compute_thing_name(self):
        Event = self.env["calendar.event"]
        for kind, clashes in self.grouped("kind").items():
            names = Event._get_thing_names(kind, clashes.mapped("thing_id"))
            for clash in clashes:
                clash.thing_name = names.get(clash.thing_id)

    def action_open_event(self):
        """Open the event that was entered first.

        :rtype: dict
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "calendar.event",
            "res_id": self.event_id.id,
            "views": [(False, "form")],
        }

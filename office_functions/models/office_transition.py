# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class OfficeTransition(models.Model):
    """The append-only log of who moved which matter from where to where."""

    _name = "office.transition"
    _inherit = ["office.annex.mixin"]
    _description = "Transition Log"
    _order = "id desc"
    _rec_name = "label"
    _matter_field = "transition_ids"

    name = fields.Char("Transition", required=True, readonly=True)
    label = fields.Char(compute="_compute_labels")
    state_from = fields.Char("From", readonly=True)
    state_to = fields.Char("To", required=True, readonly=True)
    state_from_label = fields.Char("From State", compute="_compute_labels")
    state_to_label = fields.Char("To State", compute="_compute_labels")
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True)
    principal_id = fields.Many2one(
        "res.users",
        "On Behalf Of",
        readonly=True,
        index="btree_not_null",
        help="The person who delegated the power that was used (代).",
    )
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    seconds = fields.Integer(
        "Seconds in State",
        readonly=True,
        aggregator="avg",
        help="How long the matter had been in the state it left.",
    )
    note = fields.Text(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)

    _state_idx = models.Index("(res_model, state_from, date)")

    @api.depends("res_model", "name", "state_from", "state_to")
    @api.depends_context("lang")
    def _compute_labels(self):
        for model, lines in self.grouped("res_model").items():
            matter = self.env[model]
            states = dict(matter._fields["state"]._description_selection(self.env))
            table = {row.name: row.label for row in matter._get_transitions()}
            for line in lines:
                line.label = str(table.get(line.name, line.name))
                line.state_from_label = states.get(line.state_from, line.state_from)
                line.state_to_label = states.get(line.state_to, line.state_to)

    def _get_signature(self):
        """Return who made the step, as prints name them: 林国栋（代周明远）.

        :rtype: str
        """
        self.ensure_one()
        line = self.sudo()
        if not line.principal_id:
            return line.user_id.name
        return f"{line.user_id.name}（代{line.principal_id.name}）"

    @api.model
    def _get_settled_domain(self, date_from, date_to):
        """Return the steps that were made on a leader's behalf in a period (S2.19)."""
        zone = self.env["office.clash.mixin"]
        return (
            Domain("principal_id", "!=", False)
            & Domain("date", ">=", zone._to_utc(date_from))
            & Domain("date", "<", zone._to_utc(fields.Date.add(date_to, days=1)))
        )

    @api.model
    def _measure_settled(self, date_from, date_to):
        """Return the rows of the share of leaders' steps that others made for them."""
        zone = self.env["office.clash.mixin"]
        leaders = self.env.ref("office_functions.group_office_leader").sudo()
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT COALESCE(principal_id, user_id), count(principal_id), count(*)
                     FROM office_transition
                    WHERE date >= %s AND date < %s
                      AND COALESCE(principal_id, user_id) IN %s
                 GROUP BY 1 ORDER BY 1""",
                zone._to_utc(date_from),
                zone._to_utc(fields.Date.add(date_to, days=1)),
                tuple(leaders.all_user_ids.ids) or (0,),
            )
        )
        return [(None, user_id, lent, number) for user_id, lent, number in rows]

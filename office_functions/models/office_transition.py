# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


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

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OfficeFocusAction(models.Model):
    """Something done about a difficulty, perhaps before anybody was told to (先行行动)."""

    _name = "office.focus.action"
    _inherit = ["office.part.mixin"]
    _description = "Action Taken First"
    _order = "date desc, id desc"
    _whole = "focus_id"

    focus_id = fields.Many2one(
        "office.focus",
        "Focus or Difficulty",
        required=True,
        index=True,
        ondelete="cascade",
    )
    name = fields.Char("What Was Done", required=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    user_id = fields.Many2one(
        "res.users",
        "Done By",
        required=True,
        index=True,
        default=lambda self: self.env.user,
    )
    department_id = fields.Many2one(
        "hr.department",
        "Section",
        default=lambda self: self.env.user.employee_id.department_id,
    )
    directive_id = fields.Many2one(
        "office.directive",
        "By Order Of",
        index="btree_not_null",
        help="The instruction it follows; empty where nobody had told them to.",
    )
    is_untold = fields.Boolean(
        "Untold",
        compute="_compute_is_untold",
        store=True,
        help="Done before a leader said so (未示先行).",
    )
    result = fields.Text("What Came of It")

    @api.depends("directive_id")
    def _compute_is_untold(self):
        for action in self:
            action.is_untold = not action.directive_id

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        actions.focus_id.check_access("read")
        acted_on = actions.sudo().focus_id.filtered(lambda f: f.type == "difficulty")
        acted_on._pass_by_system("cover")
        return actions

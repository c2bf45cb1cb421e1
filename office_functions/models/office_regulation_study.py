# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain


class OfficeRegulation(models.Model):
    """Who has studied a policy, and who has not."""

    _inherit = "office.regulation"

    study_ids = fields.One2many("office.study.record", "regulation_id", "Studies")
    is_studied = fields.Boolean("Studied by Me", compute="_compute_is_studied")
    unstudied_ids = fields.Many2many(
        "res.users",
        string="Not Studied By",
        compute="_compute_study",
        help="Of the people of your units; of all, for the office and the leaders.",
    )
    study_rate = fields.Float(compute="_compute_study", aggregator=None, digits=(5, 1))

    @api.depends("study_ids.user_id")
    @api.depends_context("uid")
    def _compute_is_studied(self):
        mine = Domain("regulation_id", "in", self.ids) & Domain(
            "user_id", "=", self.env.uid
        )
        studied = (
            self.env["office.study.record"].sudo().search_fetch(mine, ["regulation_id"])
        )
        for regulation in self:
            regulation.is_studied = regulation._origin in studied.regulation_id

    @api.depends("study_ids.user_id")
    @api.depends_context("uid", "company")
    def _compute_study(self):
        people = self._get_students()
        studied = dict(
            self.env["office.study.record"]
            .sudo()
            ._read_group(
                Domain("regulation_id", "in", self.ids)
                & Domain("user_id", "in", people.ids),
                ["regulation_id"],
                ["user_id:recordset"],
            )
        )
        for regulation in self:
            missing = people - studied.get(regulation._origin, people.browse())
            regulation.unstudied_ids = missing
            regulation.study_rate = (
                100 * (len(people) - len(missing)) / len(people) if people else 0
            )

    @api.model
    def _get_students(self):
        """Return the people whose study the current user looks after.

        The staff of a head's units; for office and leaders the whole staff.

        :rtype: res.users
        """
        user = self.env.user
        staff = self.env.ref("office_functions.group_office_staff")
        people = Domain("all_group_ids", "in", staff.ids) & Domain(
            "company_ids", "in", self.env.companies.ids
        )
        if not user.has_groups(
            "office_functions.group_office_clerk,office_functions.group_office_leader"
        ):
            tokens = user._get_office_tokens()
            units = [int(token[1:]) for token in tokens if token.startswith("d")]
            people &= Domain("employee_ids.department_id", "in", units) | Domain(
                "id", "=", user.id
            )
        return self.env["res.users"].sudo().search(people).with_env(self.env)

    def action_study(self):
        """Open the dialog in which one records what one took from this policy.

        :rtype: dict
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Study Record"),
            "res_model": "office.study.record",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_regulation_id": self.id},
        }

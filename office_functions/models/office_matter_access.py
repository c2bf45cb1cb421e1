# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, ormcache


class OfficeMatterAccess(models.Model):
    """Persons named for one matter: let in by name, or kept out by recusal."""

    _name = "office.matter.access"
    _inherit = ["office.cached.mixin", "office.annex.mixin"]
    _description = "Named Access"
    _order = "id desc"
    _append_only = False

    kind = fields.Selection(
        [("granted", "Admitted"), ("recused", "Recused")], required=True, readonly=True
    )
    user_id = fields.Many2one("res.users", required=True, readonly=True, index=True)
    reason = fields.Text(readonly=True)
    is_self_declared = fields.Boolean("Declared by the Person", readonly=True)
    date = fields.Datetime(readonly=True, default=fields.Datetime.now)
    date_lifted = fields.Datetime("Lifted On", readonly=True)
    lifted_by_id = fields.Many2one("res.users", readonly=True)

    _open_uniq = models.UniqueIndex(
        "(res_model, res_id, user_id, kind) WHERE date_lifted IS NULL",
        "This person is named here already.",
    )

    @api.model
    @ormcache("uid", "model", "kind")
    def _get_named_ids(self, uid, model, kind):
        """Return the ids of matters of one kind where a user is named.

        :param int uid: the user
        :param str model: the kind of matter
        :param str kind: ``granted`` or ``recused``
        :rtype: tuple[int]
        """
        rows = self.sudo().search_fetch(
            [
                ("user_id", "=", uid),
                ("res_model", "=", model),
                ("kind", "=", kind),
                ("date_lifted", "=", False),
            ],
            ["res_id"],
        )
        return tuple(sorted(set(rows.mapped("res_id"))))

    @api.model
    def _get_recused_sql(self, user, model, res_id):
        """Return the condition that a user has stepped aside from a matter.

        :param SQL user: id of the user
        :param SQL model: kind of matter
        :param SQL res_id: id of the matter
        :rtype: SQL
        """
        return SQL(
            """EXISTS (SELECT FROM office_matter_access named
                        WHERE named.user_id = %s
                          AND named.res_model = %s
                          AND named.res_id = %s
                          AND named.kind = 'recused'
                          AND named.date_lifted IS NULL)""",
            user,
            model,
            res_id,
        )

    def action_lift(self):
        """End an admission or a recusal; the line stays.

        :raise UserError: when the user may not decide it
        """
        for access in self:
            matter = access._get_matter()
            matter.check_access("read")
            if not matter._may_name_persons():
                raise UserError(self.env._("Only a director or leader lifts this."))
        self.sudo().write(
            {"date_lifted": fields.Datetime.now(), "lifted_by_id": self.env.uid}
        )

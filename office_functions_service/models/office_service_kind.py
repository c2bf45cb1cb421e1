# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OfficeServiceKind(models.Model):
    """What one may ask the service desk for, and who does it (S4.9).

    ``res_model`` names the kind of record that a request of this kind becomes; its
    door is ``_ask_from_desk`` of :class:`OfficeServiceMixin`.
    """

    _name = "office.service.kind"
    _description = "Kind of Service"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char("Service Wanted", required=True, translate=True)
    icon = fields.Char(default="fa-bell-o", help="A picture's name: fa-…")
    hint = fields.Char(
        "Example", translate=True, help="Shown to who asks, e.g. what to write."
    )
    res_model = fields.Char(
        "Becomes a Record Of", required=True, default="office.service.request"
    )
    unit_id = fields.Many2one("hr.department", "Unit in Charge")
    user_id = fields.Many2one(
        "res.users",
        "Assigned Person",
        help="Gets each request; empty: anyone of the group.",
    )
    group_id = fields.Many2one(
        "res.groups", help="Its members see such requests and accept them."
    )
    time_limit_id = fields.Many2one("office.time.limit")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: for all companies.")
    open_count = fields.Integer("Open Requests", compute="_compute_open_count")

    _name_uniq = models.UniqueIndex(
        "(name, COALESCE(company_id, 0)) WHERE active",
        "There is a service of this name already.",
    )

    @api.constrains("res_model")
    def _check_res_model(self):
        doors = self.env["office.service.mixin"]._get_service_models()
        wrong = self.filtered(lambda kind: kind.res_model not in doors)
        if wrong:
            raise ValidationError(
                self.env._(
                    "These are no records of service: %(models)s.",
                    models=", ".join(wrong.mapped("res_model")),
                )
            )

    @api.constrains("user_id", "group_id", "res_model")
    def _check_who(self):
        own = self.filtered(lambda kind: kind.res_model == "office.service.request")
        nobody = own.filtered(lambda kind: not (kind.user_id or kind.group_id))
        if nobody:
            raise ValidationError(
                self.env._(
                    "Please name who does it: %(kinds)s.",
                    kinds=", ".join(nobody.mapped("name")),
                )
            )

    @api.depends_context("uid")
    def _compute_open_count(self):
        """Count the user's own requests that are under way."""
        counts = dict(
            self.env["office.service.request"]._read_group(
                [
                    ("kind_id", "in", self.ids),
                    ("create_uid", "=", self.env.uid),
                    ("state", "!=", "draft"),
                    ("date_done", "=", False),
                ],
                ["kind_id"],
                ["__count"],
            )
        )
        for kind in self:
            kind.open_count = counts.get(kind, 0)

    def action_ask(self):
        """Open the entry form for this kind.

        :rtype: dict
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions_service.office_service_ask_action"
        )
        return {
            **action,
            "name": self.name,
            "context": {"default_kind_id": self.id},
        }

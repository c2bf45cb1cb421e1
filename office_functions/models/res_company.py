# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from importlib import import_module

from odoo import api, fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    office_urging_cap = fields.Integer(
        "Urging Notices a Day",
        default=2,
        help="The most urging notices one matter gets in one day.",
    )
    office_principal_leader_id = fields.Many2one(
        "res.users",
        "Principal Leader",
        help="Signs upward and important documents (主要负责人).",
    )

    @api.model
    def _play_office_demo(self, addon):
        """Act out the demo of one addon of the suite. Its demo data calls this.

        The code that does it lies beside the data it reads, and is imported by nothing
        else.

        :param str addon: e.g. ``"office_functions"``
        """
        import_module(f"odoo.addons.{addon}.demo").play(self.env(su=True))

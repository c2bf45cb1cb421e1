# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from odoo.addons.office_functions.tools.omission import Omission


class OfficeOmission(models.Model):
    _inherit = "office.omission"

    @api.model
    def _get_omissions(self):
        return [
            *super()._get_omissions(),
            Omission(
                "directive_undisposed",
                self.env._("Directive without a disposition"),
                "office.directive",
                "_get_undisposed_domain",
            ),
            Omission(
                "look_back_late",
                self.env._("Look-back not made"),
                "office.supervision.ticket",
                "_get_look_back_omitted_domain",
            ),
        ]

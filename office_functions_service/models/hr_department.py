# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models


class HrDepartment(models.Model):
    _inherit = "hr.department"

    def _open_office_visits(self):
        """Return the action that lists the visits to these schools.

        :rtype: dict
        """
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions.office_research_visit_action"
        )
        action["domain"] = [("school_id", "in", self.ids)]
        if len(self) == 1:
            action["context"] = {"default_school_id": self.id}
        return action

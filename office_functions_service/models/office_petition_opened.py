# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Who opened a report, and who was let in to it, stands in the audit log (A13).

Directors read there that it happened; the log hides what is against them, and says
nothing of what the report says.
"""

from odoo import api, fields, models
from odoo.tools import ormcache

from .office_petition_roads import PETITION

CONTENT = {"accused_ids", "demand_ids", "opinion", "text"}
"""What is read when a petition is opened, and by no list."""


class OfficeAuditLog(models.Model):
    _inherit = "office.audit.log"

    kind = fields.Selection(
        selection_add=[("admit", "Admission"), ("lift", "End of an Admission")],
        ondelete={"admit": "cascade", "lift": "cascade"},
    )


class OfficePetition(models.Model):
    _inherit = PETITION

    @api.model
    @ormcache()
    def _get_content_names(self):
        return frozenset(CONTENT)

    def _filter_confidential(self):
        return super()._filter_confidential() | self.filtered("is_report")


class OfficeMatterAccess(models.Model):
    _inherit = "office.matter.access"

    @api.model_create_multi
    def create(self, vals_list):
        """Put on record who is admitted to a report after it was registered."""
        named = super().create(vals_list)
        named._note_admissions("admit")
        return named

    def write(self, vals):
        """Put on record whose admission to a report ends."""
        ended = self.browse()
        if vals.get("date_lifted"):
            ended = self.filtered(lambda access: not access.date_lifted)
        result = super().write(vals)
        ended._note_admissions("lift")
        return result

    def _note_admissions(self, kind):
        """Note admissions to reports that are closed already.

        The first are admitted before that, by the rule and by nobody's choice.
        """
        for access in self.sudo():
            if access.res_model != PETITION or access.kind != "granted":
                continue
            petition = self.env[PETITION].sudo().browse(access.res_id)
            if petition.is_report and petition.is_restricted:
                said = ": ".join(filter(None, (access.user_id.name, access.reason)))
                self.env["office.audit.log"]._note(kind, petition, said)

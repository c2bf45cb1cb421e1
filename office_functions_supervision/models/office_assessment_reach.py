# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models

READERS = (
    "office_functions.group_office_clerk",
    "office_functions.group_office_leader",
    "office_functions_supervision.group_office_supervisor",
)


class OfficeAssessmentLine(models.Model):
    """Supervisors read what the assessment of every unit came to."""

    _inherit = "office.assessment.line"
    _see_all_groups = READERS


class OfficeIndicator(models.AbstractModel):
    """Supervisors read the figures of every unit."""

    _inherit = "office.indicator"
    _see_all_groups = READERS

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models


class ResourceCalendarAttendance(models.Model):
    """Working hours are read from a cache; when they change, deadlines must know."""

    _name = "resource.calendar.attendance"
    _inherit = ["resource.calendar.attendance", "office.cached.mixin"]

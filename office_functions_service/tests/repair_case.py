# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""How the generic tests get repairs, and people and equipment to try them with."""

from odoo import fields
from odoo.fields import Command

from odoo.addons.office_functions.tests.common import ClockFixture

LOGISTICS = "office_functions.group_office_logistics"


class RepairFixture(ClockFixture):
    model_name = "maintenance.request"
    creator_role = "logistics"
    relations = {"handler": "staff", "asker": "clerk"}
    readers = "leader director clerk section_head staff logistics"

    @classmethod
    def sample_vals(cls):
        return {
            "is_office_repair": True,
            "name": "The printer chews paper",
            "place": "Room 305",
            "asker_id": cls.users["clerk"].id,
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
            "late_reason": "All technicians were at the exam centre",
        }

    @property
    def model(self):
        """The model as the office's own screens use it."""
        return super().model.with_context(default_is_office_repair=True)

    def prepare(self, record, row):
        if row.name == "dispatch":
            group = self.env.ref(LOGISTICS)
            record.handler_id.group_ids = [Command.link(group.id)]
        elif row.name == "outsource":
            record.contractor_id = self.env["res.partner"].create(
                {"name": "Repair Ltd"}
            )
            record.date_back_due = fields.Date.context_today(record)
        elif row.name == "fix":
            record.work_done = "Roller changed."
            if record.state == "replacing":
                record.replacement_id = self.make_equipment("New Printer")

    def make_equipment(self, name="Printer", **vals):
        """Return a new piece of equipment, as superuser."""
        return self.env["maintenance.equipment"].create({"name": name, **vals})

    @classmethod
    def make_technician(cls, login="test_technician"):
        """Return a new technician."""
        return cls.make_user(login, LOGISTICS)

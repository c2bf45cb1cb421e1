# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class OfficeEmergencyPortal(models.Model):
    """The pages on which schools report a sudden event at once, and what is new of it.

    The office checks the facts and reports upward, against the clocks that begin here:
    who is on duty handles it, and is told (突发事件应对法 第61、78条).
    """

    _name = "office.emergency"
    _inherit = ["office.emergency", "office.portal.mixin"]
    _portal_kind = "emergency"
    _portal_form_fields = (
        "name",
        "category",
        "moment_event",
        "place",
        "phone",
        "course",
        "casualties",
        "measures",
    )
    _portal_optional_fields = ("moment_event", "phone", "casualties", "measures")
    _portal_fields = _portal_form_fields[1:]
    _portal_again_states = ("reported", "verified", "first", "following")
    _portal_reads_annexes = False
    _portal_takes_files = True

    @api.model
    def _get_portal_title(self):
        return self.env._("Emergencies")

    @api.model
    def _get_portal_hints(self):
        phone = self.env.company.sudo().phone
        return {
            "card": self.env._("Report at once what has happened at your school"),
            "empty": self.env._("Nothing has been reported."),
            "form": self.env._(
                "Telephone the office at once: %s. Then report here.", phone
            )
            if phone
            else self.env._("Telephone the office at once. Then report here."),
        }

    @api.model
    def _get_public_states(self):
        handled = self.env._("Being Dealt With")
        return {
            "reported": self.env._("Emergency Received"),
            **dict.fromkeys(("verified", "first", "following"), handled),
            **dict.fromkeys(("final", "reviewed", "closed"), self.env._("Over")),
        }

    @api.model
    def _get_portal_domain(self):
        mine = Domain("create_uid", "=", self.env.uid) | Domain(
            "lead_unit_id", "in", self._get_portal_units().ids
        )
        return [*super()._get_portal_domain(), *mine]

    def _get_portal_values(self):
        return super()._get_portal_values() | {"date": self.sudo().moment_received}

    @api.model
    def _read_portal_form(self, values, files=()):
        """Take no files about a leak: they may hold what was leaked (保密法 第31条)."""
        texts = super()._read_portal_form(values, files)
        if files and texts.get("category") == "leak":
            raise UserError(
                self.env._(
                    "Of a leak only that it happened is reported here. Please send no "
                    "files: they may hold what was leaked."
                )
            )
        return texts

    @api.model
    def _prepare_portal_vals(self, unit):
        """Let who is on duty handle it; the school is where it comes from."""
        on_duty = self.env["office.duty.shift"]._get_on_duty(self.env.company)
        return super()._prepare_portal_vals(unit) | {
            "handler_id": on_duty[:1].id,
            "source": self.env._(
                "%(school)s, %(person)s", school=unit.name, person=self.env.user.name
            ),
        }

    def _submit_portal(self):
        """Tell those on duty, or the office where nobody is: now, not by a job."""
        matter = self.sudo()
        people = matter.env["office.duty.shift"]._get_on_duty(self.company_id)
        people = people.sudo() | matter.handler_id
        if not people:
            groups = [
                self.env.ref(f"office_functions.group_office_{role}").id
                for role in ("clerk", "director")
            ]
            people = people.search(
                [
                    ("group_ids", "in", groups),
                    ("company_ids", "in", self.company_id.id),
                ]
            )
        for lang, users in people.grouped("lang").items():
            spoken = matter.with_context(lang=lang)
            spoken.message_notify(
                partner_ids=users.partner_id.ids,
                subject=spoken.env._("Emergency: %s", self.name),
                body=spoken.env._(
                    "%(who)s reports: %(course)s",
                    who=self.source,
                    course=self.course,
                ),
            )

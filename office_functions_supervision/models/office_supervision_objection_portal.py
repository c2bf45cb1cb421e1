# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class OfficeSupervisionObjectionPortal(models.Model):
    """Objections and explanations that schools send in on the portal (S3.11)."""

    _name = "office.supervision.objection"
    _inherit = ["office.supervision.objection", "office.portal.mixin"]
    _portal_kind = "objection"
    _portal_form_fields = ("subject", "text")
    _portal_takes_files = True
    _portal_fields = (
        "verification_id",
        "bulletin_id",
        "inspection_id",
        "ticket_id",
        "text",
        "answer",
    )

    @api.model
    def _get_portal_title(self):
        return self.env._("Objections and Explanations")

    @api.model
    def _get_portal_hints(self):
        return super()._get_portal_hints() | {
            "card": self.env._("Object to a conclusion, or explain yourselves"),
        }

    @api.model
    def _get_portal_form(self):
        described = self.sudo().fields_get(["text"])["text"]
        return [
            {
                "name": "subject",
                "label": self.env._("What the objection is to"),
                "help": self.env._(
                    "A conclusion may be objected to until the day named with it; an "
                    "explanation may be given on any ticket that concerns your school."
                ),
                "widget": "select",
                "required": True,
                "options": self._get_portal_options(),
            },
            {
                "name": "text",
                "label": described["string"],
                "help": described["help"],
                "widget": "text",
                "required": True,
            },
        ]

    @api.model
    def _get_portal_options(self):
        """Return what the user's school may object to, or explain itself on.

        :return: ``(value, label)``, the value being a field and an id
        :rtype: list[tuple[str, str]]
        """
        unit = self._get_portal_units()[:1]
        Ticket = self.env["office.supervision.ticket"]
        tickets = Ticket.search(
            fields.Domain("state", "not in", ("proposed", "filed", "terminated"))
            & Ticket._get_parties_domain([f"d{unit.id}"]),
            order="id desc",
            limit=100,
        )
        return self._get_portal_conclusions(unit) + [
            (
                f"ticket_id,{ticket.id}",
                self.env._("Explanation: %(ticket)s", ticket=ticket.display_name),
            )
            for ticket in tickets
        ]

    @api.model
    def _get_portal_conclusions(self, unit):
        """Return the conclusions to which a school may object now.

        :param hr.department unit: the school
        :rtype: list[tuple[str, str]]
        """
        today = fields.Date.context_today(self)
        limit = self.env["office.time.limit"]._get(
            "supervision_objection", self.env.company
        )
        labels = self.sudo().fields_get(self._get_conclusion_fields(), ["string"])
        options = []
        for name in self._get_conclusion_fields():
            model = self.env[self._fields[name].comodel_name]
            if not model.has_access("read"):
                continue
            for one in model.search([], order="id desc", limit=100).sudo():
                date = one._get_conclusion_date()
                if not date or not one._concludes_about(unit):
                    continue
                last = limit._count(date, one.company_id).deadline
                if last >= today:
                    matter = one._get_conclusion_ticket().display_name
                    words = [matter, one.display_name]
                    label = self.env._(
                        "%(kind)s: %(conclusion)s (until %(date)s)",
                        kind=labels[name]["string"],
                        conclusion=" ".join(filter(None, words)),
                        date=format_date(self.env, last),
                    )
                    options.append((f"{name},{one.id}", label))
        return options

    @api.model
    def _read_portal_texts(self, texts):
        if texts["subject"] not in dict(self._get_portal_options()):
            raise UserError(self.env._("Choose what it is about from the list."))
        name, _comma, record_id = texts["subject"].partition(",")
        record = self.env[self._fields[name].comodel_name].browse(int(record_id))
        subject = record.sudo()
        if name == "verification_id":
            subject = subject.ticket_id
        return {name: record.id, "name": subject.name, "text": texts["text"]}

    @api.model
    def _prepare_portal_vals(self, unit):
        return {"unit_id": unit.id}

    def _submit_portal(self):
        objects = any(self[name] for name in self._get_conclusion_fields())
        self.do_transition("submit" if objects else "explain")

    @api.model
    def _get_public_states(self):
        return {
            "submitted": self.env._("Under Review"),
            "upheld": self.env._("Upheld"),
            "refused": self.env._("Not Upheld"),
            "withdrawn": self.env._("Withdrawn"),
            "noted": self.env._("Explanation on Record"),
        }

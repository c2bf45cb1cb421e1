# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.exceptions import UserError


class OfficePortalMixin(models.AbstractModel):
    """A kind of matter that schools send in and follow on the portal.

    The pages under ``/my/office/<kind>`` are made from what is declared here. They show
    the public words for a state and the fields in ``_portal_fields``, nothing else (A9).
    """

    _name = "office.portal.mixin"
    _description = "Matter on the Portal"
    # The last part of the address, e.g. "advice".
    _portal_kind = ""
    # What is shown of a matter, and what the form asks for.
    _portal_fields = ()
    _portal_form_fields = ()

    @api.model
    def _get_portal_kinds(self):
        """Return the kinds of matters that have pages on the portal.

        :return: last part of the address → model name
        :rtype: dict[str, str]
        """
        kinds = {}
        for name in self.env.registry.descendants([self._name], "_inherit"):
            model = self.env[name]
            if not model._abstract and model._portal_kind:
                kinds[model._portal_kind] = name
        return kinds

    @api.model
    def _get_portal_title(self):
        """Return what the pages of this kind are called."""
        return self._description

    @api.model
    def _get_portal_hints(self):
        """Return what the pages of this kind say of themselves.

        :return: ``card`` on the first page of the portal, ``empty`` in place of a list
            that holds nothing
        :rtype: dict
        """
        return {
            "card": self.env._("Send one in, and see what became of it"),
            "empty": self.env._("Nothing has been sent in yet."),
        }

    @api.model
    def _get_public_states(self):
        """Return the words by which the public knows the states.

        :return: state → word, in the user's language; states left out are not shown
        :rtype: dict[str, str]
        """
        return {}

    @api.model
    def _get_portal_domain(self):
        """Return which matters of this kind the signed-in user finds on the portal."""
        return [("state", "in", list(self._get_public_states()))]

    @api.model
    def _get_portal_form(self):
        """Return the fields of the form, as the template draws them.

        :return: ``{name, label, help, widget, required}`` for each; the widget
            ``select`` has ``options`` beside: ``(value, label)``
        :rtype: list[dict]
        """
        described = self.sudo().fields_get(self._portal_form_fields)
        return [
            {
                "name": name,
                "label": described[name]["string"],
                "help": described[name].get("help"),
                "widget": described[name]["type"],
                "required": True,
            }
            for name in self._portal_form_fields
        ]

    def _get_portal_values(self):
        """Return what a matter shows of itself, and nothing more.

        :return: ``id``, ``name``, ``number``, ``date``, ``state`` (the public word) and
            ``lines``: ``(label, text)`` of the fields that are filled
        :rtype: dict
        """
        self.ensure_one()
        matter = self.sudo()
        described = matter.fields_get(self._portal_fields, ["string"])
        return {
            "id": matter.id,
            "name": matter.name,
            "number": matter.number or "",
            "date": matter.create_date,
            "state": self._get_public_states()[matter.state],
            "lines": [
                (described[name]["string"], matter[name])
                for name in self._portal_fields
                if matter[name]
            ],
        }

    def _get_portal_page(self):
        """Return what the page of one matter shows beside that.

        :rtype: dict
        """
        return self._get_portal_values()

    @api.model
    def _get_portal_units(self):
        """Return the schools in whose name the current user writes.

        :rtype: hr.department
        """
        units = self.env["hr.department"].sudo()
        return units.search([("office_user_ids", "in", self.env.uid)])

    @api.model
    def _may_send_in(self):
        """Tell whether the current user has somebody in whose name to write.

        :rtype: bool
        """
        return bool(self._get_portal_units())

    @api.model
    def submit_from_portal(self, values):
        """Send in a matter of this kind, in the name of the user's school.

        :param dict values: the fields of the form; others are refused
        :return: the new matter
        :raise UserError: with all that is missing, or without a school
        :raise AccessError: for who may not send in such a matter
        """
        self.browse().check_access("create")
        if not isinstance(values, dict) or set(values) - set(self._portal_form_fields):
            raise UserError(self.env._("The form holds what nobody asked for."))
        texts = {
            name: value.strip() if isinstance(value, str) else ""
            for name, value in values.items()
        }
        missing = [
            field["label"]
            for field in self._get_portal_form()
            if field["required"] and not texts.get(field["name"])
        ]
        if missing:
            raise UserError(
                self.env._("Please fill in: %(fields)s.", fields=", ".join(missing))
            )
        unit = self._get_portal_units()[:1]
        if not self._may_send_in():
            raise UserError(
                self.env._("Your login belongs to no school. The office can add it.")
            )
        matter = self.create(
            {**self._prepare_portal_vals(unit), **self._read_portal_texts(texts)}
        )
        matter._submit_portal()
        return matter

    @api.model
    def _prepare_portal_vals(self, unit):
        """Return the values that a matter from the portal is born with.

        :param hr.department unit: the school
        :rtype: dict
        """
        return {"lead_unit_id": unit.id, "handler_id": False}

    @api.model
    def _read_portal_texts(self, texts):
        """Return the values that the filled form stands for.

        :param dict texts: field of the form → text
        :raise UserError: for a choice that the form did not offer
        :rtype: dict
        """
        return texts

    def _submit_portal(self):
        """Let a new matter arrive at the office."""

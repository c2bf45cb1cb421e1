# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import datetime

import pytz

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date, format_datetime

TONES = {
    "red": "danger",
    "yellow": "warning",
    "green": "success",
    "paused": "secondary",
    "late": "danger",
    "done": "success",
}
"""Light → the colour of its badge."""

MINUTES = "%Y-%m-%dT%H:%M"
"""How a form of the portal writes a moment."""


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
    _portal_optional_fields = ()
    # The transitions that the page offers to whoever may make them.
    _portal_steps = ()
    # The states in which whoever sent it in may change and send it again.
    _portal_again_states = ()

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
            that holds nothing, and if need be ``form`` above the form
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
        """Return which matters of this kind the signed-in user finds on the portal.

        :rtype: list or Domain
        """
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
                "widget": {"selection": "select"}.get(
                    described[name]["type"], described[name]["type"]
                ),
                "options": described[name].get("selection"),
                "required": name not in self._portal_optional_fields,
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
        labels = matter._get_portal_labels()
        return {
            "id": matter.id,
            "name": matter.name,
            "number": matter.number or "",
            "date": matter.create_date,
            "state": self._get_public_states()[matter.state],
            "lines": [
                (labels[name], matter._get_portal_text(name))
                for name in self._portal_fields
                if matter[name]
            ],
        }

    @api.model
    def _get_portal_labels(self):
        """Return what the fields of a matter are called on its page.

        :return: field → label, in the user's language
        :rtype: dict[str, str]
        """
        described = self.fields_get(self._portal_fields, ["string"])
        return {name: field["string"] for name, field in described.items()}

    def _get_portal_light(self):
        """Return ``light``, the deadline's light in words, and ``tone``, its colour."""
        lights = dict(self._fields["light"]._description_selection(self.env))
        return {
            "light": lights.get(self.light, ""),
            "tone": TONES.get(self.light, "secondary"),
        }

    def _get_portal_text(self, name):
        """Return a field as people read it.

        :rtype: str
        """
        field, value = self._fields[name], self[name]
        if field.type == "selection":
            return dict(field._description_selection(self.env))[value]
        if field.type == "date":
            return format_date(self.env, value)
        if field.type == "datetime":
            return format_datetime(
                self.env, value, tz=self.env.user.tz, dt_format="short"
            )
        return value.display_name if isinstance(value, models.Model) else value

    def _get_portal_page(self):
        """Return what the page of one matter shows beside that.

        :return: ``moves``, the steps open to the user (see ``open_transitions``),
            ``again``, whether they may change it and send it once more, and ``files``
            (see :meth:`_get_portal_files`)
        :rtype: dict
        """
        self.env["office.audit.log"]._note_reading(self)
        moves = (self._portal_steps and self.open_transitions) or ()
        return self._get_portal_values() | {
            "moves": [move for move in moves if move["name"] in self._portal_steps],
            "again": self._may_send_again(),
            "files": self._get_portal_files(),
        }

    def _get_access_action(self, access_uid=None, force_website=False):
        """Lead who knows the portal only from a message to the page it tells of."""
        user = self.env["res.users"].sudo().browse(access_uid or self.env.uid)
        theirs = self.with_user(user).sudo(False)
        shown = Domain("id", "=", self.id) & Domain(theirs._get_portal_domain())
        if user.share and theirs.search_count(shown, limit=1):
            return {
                "type": "ir.actions.act_url",
                "url": f"/my/office/{self._portal_kind}/{self.id}",
                "target": "self",
                "target_type": "portal",
                "res_id": self.id,
            }
        return super()._get_access_action(access_uid, force_website)

    @api.model
    def _get_portal_units(self):
        """Return the schools in whose name the current user writes.

        :rtype: hr.department
        """
        units = self.env["hr.department"].sudo()
        return units.search([("office_user_ids", "in", self.env.uid)])

    @api.model
    def _may_send_in(self):
        """Tell whether the current user sends such matters in: for somebody in whose
        name to write, where this kind has a form.

        :rtype: bool
        """
        return bool(self._portal_form_fields and self._get_portal_units())

    @api.model
    def submit_from_portal(self, values, files=()):
        """Send in a matter of this kind, in the name of the user's school.

        :param dict values: the fields of the form; others are refused
        :param files: ``(name, bytes)`` of each photo or file that goes with it
        :return: the new matter
        :raise UserError: with all that is missing, or without a school
        :raise AccessError: for who may not send in such a matter
        """
        self.browse().check_access("create")
        texts = self._read_portal_form(values, files)
        unit = self._get_portal_units()[:1]
        if not self._may_send_in():
            raise UserError(
                self.env._("Your login belongs to no school. The office can add it.")
            )
        matter = self.create(
            {**self._prepare_portal_vals(unit), **self._read_portal_texts(texts)}
        )
        self._attach_portal_files(matter, files)
        matter._submit_portal()
        return matter

    def _may_send_again(self):
        """Tell whether the current user may change this matter and send it again.

        :rtype: bool
        """
        state = self.sudo().state
        return state in self._portal_again_states and self.has_access("write")

    def send_again_from_portal(self, values, files=()):
        """Change a matter that came from the portal, and send it in once more.

        :param dict values: the fields of the form; others are refused
        :param files: ``(name, bytes)`` of each photo or file that is added
        :raise UserError: with all that is missing, or when it is too late for that
        :raise AccessError: for who may not change it
        """
        self.ensure_one()
        self.check_access("write")
        if not self._may_send_again():
            raise UserError(
                self.env._("It is being dealt with: nobody changes it now.")
            )
        self.write(self._read_portal_texts(self._read_portal_form(values, files)))
        self._attach_portal_files(self, files)
        self._submit_portal()

    def _get_portal_given(self):
        """Return what stands in the form of this matter now.

        :return: field of the form → text
        :rtype: dict
        """
        self.ensure_one()
        given = {}
        for field in self._get_portal_form():
            value = self[field["name"]] or ""
            if isinstance(value, datetime):
                value = pytz.utc.localize(value).astimezone(self._get_portal_zone())
                value = value.strftime(MINUTES)
            given[field["name"]] = value
        return given

    @api.model
    def _read_portal_form(self, values, files=()):
        """Return the filled form, looked through for what is missing.

        :param dict values: the fields of the form
        :param files: ``(name, bytes)`` for each
        :return: field of the form → text
        :rtype: dict
        :raise UserError: with all that is missing, or that was not asked for
        """
        if (
            not isinstance(values, dict)
            or set(values) - set(self._portal_form_fields)
            or (files and not self._may_send_files())
        ):
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
        problems = self._explain_bad_files(files)
        if missing:
            fill_in = self.env._(
                "Please fill in: %(fields)s.", fields=", ".join(missing)
            )
            problems = [fill_in, *problems]
        if problems:
            raise UserError("\n".join(problems))
        return texts

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
        :raise UserError: for a choice that the form did not offer, or no moment
        :rtype: dict
        """
        form = {field["name"]: field for field in self._get_portal_form()}
        vals = dict(texts)
        for name, text in texts.items():
            field = form[name]
            if not text:
                vals[name] = False
            elif field["widget"] == "select" and text not in dict(field["options"]):
                raise UserError(
                    self.env._("Choose from the list: %(field)s.", field=field["label"])
                )
            elif field["widget"] == "datetime":
                vals[name] = self._read_portal_moment(text, field["label"])
        return vals

    @api.model
    def _get_portal_zone(self):
        """Return the time zone by whose clock the user fills in a form."""
        return pytz.timezone(self.env.user.tz or "UTC")

    @api.model
    def _read_portal_moment(self, text, label):
        """Return a moment that was written by the user's clock, in UTC.

        :raise UserError: when it is none
        :rtype: datetime
        """
        try:
            moment = datetime.strptime(text[:16], MINUTES)
        except ValueError as error:
            raise UserError(
                self.env._("This is no date and time: %(field)s.", field=label)
            ) from error
        moment = self._get_portal_zone().localize(moment)
        return moment.astimezone(pytz.utc).replace(tzinfo=None)

    def _submit_portal(self):
        """Let a new matter arrive at the office."""

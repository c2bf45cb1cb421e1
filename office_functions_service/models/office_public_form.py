# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import base64
import hashlib
import secrets
import time

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import consteq
from odoo.tools.misc import hmac

from odoo.addons.office_functions.tools.transition import permit

from ..tools.person_check import (
    is_email,
    is_id_number,
    is_phone,
    plain_number,
    tidy,
)
from ..tools.upload import clean_all
from .office_identity_mixin import RAW_FIELDS

FORM_HOURS = 48
"""For how long a form may lie open before it is sent."""
LEAST_SECONDS = 3
"""In less time nobody fills in a form."""
LENGTHS = {
    "name": 100,
    "text": 5000,
    "person": 50,
    "person_phone": 30,
    "person_id_number": 30,
    "person_address": 200,
    "person_email": 254,
}
PERSONAL = {"person": "person", **{f"person_{name}": name for name in RAW_FIELDS[1:]}}
"""Field of the form → field of the identity."""


class OfficePublicForm(models.AbstractModel):
    """The form by which a stranger files a matter: what it asks, and what it accepts."""

    _inherit = "office.public.mixin"
    _public_form_fields = (
        "name",
        "text",
        "person",
        "person_phone",
        "person_id_number",
        "person_address",
    )
    _public_required_fields = ("name", "text", "person", "person_phone")
    # Whether it may be sent without a name; it cannot be followed then.
    _public_may_be_anonymous = False
    # Whether published answers are shown before a question is sent.
    _public_offers = False
    # Whether files are taken, and given back to who sent them.
    _public_reads_files = True

    @api.model
    def _get_public_title(self):
        """Return what its pages are called."""
        return self.env["ir.model"].sudo()._get(self._name).name

    @api.model
    def _get_public_words(self):
        """Return the labels and explanations of the form.

        :return: field → attributes of it, as the template draws them
        :rtype: dict[str, dict]
        """
        number = {"inputmode": "tel"}
        return {
            "name": {
                "label": self.env._("What is it about?"),
                "help": self.env._("In one sentence."),
            },
            "text": {
                "label": self.env._("What happened, and what do you ask for?"),
                "help": self.env._("Times, places and names help."),
                "widget": "text",
            },
            "person": {"label": self.env._("Your Name"), "autocomplete": "name"},
            "person_phone": {
                "label": self.env._("Your Phone"),
                "help": self.env._(
                    "A mobile phone, or a landline with its area code. You follow the "
                    "matter by its last four digits."
                ),
                "autocomplete": "tel",
                **number,
            },
            "person_id_number": {
                "label": self.env._("Your Identity Card Number"),
                "help": self.env._("Not needed to file."),
            },
            "person_address": {
                "label": self.env._("Your Address"),
                "help": self.env._("Where a letter reaches you."),
                "autocomplete": "street-address",
            },
            "person_email": {
                "label": self.env._("Your E-Mail"),
                "autocomplete": "email",
                "inputmode": "email",
            },
        }

    @api.model
    def _get_public_form(self):
        """Return the fields of the form, as the template draws them.

        :return: ``{name, label, help, widget, required, maxlength, …}`` for each; the
            widget ``select`` has ``options`` beside: ``(value, label)``
        :rtype: list[dict]
        """
        words = self._get_public_words()
        return [
            {
                "name": name,
                "help": "",
                "widget": "char",
                "required": name in self._public_required_fields,
                "maxlength": LENGTHS.get(name),
                **words[name],
            }
            for name in self._public_form_fields
        ]

    # The sealed form ------------------------------------------------------------------

    @api.model
    def _seal_form(self):
        """Return the seal of a new form: when it was opened, and which one it is.

        :rtype: str
        """
        stamp = f"{int(time.time())}.{secrets.token_urlsafe(18)}"
        return f"{stamp}.{self._sign_form(stamp)}"

    @api.model
    def _sign_form(self, stamp):
        digest = hmac(self.env(su=True), "office.public.form", (self._name, stamp))
        return base64.urlsafe_b64encode(bytes.fromhex(digest)).decode().rstrip("=")

    @api.model
    def _get_form_age(self, seal):
        """Return how long ago a form was opened.

        :param str seal: as :meth:`_seal_form` made it
        :return: seconds; ``None`` for a form that is not ours, or may not be sent any more
        :rtype: float
        """
        stamp, _dot, signature = (seal if isinstance(seal, str) else "").rpartition(".")
        opened = stamp.partition(".")[0]
        given = signature.encode("ascii", "replace").decode()
        if not consteq(self._sign_form(stamp), given) or not opened.isdecimal():
            return None
        age = time.time() - int(opened)
        return age if age <= FORM_HOURS * 3600 else None

    @api.model
    def _explain_seal(self, seal):
        """Return why a form is not taken as it is: forged, too old or too fast.

        :param str seal: as :meth:`_seal_form` made it
        :rtype: list[str]
        """
        age = self._get_form_age(seal)
        if age is None:
            return [
                self.env._("This form is not ours, or too old. Please send it again.")
            ]
        if age < LEAST_SECONDS:
            return [self.env._("That was very fast. Please look it over and send it.")]
        return []

    # What is accepted -----------------------------------------------------------------

    @api.model
    def _tidy_public_values(self, values):
        """Return what was typed, without what no keyboard writes; numbers plain.

        :param dict values: as they came
        :rtype: dict[str, str]
        """
        tidied = {
            name: tidy(values.get(name), lines=name == "text")
            for name in self._public_form_fields
        }
        for name in ("person_phone", "person_id_number"):
            if name in tidied:
                tidied[name] = plain_number(tidied[name])
        return tidied

    @api.model
    def _explain_public_form(self, values, person):
        """Return all that is wrong with a filled form.

        :param dict values: what was typed, of fields that are not personal
        :param dict person: what was typed, of fields that are
        :return: field → what is wrong, in the user's language
        :rtype: dict[str, str]
        """
        typed = {**values, **person}
        given = self._tidy_public_values(typed)
        is_anonymous = self._public_may_be_anonymous and bool(typed.get("anonymous"))
        problems = {}
        for field in self._get_public_form():
            name, label = field["name"], field["label"]
            value = given[name]
            if name in PERSONAL and is_anonymous:
                continue
            if not value:
                if field["required"]:
                    problems[name] = self.env._(
                        "Please fill in: %s.", label.rstrip("?？")
                    )
                continue
            most = field["maxlength"]
            if most and len(value) > most:
                problems[name] = self.env._(
                    "%(field)s: at most %(number)s characters.",
                    field=label,
                    number=most,
                )
            elif field["widget"] == "select" and value not in dict(field["options"]):
                problems[name] = self.env._("Please choose one of the list.")
            else:
                problem = self._explain_personal(name, value, given)
                if problem:
                    problems[name] = problem
        return problems

    @api.model
    def _explain_personal(self, name, value, given):
        """Return what is wrong with something typed about the person, if anything.

        :param dict given: all that was typed, tidied
        :rtype: str
        """
        if name == "person_phone" and not is_phone(value):
            return self.env._(
                "This is no phone number: 11 digits of a mobile phone, or a landline "
                "with its area code."
            )
        if name == "person_id_number" and not is_id_number(value):
            return self.env._("This identity card number has a slip of the pen.")
        if name == "person_email" and not is_email(value):
            return self.env._("This is no e-mail address.")
        return ""

    @api.model
    def _get_file_limits(self):
        """Return how large a file may be, in bytes, and how many there may be.

        :rtype: tuple[int, int]
        """
        company = self.env.company.sudo()
        return company.hall_file_mb * 1024 * 1024, company.hall_file_count

    @api.model
    def _get_files_hint(self):
        """Return what files are taken, in words."""
        most_bytes, most_files = self._get_file_limits()
        return self.env._(
            "PDF, pictures, Word, Excel or text; at most %(number)s files of %(size)s "
            "MB. Pictures lose what tells where they were taken.",
            number=most_files,
            size=most_bytes >> 20,
        )

    @api.model
    def _clean_files(self, files):
        """Return those files that may be kept, and why the others may not.

        :param files: ``(name, content)``
        :rtype: tuple[list, list[str]]
        """
        most_bytes, most_files = self._get_file_limits()
        kept, refused = clean_all(files, most_bytes, most_files)
        return kept, [self._explain_refused_file(one) for one in refused]

    def _explain_refused_file(self, refused):
        name = refused.name
        most_bytes, number = self._get_file_limits()
        megabytes = most_bytes >> 20
        says = {
            "empty": self.env._("%(name)s is empty.", name=name),
            "large": self.env._(
                "%(name)s is larger than %(number)s MB.", name=name, number=megabytes
            ),
            "many": self.env._("At most %(number)s files, please.", number=number),
            "kind": self.env._(
                "%(name)s is none of these: PDF, JPEG, PNG, WebP, Word (docx), Excel "
                "(xlsx), text.",
                name=name,
            ),
            "broken": self.env._("%(name)s cannot be read.", name=name),
            "active": self.env._(
                "%(name)s holds a program or a file within the file.", name=name
            ),
            "bomb": self.env._("%(name)s unpacks to too much.", name=name),
        }
        return says[refused.code]

    # Filing ---------------------------------------------------------------------------

    @api.private
    def file_publicly(self, values, person, files=(), form=""):
        """File a matter as a stranger: all of it, or nothing.

        Whoever is signed in is not named by it. A form that was sent before makes no
        second matter.

        :param dict values: what was typed, of fields that are not personal
        :param dict person: what was typed, of fields that are
        :param files: ``(name, content)``
        :param str form: what the form is known by; empty: each call is a form of its own
        :return: the matter in superuser mode, with number and code
        :raise UserError: with all that is wrong
        """
        self = self._as_public()
        kept, refused = self._clean_files(files if self._public_reads_files else ())
        problems = [*self._explain_public_form(values, person).values(), *refused]
        if problems:
            raise UserError("\n".join(problems))
        typed = {**values, **person}
        given = self._tidy_public_values(typed)
        if self._public_may_be_anonymous and typed.get("anonymous"):
            given = {name: given[name] for name in given if name not in PERSONAL}
        claim = self.env["office.public.filing"]
        if form:
            sums = [hashlib.sha256(upload.content).hexdigest() for upload in kept]
            claim, is_new, is_same = claim._claim(
                f"{self._name}:{form}", (sorted(given.items()), sums)
            )
            if not is_new:
                found = self.browse(claim.res_id if is_same else ()).exists()
                return found.with_context(office_filed_before=True)
        with permit(self.browse()):
            record = self.create(
                {
                    **self._prepare_public_vals(given),
                    "is_filed_online": True,
                    "query_code": self._make_query_code(),
                }
            )
        identity = self._prepare_public_identity(given)
        if identity:
            identities = record.identity_ids
            identities.create({identities._whole: record.id, **identity})
        record._add_public_files(kept)
        record._after_public_filing()
        claim.write({"res_model": record._name, "res_id": record.id})
        return record

    @api.model
    def _prepare_public_vals(self, given):
        """Return the values that a matter is born with.

        :param dict given: field of the form → tidied text
        :rtype: dict
        """
        return {name: value for name, value in given.items() if name not in PERSONAL}

    def _after_public_filing(self):
        """Let a matter that was filed in public arrive at the office."""
        if self.state in self._number_states and not self.number:
            self._give_numbers()
        self._fill_first_contact()

    def _add_public_files(self, uploads):
        """Keep files with the matter: for the house, and for who sent them.

        :param uploads: cleaned ones, see :mod:`..tools.upload`
        :return: the attachments
        """
        self.ensure_one()
        return self.env["ir.attachment"].create(
            [
                {
                    "name": upload.name,
                    "raw": upload.content,
                    "mimetype": upload.mimetype,
                    "res_model": self._name,
                    "res_id": self.id,
                    "office_visibility": "person",
                }
                for upload in uploads
            ]
        )

    @api.private
    def send_files_publicly(self, files):
        """Add the papers that were asked for.

        :param files: ``(name, content)``
        :raise UserError: where none were asked for, or with all that is wrong with them
        """
        self.ensure_one()
        record = self._as_public()
        if not record.files_wanted:
            raise UserError(self.env._("No papers are asked for."))
        kept, problems = record._clean_files(files)
        if problems or not kept:
            raise UserError(
                "\n".join(problems or [self.env._("Please choose a file.")])
            )
        record._add_public_files(kept)
        record.files_wanted = False

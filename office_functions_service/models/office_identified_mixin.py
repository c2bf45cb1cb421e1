# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from .office_identity_mixin import RAW_FIELDS


class OfficeIdentifiedMixin(models.AbstractModel):
    """A matter that somebody from outside brought, with their identity kept apart.

    The model declares ``identity_ids``, a One2many to its model of
    ``office.identity.mixin``. On the form the first person's data are typed and seen
    through the fields here: what is typed goes to the identity, what is seen is masked.
    """

    _name = "office.identified.mixin"
    _inherit = ["office.matter.mixin"]
    _description = "Brought by Somebody from Outside"

    person = fields.Char(
        "Name of the Person", compute="_compute_person", inverse="_inverse_person"
    )
    person_phone = fields.Char(
        "Phone of the Person", compute="_compute_person", inverse="_inverse_phone"
    )
    person_id_number = fields.Char(
        "Identity Card Number",
        compute="_compute_person",
        inverse="_inverse_id_number",
    )
    person_address = fields.Char(
        "Address of the Person", compute="_compute_person", inverse="_inverse_address"
    )
    person_email = fields.Char(
        "E-Mail of the Person", compute="_compute_person", inverse="_inverse_email"
    )

    @api.depends(lambda self: [f"identity_ids.{name}" for name in RAW_FIELDS])
    @api.depends_context("uid")
    def _compute_person(self):
        for record in self:
            identity = record.sudo().identity_ids[:1].sudo(False)
            for name in RAW_FIELDS:
                record[self._get_person_field(name)] = identity[f"{name}_masked"]

    @api.model
    def _get_person_field(self, name):
        """Return the field here that shows a field of the identity."""
        return name if name == "person" else f"person_{name}"

    def _inverse_person(self):
        self._write_person("person")

    def _inverse_phone(self):
        self._write_person("phone")

    def _inverse_id_number(self):
        self._write_person("id_number")

    def _inverse_address(self):
        self._write_person("address")

    def _inverse_email(self):
        self._write_person("email")

    def _write_person(self, name):
        """Keep what was typed; the masked value, sent back, changes nothing."""
        field = self._get_person_field(name)
        for record in self:
            typed = (record[field] or "").strip()
            identity = record.sudo().identity_ids[:1]
            if typed and typed == identity[f"{name}_masked"]:
                continue
            if identity:
                identity[name] = typed
            elif typed:
                identities = record.sudo().identity_ids
                identity = identities.create(
                    {identities._whole: record.id, name: typed}
                )
            record[field] = identity.sudo(False)[f"{name}_masked"]

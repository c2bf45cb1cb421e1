# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import hashlib
import hmac

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.orm.models import NO_ACCESS

from ..tools.masking import mask

RAW_FIELDS = ("person", "phone", "id_number", "address", "email")


class OfficeIdentityMixin(models.AbstractModel):
    """Who somebody from outside is, kept apart from what they say.

    No road of the ORM leads to the values themselves: forms, lists, exports and RPC
    show masked ones (R-PII-1; 个人信息保护法 第34条). Who may know calls :meth:`reveal`,
    and each look is put on record.
    """

    _name = "office.identity.mixin"
    _inherit = ["office.part.mixin"]
    _description = "Identity"
    _order = "id"
    _rec_name = "person_masked"
    _allow_sudo_commands = False

    person = fields.Char("Name Itself", groups=NO_ACCESS, copy=False)
    phone = fields.Char("Phone Itself", groups=NO_ACCESS, copy=False)
    id_number = fields.Char("Identity Card Itself", groups=NO_ACCESS, copy=False)
    address = fields.Char("Address Itself", groups=NO_ACCESS, copy=False)
    email = fields.Char("E-Mail Itself", groups=NO_ACCESS, copy=False)
    person_masked = fields.Char("Name of the Person", compute="_compute_masked")
    phone_masked = fields.Char("Telephone", compute="_compute_masked")
    id_number_masked = fields.Char("Identity Card", compute="_compute_masked")
    address_masked = fields.Char("Home Address", compute="_compute_masked")
    email_masked = fields.Char("E-Mail Address", compute="_compute_masked")
    phone_hash = fields.Char(
        compute="_compute_hashes",
        store=True,
        index="btree_not_null",
        groups=NO_ACCESS,
        help="Finds the same person again without keeping the number readable.",
    )
    id_number_hash = fields.Char(
        compute="_compute_hashes",
        store=True,
        index="btree_not_null",
        groups=NO_ACCESS,
    )
    date_erased = fields.Datetime("Erased On", readonly=True, copy=False)

    @api.depends(lambda self: RAW_FIELDS)
    @api.depends_context("uid")
    def _compute_masked(self):
        for identity in self:
            raw = identity.sudo()
            shown = identity._is_shown_masked()
            for name in RAW_FIELDS:
                value = mask(name, raw[name]) if shown else raw[name] and "＊"
                identity[f"{name}_masked"] = value or False

    def _get_raw_words(self):
        """Return what must not stand in a text that is not to name them.

        :rtype: list[str]
        """
        self.ensure_one()
        raw = self.sudo()
        return [raw[name] for name in RAW_FIELDS if raw[name]]

    def _is_shown_masked(self):
        """Tell whether the current user sees parts of the values, or only stars.

        :rtype: bool
        """
        return True

    @api.depends("phone", "id_number")
    def _compute_hashes(self):
        for identity in self:
            for name in ("phone", "id_number"):
                identity[f"{name}_hash"] = self._hash(identity[name])

    @api.model
    def _hash(self, value):
        """Return what a phone or card number is found again by.

        :param str value: the number; spaces and case do not matter
        :return: 64 hexadecimal digits, or False for no value
        """
        value = "".join((value or "").split()).upper()
        if not value:
            return False
        key = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        return hmac.digest(key.encode(), value.encode(), hashlib.sha256).hex()

    def _may_reveal(self):
        """Tell whether the current user may see the values themselves.

        :rtype: bool
        """
        return self.env.user.has_group("office_functions.group_office_petition")

    def _get_revealed_fields(self):
        """Return which of the values the current user may see.

        A kind may let who handles it see some of them.

        :return: names among ``RAW_FIELDS``
        :rtype: tuple[str]
        """
        return RAW_FIELDS if self._may_reveal() else ()

    def reveal(self):
        """Return the values themselves; the look is put on record (A13).

        :return: field → value, of the fields that are filled and may be seen
        :rtype: dict[str, str]
        :raise AccessError: for who may know none of them
        """
        self.ensure_one()
        self.check_access("read")
        names = self._get_revealed_fields()
        if not names:
            raise AccessError(
                self.env._("Only those who handle it may see who somebody is.")
            )
        self.env["office.audit.log"]._note("view", self)
        raw = self.sudo()
        return {name: raw[name] for name in names if raw[name]}

    def action_reveal(self):
        """Show the values on the screen until the user closes them; nothing keeps them.

        :rtype: dict
        :raise AccessError: see :meth:`reveal`
        """
        seen = self.reveal()
        labels = self.fields_get([f"{name}_masked" for name in seen], ["string"])
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Put on record: you looked at"),
                "message": "; ".join(
                    f"{labels[f'{name}_masked']['string']}: {value}"
                    for name, value in seen.items()
                ),
                "sticky": True,
            },
        }

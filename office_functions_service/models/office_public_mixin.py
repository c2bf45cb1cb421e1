# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import hmac
import secrets

from odoo import api, fields, models

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits that are not taken for each other on paper."""
CODE_LENGTH = 12
TAIL_LENGTH = 4


class OfficePublicMixin(models.AbstractModel):
    """A matter that anybody files and follows in the service hall, without an account.

    It is followed by its query code and the end of the phone number (A9). What the
    public sees is what :meth:`_get_public_page` returns, and nothing else.
    """

    _name = "office.public.mixin"
    _inherit = ["office.identified.mixin"]
    _description = "Filed and Followed in Public"

    _public_kind = ""
    """The last part of its addresses, e.g. ``petition``."""

    query_code = fields.Char(
        readonly=True,
        copy=False,
        groups="office_functions.group_office_user",
        help="With the end of the phone number it shows the person where it stands.",
    )
    is_filed_online = fields.Boolean("Filed Online", readonly=True, copy=False)

    _query_code_uniq = models.UniqueIndex("(query_code) WHERE query_code IS NOT NULL")

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"query_code", "is_filed_online"}

    @api.model
    def _get_public_kinds(self):
        """Return the kinds that are filed and followed in public.

        :return: last part of the address → model name
        :rtype: dict[str, str]
        """
        kinds = {}
        for name in self.env.registry.descendants([self._name], "_inherit"):
            model = self.env[name]
            if not model._abstract and model._public_kind:
                kinds[model._public_kind] = name
        return kinds

    @api.model
    def _make_query_code(self):
        """Return a new code that nobody guesses (60 bits).

        :rtype: str
        """
        return "".join(secrets.choice(ALPHABET) for _letter in range(CODE_LENGTH))

    @api.model
    def _get_public_states(self):
        """Return the words by which the public knows the states.

        :return: state → word, in the user's language; states left out are not shown
        :rtype: dict[str, str]
        """
        return {}

    @api.model
    def _find_public(self, code, tail):
        """Find what somebody follows.

        A wrong code and a wrong phone number are told apart by neither answer nor
        time: both compare one phone number.

        :param str code: the query code; spaces, dashes and case do not matter
        :param str tail: the last four digits of the phone number
        :return: the record in superuser mode, or an empty recordset
        """
        code = "".join(letter for letter in code.upper() if letter in ALPHABET)
        found = self.sudo().search([("query_code", "=", code)], limit=1)
        phone = (found.identity_ids[:1].phone or "")[-TAIL_LENGTH:]
        same = hmac.compare_digest(phone.encode(), tail.strip().encode())
        return found if found and same and len(phone) == TAIL_LENGTH else found[:0]

    def _get_public_page(self):
        """Return what the public sees of a matter (A9).

        :return: ``number``, ``date`` (of receipt), ``state`` (the public word),
            ``holder`` (the unit that has it), ``since``, ``article`` (the rule it is
            under), ``deadline``, ``explanation`` (lines, 期限依据) and ``answer``;
            absent ones are false
        :rtype: dict
        """
        self.ensure_one()
        record = self.sudo()
        return {
            "number": record.number or "",
            "date": record.create_date,
            "state": record._get_public_states().get(record.state, ""),
            "holder": record.lead_unit_id.name,
            "since": record.state_since,
            "article": record.time_limit_id.legal_basis,
            "deadline": not record.date_done and record.date_deadline,
            "explanation": record._get_explanation_lines(),
            "answer": record._get_public_answer(),
        }

    def _get_public_answer(self):
        """Return the answer that was given, or nothing.

        :rtype: str
        """
        return ""

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import hmac
import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.office_functions.tools.transition import permit

from ..tools.basis import plain_basis

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

    # With the end of the phone number, which is shown, one could rate one's own work.
    query_code = fields.Char(
        readonly=True,
        copy=False,
        groups="office_functions.group_office_petition",
        help="With the end of the phone number it shows the person where it stands.",
    )
    is_filed_online = fields.Boolean("Filed Online", readonly=True, copy=False)
    first_contact_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        default=lambda self: self._get_registrar(),
        help="Who received it first answers for it until it is in the right hands "
        "(首问责任).",
    )
    files_wanted = fields.Char(
        "Papers Asked For",
        copy=False,
        groups="office_functions.group_office_user",
        help="What is still needed. The person reads it and can send files.",
    )
    public_file_ids = fields.Many2many(
        "ir.attachment",
        string="Files for the Person",
        compute="_compute_public_file_ids",
        groups="office_functions.group_office_user",
    )
    solved = fields.Selection(
        [("yes", "Solved"), ("no", "Not Solved")],
        "Solved for the Person",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    _query_code_uniq = models.UniqueIndex("(query_code) WHERE query_code IS NOT NULL")

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "query_code",
            "is_filed_online",
            "first_contact_id",
            "solved",
        }

    def _set_public(self, **vals):
        """Write guarded fields."""
        with permit(self):
            self.with_context(tracking_disable=True).write(vals)

    @api.depends("is_filed_online")
    def _compute_public_file_ids(self):
        """Find the files that the person has, too: their own, and what is given back."""
        files = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("office_visibility", "=", "person"),
                ],
                order="id",
            )
        )
        found = files.grouped("res_id")
        for record in self:
            record.public_file_ids = found.get(record._origin.id)

    # First contact (首问责任) -----------------------------------------------------------

    @api.model
    def _get_registrar(self):
        """Return the id of the current user, if they work here: who records it, receives it."""
        return self.env.user._is_internal() and self.env.uid

    def _find_first_contact(self):
        """Return who answers for what came in by itself until it is in the right hands.

        The handler, else the head of the unit, else the director of the office.

        :rtype: res.users
        """
        self.ensure_one()
        return (
            self.handler_id
            or self._relation_unit_head()[:1]
            or self.env["res.users"]._get_office_director(self.company_id)
        )

    def _fill_first_contact(self):
        """Give every record that came in by itself its first contact (S4.13)."""
        for record in self.sudo().filtered(lambda one: not one.first_contact_id):
            record._set_public(first_contact_id=record._find_first_contact().id)

    def _after_transition(self, row, note):
        result = super()._after_transition(row, note)
        self._fill_first_contact()
        return result

    def _give_numbers(self):
        """Give the query code with the number: every item can be followed (R-PET-1)."""
        result = super()._give_numbers()
        for record in self.sudo().filtered(lambda one: not one.query_code):
            record._set_public(query_code=self._make_query_code())
        return result

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
    def _as_public(self):
        """Return this model or these records as the stranger who comes to the hall.

        Whoever is signed in, too: what they file in the hall bears no login.
        """
        stranger = self.env.ref("base.public_user").sudo()
        return self.with_user(stranger).with_company(stranger.company_id).sudo()

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

    # Following ------------------------------------------------------------------------

    def _get_printed_code(self):
        """Return the query code, for the letters that hand it to the person.

        Petition officers print it, and who registered what came on paper or by word:
        never the handler, who with it could rate their own work.

        :rtype: str
        """
        self.ensure_one()
        user, record = self.env.user, self.sudo()
        may = user.has_group("office_functions.group_office_petition") or (
            user == record.create_uid and user != record.handler_id
        )
        return (may and record.query_code) or ""

    @api.model
    def _plain_code(self, code):
        """Return a query code as it is kept: spaces, dashes and case do not matter."""
        return "".join(letter for letter in code.upper() if letter in ALPHABET)

    @api.model
    def _find_public(self, code, tail):
        """Find what somebody follows.

        A wrong code and a wrong phone number are told apart by neither answer nor
        time: one query either way, and one comparison of four letters.

        :param str code: the query code; spaces, dashes and case do not matter
        :param str tail: the last four digits of the phone number
        :return: the record in superuser mode, or an empty recordset
        """
        code = self._plain_code(code)
        Identity = self.env[self._fields["identity_ids"].comodel_name]
        whole = Identity._fields[Identity._whole]
        rows = self.env.execute_query(
            SQL(
                """SELECT %(id)s,
                          (SELECT %(phone)s FROM %(identities)s
                            WHERE %(whole)s = %(id)s
                            ORDER BY %(identity)s LIMIT 1)
                     FROM %(matters)s WHERE %(code)s = %(given)s""",
                id=SQL.identifier(self._table, "id"),
                phone=SQL.identifier(
                    Identity._table, "phone", to_flush=Identity._fields["phone"]
                ),
                identities=SQL.identifier(Identity._table),
                whole=SQL.identifier(Identity._table, whole.name, to_flush=whole),
                identity=SQL.identifier(Identity._table, "id"),
                matters=SQL.identifier(self._table),
                code=SQL.identifier(
                    self._table, "query_code", to_flush=self._fields["query_code"]
                ),
                given=code,
            )
        )
        found, phone = rows[0] if rows else (None, None)
        digits = "".join(filter(str.isdecimal, phone or ""))[-TAIL_LENGTH:]
        same = hmac.compare_digest(
            digits.rjust(TAIL_LENGTH).encode(), tail.strip().encode("utf-8", "replace")
        )
        is_right = bool(found) & same & (len(digits) == TAIL_LENGTH)
        return self.sudo().browse(found if is_right else ())

    def _get_public_page(self):
        """Return what the public sees of a matter (A9).

        :return: ``number``, ``date`` (of receipt), ``state`` (the public word),
            ``holder`` (the unit that has it), ``since``, ``article`` (the rule it is
            under), ``deadline``, ``explanation`` (lines, 期限依据), ``answer``,
            ``is_told`` (it is no answer to the matter yet, or none of ours),
            ``is_undecided`` (the deadline is that of telling whether it is accepted),
            ``files_wanted``, ``files`` (``id`` and ``name``), ``may_rate`` and
            ``stars``; absent ones are false
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
            "article": plain_basis(record.time_limit_id.legal_basis),
            "deadline": not record.date_done and record.date_deadline,
            "explanation": record._get_public_explanation(),
            "answer": record._get_public_answer(),
            "is_told": False,
            "is_undecided": False,
            "files_wanted": record.files_wanted,
            "files": [
                {"id": key, "name": name}
                for key, name in record._get_public_downloads().items()
            ],
            "may_rate": record._may_be_rated_publicly(),
            "stars": record._get_public_stars(),
        }

    def _get_public_explanation(self):
        """Return how the date came about, line by line, without what was said inside.

        Extensions and pauses are told with their article (期限依据), not with the
        office's own reasons (A9).

        :rtype: list[str]
        """
        self.ensure_one()
        if not self.clock_start or not self._is_counted():
            return []
        lines = [
            self.env._("Clock started: %s.", self._show_date(self.clock_start)),
            self.env._(
                "Rule: %(rule)s. Basis: %(basis)s.",
                rule=self.time_limit_id.display_name,
                basis=plain_basis(self.time_limit_id.legal_basis)
                or self.env._("rule of the house"),
            ),
            *self._explain_count(),
        ]
        events = self.deadline_event_ids.sorted("id")
        kinds = dict(events._fields["kind"]._description_selection(self.env))
        for event in events.filtered(lambda event: event.kind != "start"):
            before = self._show_date(event.deadline_before)
            after = self._show_date(event.deadline_after)
            words = [
                self._show_date(event.date),
                kinds[event.kind],
                plain_basis(event.legal_basis),
                before != after and f"{before} → {after}",
            ]
            lines.append(" ".join(filter(None, words)))
        if self.is_paused:
            lines.append(self.env._("The clock stands still until it is resumed."))
        else:
            lines.append(self.env._("Result: %s.", self._show_date(self.date_deadline)))
        return lines

    def _get_public_answer(self):
        """Return the answer that was given, or nothing.

        :rtype: str
        """
        return ""

    def _get_public_files(self):
        """Return the files that the person may have: see :class:`IrAttachment`.

        :rtype: ir.attachment
        """
        return self.public_file_ids

    def _get_public_downloads(self):
        """Return the files that who follows the matter may fetch.

        :return: key (letters and digits of the address) → name
        :rtype: dict[str, str]
        """
        return {str(file.id): file.name for file in self._get_public_files()}

    def _read_public_file(self, key):
        """Return one of the files that who follows the matter may fetch.

        :param str key: see :meth:`_get_public_downloads`
        :return: name, media type and content; ``None`` where there is none
        :rtype: tuple[str, str, bytes] or None
        """
        file = self._get_public_files().filtered(lambda one: str(one.id) == key)
        return (file.name, file.mimetype, file.raw) if file else None

    # Rating ---------------------------------------------------------------------------

    def _get_raters(self):
        """Let a person without an account rate what they brought."""
        self.ensure_one()
        if self.is_filed_online or self.sudo().identity_ids:
            return self.env.ref("base.public_user")
        return super()._get_raters()

    def _may_be_rated_publicly(self):
        """Tell whether the person is asked for their rating now: once, when answered.

        :rtype: bool
        """
        self.ensure_one()
        record = self._as_public()
        if not record._get_public_answer() or not hasattr(record, "rate"):
            return False
        return not record._explain_rating_refusal()

    def _get_public_stars(self):
        """Return the person's own rating in words, if they have given one.

        :rtype: str
        """
        record = self._as_public()
        rating = record._get_own_rating() if hasattr(record, "rate") else None
        if not rating:
            return ""
        return self.env._("Your rating: %(stars)s of 5", stars=int(rating.rating))

    @api.private
    def rate_publicly(self, score, solved, comment=""):
        """Rate an answer as the person who brought the matter, once.

        :param int score: one to five stars
        :param str solved: ``yes`` or ``no``
        :param str comment: what was good, or what was not
        :raise UserError: with all the reasons against it
        """
        self.ensure_one()
        record = self._as_public()
        if solved not in ("yes", "no"):
            raise UserError(self.env._("Please say whether it was solved."))
        record.rate(score, comment)
        record._set_public(solved=solved)
        record._after_solved(solved, score, comment)

    def _after_solved(self, solved, score, comment):
        """Do what follows from being told whether it was solved.

        :param str solved: ``yes`` or ``no``
        :param int score: the stars given with it
        :param str comment: what was said with it
        """

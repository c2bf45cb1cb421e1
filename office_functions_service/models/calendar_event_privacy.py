# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from itertools import chain, repeat

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, ormcache

CORE = "office_functions.group_office_"
PUBLIC_READERS = ("leader", "staff")
"""Who reads what is not private; section heads are staff too."""
PLACE_READERS = ("logistics", "canteen")
"""Who reads of it where it is, and what meals it wants."""
PLACE_FIELDS = {"location", "office_meals"}


class CalendarEvent(models.Model):
    """What others see of a leader's diary (A11): the public part, or just 公务.

    Who keeps the diary and who takes part sees all of an item. Sections see what is
    not private; logistics and canteen its place and meals; anybody else, as of a
    private item, when the leader is busy. Odoo hides the fields of private events from
    reading and grouping; here the same is done for searching and sorting too, since a
    search tells what it finds.
    """

    _inherit = "calendar.event"

    # Who sees what --------------------------------------------------------------------

    @api.model
    def _get_office_party_domain(self):
        """Return the events in which the current user takes part.

        :rtype: Domain
        """
        user = self.env.user
        return (
            Domain("user_id", "=", user.id)
            | Domain("partner_ids", "in", user.partner_id.ids)
            | Domain("office_companion_ids", "in", user.ids)
        )

    @api.model
    def _is_office_role(self, roles):
        return any(self.env.user.has_group(f"{CORE}{role}") for role in roles)

    @api.model
    def _get_office_plain_domain(self):
        """Return the events that are not private, nor by the default of their owner."""
        settings = self.env["res.users.settings"].sudo()
        private = settings._search([("calendar_default_privacy", "=", "private")])
        return Domain("privacy", "in", ("public", "confidential")) | (
            Domain("privacy", "=", False)
            & Domain("user_id", "not in", private.select("user_id"))
        )

    @api.model
    def _get_office_open_domain(self, roles=PUBLIC_READERS):
        """Return the events whose content the current user may know.

        :param tuple roles: who may know what is not private
        :rtype: Domain
        """
        inside = (
            Domain("office_leader_id", "=", False)
            | Domain("office_leader_id", "in", self.env.user._get_kept_leader_ids())
            | self._get_office_party_domain()
        )
        if self._is_office_role(roles):
            inside |= self._get_office_plain_domain()
        return inside

    def _is_office_private(self):
        """Tell whether an item is private, or its organizer's events are by default."""
        privacy = self.privacy or self.sudo().user_id.calendar_default_privacy
        return privacy == "private"

    def _check_private_event_conditions(self):
        """Tell whether the content of an event is hidden from the current user."""
        if not self.office_leader_id:
            return super()._check_private_event_conditions()
        user = self.env.user
        if (
            self.office_leader_id.id in user._get_kept_leader_ids()
            or self.user_id == user
            or user.partner_id in self.partner_ids
            or user in self.office_companion_ids
        ):
            return False
        return self._is_office_private() or not self._is_office_role(PUBLIC_READERS)

    # Rights ---------------------------------------------------------------------------

    def _get_office_hidden(self):
        """Return those of these events that are items of diaries hidden from the user.

        :rtype: calendar.event
        """
        return self.filtered(
            lambda event: (
                event.office_leader_id and event._check_private_event_conditions()
            )
        )

    def _check_access(self, operation):
        """Let who keeps a diary write its private items as well, and nobody write what
        is hidden from them.

        Odoo lets nobody but organizer and attendees write a private event.
        """
        refused = super()._check_access(operation)
        if operation == "read" or self.env.su or not any(self._ids):
            return refused
        if refused and not self.browse().has_access(operation):
            return refused
        kept = set(self.env.user._get_kept_leader_ids())
        forbidden = refused[0] if refused else self.browse()
        others = self._get_office_hidden() | forbidden.filtered(
            lambda event: event.office_leader_id.id not in kept
        )
        if not others:
            return None
        rule = self.env["ir.rule"]
        return others, lambda: rule._make_access_error(operation, others)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Let the messages of an item be read by those to whom it is known."""
        hidden = self.browse()
        if message_operation == "read":
            hidden = self._get_office_hidden()
        result = super(
            CalendarEvent, self - hidden
        )._mail_get_operation_for_mail_message_operation(message_operation)
        result.update(dict.fromkeys(hidden, "write"))
        return result

    # Reading --------------------------------------------------------------------------

    @api.model
    def _get_public_fields(self):
        return super()._get_public_fields() | {
            "office_hours",
            "office_kept",
            "office_leader_id",
            "office_moment",
            "office_when",
        }

    @api.model
    @ormcache()
    def _get_office_public_names(self):
        """Return the names of :meth:`_get_public_fields`, found out once."""
        return frozenset(self.sudo()._get_public_fields())

    def _fetch_query(self, query, fields):
        public = self._get_office_public_names()
        if self.env.su or all(field.name in public for field in fields):
            return super()._fetch_query(query, fields)
        fields = list(fields)
        for name in ("office_leader_id", "office_companion_ids", "privacy", "user_id"):
            if self._fields[name] not in fields:
                fields.append(self._fields[name])
        events = super()._fetch_query(query, fields)
        hidden = events._get_office_hidden()
        if hidden:
            self._set_hidden(hidden, "name", self.env._("Official Business"))
            self._set_hidden(hidden, "office_companion_ids", False)
            hidden._show_places({field.name for field in fields})
        return events

    @api.model
    def _set_hidden(self, events, name, value):
        """Let some events be read with another value of a field."""
        field = self._fields[name]
        shown = field.convert_to_cache(value, events)
        self.env.cache.update(events, field, repeat(shown))

    def _show_places(self, names):
        """Let those who prepare it read where an item is that is not private."""
        wanted = names & PLACE_FIELDS
        if not wanted or not self._is_office_role(PLACE_READERS):
            return
        plain = self.filtered(lambda event: not event._is_office_private())
        if not plain:
            return
        rows = self.env.execute_query(
            SQL(
                "SELECT id, location, office_meals FROM calendar_event WHERE id IN %s",
                tuple(plain.ids),
            )
        )
        for event_id, location, meals in rows:
            event = self.browse(event_id)
            values = {"location": location, "office_meals": meals}
            for name in wanted:
                self._set_hidden(event, name, values[name])

    @api.depends("office_leader_id")
    @api.depends_context("uid")
    def _compute_display_name(self):
        hidden = self._get_office_hidden()
        hidden.display_name = self.env._("Official Business")
        return super(CalendarEvent, self - hidden)._compute_display_name()

    # Searching and grouping -----------------------------------------------------------

    @api.model
    def _get_default_privacy_domain(self):
        """Return the events that may be grouped by their content."""
        ordinary = Domain("office_leader_id", "=", False)
        return (ordinary & Domain(super()._get_default_privacy_domain())) | (
            ~ordinary & self._get_office_open_domain()
        )

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        if self.env.su or kwargs.get("bypass_access"):
            return super()._search(domain, offset, limit, order, **kwargs)
        domain = Domain(domain)
        names = {
            condition.field_expr.split(".")[0] for condition in domain.iter_conditions()
        }
        names |= {
            term.split()[0].split(":")[0].split(".")[0]
            for term in (order or "").split(",")
            if term.strip()
        }
        names -= self._get_office_public_names()
        if names == {"partner_ids"}:
            # Whose calendar shows a hidden item? The leader's, nobody else's.
            shown = self._get_office_open_domain()
            domain = (shown & domain) | (
                ~shown & domain.map_conditions(self._ask_for_leader)
            )
        elif names and names <= PLACE_FIELDS:
            domain &= self._get_office_open_domain(
                tuple(chain(PUBLIC_READERS, PLACE_READERS))
            )
        elif names:
            domain &= self._get_office_open_domain()
        return super()._search(domain, offset, limit, order, **kwargs)

    @api.model
    def _ask_for_leader(self, condition):
        first, *rest = condition.field_expr.split(".")
        if first != "partner_ids":
            return condition
        path = ".".join(["office_leader_id", "partner_id", *rest])
        return Domain(path, condition.operator, condition.value)

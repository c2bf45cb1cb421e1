# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import UTC
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Domain

from odoo.addons.office_functions.tools.transition import is_permitted

GUARDED = {
    "office_outcome",
    "office_outcome_user_id",
    "date_office_outcome",
    "office_delegate_id",
    "office_revision",
    "office_told_revision",
    "date_office_set",
}
TIMES = {"start", "stop", "start_date", "stop_date", "allday", "duration"}
OFFICE_USER = "office_functions.group_office_user"
ALARMS = ("day", "hours", "minutes")


class CalendarEvent(models.Model):
    """An item of a leader's diary (领导日程) is an event that names the leader.

    Where it names none, it is an ordinary event and nothing here applies to it.
    """

    _inherit = "calendar.event"

    office_leader_id = fields.Many2one(
        "res.users",
        "Leader",
        index="btree_not_null",
        domain=lambda self: [
            ("all_group_ids", "in", self.env["office.agenda"]._get_leader_group().ids)
        ],
        help="Whose diary this is an item of.",
    )
    office_companion_ids = fields.Many2many(
        "res.users",
        "calendar_event_office_companion_rel",
        "event_id",
        "user_id",
        "Companions",
        domain=[("share", "=", False)],
        help="Who goes with the leader.",
    )
    office_meals = fields.Char(
        "Meals Arranged", help="What the canteen is to prepare for."
    )
    office_advice_ids = fields.Many2many(
        "office.advice",
        "calendar_event_office_advice_rel",
        "event_id",
        "advice_id",
        "Advice to Decide On",
        groups="office_functions.group_office_staff,office_functions.group_office_leader",
    )
    office_material_ids = fields.One2many(
        "office.agenda.material",
        "event_id",
        "Diary Papers",
        groups="office_functions.group_office_user",
    )
    office_papers = fields.Char("Papers Ready", compute="_compute_office_papers")
    office_outcome = fields.Selection(
        [
            ("open", "Not Marked"),
            ("attended", "Attended"),
            ("delegated", "Handed to Somebody"),
            ("cancelled", "Called Off"),
        ],
        "What Became of It",
        default="open",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    office_outcome_user_id = fields.Many2one(
        "res.users", "Marked By", readonly=True, copy=False
    )
    date_office_outcome = fields.Datetime("Marked On", readonly=True, copy=False)
    office_delegate_id = fields.Many2one(
        "res.users", "Attends Instead", readonly=True, copy=False
    )
    date_office_set = fields.Datetime("Time Set On", readonly=True, copy=False)
    office_kept = fields.Boolean(
        "In a Diary I Keep",
        compute="_compute_office_kept",
        search="_search_office_kept",
    )
    office_begun = fields.Boolean(compute="_compute_office_begun")

    _office_open_idx = models.Index(
        "(office_leader_id, stop) WHERE office_leader_id IS NOT NULL AND active"
    )

    @api.depends("office_material_ids.is_ready")
    @api.depends_context("uid")
    def _compute_office_papers(self):
        if not (self.env.su or self.env.user.has_group(OFFICE_USER)):
            self.office_papers = False
            return
        for event in self:
            papers = event.office_material_ids
            ready = papers.filtered("is_ready")
            count = f"{len(ready)}/{len(papers)}" if papers else False
            event.office_papers = count

    @api.depends("office_leader_id")
    @api.depends_context("uid")
    def _compute_office_kept(self):
        kept = self.env.user._get_kept_leader_ids()
        for event in self:
            event.office_kept = event.office_leader_id.id in kept

    @api.model
    def _search_office_kept(self, operator, value):
        if operator != "in":
            return NotImplemented
        kept = self.env.user._get_kept_leader_ids()
        return Domain("office_leader_id", "in", kept)

    @api.depends("start", "start_date", "allday")
    def _compute_office_begun(self):
        for event in self:
            event.office_begun = event._is_office_begun()

    @api.depends_context("uid")
    @api.depends("office_leader_id")
    def _compute_user_can_edit(self):
        """Let those edit an item who keep the diary, and nobody else."""
        diary = self.filtered("office_leader_id")
        for event in diary:
            event.user_can_edit = event.office_kept
        return super(CalendarEvent, self - diary)._compute_user_can_edit()

    @api.onchange("office_leader_id")
    def _onchange_office_leader_id(self):
        """Let the leader attend in place of the secretary who enters the item."""
        leader = self.office_leader_id
        if leader:
            partners = self.partner_ids._origin
            if not self._origin:
                partners -= self.env.user.partner_id
            self.partner_ids = partners | leader._origin.partner_id

    # Days -----------------------------------------------------------------------------

    @api.model
    def _get_office_today(self):
        """Return the day it is at the office.

        :rtype: date
        """
        now = fields.Datetime.now().replace(tzinfo=UTC)
        return now.astimezone(ZoneInfo(self._get_office_zone())).date()

    def _is_office_begun(self):
        if self.allday:
            return bool(self.start_date and self.start_date <= self._get_office_today())
        return bool(self.start and self.start <= fields.Datetime.now())

    @api.model
    def _get_over_domain(self):
        """Return the events whose day has passed."""
        today = self._get_office_today()
        whole = Domain("allday", "=", True) & Domain("stop_date", "<", today)
        timed = Domain("allday", "!=", True) & Domain("stop", "<=", self._to_utc(today))
        return whole | timed

    @api.model
    def _get_unmarked_domain(self):
        """Return the items of diaries that are over, and nobody said what became of."""
        return (
            Domain("office_leader_id", "!=", False)
            & Domain("office_outcome", "=", "open")
            & self._get_over_domain()
        )

    def _say_place(self):
        """Return where an item is."""
        return " ".join(filter(None, (self.office_room_id.name, self.location)))

    # Guards ---------------------------------------------------------------------------

    @api.model
    def _refuse_office_guarded(self, names):
        """Raise the error for an attempt to write what only the buttons change.

        :raise ValidationError: naming the fields
        """
        if not names:
            return
        labels = self.fields_get(names, ["string"])
        raise ValidationError(
            self.env._(
                "These change by the buttons of the diary only: %(fields)s.",
                fields=", ".join(sorted(label["string"] for label in labels.values())),
            )
        )

    def _check_office_keeper(self, leader_ids=()):
        """Raise an error for whoever does not keep the diaries of these items.

        :param leader_ids: ids of further leaders whose diary they shall enter
        :raise AccessError: naming the leaders
        """
        if self.env.su:
            return
        wanted = {*self.office_leader_id.ids, *filter(None, leader_ids)}
        foreign = wanted - set(self.env.user._get_kept_leader_ids())
        if foreign:
            leaders = self.env["res.users"].sudo().browse(foreign).exists()
            raise AccessError(
                self.env._(
                    "You do not keep the diary of %(names)s.",
                    names=", ".join(leaders.mapped("name")),
                )
            )

    @api.constrains("office_leader_id")
    def _check_office_leader(self):
        group = self.env["office.agenda"]._get_leader_group().sudo()
        strangers = self.office_leader_id - group.all_user_ids
        if strangers:
            raise ValidationError(
                self.env._(
                    "%(who)s is no leader.",
                    who=", ".join(strangers.sudo().mapped("name")),
                )
            )

    @api.model
    def default_get(self, fields):
        defaults = super().default_get([name for name in fields if name not in GUARDED])
        for name in GUARDED.intersection(fields):
            if default := self._fields[name].default:
                defaults[name] = default(self)
        return defaults

    @api.model_create_multi
    def create(self, vals_list):
        if not is_permitted(self.browse(), {}):
            for vals in vals_list:
                self._refuse_office_guarded(
                    {
                        name
                        for name in GUARDED
                        if vals.get(name) and (name, vals[name]) != _BORN
                    }
                )
        default = self.default_get(["office_leader_id"]).get("office_leader_id")
        vals_list = [{"office_leader_id": default, **vals} for vals in vals_list]
        leader_ids = {vals["office_leader_id"] for vals in vals_list} - {False, None}
        if not leader_ids:
            return super().create(vals_list)
        self._check_office_keeper(leader_ids)
        leaders = self.env["res.users"].sudo().browse(leader_ids)
        self.env["office.agenda"]._get_diaries(leaders)
        partners = {leader.id: leader.partner_id.id for leader in leaders}
        now = fields.Datetime.now()
        return super().create(
            [
                {
                    **vals,
                    "partner_ids": self._add_office_leader(
                        vals.get("partner_ids"), partners[vals["office_leader_id"]]
                    ),
                    "alarm_ids": [
                        *(vals.get("alarm_ids") or []),
                        *self._get_office_alarm_commands(),
                    ],
                    "date_office_set": now,
                }
                if vals["office_leader_id"]
                else vals
                for vals in vals_list
            ]
        )

    @api.model
    def _add_office_leader(self, commands, partner_id):
        """Return the commands of attendees, the leader being one of them."""
        commands = list(commands or [])
        if commands and isinstance(commands[0], int):
            commands = [Command.set(commands)]
        named = {
            partner
            for command in commands
            for partner in (command[2] if command[0] == 6 else command[1:2])
        }
        return commands + [Command.link(partner_id)] * (partner_id not in named)

    @api.model
    def _get_office_alarm_commands(self):
        """Return the commands of the reminders of every item: a day, two hours and half
        an hour before, on screen and by mail.
        """
        return [
            Command.link(alarm.id)
            for kind in ("notification", "email")
            for name in ALARMS
            if (
                alarm := self.env.ref(
                    f"office_functions_service.calendar_alarm_{kind}_{name}",
                    raise_if_not_found=False,
                )
            )
        ]

    def write(self, vals):
        if not is_permitted(self, vals):
            self._refuse_office_guarded(GUARDED & vals.keys())
        diary = self.filtered("office_leader_id")
        leader_id = vals.get("office_leader_id")
        if not (diary or leader_id):
            return super().write(vals)
        if diary and diary != self:
            diary.write(dict(vals))
            return (self - diary).write(vals)
        self._check_office_keeper([leader_id])
        if not is_permitted(self, vals):
            self._check_office_unsettled(vals)
        if leader_id:
            leader = self.env["res.users"].sudo().browse(leader_id)
            self.env["office.agenda"]._get_diaries(leader)
            vals = {
                **vals,
                "alarm_ids": [
                    *(vals.get("alarm_ids") or []),
                    *self._get_office_alarm_commands(),
                ],
            }
        done = self._write_office_item(vals)
        if {"office_leader_id", "partner_ids"} & vals.keys():
            for event in self:
                partner = event.office_leader_id.sudo().partner_id
                if partner - event.partner_ids:
                    super(CalendarEvent, event).write(
                        {"partner_ids": [Command.link(partner.id)]}
                    )
        return done

    def _write_office_item(self, vals):
        """Write to items of diaries."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    def _check_office_unsettled(self, vals):
        """Refuse what would make an item disappear that is over or marked.

        :raise UserError: naming the items
        """
        hides = vals.get("active") is False or "office_leader_id" in vals
        if not (hides or TIMES & vals.keys()):
            return
        over = self.filtered_domain(self._get_over_domain()) if hides else self.browse()
        over = over.filtered("office_leader_id")
        settled = self.filtered(lambda event: event.office_outcome != "open")
        names = [
            event.name
            for event in over | settled
            if event in settled
            and self._has_changed(event, vals)
            or event in over
            and self._has_changed(event, vals)
        ]
        if names:
            raise UserError(
                self.env._(
                    "These are over, or marked already, and stay as they are: "
                    "%(names)s. Please mark what became of them, or take the mark back.",
                    names=", ".join(names),
                )
            )

    @staticmethod
    def _has_changed(event, vals):
        return any(
            event._fields[name].convert_to_cache(vals[name], event, validate=False)
            != event._fields[name].convert_to_cache(event[name], event, validate=False)
            for name in vals.keys() & (TIMES | {"active", "office_leader_id"})
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_office_item(self):
        diary = self.filtered("office_leader_id")
        diary._check_office_keeper()
        over = diary.filtered_domain(self._get_over_domain())
        kept = over | diary.filtered(lambda event: event.office_outcome != "open")
        if kept:
            raise UserError(
                self.env._(
                    "What was in a diary stays there. Please say instead that it was "
                    "called off: %(names)s.",
                    names=", ".join(kept.mapped("name")),
                )
            )


_BORN = ("office_outcome", "open")

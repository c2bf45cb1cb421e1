# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import hashlib
import hmac
import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.office_functions.tools.transition import is_permitted, permit

GUARDED = {"feed_hash", "date_feed", "date_checked"}
TOKEN_BYTES = 32


class OfficeAgenda(models.Model):
    """The diary of a leader (领导日程): who keeps it, and who may subscribe to it.

    Its items are events of the calendar; see ``office_leader_id`` there.
    """

    _name = "office.agenda"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Leader's Diary"
    _rec_name = "leader_id"
    _order = "leader_id, id"

    leader_id = fields.Many2one(
        "res.users",
        required=True,
        domain=lambda self: [
            ("all_group_ids", "in", self._get_leader_group().ids),
        ],
        ondelete="restrict",
    )
    secretary_ids = fields.Many2many(
        "res.users",
        "office_agenda_secretary_rel",
        "agenda_id",
        "user_id",
        "Secretaries",
        domain=[("share", "=", False)],
        tracking=True,
        help="Who keeps this diary and is reminded with the leader. Empty: any clerk "
        "keeps it, and whoever entered an item is reminded of it.",
    )
    company_id = fields.Many2one(related="leader_id.company_id", store=True)
    feed_hash = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    date_feed = fields.Datetime("Subscribed Since", readonly=True, copy=False)
    date_checked = fields.Date("Last Check of the Day", readonly=True, copy=False)
    unmarked_count = fields.Integer(
        "Items Not Marked", compute="_compute_unmarked_count"
    )

    _leader_uniq = models.UniqueIndex("(leader_id)", "A leader has one diary.")
    _feed_uniq = models.UniqueIndex("(feed_hash) WHERE feed_hash IS NOT NULL")

    @api.model
    def _get_leader_group(self):
        return self.env.ref("office_functions.group_office_leader")

    def _compute_unmarked_count(self):
        Event = self.env["calendar.event"]
        domain = Event._get_unmarked_domain()
        counts = dict(
            Event.sudo()._read_group(
                domain & Domain("office_leader_id", "in", self.leader_id.ids),
                ["office_leader_id"],
                ["__count"],
            )
        )
        for diary in self:
            diary.unmarked_count = counts.get(diary.leader_id, 0)

    # Rights ---------------------------------------------------------------------------

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Return the diaries of the leaders whose diary the current user keeps.

        :rtype: Domain
        """
        return Domain("leader_id", "in", self.env.user._get_kept_leader_ids())

    @api.constrains("leader_id")
    def _check_leader(self):
        for diary in self:
            if not diary.leader_id.has_group("office_functions.group_office_leader"):
                raise ValidationError(
                    self.env._("%(who)s is no leader.", who=diary.sudo().leader_id.name)
                )

    @api.model
    def _refuse_guarded(self, vals):
        if GUARDED & {name for name, value in vals.items() if value}:
            raise ValidationError(
                self.env._("A subscription is made and withdrawn by its buttons only.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
        diaries = super().create(vals_list)
        self.env.registry.clear_cache()
        return diaries

    @api.model
    def default_get(self, fields):
        return super().default_get([name for name in fields if name not in GUARDED])

    def write(self, vals):
        if not is_permitted(self, vals):
            self._refuse_guarded(dict.fromkeys(vals, True))
            if "leader_id" in vals and any(
                diary.leader_id.id != vals["leader_id"] for diary in self
            ):
                raise ValidationError(
                    self.env._("A diary stays with its leader. Please make a new one.")
                )
        done = super().write(vals)
        if "secretary_ids" in vals:
            self.env.registry.clear_cache()
        return done

    def unlink(self):
        done = super().unlink()
        self.env.registry.clear_cache()
        return done

    @api.model
    def _get_diaries(self, leaders):
        """Return the diaries of leaders; those that are missing begin now.

        :param res.users leaders: whose
        :rtype: office.agenda
        """
        Diary = self.sudo()
        found = Diary.search([("leader_id", "in", leaders.ids)])
        missing = leaders - found.leader_id
        if missing:
            # Two items may be the first of one leader at the same moment.
            self.env.execute_query(
                SQL(
                    """INSERT INTO office_agenda
                              (leader_id, company_id, create_uid, create_date,
                               write_uid, write_date)
                       SELECT id, company_id, %(uid)s, %(now)s, %(uid)s, %(now)s
                         FROM res_users WHERE id IN %(ids)s
                           ON CONFLICT DO NOTHING
                    RETURNING id""",
                    uid=self.env.uid,
                    now=fields.Datetime.now(),
                    ids=tuple(missing.ids),
                )
            )
            self.env.registry.clear_cache()
            found = Diary.search([("leader_id", "in", leaders.ids)])
        return found

    # Subscription ---------------------------------------------------------------------

    def _check_keeper(self):
        """Raise an error for whoever does not keep these diaries.

        :raise AccessError: naming the leaders
        """
        kept = set(self.env.user._get_kept_leader_ids())
        foreign = self.sudo().filtered(lambda diary: diary.leader_id.id not in kept)
        if foreign and not self.env.su:
            raise AccessError(
                self.env._(
                    "You do not keep the diary of %(names)s.",
                    names=", ".join(foreign.leader_id.mapped("name")),
                )
            )

    @staticmethod
    def _hash_token(token):
        return hashlib.sha256(token.encode()).hexdigest()

    def make_feed(self):
        """Make the address by which a phone subscribes to this diary.

        An earlier address ends. The new one is nowhere kept: it is shown once.

        :return: the address
        :rtype: str
        :raise AccessError: for whoever does not keep the diary
        """
        self.ensure_one()
        self._check_keeper()
        token = secrets.token_urlsafe(TOKEN_BYTES)
        with permit(self):
            self.sudo().write(
                {
                    "feed_hash": self._hash_token(token),
                    "date_feed": fields.Datetime.now(),
                }
            )
        return f"{self.get_base_url()}/office/agenda/{token}.ics"

    def action_make_feed(self):
        """Make the address of a subscription and show it, this once.

        :rtype: dict
        """
        address = self.make_feed()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._(
                    "Enter this address on the phone. It is shown once."
                ),
                "message": address,
                "type": "success",
                "sticky": True,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def withdraw_feed(self):
        """Let the address of the subscription end.

        :raise AccessError: for whoever does not keep the diary
        """
        self._check_keeper()
        with permit(self):
            self.sudo().write({"feed_hash": False, "date_feed": False})

    @api.model
    def _find_by_token(self, token):
        """Return the diary that an address opens, or nothing.

        :param str token: what stands in the address
        :rtype: office.agenda (superuser)
        """
        digest = self._hash_token(token)
        diary = self.sudo().search([("feed_hash", "=", digest)])
        is_open = hmac.compare_digest(diary.feed_hash or "", digest)
        return diary if is_open and diary.leader_id.active else self.sudo().browse()

    # End of the day -------------------------------------------------------------------

    @api.model
    def _cron_check_day_end(self):
        """Tell the secretaries what is over and nobody marked: 大事不误，小事不漏.

        One activity a leader a day. Whichever host takes a diary marks it as checked
        in the same transaction, so that a second run finds nothing.

        :return: how many leaders have something unmarked
        :rtype: int
        """
        Event = self.env["calendar.event"].sudo()
        today = Event._get_office_today()
        groups = Event._read_group(
            Event._get_unmarked_domain(), ["office_leader_id"], ["id:recordset"]
        )
        unmarked = dict(groups)
        leaders = self.env["res.users"].sudo().union(*unmarked)
        self._get_diaries(leaders)
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT id FROM office_agenda
                    WHERE leader_id IN %s
                      AND (date_checked IS NULL OR date_checked < %s)
                      FOR NO KEY UPDATE SKIP LOCKED""",
                tuple(leaders.ids) or (0,),
                today,
            )
        )
        diaries = self.sudo().browse(row[0] for row in rows)
        diaries.activity_unlink(["mail.mail_activity_data_todo"])
        for diary in diaries:
            diary._tell_unmarked(unmarked[diary.leader_id], today)
        with permit(diaries):
            diaries.write({"date_checked": today})
        return len(diaries)

    def _tell_unmarked(self, events, today):
        """Give the secretary the activity of what was not marked."""
        director = self.company_id._get_office_director()
        person = self.secretary_ids[:1] or director or self.leader_id
        spoken = self.with_context(lang=person.lang, tz=person.tz)
        spoken.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=today,
            summary=spoken.env._(
                "Diary: %(count)s items are over and not marked", count=len(events)
            ),
            note=events.with_context(lang=person.lang, tz=person.tz)._list_items(),
            user_id=person.id,
        )

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.office_functions.tools.transition import is_permitted, permit

GUARDED = {"is_ready", "ready_user_id", "date_ready", "date_alerted"}
OWNER_FIELDS = {"attachment_ids", "activity_ids", "message_ids", "message_follower_ids"}


class OfficeAgendaMaterial(models.Model):
    """A paper that a leader needs for an item of the diary (S4.4): whose, and ready?

    It is no part of what everybody may see of an item: who takes part sees it, who
    keeps the diary, and whoever prepares it.
    """

    _name = "office.agenda.material"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Diary Paper"
    _order = "date_due, id"

    name = fields.Char(required=True)
    event_id = fields.Many2one(
        "calendar.event", "Diary Item", required=True, index=True, ondelete="cascade"
    )
    leader_id = fields.Many2one(
        related="event_id.office_leader_id", store=True, index=True
    )
    event_start = fields.Datetime("Needed At", related="event_id.start")
    owner_id = fields.Many2one(
        "res.users",
        "Paper Owner",
        required=True,
        index=True,
        domain=[("share", "=", False)],
        tracking=True,
    )
    date_due = fields.Datetime(
        "To Be Ready By", compute="_compute_date_due", store=True, index=True
    )
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "office_agenda_material_attachment_rel",
        "material_id",
        "attachment_id",
        "Files",
        copy=False,
    )
    is_ready = fields.Boolean("Ready", readonly=True, copy=False, tracking=True)
    ready_user_id = fields.Many2one(
        "res.users", "Ready Said By", readonly=True, copy=False
    )
    date_ready = fields.Datetime("Ready Since", readonly=True, copy=False)
    date_alerted = fields.Datetime("Alarm Raised On", readonly=True, copy=False)
    can_mark = fields.Boolean(compute="_compute_can_mark")

    _waiting_idx = models.Index(
        "(date_due) WHERE is_ready IS NOT TRUE AND date_alerted IS NULL"
    )

    @api.depends("event_id.start", "event_id.start_date", "event_id.allday")
    def _compute_date_due(self):
        to_utc = self.env["office.clash.mixin"]._to_utc
        for paper in self:
            event = paper.event_id
            days = event.office_leader_id.company_id.office_agenda_paper_days
            start = (
                to_utc(event.start_date)
                if event.allday and event.start_date
                else event.start
            )
            paper.date_due = start and start - timedelta(days=days)

    @api.depends("owner_id", "leader_id")
    @api.depends_context("uid")
    def _compute_can_mark(self):
        kept = self.env.user._get_kept_leader_ids()
        for paper in self:
            paper.can_mark = (
                paper.owner_id == self.env.user or paper.leader_id.id in kept
            )

    # Rights ---------------------------------------------------------------------------

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Return the papers that the current user may see or change.

        :param str operation: ``read``, ``write``, ``create`` or ``unlink``
        :rtype: Domain
        """
        user = self.env.user
        kept = Domain("leader_id", "in", user._get_kept_leader_ids())
        if operation in ("create", "unlink"):
            return kept
        own = kept | Domain("owner_id", "=", user.id)
        if operation == "write":
            return own
        Event = self.env["calendar.event"]
        return own | Domain("event_id", "any!", Event._get_office_party_domain())

    @api.model
    def _refuse_guarded(self, names):
        if names:
            raise ValidationError(
                self.env._("A paper becomes ready by its button only.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(
                {name for name in GUARDED if vals.get(name)},
            )
        papers = super().create(vals_list)
        if not all(paper.leader_id for paper in papers.sudo()):
            raise ValidationError(
                self.env._("Papers belong to an item of a leader's diary.")
            )
        papers._take_files()
        return papers

    @api.model
    def default_get(self, fields):
        return super().default_get([name for name in fields if name not in GUARDED])

    def write(self, vals):
        if not is_permitted(self, vals):
            self._refuse_guarded(GUARDED & vals.keys())
        kept = set(self.env.user._get_kept_leader_ids())
        foreign = not self.env.su and any(
            paper.leader_id.id not in kept for paper in self
        )
        if foreign and vals.keys() - OWNER_FIELDS:
            raise AccessError(
                self.env._(
                    "Whoever prepares a paper attaches its files and says when it is "
                    "ready. The rest is changed by who keeps the diary."
                )
            )
        done = super().write(vals)
        if "event_id" in vals:
            self.check_access("create")
        if "attachment_ids" in vals:
            self._take_files()
        return done

    def _take_files(self):
        """Let files that were just uploaded be read by whoever sees their paper."""
        for paper in self.filtered("attachment_ids"):
            fresh = paper.sudo().attachment_ids.filtered(
                lambda file: not file.res_id and file.create_uid == self.env.user
            )
            fresh.write({"res_model": self._name, "res_id": paper.id})

    # Ready ----------------------------------------------------------------------------

    def mark_ready(self):
        """Say that these papers are ready.

        :raise AccessError: for whoever neither prepares them nor keeps the diary
        :raise UserError: where one is ready already
        """
        self._check_may_mark()
        self.lock_for_update()
        ready = self.sudo().filtered("is_ready")
        if ready:
            raise UserError(
                self.env._(
                    "These are ready already: %(names)s.",
                    names=", ".join(ready.mapped("name")),
                )
            )
        self._set_ready(True)
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    def mark_unready(self):
        """Take back that these papers are ready.

        :raise AccessError: for whoever neither prepares them nor keeps the diary
        """
        self._check_may_mark()
        self._set_ready(False)

    def _check_may_mark(self):
        self.check_access("read")
        others = self.filtered(lambda paper: not paper.can_mark)
        if others and not self.env.su:
            raise AccessError(
                self.env._(
                    "Only who prepares a paper, or keeps the diary, says that it is "
                    "ready: %(names)s.",
                    names=", ".join(others.mapped("name")),
                )
            )

    def _set_ready(self, is_ready):
        with permit(self):
            self.sudo().write(
                {
                    "is_ready": is_ready,
                    "ready_user_id": is_ready and self.env.uid,
                    "date_ready": is_ready and fields.Datetime.now(),
                }
            )

    # Alarm ----------------------------------------------------------------------------

    def _forget_alarm(self):
        """Let the alarm be raised again for papers whose item moved to a later time."""
        now = fields.Datetime.now()
        later = self.sudo().filtered(
            lambda paper: paper.date_alerted and paper.date_due > now
        )
        with permit(later):
            later.write({"date_alerted": False})

    @api.model
    def _alert_all(self, limit=200):
        """Raise the alarm of papers that are not ready in time: to the owner, and to
        the director. Once: marked in the same transaction, and two hosts take
        different rows.

        :param int limit: how many papers
        :return: of how many the alarm was raised
        :rtype: int
        """
        self.env.flush_all()
        now = fields.Datetime.now()
        rows = self.env.execute_query(
            SQL(
                """SELECT paper.id
                     FROM office_agenda_material paper
                     JOIN calendar_event event ON event.id = paper.event_id
                    WHERE paper.is_ready IS NOT TRUE AND paper.date_alerted IS NULL
                      AND paper.date_due <= %s AND event.office_moment > %s
                      AND event.active AND event.office_outcome = 'open'
                 ORDER BY paper.date_due, paper.id LIMIT %s
                      FOR NO KEY UPDATE OF paper SKIP LOCKED""",
                now,
                now,
                limit,
            )
        )
        papers = self.sudo().browse(row[0] for row in rows)
        papers._alert()
        with permit(papers):
            papers.write({"date_alerted": now})
        return len(papers)

    def _alert(self):
        """Tell owners and directors, by activity and by mail, that papers are missing."""
        Activity = self.env["mail.activity"].sudo()
        model_id = self.env["ir.model"]._get_id(self._name)
        todo = self.env.ref("mail.mail_activity_data_todo")
        today = self.env["calendar.event"]._get_office_today()
        activities = []
        for paper in self:
            company = paper.leader_id.company_id
            people = paper.owner_id | company._get_office_director()
            for lang, users in people.grouped("lang").items():
                spoken = paper.with_context(lang=lang, tz=users[0].tz)
                subject = spoken.env._("Not ready yet: “%(paper)s”", paper=spoken.name)
                body = spoken.env._(
                    "%(owner)s prepares “%(paper)s”, which %(leader)s needs at "
                    "%(when)s. Please see to it.",
                    owner=spoken.owner_id.name,
                    paper=spoken.name,
                    leader=spoken.leader_id.name,
                    when=spoken.event_id._say_when(),
                )
                spoken.message_notify(
                    partner_ids=users.partner_id.ids,
                    subject=subject,
                    body=body,
                    force_send=False,
                )
                activities += [
                    {
                        "res_model_id": model_id,
                        "res_id": paper.id,
                        "activity_type_id": todo.id,
                        "user_id": user.id,
                        "summary": subject,
                        "date_deadline": today,
                        "automated": True,
                    }
                    for user in users
                ]
        Activity.with_context(mail_activity_quick_update=True).create(activities)

    @api.model
    def _cron_alert(self):
        """Raise all alarms that are due, in batches that may be interrupted."""
        told = True
        while told:
            told = self._alert_all()
            self.env["ir.cron"]._commit_progress(told)

    # Indicator ------------------------------------------------------------------------

    @api.model
    def _get_due_domain(self, date_from, date_to):
        """Return the papers that were to be ready in a period, and still are wanted."""
        to_utc = self.env["office.clash.mixin"]._to_utc
        return (
            Domain("date_due", ">=", to_utc(date_from))
            & Domain("date_due", "<", to_utc(date_to + timedelta(days=1)))
            & Domain("date_due", "<=", fields.Datetime.now())
            & Domain("event_id", "any!", [("office_outcome", "!=", "cancelled")])
        )

    @api.model
    def _measure_ready(self, date_from, date_to):
        """Return the rows of K21 材料齐备: ready in time, of those that were due."""
        self.flush_model()
        query = self._search(
            self._get_due_domain(date_from, date_to), bypass_access=True
        )
        rows = self.env.execute_query(
            SQL(
                """SELECT owner_id,
                          count(*) FILTER (WHERE is_ready AND date_ready <= date_due),
                          count(*)
                     FROM office_agenda_material WHERE id IN %s GROUP BY owner_id""",
                query.subselect(),
            )
        )
        return self.env["calendar.event"]._add_units(rows)

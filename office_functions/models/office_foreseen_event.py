# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain


class OfficeForeseenEvent(models.Model):
    """What is sure to come (可预见事项): terms, exams, enrolment; planned for ahead."""

    _name = "office.foreseen.event"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Foreseeable Event"
    _order = "date, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    kind = fields.Selection(
        [
            ("term", "Term Start"),
            ("exam", "Examination"),
            ("enrolment", "Enrolment"),
            ("other", "Another Occasion"),
        ],
        "Kind of Event",
        required=True,
        default="other",
    )
    date = fields.Date("Comes On", required=True, index=True)
    is_yearly = fields.Boolean("Comes Every Year", default=True)
    lead_days = fields.Integer(
        "Plan Ahead (days)",
        default=lambda self: self._default_lead_days(),
        aggregator=None,
    )
    date_plan = fields.Date(
        "Plan From", compute="_compute_date_plan", store=True, index=True
    )
    date_reminded = fields.Date(
        "Reminded For",
        readonly=True,
        copy=False,
        help="The day of the event for which the owner was reminded.",
    )
    owner_id = fields.Many2one(
        "res.users", "Event Owner", required=True, default=lambda self: self.env.user
    )
    department_id = fields.Many2one("hr.department", "Unit", check_company=True)
    note = fields.Text("What to Think Of")
    advice_ids = fields.One2many("office.advice", "foreseen_event_id", readonly=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )

    _lead_positive = models.Constraint(
        "CHECK(lead_days >= 0)", "One cannot plan ahead by less than no day."
    )

    @api.model
    def _default_lead_days(self):
        limit = self.env["office.time.limit"]._get("foreseen_event", self.env.company)
        return int(limit.amount)

    @api.depends("date", "lead_days")
    def _compute_date_plan(self):
        for event in self:
            event.date_plan = event.date and (
                event.date - relativedelta(days=event.lead_days)
            )

    @api.model
    def _get_term_start(self):
        """Return the day the present term began.

        Where no term start is on record, half a year ago.

        :rtype: date
        """
        today = fields.Date.context_today(self)
        terms = self.sudo().search(
            [("kind", "=", "term"), ("company_id", "=", self.env.company.id)]
        )
        begun = []
        for term in terms:
            day = term.date
            while term.is_yearly and day > today:
                day -= relativedelta(years=1)
            if day <= today:
                begun.append(day)
        return max(begun, default=today - relativedelta(months=6))

    # The job --------------------------------------------------------------------------

    @api.model
    def _cron_plan_ahead(self):
        """Plan ahead of all events, in batches that may be interrupted."""
        done = True
        while done:
            done = self._plan_ahead()
            self.env["ir.cron"]._commit_progress(done)

    @api.model
    def _plan_ahead(self, limit=500):
        """Move on what has come, and remind owners to plan ahead, once for each event.

        :param int limit: the most events for one call
        :return: how many events were moved or reminded of
        :rtype: int
        """
        today = fields.Date.context_today(self)
        past = self.search(
            [("is_yearly", "=", True), ("date", "<", today)], limit=limit
        )
        for event in past:
            day = event.date
            while day < today:
                day += relativedelta(years=1)
            event.date = day
        due = self.search(
            Domain("date_plan", "<=", today) & Domain("date", ">=", today)
        ).filtered(lambda event: event.date_reminded != event.date)[:limit]
        due._remind_owners()
        return len(past) + len(due)

    def _remind_owners(self):
        """Give each owner the activity to plan ahead, in one batch."""
        todo = self.env.ref("mail.mail_activity_data_todo")
        model = self.env["ir.model"]._get_id(self._name)
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                {
                    "res_model_id": model,
                    "res_id": event.id,
                    "activity_type_id": todo.id,
                    "summary": event.with_context(lang=event.owner_id.lang).env._(
                        "Plan ahead"
                    ),
                    "user_id": event.owner_id.id,
                    "date_deadline": event.date,
                }
                for event in self
            ]
        )
        for date, events in self.grouped("date").items():
            events.date_reminded = date

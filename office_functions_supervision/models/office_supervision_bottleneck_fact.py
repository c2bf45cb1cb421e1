# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.tools import format_date


class OfficeSupervisionBottleneckFact(models.Model):
    """One fact from which the system suspects a bottleneck.

    ``key`` tells the occasion: the deadline that passed, the report that did not come.
    The same occasion is put down once for a ticket or task, whatever became of the
    bottleneck, so nobody is asked twice about what was dismissed.
    """

    _name = "office.supervision.bottleneck.fact"
    _inherit = ["office.part.mixin"]
    _description = "Fact behind a Bottleneck"
    _order = "id"
    _whole = "bottleneck_id"
    _allow_sudo_commands = False

    bottleneck_id = fields.Many2one(
        "office.supervision.bottleneck",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    ticket_id = fields.Many2one(
        "office.supervision.ticket", required=True, readonly=True, ondelete="cascade"
    )
    task_id = fields.Many2one(
        "office.supervision.task",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    code = fields.Selection(
        [
            ("overdue", "Overdue"),
            ("feedback", "Feedback Sent Back or Late"),
            ("extended", "Extended Again and Again"),
            ("no_feedback", "No Feedback at Its Rhythm"),
            ("unanswered", "Silent after Urging"),
            ("stuck", "Long in One State"),
        ],
        required=True,
        readonly=True,
    )
    key = fields.Char("Occasion", required=True, readonly=True)
    number = fields.Integer(readonly=True, aggregator=None)
    usual = fields.Float("Usual Days", readonly=True, aggregator=None)
    date = fields.Date("Since", readonly=True)
    state_then = fields.Char(readonly=True)

    _occasion_uniq = models.UniqueIndex(
        "(ticket_id, COALESCE(task_id, 0), code, key)",
        "This fact was put down already.",
    )

    @api.depends("code", "number", "usual", "date", "state_then")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for fact in self:
            fact.display_name = fact._put_in_words()

    def _put_in_words(self):
        """Return the fact as the supervisor reads it.

        :rtype: str
        """
        self.ensure_one()
        number, day = self.number, self.date and format_date(self.env, self.date)
        if self.code == "overdue":
            return self.env._(
                "Overdue by %(number)s days: it was due on %(day)s.",
                number=number,
                day=day,
            )
        if self.code == "feedback":
            return self.env._(
                "Feedback was sent back or came late %(number)s times.", number=number
            )
        if self.code == "extended":
            return self.env._(
                "The deadline was extended %(number)s times.", number=number
            )
        if self.code == "no_feedback":
            return self.env._(
                "No feedback for %(number)s days: it was due on %(day)s.",
                number=number,
                day=day,
            )
        if self.code == "unanswered":
            return self.env._(
                "%(number)s urging notices are unanswered, the first since %(day)s.",
                number=number,
                day=day,
            )
        held_up = self.task_id or self.ticket_id
        states = dict(held_up._fields["state"]._description_selection(self.env))
        return self.env._(
            "For %(number)s days in the state “%(state)s”; others leave it after "
            "%(usual)g days.",
            number=number,
            state=states.get(self.state_then, self.state_then),
            usual=round(self.usual, 1),
        )

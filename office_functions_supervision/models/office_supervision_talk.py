# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date, format_datetime

from odoo.addons.office_functions.tools.transition import Transition

DIRECTOR = "office_functions.group_office_director"


class OfficeSupervisionTalk(models.Model):
    """An admonitory talk (约谈): the step of the ladder after urging.

    Proposed by the supervisor with what went before, approved by the director or the
    authorising leader, held with record and promise; in the end somebody says whether
    the promise was kept (政府督查工作条例 第12条, by analogy).
    """

    _name = "office.supervision.talk"
    _inherit = ["office.supervision.child.mixin"]
    _description = "Admonitory Talk"
    _rec_name = "reason"

    lead_unit_id = fields.Many2one(
        "hr.department",
        "Unit Spoken To",
        index=True,
        compute="_compute_whom",
        store=True,
        readonly=False,
        precompute=True,
    )
    user_ids = fields.Many2many(
        "res.users",
        string="Persons Spoken To",
        compute="_compute_whom",
        store=True,
        readonly=False,
        precompute=True,
    )
    host_id = fields.Many2one(
        "res.users",
        "Talk Held By",
        default=lambda self: self.env.user,
        help="Who leads the talk and keeps its record.",
    )
    moment = fields.Datetime("When")
    place = fields.Char()
    reason = fields.Text(
        "Reason for the Talk", help="What was urged, and what came of it."
    )
    record = fields.Text("Record of the Talk")
    promise = fields.Text()
    date_promised = fields.Date("Promised For")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("asked", "Talk Proposed"),
            ("approved", "Talk Approved"),
            ("refused", "Talk Refused"),
            ("held", "Talk Held"),
            ("kept", "Promise Kept"),
            ("broken", "Promise Broken"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    @api.depends("ticket_id")
    def _compute_whom(self):
        for talk in self:
            unit = talk.sudo().ticket_id.lead_unit_id
            talk.lead_unit_id = unit
            talk.user_ids = unit.manager_id.user_id

    @api.model
    def _get_transitions(self):
        office = ("supervisor", DIRECTOR)
        above = (DIRECTOR, "leader")
        return [
            Transition(
                "ask",
                self.env._("Propose the Talk"),
                sources=("draft",),
                target="asked",
                by=office,
                needs=("lead_unit_id", "user_ids", "host_id", "moment", "reason"),
                guard="_guard_ask",
                style="primary",
            ),
            Transition(
                "approve",
                self.env._("Approve the Talk"),
                sources=("asked",),
                target="approved",
                by=above,
                never=("creator", "asker", "spoken_to"),
                style="primary",
            ),
            Transition(
                "refuse",
                self.env._("Refuse the Talk"),
                sources=("asked",),
                target="refused",
                by=above,
                never=("creator", "asker", "spoken_to"),
                note=True,
                style="danger",
            ),
            Transition(
                "hold",
                self.env._("Put the Talk on Record"),
                sources=("approved",),
                target="held",
                by=("host",),
                never=("spoken_to",),
                needs=("record", "promise", "date_promised"),
                guard="_guard_hold",
                style="primary",
            ),
            Transition(
                "keep",
                self.env._("The Promise Was Kept"),
                sources=("held",),
                target="kept",
                by=office,
                never=("spoken_to",),
                note=True,
                style="primary",
            ),
            Transition(
                "break",
                self.env._("The Promise Was Broken"),
                sources=("held",),
                target="broken",
                by=office,
                never=("spoken_to",),
                note=True,
                guard="_guard_break",
                style="danger",
            ),
        ]

    @api.model
    def _get_frozen_fields(self):
        asked = ("ticket_id", "lead_unit_id", "user_ids", "reason", "host_id")
        talked = ("record", "promise", "date_promised")
        return (
            super()._get_frozen_fields()
            | dict.fromkeys(asked, ("draft",))
            | dict.fromkeys(("moment", "place"), ("draft", "asked", "approved"))
            | dict.fromkeys(talked, ("draft", "asked", "approved"))
        )

    def _relation_host(self):
        return self.host_id

    def _relation_spoken_to(self):
        return self.user_ids

    def _relation_asker(self):
        """Return who proposed the talk, whoever wrote it down."""
        asked = self.transition_ids.filtered(lambda line: line.name == "ask")
        return asked.user_id | asked.principal_id

    @api.model
    def _get_supervising_relations(self, row):
        """To approve a talk or refuse it is supervision, when a director does so."""
        if row.name in ("approve", "refuse"):
            return frozenset(("supervisor",))
        return super()._get_supervising_relations(row)

    def _guard_ask(self, row, note):
        ticket = self.sudo().ticket_id
        reasons = ticket._explain_not_running()
        if not reasons and not ticket._get_ladder()["is_urged_in_vain"]:
            reasons.append(
                self.env._(
                    "Urge first: a talk comes after a notice that nobody answered in "
                    "time, or that changed nothing."
                )
            )
        return reasons

    def _guard_hold(self, row, note):
        """Return why this cannot be the record of a talk: it lies ahead, or behind."""
        reasons = []
        if self.moment and self.moment > fields.Datetime.now():
            reasons.append(
                self.env._(
                    "The talk is set for %(moment)s: it goes on record when it was held.",
                    moment=format_datetime(self.env, self.moment),
                )
            )
        if self.date_promised and self.date_promised < fields.Date.context_today(self):
            reasons.append(
                self.env._("A promise is made for a day to come, not for one gone by.")
            )
        return reasons

    def _guard_break(self, row, note):
        """A promise is not broken before its day."""
        if self.date_promised and self.date_promised > fields.Date.context_today(self):
            return [
                self.env._(
                    "It was promised for %(day)s: until then nobody has broken it.",
                    day=format_date(self.env, self.date_promised),
                )
            ]
        return []

    # Figures --------------------------------------------------------------------------

    @api.model
    def _get_held_domain(self, date_from, date_to):
        """Return the talks that were held in a period."""
        zone = self.env["office.clash.mixin"]
        return (
            Domain("state", "in", ("held", "kept", "broken"))
            & Domain("moment", ">=", zone._to_utc(date_from))
            & Domain("moment", "<", zone._to_utc(fields.Date.add(date_to, days=1)))
        )

    @api.model
    def _measure_held(self, date_from, date_to):
        """Return the number of talks that were held, by the unit spoken to."""
        groups = self._read_group(
            self._get_held_domain(date_from, date_to), ["lead_unit_id"], ["__count"]
        )
        return [(unit.id, None, number, 0) for unit, number in groups]

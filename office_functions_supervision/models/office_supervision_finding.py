# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.office_functions.tools.transition import Transition

from .office_matter_mixin import SUPERVISOR

DIRECTOR = "office_functions.group_office_director"
LEADER = "office_functions.group_office_leader"
KNOWING = (SUPERVISOR, DIRECTOR, LEADER)
"""Groups that know of the clues of crimes."""
ENDS = ("close", "terminate")
"""Steps of a ticket that wait for its findings."""


class OfficeSupervisionFinding(models.Model):
    """What supervision found against law or discipline (违法违纪线索), and what became of it.

    Corrected, or transferred to the organ whose business it is; the ticket waits for
    one of the two (S3.7). A clue of a crime in office goes to the supervisory commission
    (政府督查工作条例 第23条), and the unit concerned does not see it.
    """

    _name = "office.supervision.finding"
    _inherit = ["office.supervision.child.mixin"]
    _description = "Supervision Finding"
    _rec_name = "text"

    kind = fields.Selection(
        [
            ("illegal", "Against the Law"),
            ("discipline", "Against Discipline"),
            ("other", "Other"),
        ],
        required=True,
        default="illegal",
    )
    is_duty_crime = fields.Boolean(
        "Clue of a Crime in Office",
        help="It is transferred to the supervisory commission, and kept from the unit.",
    )
    unit_id = fields.Many2one(
        "hr.department", "Unit Concerned", required=True, index=True
    )
    text = fields.Text("What Was Found", required=True)
    rule = fields.Char("Rule That Was Broken", help="Law or rule, and its article.")
    date = fields.Date("Found On", required=True, default=fields.Date.context_today)
    finder_id = fields.Many2one(
        "res.users",
        "Discovered By",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    correction = fields.Text("How It Was Corrected")
    date_corrected = fields.Date("Corrected On")
    organ_kind = fields.Selection(
        [
            ("competent", "Competent Department"),
            ("discipline", "Discipline Inspection"),
            ("supervisory", "Supervisory Commission"),
            ("police", "Public Security"),
            ("superior", "Superior Organ"),
        ],
        "Kind of Organ",
    )
    organ = fields.Char("Transferred To", help="Name of the organ.")
    date_transferred = fields.Date("Transferred On")
    receipt = fields.Char(help="Number of the organ's receipt.")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("recorded", "Noted"),
            ("corrected", "Corrected"),
            ("transferred", "Transferred"),
            ("retracted", "Retracted"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    @api.model
    def _get_transitions(self):
        supervising = ("supervisor", DIRECTOR)
        return [
            Transition(
                "record",
                label=self.env._("Put on Record"),
                sources=("draft",),
                target="recorded",
                by=supervising,
                style="primary",
            ),
            Transition(
                "correct",
                label=self.env._("Corrected"),
                sources=("recorded",),
                target="corrected",
                by=supervising,
                needs=("correction", "date_corrected"),
                guard="_guard_correct",
                style="primary",
            ),
            Transition(
                "transfer",
                label=self.env._("Transfer"),
                sources=("recorded",),
                target="transferred",
                by=supervising,
                needs=("organ_kind", "organ", "date_transferred", "receipt"),
                guard="_guard_transfer",
            ),
            Transition(
                "retract",
                label=self.env._("Retract"),
                sources=("recorded",),
                target="retracted",
                by=("leader",),
                note=True,
                style="danger",
            ),
        ]

    @api.model
    def _get_frozen_fields(self):
        found = (
            "kind",
            "is_duty_crime",
            "unit_id",
            "text",
            "rule",
            "date",
            "ticket_id",
        )
        done = ("correction", "date_corrected", "organ_kind", "organ")
        return (
            super()._get_frozen_fields()
            | dict.fromkeys((*found, "finder_id"), ("draft",))
            | dict.fromkeys(
                (*done, "date_transferred", "receipt"), ("draft", "recorded")
            )
        )

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Keep drafts, and the clues of crimes, with those who supervise."""
        domain = super()._get_need_to_know_domain(operation)
        if not any(map(self.env.user.has_group, KNOWING)):
            domain &= Domain("is_duty_crime", "=", False)
            domain &= Domain("state", "!=", "draft")
        return domain

    @api.model
    def _get_visibility_fields(self):
        return [*super()._get_visibility_fields(), "is_duty_crime", "state"]

    # Who ------------------------------------------------------------------------------

    def _narrow_row(self, row):
        """Let the authorising leader alone transfer the clue of a crime.

        :param Transition row: a row of the table
        :rtype: Transition
        """
        is_crime = row.name == "transfer" and self.is_duty_crime
        return row.but(by=("leader",)) if is_crime else row

    def _get_authority(self, row):
        return super()._get_authority(self._narrow_row(row))

    def _explain_refusal(self, row):
        return super()._explain_refusal(self._narrow_row(row))

    # Guards ---------------------------------------------------------------------------

    def _guard_correct(self, row, note):
        if self.is_duty_crime:
            return [
                self.env._(
                    "A clue of a crime in office is not settled inside: transfer it."
                )
            ]
        return []

    def _guard_transfer(self, row, note):
        if self.is_duty_crime and self.organ_kind not in (False, "supervisory"):
            return [
                self.env._(
                    "A clue of a crime in office goes to the supervisory commission."
                )
            ]
        return []

    # Indicator ------------------------------------------------------------------------

    @api.model
    def _get_found_domain(self, date_from, date_to):
        """Return what was found in a period and stands, and the user may know of."""
        domain = (
            Domain("date", ">=", date_from)
            & Domain("date", "<=", date_to)
            & Domain("state", "not in", ("draft", "retracted"))
        )
        if not any(map(self.env.user.has_group, KNOWING)):
            domain &= Domain("is_duty_crime", "=", False)
        return domain

    @api.model
    def _measure_settled(self, date_from, date_to):
        """Return what was corrected or transferred, and all, by unit (S3.7)."""
        rows = {}
        for unit, state, number in self._read_group(
            self._get_found_domain(date_from, date_to),
            ["unit_id", "state"],
            ["__count"],
        ):
            row = rows.setdefault(unit.id, [0, 0])
            row[0] += number if state != "recorded" else 0
            row[1] += number
        return [(unit_id, None, *row) for unit_id, row in rows.items()]


class OfficeSupervisionTicket(models.Model):
    _inherit = "office.supervision.ticket"

    finding_ids = fields.One2many(
        "office.supervision.finding", "ticket_id", "Supervision Findings"
    )
    open_finding_count = fields.Integer(
        "Open Supervision Findings",
        compute="_compute_open_finding_count",
        store=True,
        precompute=True,
        copy=False,
        aggregator=None,
        groups=",".join(KNOWING),
    )

    @api.depends("finding_ids.state")
    def _compute_open_finding_count(self):
        for ticket in self:
            ticket.open_finding_count = len(
                ticket.finding_ids.filtered(lambda found: found.state == "recorded")
            )

    def _explain_gaps(self, row, note):
        gaps = super()._explain_gaps(row, note)
        return gaps + (self._explain_open_findings() if row.name in ENDS else [])

    def _explain_open_findings(self):
        """Return why the ticket waits for what was found (S3.7).

        :rtype: list[str]
        """
        number = self.sudo().open_finding_count
        if not number:
            return []
        return [
            self.env._(
                "%(number)s findings are neither corrected nor transferred.",
                number=number,
            )
        ]

    def action_record_finding(self):
        """Open the dialog in which a finding is recorded.

        :rtype: dict
        """
        self.ensure_one()
        return self._get_dialog_action(
            "office.supervision.finding",
            self.env._("Supervision Finding"),
            default_unit_id=self.lead_unit_id.id,
        )


class OfficeSupervisionVerification(models.Model):
    _inherit = "office.supervision.verification"

    def _guard_conclude(self, row, note):
        reasons = super()._guard_conclude(row, note)
        if self.result == "pass":
            reasons += self.ticket_id._explain_open_findings()
        return reasons

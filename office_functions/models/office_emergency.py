# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from lxml.builder import E

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools.transition import Transition, permit

CLERK = "office_functions.group_office_clerk"
DIRECTOR = "office_functions.group_office_director"
LEADER = "office_functions.group_office_leader"


class OfficeEmergency(models.Model):
    """A sudden event (突发事件), from its report to its evaluation (M9).

    Recording it opens the first reports with their clocks: by telephone, then in
    writing. Each report that is sent opens the next follow-up, until the response has
    ended and the final report is due (突发事件应对法 第61条: no late, false, concealed
    or missing reports).
    """

    _name = "office.emergency"
    _inherit = ["office.matter.mixin"]
    _description = "Emergency"
    _number_series = "emergency"
    _number_states = ("verified",)
    _clock_start_states = ("verified",)
    _clock_stop_states = ("closed",)
    _clock_waiting_states = ("final", "reviewed")
    # The count of casualties goes on for days after the end (R-EMG-2).
    _settled_fields = (
        "name",
        "lead_unit_id",
        "assisting_unit_ids",
        "handler_id",
        "category",
        "grade",
        "moment_event",
        "place",
        "course",
        "measures",
        "review",
        "foretold",
        "foretold_by",
    )
    # What is put on record when it changes, and reported within the hour.
    _change_fields = frozenset(("grade", "category"))
    _see_all_groups = (
        CLERK,
        DIRECTOR,
        LEADER,
        "office_functions.group_office_petition",
    )
    _matter_list_fields = ("grade", "next_report_due")
    _matter_group_fields = ("grade", "category")

    category = fields.Selection(
        [
            ("natural", "Natural Disaster"),
            ("accident", "Accident"),
            ("health", "Public Health"),
            ("security", "Social Security"),
            ("exam", "Examination Security"),
            ("network", "Network Security"),
            ("opinion", "Public Opinion"),
        ],
        "Class",
        required=True,
        default="accident",
    )
    grade = fields.Selection(
        [
            ("1", "Grade I, Especially Grave"),
            ("2", "Grade II, Grave"),
            ("3", "Grade III, Larger"),
            ("4", "Grade IV, Ordinary"),
        ],
        "Grade of the Event",
        required=True,
        default="4",
        help="Named at first by what is known; each change is on record.",
    )
    moment_received = fields.Datetime(
        "Received At",
        required=True,
        default=fields.Datetime.now,
        help="The clocks of the first reports run from here.",
    )
    moment_event = fields.Datetime("Happened At")
    place = fields.Char(required=True)
    source = fields.Char(
        "Source of Information", required=True, help="Who told it: unit, name."
    )
    phone = fields.Char("Caller's Number")
    course = fields.Text(help="What happened, as far as it is known.")
    casualties = fields.Char("Casualties and Loss")
    measures = fields.Text("Measures Taken")
    moment_settled = fields.Datetime(
        "Response Ended At",
        readonly=True,
        copy=False,
        help="From here the clock of the final report runs.",
    )
    review = fields.Text(
        "Evaluation of the Response", help="Causes, response, lessons."
    )
    foretold = fields.Selection(
        [("yes", "Yes"), ("no", "No")],
        "Was It Foretold?",
        help="Whether somebody had warned of such an event before it came.",
    )
    foretold_by = fields.Char("Which Advice", help="The advice that foretold it.")
    report_ids = fields.One2many(
        "office.emergency.report", "emergency_id", "Emergency Reports", copy=False
    )
    change_ids = fields.One2many(
        "office.emergency.change",
        "res_id",
        "Changes of an Emergency",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
        copy=False,
    )
    next_report_due = fields.Datetime(
        "Next Emergency Report Due", compute="_compute_next_report_due"
    )
    is_report_overdue = fields.Boolean(
        "Report Overdue",
        compute="_compute_next_report_due",
        search="_search_is_report_overdue",
    )
    time_limit_id = fields.Many2one(
        default=lambda self: self.env["office.time.limit"]._get(
            "emergency_closing", self.env.company
        )
    )
    handler_id = fields.Many2one(default=lambda self: self.env.user)
    lead_unit_id = fields.Many2one(
        default=lambda self: self.env["hr.department"]._get_own_unit()
    )
    state = fields.Selection(
        [
            ("reported", "Emergency Received"),
            ("verified", "Facts Checked"),
            ("first", "First Report Sent"),
            ("following", "Follow-up Reports"),
            ("final", "Final Report Sent"),
            ("reviewed", "Response Evaluated"),
            ("closed", "Emergency Ended"),
        ],
        default="reported",
        required=True,
        readonly=True,
        copy=False,
    )

    @api.model
    def _get_transitions(self):
        return [
            Transition(
                "verify",
                label=self.env._("Facts Checked"),
                sources=("reported",),
                target="verified",
                by=("handler", "unit_head", CLERK, DIRECTOR),
                needs=("lead_unit_id", "course"),
                style="primary",
            ),
            Transition(
                "first",
                label=self.env._("First Report"),
                sources=("verified",),
                target="first",
            ),
            Transition(
                "follow",
                label=self.env._("Follow-up Report"),
                sources=("first", "following"),
                target="following",
            ),
            Transition(
                "finish",
                label=self.env._("Final Report"),
                sources=("first", "following"),
                target="final",
            ),
            Transition(
                "evaluate",
                label=self.env._("Evaluate Response"),
                sources=("final",),
                target="reviewed",
                by=(DIRECTOR, LEADER),
                needs=("review",),
                style="primary",
            ),
            Transition(
                "close",
                label=self.env._("End Emergency"),
                sources=("reviewed",),
                target="closed",
                by=(DIRECTOR, LEADER),
                guard="_guard_close",
                style="primary",
            ),
        ]

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"moment_settled"}

    @api.model
    def _get_frozen_fields(self):
        born = ("reported",)
        return super()._get_frozen_fields() | dict.fromkeys(
            ("moment_received", "source"), born
        )

    def _guard_close(self, row, note):
        if not self.foretold:
            return [
                self.env._(
                    "Please answer before it ends: was it foretold, and by which advice?"
                )
            ]
        if self.foretold == "yes" and not self.foretold_by and not self._get_warnings():
            return [self.env._("Please name the advice that foretold it.")]
        return []

    def _after_close(self, note):
        """Let the forecasts that foretold it know that it has come (S1.19)."""
        foretold = self.filtered(lambda record: record.foretold == "yes")
        Advice = self.env["office.advice"]
        for event_id, links in foretold._get_warnings().grouped("target_id").items():
            warnings = Advice.browse(links.mapped("res_id"))
            warnings._mark_foretold(self.browse(event_id))

    def _get_warnings(self):
        """Return the links from the advice that warned of these emergencies."""
        links = self.env["office.matter.link"]._get_links(self)
        return links.filtered(lambda link: link.res_model == "office.advice")

    @api.model
    def _get_matter_filters(self):
        return [
            (
                self.env._("Report Overdue"),
                "report_overdue",
                "[('is_report_overdue', '=', True)]",
            )
        ]

    @api.model
    def _make_column(self, name):
        """Show the clock of the next report in red once it has run out."""
        column = super()._make_column(name)
        if name == "next_report_due":
            column.set("decoration-danger", "is_report_overdue")
        return column

    @api.model
    def _get_default_list_view(self):
        view = super()._get_default_list_view()
        view.append(E.field(name="is_report_overdue", column_invisible="True"))
        return view

    @api.model
    def _get_default_kanban_view(self):
        """Say on the card that the moment of its next report has passed."""
        view = super()._get_default_kanban_view()
        overdue = {"class": "badge text-bg-danger align-self-start"}
        (footer,) = view.xpath("//footer")
        footer.addprevious(
            E.span(
                overdue,
                self.env._("Report Overdue") + " ",
                E.field(name="next_report_due"),
                invisible="not is_report_overdue",
            )
        )
        return view

    # Reports and their clocks ---------------------------------------------------------

    @api.depends("report_ids.moment_open")
    def _compute_next_report_due(self):
        found = dict(
            self.env["office.emergency.report"]
            .sudo()
            ._read_group(
                [("emergency_id", "in", self.ids), ("moment_open", "!=", False)],
                ["emergency_id"],
                ["moment_open:min"],
            )
        )
        now = fields.Datetime.now()
        for record in self:
            due = found.get(record._origin)
            record.next_report_due = due
            record.is_report_overdue = bool(due) and due < now

    def _search_is_report_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain(
            "report_ids", "any", Domain("moment_open", "<", fields.Datetime.now())
        )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        # By telephone, and in writing after it.
        channels = ("phone", "written")
        self.env["office.emergency.report"]._open(records, "first", channels)
        return records

    def _open_follow_up(self):
        """Open the next follow-up report where none is open; its clock begins now."""
        waiting = self.report_ids.filtered(
            lambda report: report.kind == "follow_up" and report.state == "draft"
        )
        bare = self - waiting.emergency_id
        self.env["office.emergency.report"]._open(bare, "follow_up")

    def _pass_reports(self, kind):
        """Act on written reports just sent: move on, and open what follows.

        :param str kind: ``first``, ``follow_up`` or ``final``
        """
        steps = {"first": "first", "follow_up": "follow", "final": "finish"}
        self._pass_by_system(steps[kind])
        if kind != "final":
            self.filtered(lambda record: not record.moment_settled)._open_follow_up()

    def action_settle(self):
        """Note that the response has ended: only the final report is due now.

        :raise UserError: before the first report, when it ended already, or without
            the right
        """
        self.check_access("read")
        for record in self:
            if not record._may_report():
                raise UserError(self.env._("Only those who report it end it."))
            if record.state not in ("first", "following") or record.moment_settled:
                raise UserError(
                    self.env._(
                        "The response ends once, after the first report in writing."
                    )
                )
        records = self.sudo()
        with permit(records):
            records.write({"moment_settled": fields.Datetime.now()})
        records.report_ids._pass_by_system("drop", self.env._("The response has ended"))
        self.env["office.emergency.report"]._open(records, "final")

    def _may_report(self):
        """Tell whether the current user reports on this emergency."""
        user = self.env.user
        return user.has_group(CLERK) or user in (
            self._get_relation_users("handler") | self._get_relation_users("unit_head")
        )

    # Changes on record ----------------------------------------------------------------

    def write(self, vals):
        kinds = self._change_fields & vals.keys()
        before = {record: {kind: record[kind] for kind in kinds} for record in self}
        result = super().write(vals)
        if kinds:
            self._log_changes(before)
        return result

    def _log_changes(self, before):
        """Put changes, of the grade for one, on record; they are reported soon."""
        changes = [
            {
                "res_model": self._name,
                "res_id": record.id,
                "kind": kind,
                "value_before": value or "—",
                "value_after": record[kind] or "—",
                "user_id": self.env.uid,
                "date": fields.Datetime.now(),
            }
            for record, values in before.items()
            for kind, value in values.items()
            if (value or "") != (record[kind] or "") and record._is_change(value)
        ]
        if not changes:
            return
        self.env["office.emergency.change"].sudo().create(changes)
        changed = self.sudo().browse({change["res_id"] for change in changes})
        changed._hasten_follow_up()

    def _is_change(self, value):
        """Tell whether another value is a change: what was told already, or is now.

        :param value: the value before
        """
        return bool(value) or self.state not in ("reported", "verified")

    def _hasten_follow_up(self):
        """Let the follow-up on a change be due soon: daily, or on change (R-EMG-3)."""
        running = self.filtered(
            lambda record: (
                record.state in ("first", "following") and not record.moment_settled
            )
        )
        running._open_follow_up()
        reports = running.report_ids.filtered(
            lambda report: report.kind == "follow_up" and report.state == "draft"
        )
        for report in reports:
            now = fields.Datetime.now()
            due = report._count_moment_due("emergency_change", now)
            if due < report.moment_due:
                report._start_moment("emergency_change", now)

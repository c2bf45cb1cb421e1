# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from odoo.addons.office_functions.tools.transition import Transition

SUPERVISOR = "office_functions_supervision.group_office_supervisor"
DIRECTOR = "office_functions.group_office_director"


class OfficeSupervisionTask(models.Model):
    """A part of a ticket that one unit and one person answer for (着力点)."""

    _name = "office.supervision.task"
    _inherit = ["office.matter.mixin", "office.report.cycle.mixin"]
    _description = "Supervision Task"
    _clock_start_states = ("assigned",)
    _clock_stop_states = ("verified", "cancelled")
    _clock_waiting_states = ("reported",)
    _see_all_groups = (
        "office_functions.group_office_clerk",
        DIRECTOR,
        "office_functions.group_office_leader",
        SUPERVISOR,
    )
    _urging_groups = (DIRECTOR, "office_functions.group_office_leader", SUPERVISOR)
    _party_user_fields = ("supervisor_id",)

    ticket_id = fields.Many2one(
        "office.supervision.ticket",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    supervisor_id = fields.Many2one(
        related="ticket_id.supervisor_id",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    company_id = fields.Many2one(
        related="ticket_id.company_id", store=True, precompute=True, default=None
    )
    sequence = fields.Integer(default=10, aggregator=None)
    kind = fields.Selection(
        [("task", "Task"), ("rectification", "Rectification")],
        required=True,
        default="task",
        readonly=True,
        help="A rectification comes from a verification that failed.",
    )
    item_number = fields.Char(
        "No. in the Document", help="As the decision numbers it, e.g. （三）."
    )
    section = fields.Char(
        "Heading", help="The heading it stands under in the decision."
    )
    text = fields.Text("Full Text")
    goal = fields.Text()
    responsibility_text = fields.Char(
        "Responsible, as Written", help="How the decision names who is responsible."
    )
    deadline_text = fields.Char("Deadline, as Written")
    import_key = fields.Char(index="btree_not_null", readonly=True, copy=False)
    weight = fields.Float(help="Its part of the ticket; all together make 100.")
    is_long_running = fields.Boolean(
        "Long-running", help="Goes on without an end, and reports at a rhythm."
    )
    report_cycle = fields.Selection(
        compute="_compute_report_cycle", store=True, readonly=False, precompute=True
    )
    feedback_ids = fields.One2many("office.supervision.feedback", "task_id")
    last_feedback_id = fields.Many2one(
        "office.supervision.feedback",
        "Latest Feedback",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    ticket_state = fields.Selection(related="ticket_id.state", string="Ticket State")
    requirement = fields.Text(related="ticket_id.requirement")

    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("assigned", "Assigned"),
            ("accepted", "In Hand"),
            ("returned", "Given Back"),
            ("reported", "Reported"),
            ("verified", "Verified"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )

    _weight_range = models.Constraint(
        "CHECK(weight >= 0 AND weight <= 100)", "A weight lies between 0 and 100."
    )
    _import_uniq = models.UniqueIndex(
        "(ticket_id, import_key) WHERE import_key IS NOT NULL",
        "This line was imported already.",
    )

    @api.model
    def _get_transitions(self):
        doers = ("handler", "unit_head")
        return [
            Transition(
                "assign_later",
                self.env._("Assign"),
                sources=("draft",),
                target="assigned",
                by=("supervisor", DIRECTOR),
                needs=("lead_unit_id", "handler_id", "date_deadline"),
                guard="_guard_assign_later",
                style="primary",
            ),
            Transition("assign", self.env._("Assign"), ("draft",), "assigned"),
            Transition(
                "accept",
                self.env._("Sign For"),
                sources=("assigned",),
                target="accepted",
                by=doers,
                style="primary",
            ),
            Transition(
                "give_back",
                self.env._("Give Back"),
                sources=("assigned",),
                target="returned",
                by=doers,
                note=True,
                guard="_guard_give_back",
            ),
            Transition(
                "insist",
                self.env._("Insist"),
                sources=("returned",),
                target="assigned",
                by=(DIRECTOR,),
                note=True,
            ),
            Transition(
                "reassign",
                self.env._("Assign to Others"),
                sources=("returned",),
                target="draft",
                by=(DIRECTOR,),
                note=True,
            ),
            Transition("report", self.env._("Report"), ("accepted",), "reported"),
            Transition(
                "send_back",
                self.env._("Send Feedback Back"),
                sources=("reported",),
                target="accepted",
                by=("supervisor", DIRECTOR),
                note=True,
            ),
            Transition("verify", self.env._("Verified"), ("reported",), "verified"),
            Transition(
                "cancel",
                self.env._("Cancel"),
                sources=("draft", "assigned", "accepted", "returned", "reported"),
                target="cancelled",
            ),
        ]

    @api.model
    def _get_frozen_fields(self):
        frozen = dict.fromkeys(
            (
                "name",
                "text",
                "goal",
                "weight",
                "is_long_running",
                "lead_unit_id",
                "ticket_id",
            ),
            ("draft",),
        )
        frozen |= super()._get_frozen_fields()
        # It is the ticket's, in every state.
        del frozen["company_id"]
        return frozen

    @api.depends("item_number", "name")
    def _compute_display_name(self):
        for task in self:
            task.display_name = f"{task.item_number or ''}{task.name}"

    def _guard_assign_later(self, row, note):
        if self.ticket_state in ("proposed", "filed"):
            return [self.env._("It is assigned together with its ticket.")]
        return self.ticket_id._explain_weights()

    def _guard_give_back(self, row, note):
        """A unit gives an assignment back within the days set for it (M4: 3)."""
        limit = self.env["office.time.limit"]._get(
            "supervision_give_back", self.company_id
        )
        start = fields.Date.context_today(self, self.state_since)
        last = limit._count(start, self.company_id).deadline
        if fields.Date.context_today(self) > last:
            return [
                self.env._(
                    "An assignment is given back until %(date)s at the latest. Please "
                    "ask for an extension instead.",
                    date=last,
                )
            ]
        return []

    def _relation_supervisor(self):
        return self.supervisor_id

    def _after_transition(self, row, note):
        result = super()._after_transition(row, note)
        self.ticket_id._sync_with_tasks()
        return result

    # Report cycle ---------------------------------------------------------------------

    @api.depends("is_long_running")
    def _compute_report_cycle(self):
        """Let a long task report every month, where no other rhythm was chosen."""
        for task in self:
            task.report_cycle = task.report_cycle or (task.is_long_running and "month")

    def _open_cycle_report(self):
        """Open a draft of the periodic feedback that is due, where none is open."""
        Feedback = self.env["office.supervision.feedback"].sudo()
        drafts = Feedback.search(
            [("task_id", "in", self.ids), ("state", "=", "draft")]
        ).task_id
        Feedback.create(
            [
                {
                    "task_id": task.id,
                    "author_id": task.handler_id.id,
                    "kind": "stage",
                    "date_due": task.date_next_report,
                }
                for task in self - drafts
                if task.handler_id and task.state == "accepted" and not task.is_paused
            ]
        )

    def action_give_feedback(self):
        """Open the draft of this task's feedback, or a new one.

        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        draft = self.feedback_ids.filtered(
            lambda f: f.state in ("draft", "returned") and f.author_id == self.env.user
        )[:1]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Feedback"),
            "res_model": "office.supervision.feedback",
            "res_id": draft.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_task_id": self.id},
        }

    def action_ask_extension(self):
        """Open the dialog that asks for a later deadline of this task.

        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        return self.sudo().ticket_id._get_dialog_action(
            "office.supervision.extension",
            self.env._("Ask for an Extension"),
            default_task_id=self.id,
        )

    def _get_next_urging(self, plan, today):
        """Urge early when nobody has signed for the task in its working day (M4)."""
        planned = super()._get_next_urging(plan, today)
        if not planned or self.state != "assigned" or self.last_urging:
            return planned
        limit = self.env["office.time.limit"]._get(
            "supervision_accept", self._get_deadline_company()
        )
        start = fields.Date.context_today(self, self.state_since)
        sign_by = limit._count(start, self._get_deadline_company()).deadline
        return min(planned, sign_by + relativedelta(days=1))

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OfficeSupervisionImportLine(models.TransientModel):
    """One task as it was read, for the user to correct before it is stored."""

    _name = "office.supervision.import.line"
    _description = "Imported Task"
    _order = "sequence, id"
    _check_company_auto = True
    _transient_max_hours = 24.0

    import_id = fields.Many2one(
        "office.supervision.import",
        "Belongs To",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="import_id.company_id")
    sequence = fields.Integer(readonly=True)
    import_key = fields.Char(readonly=True)
    include = fields.Boolean("Import", default=True)
    present_ticket_id = fields.Many2one(
        "office.supervision.ticket", "Already Imported In", readonly=True
    )
    # What becomes the task, under the names of the task's own fields
    item_number = fields.Char("No.", help="As the document numbers it.")
    name = fields.Char("Title", required=True)
    text = fields.Text("Full Text")
    goal = fields.Text()
    section = fields.Char(
        "Heading", help="The heading it stands under in the document."
    )
    lead_unit_id = fields.Many2one(
        "hr.department",
        check_company=True,
        compute="_compute_lead_unit_id",
        store=True,
        readonly=False,
    )
    assisting_unit_ids = fields.Many2many(
        "hr.department",
        string="Assisting Units",
        check_company=True,
        compute="_compute_assisting_unit_ids",
        store=True,
        readonly=False,
    )
    handler_id = fields.Many2one(
        "res.users", "Person", domain="[('share', '=', False)]"
    )
    date_deadline = fields.Date("Deadline")
    is_long_running = fields.Boolean("Long-running")
    report_cycle = fields.Selection(
        [("week", "Weekly"), ("month", "Monthly"), ("quarter", "Quarterly")],
        "Feedback",
        compute="_compute_report_cycle",
        store=True,
        readonly=False,
        help="A long-running task gives feedback at this rhythm.",
    )
    responsibility_text = fields.Char("Responsible, as Written", readonly=True)
    deadline_text = fields.Char("Deadline, as Written", readonly=True)
    # What the document says, for the user to compare
    lead_text = fields.Char("Lead, as Written", readonly=True)
    assisting_text = fields.Char("Assisting, as Written", readonly=True)
    person_text = fields.Char("Person, as Written", readonly=True)
    area = fields.Char(readonly=True)
    task_group = fields.Char("Group of Tasks", readonly=True)
    lead_row_id = fields.Many2one("office.supervision.import.unit", readonly=True)
    assisting_row_ids = fields.Many2many(
        "office.supervision.import.unit",
        "office_supervision_import_line_row_rel",
        readonly=True,
    )
    reading_problems = fields.Char(
        readonly=True, help="Codes of what the reader of the ledger doubted."
    )
    problem = fields.Char(compute="_compute_problem", store=True)

    @api.depends("lead_row_id.decision", "lead_row_id.department_id")
    def _compute_lead_unit_id(self):
        for line in self:
            line.lead_unit_id = line.lead_row_id._get_units()

    @api.depends("assisting_row_ids.decision", "assisting_row_ids.department_id")
    def _compute_assisting_unit_ids(self):
        for line in self:
            line.assisting_unit_ids = line.assisting_row_ids._get_units()

    @api.depends("is_long_running")
    def _compute_report_cycle(self):
        for line in self:
            line.report_cycle = line.is_long_running and (line.report_cycle or "month")

    @api.depends(
        "present_ticket_id",
        "lead_unit_id",
        "lead_row_id.decision",
        "assisting_row_ids.decision",
        "date_deadline",
        "is_long_running",
        "reading_problems",
    )
    def _compute_problem(self):
        for line in self:
            line.problem = " ".join(line._explain_problems())

    def _explain_problems(self):
        """Return sentences on what the user should look at.

        :rtype: list[str]
        """
        self.ensure_one()
        if self.present_ticket_id:
            return [self.env._("Already imported.")]
        problems = []
        rows = self.lead_row_id | self.assisting_row_ids
        unknown = rows.filtered(lambda row: not row.decision)
        if unknown:
            problems.append(
                self.env._(
                    "Unknown unit: %(names)s.", names=", ".join(unknown.mapped("name"))
                )
            )
        created = rows.filtered(lambda row: row.decision == "create")
        if created:
            problems.append(
                self.env._(
                    "Will be created: %(names)s.",
                    names=", ".join(created.mapped("name")),
                )
            )
        if self._waits_for_lead():
            problems.append(
                self.env._("No lead unit: waits for a lead before it can be assigned.")
            )
        codes = (self.reading_problems or "").split(",")
        if not self.date_deadline and not self.is_long_running:
            if "unreadable_deadline" in codes:
                problems.append(
                    self.env._(
                        "The deadline cannot be read: %(text)s.",
                        text=self.deadline_text,
                    )
                )
            elif "missing_deadline" in codes:
                problems.append(self.env._("No deadline."))
        if "lead_repeated" in codes:
            problems.append(self.env._("The lead unit also assists: counted once."))
        if "duplicate" in codes:
            problems.append(self.env._("Same as an earlier line."))
        return problems

    def _waits_for_lead(self):
        """Tell whether the task will have no lead unit, as far as is decided."""
        row = self.lead_row_id
        return not self.lead_unit_id and (not row or row.decision == "skip")

    def _prepare_task_vals(self, ticket, weight, created):
        """Return the values of the task that this line becomes.

        :param ticket: ``office.supervision.ticket``
        :param float weight: its part of the ticket
        :param dict created: row of an unknown unit → the ``hr.department`` just made
        :rtype: dict
        """
        self.ensure_one()
        lead = self.lead_unit_id or created.get(self.lead_row_id, self.lead_unit_id)
        assisting = self.assisting_unit_ids.union(
            *(created[row] for row in self.assisting_row_ids if row in created)
        )
        return {
            "ticket_id": ticket.id,
            # Named, for the menu's default_kind means the import.
            "kind": "task",
            "sequence": self.sequence,
            "import_key": self.import_key,
            "item_number": self.item_number,
            "name": self.name,
            "text": self.text,
            "goal": self.goal,
            "section": self.section,
            "lead_unit_id": lead.id,
            "assisting_unit_ids": [fields.Command.set((assisting - lead).ids)],
            "handler_id": self.handler_id.id,
            "responsibility_text": self.responsibility_text,
            "deadline_text": self.deadline_text,
            "date_deadline": self.date_deadline,
            "is_long_running": self.is_long_running,
            "report_cycle": self.report_cycle,
            "weight": weight,
        }

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.office_functions.tools.decision_text import MAX_FILE_SIZE


class OfficeSupervisionImport(models.TransientModel):
    """A published decision or a ledger on its way to becoming tasks of a ticket.

    Nothing is stored outside this wizard before :meth:`action_apply`: the preview is
    what the user corrects, and a line that was imported before is passed over. Reading,
    units and storing are in files of their own.
    """

    _name = "office.supervision.import"
    _description = "Import of a Decision or Ledger"
    _check_company_auto = True
    # Correcting a long ledger takes a day; nothing typed is to vanish meanwhile.
    _transient_max_hours = 24.0

    kind = fields.Selection(
        [("decision", "Decision"), ("ledger", "Ledger")],
        required=True,
        default="decision",
    )
    step = fields.Selection(
        [("upload", "Upload"), ("preview", "Preview")],
        required=True,
        default="upload",
        readonly=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    # Source
    source = fields.Selection(
        [("file", "A File"), ("text", "Pasted Text")],
        "Read From",
        required=True,
        default="file",
    )
    file = fields.Binary("File to Read", attachment=False)
    filename = fields.Char()
    text = fields.Text("Text of the Decision")
    left_out = fields.Char(
        "Rows Left Out",
        readonly=True,
        help="Numbers of the rows of a ledger that name no task.",
    )
    # Target
    target = fields.Selection(
        [("new", "A New Ticket"), ("existing", "A Ticket in Preparation")],
        "Import Into",
        required=True,
        default="new",
    )
    ticket_id = fields.Many2one(
        "office.supervision.ticket",
        check_company=True,
        domain="[('state', 'in', ('proposed', 'filed'))]",
        help="A ticket whose tasks were not assigned yet.",
    )
    name = fields.Char("Subject", help="Empty: the name of the file.")
    directive_id = fields.Many2one(
        "office.directive",
        "Authorising Directive",
        check_company=True,
        help="May be added later; without it the ticket is not filed.",
    )
    grouping = fields.Selection(
        [
            ("file", "One for the Whole File"),
            ("area", "One per Area"),
            ("group", "One per Group of Tasks"),
        ],
        "Tickets",
        required=True,
        default="file",
    )
    # Preview
    line_ids = fields.One2many("office.supervision.import.line", "import_id", "Tasks")
    unit_ids = fields.One2many("office.supervision.import.unit", "import_id", "Units")
    unknown_unit_ids = fields.One2many(
        "office.supervision.import.unit",
        "import_id",
        "Unknown Units",
        domain=[("is_known", "=", False)],
    )
    summary = fields.Text(readonly=True)
    new_count = fields.Integer("New Tasks", readonly=True)
    undecided_count = fields.Integer("Units to Decide", readonly=True)
    unknown_count = fields.Integer("Number of Unknown Units", readonly=True)
    has_persons = fields.Boolean("Names Persons", readonly=True)

    @api.depends("name")
    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = wizard.name or self.env._("Import")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_file_size(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_file_size(vals)
        return super().write(vals)

    @api.model
    def _check_file_size(self, vals):
        """Refuse a file that is too large before anything is kept of it.

        :raise UserError: naming the limit
        """
        # Four characters of base64 stand for three bytes.
        if len(vals.get("file") or "") * 3 // 4 > MAX_FILE_SIZE + 2:
            raise UserError(self._explain_reading_error("too_large"))

    # Buttons --------------------------------------------------------------------------

    def action_preview(self):
        """Read the file or text and show what would be imported.

        :raise UserError: one sentence on what is wrong with the file and what to do
        """
        self.ensure_one()
        source = self._read_source()
        self.line_ids.unlink()
        self.unit_ids.unlink()
        self.name = self.name or self._get_source_name()
        self._create_lines(source, self._create_unit_rows(source))
        self.step = "preview"
        self._propose_ticket()
        self._refresh_preview()

    def action_back(self):
        """Return to the choice of the file; what was typed there is still there."""
        self.step = "upload"

    def action_refresh(self):
        """Compare the corrected lines with the tickets again."""
        self.ensure_one()
        self._refresh_preview()

    def action_accept_proposals(self):
        """Map each unknown unit that is not decided yet to the unit proposed."""
        rows = self._get_undecided_rows()
        rows.filtered("department_id").decision = "map"
        self._refresh_preview()

    def action_create_unknown(self):
        """Have each unknown unit that is not decided yet created."""
        self._get_undecided_rows().decision = "create"
        self._refresh_preview()

    def action_skip_unknown(self):
        """Leave each unknown unit that is not decided yet empty."""
        self._get_undecided_rows().decision = "skip"
        self._refresh_preview()

    def _get_undecided_rows(self):
        self.ensure_one()
        return self.unknown_unit_ids.filtered(lambda row: not row.decision)

    # Preview --------------------------------------------------------------------------

    def _refresh_preview(self):
        """Mark what was imported before and count what needs the user."""
        self._mark_imported()
        self.write(
            {
                "summary": "\n".join(self._summarise()),
                "new_count": len(self._get_new_lines()),
                "unknown_count": len(self.unknown_unit_ids),
                "undecided_count": len(self._get_undecided_rows()),
                "has_persons": any(self.line_ids.mapped("person_text")),
            }
        )

    def _get_new_lines(self):
        """Return the lines that will become tasks."""
        return self.line_ids.filtered(
            lambda line: line.include and not line.present_ticket_id
        )

    def _summarise(self):
        """Return sentences on what was found and what is missing.

        :rtype: list[str]
        """
        new = self._get_new_lines()
        imported = self.line_ids.filtered("present_ticket_id")
        limit = (self._get_target() or self.directive_id).date_deadline
        no_lead = new.filtered(lambda line: line._waits_for_lead())
        unknown = self._get_undecided_rows()
        no_date = new.filtered(lambda line: not line.date_deadline)
        late = (new - no_date).filtered(
            lambda line: limit and line.date_deadline > limit
        )
        sentences = [
            self.env._(
                "%(found)s tasks were found, %(new)s will be imported.",
                found=len(self.line_ids),
                new=len(new),
            ),
            imported
            and self.env._(
                "%(count)s are imported already and are passed over, see %(tickets)s.",
                count=len(imported),
                tickets=", ".join(imported.present_ticket_id.mapped("display_name")),
            ),
            unknown
            and self.env._(
                "%(count)s units are unknown: decide below what each name stands for.",
                count=len(unknown),
            ),
            no_lead
            and self.env._(
                "%(count)s have no lead unit and wait for one before they can be "
                "assigned.",
                count=len(no_lead),
            ),
            no_date
            and self.env._(
                "%(count)s have no deadline and need one before they can be assigned.",
                count=len(no_date),
            ),
            late
            and self.env._(
                "%(count)s end after the ticket's own deadline, %(date)s.",
                count=len(late),
                date=format_date(self.env, limit),
            ),
            self.left_out
            and self.env._(
                "Left out, because they name no task: rows %(rows)s.",
                rows=self.left_out,
            ),
        ]
        return [sentence for sentence in sentences if sentence]

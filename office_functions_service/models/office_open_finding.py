# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.office_functions.tools.transition import is_permitted, permit

from ..tools.disclosure_check import ACCEPTABLE


class OfficeOpenFinding(models.Model):
    """What the gate found in a file, and why somebody let it pass all the same."""

    _name = "office.open.finding"
    _inherit = ["office.part.mixin"]
    _description = "Finding of the Gate"
    _order = "file_id, id"
    _whole = "file_id"
    _rec_name = "place"
    _allow_sudo_commands = False

    file_id = fields.Many2one(
        "office.open.file",
        "File to Be Opened",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    code = fields.Selection(
        [
            ("hidden_sheet", "Hidden sheet"),
            ("hidden_row", "Hidden rows"),
            ("hidden_column", "Hidden columns"),
            ("hidden_text", "Text that nobody sees"),
            ("covered_text", "Text below a box that covers it"),
            ("text_off_page", "Text beside the page"),
            ("hidden_layer", "Hidden layer"),
            ("tracked_change", "Tracked changes"),
            ("comment", "Comments in the file"),
            ("annotation", "Marks or notes upon the page"),
            ("cached_data", "Stored data behind a table"),
            ("embedded", "Embedded object"),
            ("attachment", "File inside the file"),
            ("macro", "Macro"),
            ("script", "Script"),
            ("position", "Place where a photo was taken"),
            ("unreadable", "File cannot be read"),
            ("unknown_kind", "Kind of file that cannot be examined"),
            ("wrong_kind", "File is not what its name says"),
            ("too_large", "File is too large"),
            ("properties", "Names in the document properties"),
            ("photo_data", "Data of the camera"),
            ("personal", "Personal data"),
            ("external_link", "Link to a file elsewhere"),
            ("form_field", "Form that was filled in"),
            ("earlier_version", "Earlier version kept inside"),
            ("image_over_text", "Picture above some text"),
        ],
        "Problem Found",
        required=True,
        readonly=True,
    )
    place = fields.Char("Place in the File", readonly=True)
    is_blocking = fields.Boolean("Must Be Taken Out", compute="_compute_is_open")
    reason = fields.Char(
        "Why It May Stay",
        help="What is hidden must be taken out; the rest may stay for a reason.",
    )
    accepted_by_id = fields.Many2one("res.users", "Let Pass By", readonly=True)
    date_accepted = fields.Datetime("Let Pass On", readonly=True)
    is_open = fields.Boolean("Unsettled", compute="_compute_is_open")

    @api.depends("code", "accepted_by_id")
    def _compute_is_open(self):
        for finding in self:
            finding.is_blocking = finding.code not in ACCEPTABLE
            finding.is_open = finding.is_blocking or not finding.accepted_by_id

    def _describe(self):
        """Return in words what was found where, and what to do about it."""
        self.ensure_one()
        label = dict(self._fields["code"]._description_selection(self.env))[self.code]
        words = f"{label} ({self.place})" if self.place else label
        if self.is_blocking:
            return self.env._("%(found)s: please take it out.", found=words)
        return self.env._(
            "%(found)s: please take it out, or say why it may stay.", found=words
        )

    @api.model_create_multi
    def create(self, vals_list):
        if not is_permitted(self.browse(), {}):
            raise ValidationError(
                self.env._("Only the gate itself says what it finds.")
            )
        return super().create(vals_list)

    def write(self, vals):
        """Let somebody else than the author say why a finding may stay.

        :raise UserError: for hidden content, for the author, or when it is too late
        """
        if not self or is_permitted(self, vals):
            return super().write(vals)
        if vals.keys() - {"reason"}:
            raise ValidationError(
                self.env._("Only the gate itself says what it finds.")
            )
        self.check_access("write")
        reason = vals.get("reason")
        reason = reason.strip() if isinstance(reason, str) else ""
        files = self.sudo().file_id
        files._check_open()
        problems = []
        for finding in self.sudo():
            matter = finding.file_id._get_matter()
            if finding.is_blocking:
                problems.append(f"{finding.file_id.name}: {finding._describe()}")
            if self.env.user in (finding.file_id.author_id | matter._get_authors()):
                problems.append(
                    self.env._(
                        "%(file)s: you had a part in it, somebody else reviews it.",
                        file=finding.file_id.name,
                    )
                )
        if problems:
            raise UserError("\n".join(dict.fromkeys(problems)))
        findings = self.sudo()
        with permit(findings):
            findings.write(
                {
                    "reason": reason,
                    "accepted_by_id": reason and self.env.uid,
                    "date_accepted": reason and fields.Datetime.now(),
                }
            )
        files._set(reviewed_digest=False, reviewer_id=False, date_reviewed=False)
        for finding in findings if reason else ():
            finding.file_id._get_matter()._message_log(
                body=self.env._(
                    "%(who)s lets pass in %(file)s: %(found)s. Reason: %(reason)s",
                    who=self.env.user.name,
                    file=finding.file_id.name,
                    found=finding._describe(),
                    reason=reason,
                )
            )
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_the_gate(self):
        if not is_permitted(self.browse(), {}):
            raise UserError(self.env._("Only the gate itself says what it finds."))

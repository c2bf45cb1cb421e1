# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.office_functions.tools.transition import is_permitted

RESULT_FIELDS = (
    "date_visited",
    "date_visited_to",
    "facts",
    "evidence",
    "evidence_ids",
    "conclusion",
    "rectification",
    "date_rectification",
)
CHECK_FIELDS = ("rectification_result", "rectification_note")
SYSTEM_FIELDS = ("verifier_id", "date_verified", "date_chased")


class OfficeSupervisionInspectionUnit(models.Model):
    """One inspected unit (督查对象): what was found there, and what is to be put right.

    A unit reads its own line, and reads it once the conclusion was fed back.
    """

    _name = "office.supervision.inspection.unit"
    _inherit = ["office.part.mixin"]
    _description = "Inspected Unit"
    _order = "inspection_id, id"
    _rec_name = "unit_id"
    _whole = "inspection_id"

    inspection_id = fields.Many2one(
        "office.supervision.inspection", required=True, index=True, ondelete="cascade"
    )
    unit_id = fields.Many2one("hr.department", required=True, index=True)
    company_id = fields.Many2one(
        related="inspection_id.company_id", store=True, precompute=True, index=True
    )
    state = fields.Selection(related="inspection_id.state", string="Inspection State")
    date_visited = fields.Date("Inspected On", copy=False)
    date_visited_to = fields.Date("Visited Until", copy=False)
    facts = fields.Text("Facts Established", copy=False)
    evidence = fields.Text(copy=False, help="What proves the facts, and where it is.")
    # Without the bypass the ORM looks through all attachments there are.
    evidence_ids = fields.Many2many(
        "ir.attachment",
        "office_supervision_inspection_evidence_rel",
        string="Evidence Files",
        bypass_search_access=True,
        copy=False,
    )
    conclusion = fields.Text(copy=False)
    rectification = fields.Text("To Be Put Right", copy=False)
    date_rectification = fields.Date("Put Right Until", copy=False)
    rectification_result = fields.Selection(
        [("done", "Put Right"), ("not_done", "Not Put Right")],
        "Check of the Correction",
        copy=False,
        help="A correction that was demanded may be verified (政府督查工作条例 第18条).",
    )
    rectification_note = fields.Char("What the Check Found", copy=False)
    verifier_id = fields.Many2one("res.users", "Verified By", readonly=True, copy=False)
    date_verified = fields.Date("Verified On", readonly=True, copy=False)

    _unit_uniq = models.UniqueIndex(
        "(inspection_id, unit_id)", "This unit is on the plan already."
    )
    _visit_check = models.Constraint(
        "CHECK(date_visited <= date_visited_to)", "A visit ends after it begins."
    )

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Let units read their own line only, and not before it was fed back to them.

        :param str operation: ``read``, ``write``, ``create`` or ``unlink``
        :rtype: Domain
        """
        domain = super()._get_need_to_know_domain(operation)
        Inspection = self.env["office.supervision.inspection"]
        if Inspection._sees_all(operation):
            return domain
        uid = self.env.uid
        units = [
            int(token[1:])
            for token in self.env.user._get_office_tokens()
            if token.startswith("d")
        ]
        own = Domain("unit_id", "in", units) & Domain(
            "inspection_id.date_fed_back", "!=", False
        )
        team = (
            Domain("inspection_id.handler_id", "=", uid)
            | Domain("inspection_id.member_ids", "in", uid)
            | Domain("inspection_id.lead_unit_id", "in", units)
        )
        return domain & (own | team)

    # The closed roads -----------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_system_fields(vals_list)
        lines = super().create(vals_list)
        lines._check_planned()
        late = {
            name
            for vals in vals_list
            for name in (*RESULT_FIELDS, *CHECK_FIELDS)
            if vals.get(name)
        }
        lines._check_open(late)
        return lines

    def write(self, vals):
        self._refuse_system_fields([vals])
        if {"unit_id", "inspection_id"} & vals.keys():
            self._check_planned(self.inspection_id.browse(vals.get("inspection_id")))
        self._check_open(set(vals))
        if "rectification_result" in vals:
            self._check_verifier()
            vals = {
                **vals,
                "verifier_id": self.env.uid,
                "date_verified": fields.Date.context_today(self),
            }
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_approved(self):
        self._check_planned()

    def _refuse_system_fields(self, vals_list):
        if is_permitted(self.browse(), {}):
            return
        if any(vals.get(name) for vals in vals_list for name in SYSTEM_FIELDS):
            raise ValidationError(
                self.env._("Who verified a correction is noted by the system itself.")
            )

    def _check_planned(self, others=()):
        """Refuse to change whom an inspection is about once the plan is out (第15条).

        :param others: further inspections that are changed
        :raise ValidationError: when any plan was submitted already
        """
        inspections = self.sudo().inspection_id.union(others or self.inspection_id)
        # Nobody approves them meanwhile.
        inspections.lock_for_update(allow_referencing=True)
        if any(inspection.state != "planned" for inspection in inspections.sudo()):
            raise ValidationError(
                self.env._(
                    "The units of a plan that was submitted do not change. Use “Change "
                    "the Plan”, and have it approved again."
                )
            )

    def _check_open(self, names):
        """Refuse results before the inspection runs, and after the conclusion is drawn.

        :param set names: the fields that are written
        :raise ValidationError: naming them
        """
        states = {line.inspection_id.state for line in self.sudo()}
        wrong = set()
        if states - {"running"}:
            wrong |= names & set(RESULT_FIELDS)
        if states - {"fed_back"}:
            wrong |= names & set(CHECK_FIELDS)
        if wrong:
            labels = self.fields_get(wrong, ["string"])
            raise ValidationError(
                self.env._(
                    "Not now: results are written while the inspection runs, checks of "
                    "corrections after the conclusion was fed back: %(fields)s.",
                    fields=", ".join(sorted(x["string"] for x in labels.values())),
                )
            )

    def _check_verifier(self):
        """Nobody verifies what a unit put right to which they are related (A2, S3.9)."""
        kin = self.env.user._get_kin_unit_ids()
        if not kin.isdisjoint(self.sudo().unit_id.ids):
            raise ValidationError(
                self.env._("A unit does not verify its own corrections.")
            )

    def _get_missing(self):
        """Return the labels of what a conclusion on this unit lacks (第16条).

        :rtype: list[str]
        """
        self.ensure_one()
        missing = [
            name for name in ("date_visited", "facts", "conclusion") if not self[name]
        ]
        if not self.evidence and not self.evidence_ids:
            missing.append("evidence")
        if self.rectification and not self.date_rectification:
            missing.append("date_rectification")
        labels = self.fields_get(missing, ["string"])
        return [labels[name]["string"] for name in missing]

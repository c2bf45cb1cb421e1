# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from odoo.addons.office_functions.tools.transition import Transition

from .office_supervision_objection import READERS

CONCLUDING = ("submit", "approve", "approve_exceptionally", "conclude", "feed_back")
"""Steps whose doers took part in the conclusion."""


class OfficeSupervisionInspection(models.Model):
    """The conclusion of an inspection may be objected to once it was fed back."""

    _name = "office.supervision.inspection"
    _inherit = ["office.supervision.inspection", "office.supervision.conclusion.mixin"]

    objection_ids = fields.One2many(
        "office.supervision.objection", "inspection_id", groups=",".join(READERS)
    )

    @api.model
    def _get_transitions(self):
        return [
            *super()._get_transitions(),
            Transition(
                "annul",
                label=self.env._("Conclusion Annulled"),
                sources=("fed_back", "closed"),
                target="running",
            ),
        ]

    def _prepare_transition_vals(self, row):
        vals = super()._prepare_transition_vals(row)
        if row.name == "annul":
            vals.update(
                date_concluded=False, date_fed_back=False, date_objection_until=False
            )
        return vals

    def _after_conclude(self, note):
        self._keep_conclusion_makers()

    def _find_conclusion_makers(self):
        team = self.handler_id | self.member_ids | self.approver_id | self.env.user
        lines = self.object_ids
        return team | self.create_uid | lines.create_uid | lines.write_uid

    def _get_conclusion_makers(self):
        """Add whoever planned it, approved it or fed it back."""
        steps = self.transition_ids.filtered(lambda line: line.name in CONCLUDING)
        makers = super()._get_conclusion_makers()
        return makers | steps.user_id | steps.principal_id

    def _get_conclusion_date(self):
        return self.state in ("fed_back", "closed") and self.date_fed_back

    def _concludes_about(self, unit):
        return unit in self.object_ids.unit_id

    def _get_conclusion_ticket(self):
        return self.ticket_id

    def _annul_conclusions(self, note):
        self._pass_by_system("annul", note)


class OfficeSupervisionObjection(models.Model):
    _inherit = "office.supervision.objection"

    inspection_id = fields.Many2one(
        "office.supervision.inspection",
        "Inspection Objected To",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )

    _inspection_uniq = models.UniqueIndex(
        "(inspection_id, unit_id) WHERE state = 'submitted'",
        "This unit's objection to the same conclusion is under review already.",
    )

    @api.model
    def _get_conclusion_fields(self):
        return [*super()._get_conclusion_fields(), "inspection_id"]

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OfficeSupervisionCollectiveMixin(models.AbstractModel):
    """A measure that, when it is a major one, a meeting has to decide (民主集中制).

    A kind of measure, which has declared transitions, names in
    ``_collective_transitions`` the steps that nobody makes on their own authority, and
    in ``_collective_edit_states`` where one may still say what it stands on. Whether it
    is a major one is settled in the draft: who decides does not choose alone to decide.
    What makes a measure a major one beside the word of its drafter, it says in
    :meth:`_is_major_measure`.
    """

    _name = "office.supervision.collective.mixin"
    _inherit = ["office.workflow.mixin"]
    _description = "Collective Decision"
    _check_company_auto = True
    _collective_transitions = ("approve",)
    _collective_edit_states = ("draft",)

    is_major = fields.Boolean(
        "Major Measure",
        help="A major measure stands on a collective decision: it is approved only with "
        "the record of the meeting that decided it.",
    )
    collective_decision_id = fields.Many2one(
        "office.meeting.decision",
        index="btree_not_null",
        check_company=True,
        help="The line of the meeting's record that decided this measure.",
    )

    @api.model
    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | {
            "is_major": (self._get_initial_state(),),
            "collective_decision_id": self._collective_edit_states,
        }

    def _is_major_measure(self):
        """Tell whether a meeting has to decide this measure.

        :rtype: bool
        """
        self.ensure_one()
        return self.is_major

    def _explain_gaps(self, row, note):
        """Add what a major measure lacks of its collective decision (S3.10)."""
        gaps = super()._explain_gaps(row, note)
        if row.name in self._collective_transitions:
            gaps += self._explain_no_collective_decision()
        return gaps

    def _explain_no_collective_decision(self):
        """Return why no collective decision carries this measure, if it needs one.

        :return: sentences in the user's language
        :rtype: list[str]
        """
        self.ensure_one()
        decision = self.sudo().collective_decision_id
        if not self._is_major_measure():
            return []
        if not decision:
            return [
                self.env._(
                    "A major measure is decided by a meeting, not by one person: "
                    "choose the collective decision."
                )
            ]
        if decision.date > fields.Date.context_today(self):
            return [
                self.env._(
                    "The meeting of “%(decision)s” has not been held yet.",
                    decision=decision.display_name,
                )
            ]
        return []

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from odoo.addons.office_functions.tools.transition import Transition

from .office_petition import OFFICER

STEP = "handle_again_closed"


class OfficePetition(models.Model):
    """What was answered by an opinion that a review revoked for somebody else (并案).

    Each petitioner has a review of their own (信访工作条例 第35条). Whose time to ask
    for one is over keeps the opinion, though the same text fell for another: nothing is
    reopened over their head. The petition officers are told, and decide for each whether
    the office corrects itself.
    """

    _inherit = "office.petition"

    is_revoked_elsewhere = fields.Boolean(
        "Same Opinion Revoked",
        readonly=True,
        copy=False,
        help="A review revoked the opinion that answered this one too, for the leading "
        "petition.",
    )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"is_revoked_elsewhere"}

    @api.model
    def _get_transitions(self):
        return [
            *super()._get_transitions(),
            Transition(
                STEP,
                label=self.env._("Handle Again: Same Opinion Revoked"),
                sources=("closed",),
                target="handling",
                by=(OFFICER,),
                never=("complained",),
                note=True,
            ),
        ]

    @api.model
    def _get_transition_lines(self, row):
        lines = super()._get_transition_lines(row)
        if row.name == STEP:
            return [*lines, "notice_ids", "review_ids"]
        return lines

    def _explain_closed(self, row):
        reasons = super()._explain_closed(row)
        is_closed = row.name == STEP and self.state in row.sources
        if is_closed and not self.is_revoked_elsewhere:
            reasons = [
                *reasons,
                self.env._("No review revoked the opinion that answered it."),
            ]
        return reasons

    def _after_handle_again(self, note):
        """Tell of those that are closed: their own time to ask is over."""
        closed = self.sudo().joined_ids.filtered(
            lambda one: (
                one.state == "closed"
                and one.date_opinion_delivered
                and one.opinion == one.lead_petition_id.opinion
            )
        )
        result = super()._after_handle_again(note)
        if closed:
            closed._set(is_revoked_elsewhere=True)
        for petition in closed:
            petition._alert(
                petition._get_overseers(petition.company_id, (OFFICER,)),
                self.env._("The same opinion was revoked: handle this again?"),
            )
        return result

    def _after_handle_again_closed(self, note):
        """Let somebody else handle it by itself, with a clock of its own."""
        self._begin_anew()
        self._set(is_revoked_elsewhere=False)

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from odoo.addons.office_functions.tools.transition import Transition

from .office_petition import DIRECTOR, LEADER, OFFICER, OPEN_STATES

UNIT = ("handler", "unit_head", OFFICER)
DECIDERS = (OFFICER, DIRECTOR)


class OfficePetition(models.Model):
    """The transition table of a petition (M5)."""

    _inherit = "office.petition"

    @api.model
    def _get_transitions(self):
        return [
            # Who is complained of takes no step, whatever their office (第28条).
            row.but(never=(*row.never, "complained")) if row.by else row
            for row in (
                *self._get_judging_transitions(),
                *self._get_decision_transitions(),
                *self._get_handling_transitions(),
                *self._get_joining_transitions(),
                *self._get_ending_transitions(),
            )
        ]

    @api.model
    def _get_judging_transitions(self):
        return [
            Transition(
                "judge",
                self.env._("Judge"),
                sources=("registered",),
                target="judged",
                by=(OFFICER,),
                needs=("petition_class",),
                guard="_guard_judge",
                style="primary",
            ),
            Transition(
                "object",
                self.env._("Object: Not Ours"),
                sources=("registered", "judged"),
                target="objected",
                by=DECIDERS,
                needs=("source_organ",),
                guard="_guard_object",
                note=True,
            ),
        ]

    @api.model
    def _get_decision_transitions(self):
        """Return the decisions on who handles it; each gives a written notice."""
        judged = ("judged",)
        return [
            Transition(
                "accept",
                self.env._("Accept Formally"),
                sources=judged,
                target="accepted",
                by=DECIDERS,
                needs=("lead_unit_id",),
                guard="_guard_accept",
                style="primary",
            ),
            Transition(
                "assign",
                self.env._("Assign to a Unit"),
                sources=judged,
                target="assigned",
                by=DECIDERS,
                needs=("lead_unit_id",),
                guard="_guard_accept",
            ),
            Transition(
                "forward",
                self.env._("Forward to Another Organ"),
                sources=judged,
                target="forwarded",
                by=DECIDERS,
                needs=("proper_organ",),
                guard="_guard_forward",
            ),
            Transition(
                "guide",
                self.env._("Lead to the Statutory Way"),
                sources=judged,
                target="guided",
                by=DECIDERS,
                needs=("statutory_way",),
                guard="_guard_guide",
            ),
            Transition(
                "refuse",
                self.env._("Do Not Accept"),
                sources=judged,
                target="not_accepted",
                by=DECIDERS,
                needs=("refusal_ground",),
                guard="_guard_refuse",
                note=True,
                style="danger",
            ),
            Transition(
                "correct",
                self.env._("Correct the Decision"),
                sources=(
                    "accepted",
                    "assigned",
                    "forwarded",
                    "guided",
                    "not_accepted",
                ),
                target="judged",
                by=(DIRECTOR, LEADER),
                never=("decider",),
                note=True,
                style="danger",
            ),
        ]

    @api.model
    def _get_handling_transitions(self):
        return [
            Transition(
                "start",
                self.env._("Start Handling"),
                sources=("accepted", "assigned"),
                target="handling",
                by=UNIT,
                needs=("handler_id",),
                style="primary",
            ),
            Transition(
                "postpone",
                self.env._("Extend Handling"),
                sources=("handling",),
                target="handling",
                by=(LEADER,),
                needs=("date_postponed",),
                guard="_guard_postpone",
                note=True,
            ),
            Transition(
                "reply",
                self.env._("Reply in Writing"),
                sources=("handling",),
                target="replied",
                by=UNIT,
                needs=("handler_id", "opinion", "demand_ids"),
                guard="_guard_reply",
                style="primary",
            ),
            Transition(
                "mediate",
                self.env._("Both Sides Agree"),
                sources=("accepted", "assigned", "handling"),
                target="mediated",
                by=UNIT,
                needs=("other_party", "agreement"),
                guard="_guard_mediate",
            ),
            Transition(
                "look_again",
                self.env._("Second Look"),
                sources=("replied", "closed"),
                target="handling",
            ),
        ]

    @api.model
    def _get_joining_transitions(self):
        return [
            Transition(
                "join",
                self.env._("Join to Another Petition"),
                sources=("judged", "accepted", "assigned", "handling"),
                target="merged",
                by=(OFFICER,),
                needs=("lead_petition_id",),
                guard="_guard_join",
            ),
            Transition(
                "separate",
                self.env._("Handle by Itself"),
                sources=("merged",),
                target="handling",
                by=(OFFICER,),
                needs=("lead_unit_id", "handler_id"),
                note=True,
            ),
            Transition(
                "reply_joined",
                self.env._("Replied With the Leading One"),
                sources=("merged",),
                target="replied",
            ),
        ]

    @api.model
    def _get_ending_transitions(self):
        return [
            Transition(
                "withdraw",
                self.env._("Petitioner Withdraws"),
                sources=OPEN_STATES,
                target="withdrawn",
                by=(OFFICER,),
                guard="_guard_leading",
                note=True,
            ),
            Transition(
                "close",
                self.env._("Close the Petition"),
                sources=(
                    "replied",
                    "mediated",
                    "forwarded",
                    "guided",
                    "not_accepted",
                    "withdrawn",
                ),
                target="closed",
                by=(OFFICER,),
                guard="_guard_close",
            ),
        ]

    @api.model
    def _get_transition_lines(self, row):
        lines = super()._get_transition_lines(row)
        if row.name in ("reply", "accept", "assign", "join"):
            lines = [*lines, "demand_ids", "identity_ids", "notice_ids"]
        if row.name == "postpone":
            lines = [*lines, "identity_ids", "notice_ids"]
        # Not what is joined: fetched as the user it would lack what is hidden from them.
        if row.name in ("close", "correct"):
            lines = [*lines, "notice_ids"]
        return lines

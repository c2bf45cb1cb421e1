# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from ..tools.transition import Transition

OFFICE = ("office_functions.group_office_clerk",)
DIRECTOR = ("office_functions.group_office_director",)
UNIT = ("handler", "unit_head")


class OfficeDocumentIncoming(models.Model):
    """The transition table of a document (M1)."""

    _inherit = "office.document.incoming"

    @api.model
    def _get_transitions(self):
        return [
            *self._get_office_transitions(),
            *self._get_decision_transitions(),
            *self._get_unit_transitions(),
            *self._get_reader_transitions(),
            *self._get_end_transitions(),
        ]

    def _get_office_transitions(self):
        """Return the steps of the office: register, screen, and what follows of it."""
        return [
            Transition(
                "register",
                label=self.env._("Register"),
                sources=("received",),
                target="registered",
                by=OFFICE,
                needs=("sender",),
                guard="_guard_register",
                style="primary",
            ),
            Transition(
                "screen",
                label=self.env._("Screen"),
                sources=("registered",),
                target="screened",
                by=OFFICE,
                needs=("screening", "screening_reason"),
                style="primary",
            ),
            Transition(
                "propose",
                label=self.env._("Propose Handling"),
                sources=("screened",),
                target="proposed",
                by=OFFICE,
                needs=("proposal",),
                guard="_guard_propose",
                style="primary",
            ),
            Transition(
                "circulate",
                label=self.env._("Circulate"),
                sources=("screened",),
                target="circulating",
                by=OFFICE,
                needs=("circulation_ids",),
                guard="_guard_circulate",
            ),
            Transition(
                "merge",
                label=self.env._("Merge"),
                sources=("screened",),
                target="closed",
                by=OFFICE,
                needs=("merged_into_id",),
                guard="_guard_merge",
            ),
            Transition(
                "send_back",
                label=self.env._("Return to Sender"),
                sources=("screened",),
                target="returned",
                by=OFFICE,
                needs=("return_reason",),
                guard="_guard_send_back",
                note=True,
                style="danger",
            ),
        ]

    def _get_decision_transitions(self):
        """Return the steps by which it is decided who handles it."""
        return [
            Transition(
                "instruct",
                label=self.env._("Write Instruction"),
                sources=("proposed",),
                target="instructed",
                by=("leader",),
                note=True,
                style="primary",
            ),
            Transition(
                "entrust",
                label=self.env._("Leave to the Section"),
                sources=("proposed",),
                target="handling",
                by=("leader",),
                needs=("lead_unit_id",),
                guard="_guard_handling",
            ),
            Transition(
                "transfer",
                label=self.env._("Hand to a Section"),
                sources=("screened", "proposed"),
                target="handling",
                by=DIRECTOR,
                needs=("lead_unit_id",),
                guard="_guard_transfer",
            ),
            Transition(
                "insist",
                label=self.env._("Insist"),
                sources=("proposed",),
                target="handling",
                by=DIRECTOR,
                needs=("lead_unit_id",),
                guard="_guard_insist",
                note=True,
            ),
            Transition(
                "assign",
                label=self.env._("Hand to the Handling Unit"),
                sources=("instructed",),
                target="handling",
                by=OFFICE,
                needs=("lead_unit_id",),
                guard="_guard_handling",
                style="primary",
            ),
        ]

    def _get_unit_transitions(self):
        """Return the steps of the unit that handles it."""
        return [
            Transition(
                "reply",
                label=self.env._("Handled and Replied"),
                sources=("handling",),
                target="replied",
                by=(*UNIT, *OFFICE),
                guard="_guard_reply",
                style="primary",
            ),
            Transition(
                "give_back",
                label=self.env._("Give Back to the Office"),
                sources=("handling",),
                target="proposed",
                by=UNIT,
                guard="_guard_give_back",
                note=True,
                style="danger",
            ),
        ]

    def _get_reader_transitions(self):
        """Return the steps of who reads it now: each signs, with a remark or without.

        A step from reader to reader is a step: it is logged, and its clock is new.
        """
        circulating = ("circulating",)
        return [
            Transition(
                "read",
                label=self.env._("Have Read"),
                sources=circulating,
                target="circulating",
                by=("reader",),
                style="primary",
            ),
            Transition(
                "remark",
                label=self.env._("Read with a Remark"),
                sources=circulating,
                target="circulating",
                by=("reader",),
                note=True,
            ),
        ]

    def _get_end_transitions(self):
        """Return the steps by which it is closed and filed."""
        return [
            Transition(
                "close",
                label=self.env._("Close"),
                sources=("instructed", "circulating"),
                target="closed",
                by=OFFICE,
                guard="_guard_all_read",
                note=True,
            ),
            Transition(
                "archive_read",
                label=self.env._("File in the Archive"),
                sources=("circulating",),
                target="archived",
                by=OFFICE,
                needs=("retention",),
                guard="_guard_all_read",
                style="primary",
            ),
            self._make_hand_over(),
            Transition(
                "archive",
                label=self.env._("File in the Archive"),
                sources=("replied", "closed"),
                target="archived",
                by=OFFICE,
                needs=("retention",),
                style="primary",
            ),
        ]

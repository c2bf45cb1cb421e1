# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from odoo.addons.office_functions.tools.transition import Transition

from .office_petition import OFFICER

TAKEN_BY_SOMEBODY = ("accept", "assign", "forward", "join")
"""The steps by which it is settled that we, or another organ, take it on."""


class OfficePetition(models.Model):
    """What we settle with other organs: whose a petition is (信访工作条例 第23、24条).

    What was sent to us and is not ours goes back once the organ that sent it agrees.
    Of what concerns several organs it is settled who accepts it before anybody does.
    """

    _inherit = "office.petition"

    other_organs = fields.Char(
        "Other Organs Concerned",
        copy=False,
        help="Several organs have to do with it: they agree who accepts it; if they do "
        "not, the superior of all of them says so (信访工作条例 第24条).",
    )
    who_accepts = fields.Selection(
        [
            ("dispute", "In Dispute: Put to the Common Superior"),
            ("agreed", "Agreed Among the Organs"),
            ("superior", "Named by the Common Superior"),
            ("meeting", "Settled by the Joint Meeting"),
        ],
        "Who Accepts It",
        copy=False,
    )
    who_accepts_record = fields.Char(
        "Record of That",
        copy=False,
        help="Day and number of the letter or minutes.",
    )

    @api.model
    def _get_judging_transitions(self):
        return [
            *super()._get_judging_transitions(),
            Transition(
                "agree_objection",
                self.env._("Sender Agrees: Material Goes Back"),
                sources=("objected",),
                target="forwarded",
                by=(OFFICER,),
                note=True,
                style="primary",
            ),
            Transition(
                "reject_objection",
                self.env._("Sender Does Not Agree: It Stays Ours"),
                sources=("objected",),
                target="registered",
                by=(OFFICER,),
                note=True,
            ),
        ]

    @api.model
    def _get_transition_lines(self, row):
        lines = super()._get_transition_lines(row)
        return [*lines, "notice_ids"] if row.name == "reject_objection" else lines

    def _explain_gaps(self, row, note):
        """Let nobody take on what several organs have not settled (第24条)."""
        gaps = super()._explain_gaps(row, note)
        if row.name not in TAKEN_BY_SOMEBODY or not self.other_organs:
            return gaps
        if self.who_accepts in (False, "dispute") or not self.who_accepts_record:
            gaps = [
                *gaps,
                self.env._(
                    "Several organs have to do with it: please write down who accepts "
                    "it, and the record of that. If they do not agree, put it to "
                    "their common superior or the joint meeting."
                ),
            ]
        return gaps

    def _after_reject_objection(self, note):
        """Take the objection back: it is judged anew, by the same clock (第23条)."""
        standing = self.notice_ids.filtered(lambda notice: notice.kind == "objection")
        standing._supersede(note)
        self._set(date_decided=False, decided_by_id=False)

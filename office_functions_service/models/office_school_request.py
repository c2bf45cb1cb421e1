# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from odoo.addons.office_functions.tools.transition import Transition

from .office_answered_mixin import INTERNAL


class OfficeSchoolRequest(models.Model):
    """A school asks the agency for help (校园求助): a number, an answer, a rating."""

    _name = "office.school.request"
    _inherit = ["office.answered.mixin"]
    _description = "School Request"
    _number_series = "school_request"
    _service_target = "school"
    _topic_kind = "request"
    _limit_code = "school_request"
    _portal_kind = "school-request"
    _portal_takes_files = True

    text = fields.Text("What Is Needed")
    visit_count = fields.Integer(
        "Visits to the School", compute="_compute_visit_count", groups=INTERNAL
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("forwarded", "Passed On"),
            ("accepted", "Taken On"),
            ("handling", "Being Worked On"),
            ("answered", "Answered"),
            ("rated", "Rated"),
            ("closed", "Closed"),
            ("guided", "Guided Elsewhere"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    @api.model
    def _get_open_states(self):
        return (*super()._get_open_states(), "handling")

    @api.model
    def _get_answer_transitions(self):
        begin = Transition(
            "begin",
            label=self.env._("Begin the Work"),
            sources=("accepted",),
            target="handling",
            by=("handler", "unit_head"),
        )
        return [begin, *super()._get_answer_transitions()]

    def _guard_submit(self, row, note):
        reasons = super()._guard_submit(row, note)
        if not self.school_id:
            reasons.append(self.env._("Please say which school asks."))
        return reasons

    def _guard_answer(self, row, note):
        """Approval belongs to consultations: a request is answered by deeds."""
        return []

    @api.depends("school_id")
    def _compute_visit_count(self):
        for record in self:
            record.visit_count = record.sudo().school_id.visit_count

    def action_open_visits(self):
        """Open the visits to the school that asks.

        :rtype: dict
        """
        self.ensure_one()
        return self.school_id._open_office_visits()

    # Portal ---------------------------------------------------------------------------

    @api.model
    def _get_portal_title(self):
        return self.env._("School Requests")

    @api.model
    def _get_portal_hints(self):
        return super()._get_portal_hints() | {
            "card": self.env._("Ask the agency for help, and see who answers when")
        }

    @api.model
    def _get_portal_words(self):
        words = super()._get_portal_words()
        return words | {
            "text": {
                "help": self.env._(
                    "What is needed, where and by when. The section answers on this "
                    "page."
                )
            }
        }

    @api.model
    def _get_public_states(self):
        waiting = self.env._("Waiting to Be Taken On")
        return {
            **dict.fromkeys(("submitted", "forwarded"), waiting),
            **dict.fromkeys(("accepted", "handling"), self.env._("Being Worked On")),
            **dict.fromkeys(("answered", "rated"), self.env._("Answered")),
            "closed": self.env._("Closed"),
            "guided": self.env._("Guided Elsewhere"),
        }

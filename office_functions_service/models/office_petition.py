# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from odoo.addons.office_functions.tools.transition import Transition

OFFICER = "office_functions.group_office_petition"


class OfficePetition(models.Model):
    """A petition (信访事项), M5."""

    _name = "office.petition"
    _inherit = ["office.public.mixin", "office.service.mixin"]
    _description = "Petition"
    _service_target = "public"
    _public_kind = "petition"
    _number_series = "petition"
    _number_states = ("registered",)
    _see_all_groups = (
        OFFICER,
        "office_functions.group_office_director",
        "office_functions.group_office_leader",
    )
    _matter_list_fields = ("channel", "petition_class")
    _matter_group_fields = ("channel", "petition_class")

    channel = fields.Selection(
        [
            ("letter", "Letter"),
            ("visit", "Visit in Person"),
            ("call", "Call"),
            ("online", "Online"),
        ],
        required=True,
        default="letter",
        index=True,
    )
    petition_class = fields.Selection(
        [
            ("suggestion", "Suggestion or Opinion"),
            ("report", "Report or Accusation"),
            ("claim", "Claim or Appeal"),
        ],
        "Class of Petition",
        copy=False,
        index="btree_not_null",
    )
    text = fields.Text("What It Says", copy=False)
    identity_ids = fields.One2many(
        "office.petition.identity", "petition_id", "Petitioners", copy=False
    )
    state = fields.Selection(
        [
            ("registered", "Registered"),
            ("judged", "Judged"),
            ("accepted", "Formally Accepted"),
            ("not_accepted", "Not Accepted"),
            ("forwarded", "Forwarded"),
            ("assigned", "Assigned"),
            ("guided", "Led to Its Statutory Way"),
            ("handling", "Being Handled"),
            ("replied", "Replied"),
            ("review", "Under Review"),
            ("rereview", "Under Re-Review"),
            ("mediated", "Mediated"),
            ("merged", "Joined"),
            ("withdrawn", "Withdrawn"),
            ("finalised", "Finalised"),
            ("closed", "Closed"),
        ],
        default="registered",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    @api.model
    def _get_transitions(self):
        return (
            Transition(
                "judge",
                self.env._("Judge"),
                sources=("registered",),
                target="judged",
                by=(OFFICER,),
                needs=("petition_class",),
            ),
        )

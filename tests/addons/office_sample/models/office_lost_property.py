# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from odoo.addons.office_functions.tools.transition import Transition


class OfficeLostProperty(models.Model):
    """Something found on the premises (失物招领), until its owner has it back.

    Found → announced → sought → returned to its owner; or, when nobody came within
    the time limit, handed over to the police (Civil Code, art. 314).
    """

    _name = "office.lost.property"
    _inherit = ["office.matter.mixin", "office.report.cycle.mixin"]
    _description = "Lost Property"
    _number_series = "lost_property"
    _number_states = ("announced",)
    _clock_start_states = ("announced",)
    _clock_stop_states = ("returned", "handed_over")
    _party_user_fields = ("finder_id",)
    _matter_list_fields = ("place",)

    finder_id = fields.Many2one("res.users", "Found By", required=True, index=True)
    place = fields.Char("Found At", required=True)
    owner_name = fields.Char("Owner")
    owner_proof = fields.Char(
        "Owner's Proof", help="How the owner proved it is theirs."
    )
    time_limit_id = fields.Many2one(default=lambda self: self._default_time_limit_id())
    report_cycle = fields.Selection(default="week")
    state = fields.Selection(
        [
            ("found", "Found"),
            ("announced", "Announced"),
            ("sought", "Owner Sought"),
            ("returned", "Returned to Owner"),
            ("handed_over", "Handed Over to the Police"),
        ],
        default="found",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    @api.model
    def _default_time_limit_id(self):
        return self.env["office.time.limit"]._get("lost_property", self.env.company)

    @api.model
    def _get_transitions(self):
        return [
            Transition(
                "announce",
                self.env._("Announce"),
                sources=("found",),
                target="announced",
                by=("office_functions.group_office_clerk",),
                needs=("lead_unit_id", "handler_id"),
                style="primary",
            ),
            Transition(
                "seek",
                self.env._("Seek Owner"),
                sources=("announced",),
                target="sought",
                by=("handler",),
            ),
            Transition(
                "give_back",
                self.env._("Return to Owner"),
                sources=("announced", "sought"),
                target="returned",
                by=("handler", "unit_head"),
                needs=("owner_name", "owner_proof"),
                guard="_guard_not_finder",
                style="primary",
            ),
            Transition(
                "hand_over",
                self.env._("Hand Over to the Police"),
                sources=("announced", "sought"),
                target="handed_over",
                by=("office_functions.group_office_director",),
                guard="_guard_time_is_up",
                note=True,
                style="danger",
            ),
        ]

    @api.model
    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | {"finder_id": ("found",)}

    def _guard_not_finder(self, row, note):
        if self.owner_name == self.finder_id.name:
            return [self.env._("The finder cannot be the owner.")]
        return []

    def _guard_time_is_up(self, row, note):
        if self.light == "red":
            return []
        return [self.env._("The owner may still come until the deadline has passed.")]

    def _open_cycle_report(self):
        """Remind the handler to look for the owner; once while the reminder is open."""
        for record in self.filtered(lambda record: not record.activity_ids):
            record.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Look for the owner again"),
                user_id=record.handler_id.id,
            )

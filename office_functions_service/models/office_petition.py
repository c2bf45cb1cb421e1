# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from odoo.addons.office_functions.tools.transition import is_permitted, permit

from ..tools.petition_law import GROUNDS

OFFICER = "office_functions.group_office_petition"
DIRECTOR = "office_functions.group_office_director"
LEADER = "office_functions.group_office_leader"
# Supervisors read petitions without identities, where there are any.
SUPERVISOR = "office_functions_supervision.group_office_supervisor"
PERSON = (
    "person",
    "person_phone",
    "person_id_number",
    "person_address",
    "person_email",
    "identity_ids",
)
INTAKE = (
    "name",
    "text",
    "channel",
    "person_count",
    "representatives",
    "source_organ",
    "complained_employee_ids",
    "complained_unit_ids",
    "place",
    *PERSON,
)
"""What came in with the letter; it is as the petitioner said it."""
JUDGEMENT = (
    "petition_class",
    "route",
    "is_simple",
    "repeat_kind",
    "date_way_due",
    "way_basis",
    "statutory_way",
    "proper_organ",
    "competent_by",
    "refusal_ground",
    "lead_petition_id",
    "our_level",
    "same_as_id",
    "other_organs",
    "who_accepts",
    "who_accepts_record",
)
"""What the petition officers make of it before it is decided."""
OFFICERS_ONLY = ("lead_unit_id", "subject_id", "words_to_erase")
"""What petition officers alone write at any time."""
JUDGING_STATES = ("registered", "judged")
OPEN_STATES = (
    "registered",
    "judged",
    "objected",
    "accepted",
    "assigned",
    "handling",
)
HANDLED_STATES = ("accepted", "assigned", "handling", "merged")


class OfficePetition(models.Model):
    """A petition (信访事项), M5: from the letter to the opinion.

    Whatever the channel, it is born registered: with its number, and with the day by
    which the petitioner is told what becomes of it (信访工作条例 第21、23条).
    """

    _name = "office.petition"
    _inherit = ["office.public.mixin", "office.service.mixin"]
    _description = "Petition"
    _service_target = "public"
    _public_kind = "petition"
    _number_series = "petition"
    _number_states = ("registered",)
    _clock_start_states = ("registered",)
    _clock_stop_states = (
        "not_accepted",
        "forwarded",
        "guided",
        "replied",
        "review",
        "rereview",
        "mediated",
        "withdrawn",
        "finalised",
        "closed",
    )
    _answered_states = ("replied",)
    _max_extensions = 1
    _see_all_groups = (OFFICER, DIRECTOR, LEADER, SUPERVISOR)
    _matter_list_fields = (
        "channel",
        "petition_class",
        "date_received",
        "date_notified",
    )
    _matter_list_looks = {
        "number": {"width": "150px"},
        "channel": {"width": "70px", "optional": "hide"},
        "petition_class": {"width": "72px"},
        "date_received": {"width": "85px"},
        "date_notified": {"optional": "hide"},
    }
    _matter_group_fields = (
        "channel",
        "petition_class",
        "subject_id",
        "route",
        "repeat_kind",
    )

    channel = fields.Selection(
        [
            ("letter", "Letter Received"),
            ("visit", "Visit in Person"),
            ("call", "Call"),
            ("online", "Online"),
        ],
        "Form of Petition",
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
    subject_id = fields.Many2one(
        "office.petition.subject",
        "Problem Category",
        index="btree_not_null",
        ondelete="restrict",
        help="The field that it is about; the annual report counts by it (第39条).",
    )
    text = fields.Text("What It Says", copy=False)
    identity_ids = fields.One2many(
        "office.petition.identity", "petition_id", "Petitioners", copy=False
    )
    file_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        "Files",
        domain=[("res_model", "=", "office.petition")],
        copy=False,
        groups="office_functions.group_office_user",
    )
    date_received = fields.Date(
        "Date of Receipt",
        required=True,
        copy=False,
        default=lambda self: fields.Date.context_today(self),
        help="The day on which the letter or call came; the clocks run from here.",
    )
    source_organ = fields.Char(
        "Handed to Us By",
        copy=False,
        help="The organ that forwarded or assigned it to us; empty if it came directly.",
    )
    person_count = fields.Integer("Number of Petitioners", default=1, aggregator=None)
    route = fields.Selection(
        [
            ("litigation", "Litigation or Review by Court"),
            ("arbitration", "Arbitration"),
            ("party", "Appeal of Party Members"),
            ("administrative", "Administrative Procedure"),
            ("enforcement", "Investigation of Violations"),
            ("petition", "Petition Procedure"),
        ],
        "Way of Handling",
        copy=False,
        help="Which of the six ways a claim takes (信访工作条例 第31条).",
    )
    is_simple = fields.Boolean(
        "Simple Handling", copy=False, help="For what is new, clear and small."
    )
    date_way_due = fields.Date(
        "Due by That Procedure",
        copy=False,
        help="The deadline that the law of that procedure gives.",
    )
    way_basis = fields.Char(
        "Law of That Procedure", copy=False, help="Regulation and article."
    )
    statutory_way = fields.Char(
        copy=False,
        help="To which court, commission or procedure the petitioner is led.",
    )
    proper_organ = fields.Char(
        copy=False, help="The organ that has the power to handle it."
    )
    refusal_ground = fields.Selection(
        [(ground, row.label) for ground, row in GROUNDS.items()],
        "Ground of Non-Acceptance",
        copy=False,
    )
    # Petition officers do not read the files of employees.
    complained_employee_ids = fields.Many2many(
        "hr.employee.public",
        "office_petition_complained_employee_rel",
        "petition_id",
        "employee_id",
        "Persons Complained Of",
        copy=False,
    )
    complained_unit_ids = fields.Many2many(
        "hr.department",
        "office_petition_complained_unit_rel",
        string="Units Complained Of",
        copy=False,
    )
    place = fields.Char(
        "Place of the Problem",
        copy=False,
        help="The street, town or school where it is to be solved.",
    )
    opinion = fields.Text(
        "Opinion on Handling",
        copy=False,
        help="The petitioner reads it in the written opinion.",
    )
    time_limit_id = fields.Many2one(
        default=lambda self: self.env["office.time.limit"]._get(
            "petition_notice", self.env.company
        )
    )
    # Until somebody is named, the office that registered it is pressed for it.
    lead_unit_id = fields.Many2one(default=lambda self: self._default_lead_unit_id())
    decided_by_id = fields.Many2one(
        "res.users", "Decision By", readonly=True, copy=False
    )
    state = fields.Selection(
        [
            ("registered", "Registered"),
            ("judged", "Judged"),
            ("objected", "Objected To"),
            ("accepted", "Formally Accepted"),
            ("not_accepted", "Not Accepted"),
            ("forwarded", "Forwarded"),
            ("assigned", "Assigned"),
            ("guided", "Led to Its Statutory Way"),
            ("handling", "Being Handled"),
            ("replied", "Replied"),
            ("review", "Being Reviewed"),
            ("rereview", "Being Re-Reviewed"),
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

    may_register = fields.Boolean(compute="_compute_may_register")

    _received_idx = models.Index("(date_received)")
    _persons_positive = models.Constraint(
        "CHECK(person_count > 0)", "At least one person petitions."
    )

    @api.depends_context("uid")
    def _compute_may_register(self):
        self.may_register = self.env.user.has_group(OFFICER)

    @api.model
    def _default_lead_unit_id(self):
        """Return the unit of who registers it; of what citizens file, the office."""
        unit = self.env["hr.department"]._get_own_unit()
        if unit or self.env.user.has_group("office_functions.group_office_user"):
            return unit
        director = self.env["res.users"]._get_office_director(self.env.company)
        return director.sudo().employee_ids[:1].department_id

    # What may be changed, when, and by whom -------------------------------------------

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"decided_by_id"}

    @api.model
    def _get_frozen_fields(self):
        return (
            super()._get_frozen_fields()
            | dict.fromkeys(INTAKE, JUDGING_STATES)
            | dict.fromkeys(JUDGEMENT, JUDGING_STATES)
            | {
                "date_received": (),
                "company_id": (),
                "lead_petition_id": OPEN_STATES,
                "opinion": OPEN_STATES,
            }
        )

    @api.model
    def _sees_all(self, operation):
        """Let only the petition officers change what is not their own."""
        if operation == "read":
            return super()._sees_all(operation)
        return self.env.user.has_group(OFFICER)

    @api.model_create_multi
    def create(self, vals_list):
        """Register petitions: with a number, and the dates for notice and reply.

        Whatever the channel, the petitioner follows it by a code (第21条).
        """
        if not self.env.su:
            for vals in vals_list:
                by_hand = {"date_deadline", "time_limit_id"} & vals.keys()
                if any(vals[name] for name in by_hand):
                    self._refuse_guarded(by_hand)
                if "time_limit_id" in by_hand:
                    raise ValidationError(
                        self.env._("The law gives the deadline of a petition.")
                    )
        petitions = super().create(vals_list)
        for petition in petitions.sudo().filtered(lambda record: not record.query_code):
            petition._set(query_code=self._make_query_code())
        return petitions

    def write(self, vals):
        """Let only petition officers change what the petitioner said.

        :raise AccessError: for others
        """
        taken = {*INTAKE, *JUDGEMENT, *OFFICERS_ONLY} & vals.keys()
        if (
            taken
            and not self.env.su
            and not self.env.user.has_group(OFFICER)
            and not is_permitted(self, vals)
        ):
            raise AccessError(
                self.env._(
                    "What came in with the petition, and how it is judged, is written "
                    "by petition officers only."
                )
            )
        return super().write(vals)

    @api.constrains("date_received")
    def _check_date_received(self):
        today = fields.Date.context_today(self)
        if any(petition.date_received > today for petition in self):
            raise ValidationError(
                self.env._("A petition is registered after it has come in.")
            )

    def _set(self, **vals):
        """Write guarded fields."""
        if self:
            with permit(self):
                self.with_context(tracking_disable=True).write(vals)

    # Nobody judges a complaint of themselves ------------------------------------------

    def _relation_complained(self):
        return self._get_excluded_users()

    def _get_relation_users(self, relation):
        """Let who is complained of stay so, whether they stepped aside or not."""
        if relation == "complained":
            return self._relation_complained()
        return super()._get_relation_users(relation)

    def _relation_decider(self):
        return self.decided_by_id

    @api.constrains("handler_id", "lead_unit_id", "complained_employee_ids")
    def _check_complained(self):
        """Keep a petition from whom it complains of (信访工作条例 第28条)."""
        for petition in self.sudo():
            complained = petition.complained_employee_ids
            if petition.handler_id and petition.handler_id in complained.user_id:
                raise ValidationError(
                    self.env._(
                        "%(name)s: nobody handles a petition that complains of them.",
                        name=petition.display_name,
                    )
                )
            if petition.lead_unit_id.manager_id.id in complained.ids:
                raise ValidationError(
                    self.env._(
                        "%(name)s: it complains of the head of this unit. Please "
                        "choose another unit.",
                        name=petition.display_name,
                    )
                )

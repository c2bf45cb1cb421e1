# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.transition import is_permitted, permit

SETTLED_BY_AGREEMENT = (
    "coordination_id",
    "department_id",
    "outside",
    "direction",
    "task",
    "date_due",
)
UNSAID = {"agreement": "pending", "rating": "0"}
CLERK = "office_functions.group_office_clerk"
LEADER = "office_functions.group_office_leader"


class OfficeCoordinationParty(models.Model):
    """One party of a coordination: its part, and what it says of it.

    What a party says of the matter is kept between it and the office: two schools of
    one dispute read the common text, not each other's statement (A10).
    """

    _name = "office.coordination.party"
    _inherit = ["office.part.mixin"]
    _description = "Party of a Coordination"
    _order = "coordination_id, sequence, id"
    _check_company_auto = True
    _whole = "coordination_id"

    coordination_id = fields.Many2one(
        "office.coordination", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="coordination_id.company_id", store=True, precompute=True, index=True
    )
    sequence = fields.Integer(default=10, aggregator=None)
    direction = fields.Selection(
        [
            ("up", "Above"),
            ("down", "Below"),
            ("left", "In the House"),
            ("right", "Beside Us"),
        ],
        "Direction of the Party",
        required=True,
        default="left",
        help="Superior organs, schools below, sections of the house, brother organs.",
    )
    department_id = fields.Many2one(
        "hr.department", "Unit", index="btree_not_null", check_company=True
    )
    outside = fields.Char(
        "Outside Body", help="A party that is no unit here; the office answers for it."
    )
    task = fields.Char(help="What this party does of the whole.")
    date_due = fields.Date("Task Due")
    # What it says
    agreement = fields.Selection(
        [("pending", "Not Answered"), ("agreed", "Agrees"), ("dissent", "Dissents")],
        default="pending",
        required=True,
        readonly=True,
        copy=False,
    )
    own_statement = fields.Text(readonly=True, copy=False, groups=f"{CLERK},{LEADER}")
    statement = fields.Text(
        compute="_compute_statement",
        help="Read by the party itself, the office and the leaders only.",
    )
    date_answered = fields.Datetime("Answered On", readonly=True, copy=False)
    answered_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    date_confirmed = fields.Datetime("Confirmed On", readonly=True, copy=False)
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    rating = fields.Selection(
        [
            ("0", "Not Rated"),
            ("1", "Very Dissatisfied"),
            ("2", "Dissatisfied"),
            ("3", "Fair"),
            ("4", "Satisfied"),
            ("5", "Very Satisfied"),
        ],
        "Satisfaction",
        default="0",
        readonly=True,
        copy=False,
    )
    date_rated = fields.Datetime("Rated On", readonly=True, copy=False, index=True)
    may_answer = fields.Boolean(compute="_compute_may_answer")

    _one_of_both = models.Constraint(
        "CHECK((department_id IS NULL) <> (COALESCE(outside, '') = ''))",
        "A party is either a unit or an outside body.",
    )
    _unit_uniq = models.UniqueIndex(
        "(coordination_id, department_id) WHERE department_id IS NOT NULL",
        "This unit is a party already.",
    )

    @api.depends("department_id", "outside")
    def _compute_display_name(self):
        for party in self:
            party.display_name = party.department_id.name or party.outside

    @api.depends("own_statement", "department_id", "coordination_id.lead_unit_id")
    @api.depends_context("uid")
    def _compute_statement(self):
        for party in self:
            party.statement = party._may_read_statement() and (
                party.sudo().own_statement
            )

    @api.depends("department_id", "coordination_id.state", "date_rated")
    @api.depends_context("uid")
    def _compute_may_answer(self):
        for party in self:
            state = party.coordination_id.state
            asked = state in ("consulting", "executing") or (
                state in ("confirmed", "closed") and not party.date_rated
            )
            party.may_answer = asked and party._stands_for()

    def _join_names(self):
        return "、".join(self.mapped("display_name"))

    # Who ------------------------------------------------------------------------------

    def _is_office(self):
        return self.env.user.has_group(CLERK)

    def _stands_for(self):
        """Tell whether the current user answers for this party.

        The head of a unit, or a school's liaison and users; for the lead unit also
        the handler; for an outside body the office.
        """
        self.ensure_one()
        party = self.sudo()
        if not party.department_id:
            return self._is_office()
        matter = party.coordination_id
        if party.department_id == matter.lead_unit_id:
            if self.env.user == matter.handler_id:
                return True
        return f"d{party.department_id.id}" in self.env.user._get_office_tokens()

    def _may_read_statement(self):
        """Tell whether the current user reads what this party says for itself.

        A lead unit that settles a dispute reads what the parties say; a school never
        reads another's statement, even when it leads.
        """
        user = self.env.user
        if self.env.su or user.has_groups(f"{CLERK},{LEADER}") or self._stands_for():
            return True
        matter = self.sudo().coordination_id
        return matter.lead_unit_id.unit_kind != "school" and (
            user == matter.handler_id or user == matter._relation_unit_head()
        )

    # What the coordination does with its parties --------------------------------------

    @api.model
    def _add_units(self, matters):
        """Let lead and assisting units be parties, where they are not yet."""
        vals_list = [
            {
                "coordination_id": matter.id,
                "department_id": unit.id,
                "direction": "down" if unit.unit_kind == "school" else "left",
                "sequence": 1 if unit == matter.lead_unit_id else 10,
                "task": self.env._("Leads the whole")
                if unit == matter.lead_unit_id
                else False,
                "date_due": matter.date_deadline,
            }
            for matter in matters
            for unit in matter.lead_unit_id
            | matter.assisting_unit_ids - matter.party_ids.department_id
            if unit not in matter.party_ids.department_id
        ]
        if vals_list:
            self.create(vals_list)

    def _ask_anew(self):
        """Forget what the parties said of another text; the lead agrees with its own."""
        lead = self.filtered(
            lambda party: (
                party.department_id
                and party.department_id == party.coordination_id.lead_unit_id
            )
        )
        lead._set(agreement="agreed", date_answered=fields.Datetime.now())
        (self - lead)._set(
            agreement="pending", date_answered=False, answered_by_id=False
        )

    def _set(self, **vals):
        """Write guarded fields."""
        if self:
            with permit(self):
                self.write(vals)

    # The closed roads -----------------------------------------------------------------

    @api.model
    def _get_guarded_fields(self):
        """Return what changes by answers and steps only.

        :rtype: set[str]
        """
        return {
            "agreement",
            "answered_by_id",
            "company_id",
            "confirmed_by_id",
            "date_answered",
            "date_confirmed",
            "date_rated",
            "own_statement",
            "rating",
        }

    @api.model
    def default_get(self, fields):
        """Let no context and no saved default say what a party has not said."""
        guarded = self._get_guarded_fields()
        defaults = super().default_get([name for name in fields if name not in guarded])
        return defaults | {name: UNSAID[name] for name in UNSAID if name in fields}

    @api.model_create_multi
    def create(self, vals_list):
        guarded = self._get_guarded_fields()
        for vals in vals_list:
            if any(
                vals.get(name) not in (False, None, UNSAID.get(name))
                for name in guarded
            ):
                self._refuse_guarded()
        parties = super().create(
            [
                {name: value for name, value in vals.items() if name not in guarded}
                for vals in vals_list
            ]
        )
        parties._check_open(("raised", "led", "consulting"))
        return parties

    def write(self, vals):
        if not (self and is_permitted(self, vals)):
            if self._get_guarded_fields() & vals.keys():
                self._refuse_guarded()
            if vals.keys() & set(SETTLED_BY_AGREEMENT):
                self._check_open(("raised", "led", "consulting"))
        result = super().write(vals)
        if {"task", "date_due", "department_id", "outside"} & vals.keys():
            asked = self.filtered(
                lambda party: party.coordination_id.state == "consulting"
            )
            asked.sudo()._ask_anew()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        self._check_open(("raised", "led"))

    def _check_open(self, states):
        """Refuse to change what was agreed or ruled.

        :raise ValidationError: once the matter has gone on
        """
        if any(party.coordination_id.state not in states for party in self.sudo()):
            raise ValidationError(
                self.env._(
                    "The parties and their tasks were settled by an earlier step and "
                    "cannot be changed any more."
                )
            )

    def _refuse_guarded(self):
        raise ValidationError(
            self.env._(
                "What a party says is entered by its own answer only, please use the "
                "button “Answer”."
            )
        )

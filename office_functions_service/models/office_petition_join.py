# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

LEADING = ("judged", "accepted", "assigned", "handling")
NAMED = ("lead_petition_id", "same_as_id")
"""What names another petition; only those that the user may see."""


class OfficePetition(models.Model):
    """Several petitions on one matter, answered by one text (并案).

    Only the text is shared. Each petitioner keeps number, clock, notices, opinion,
    followers and privacy of their own; nothing is moved from one to the other.
    """

    _inherit = "office.petition"

    lead_petition_id = fields.Many2one(
        "office.petition",
        "Leading Petition",
        copy=False,
        index="btree_not_null",
        check_company=True,
        domain="[('id', '!=', id), ('state', 'in', "
        "('judged', 'accepted', 'assigned', 'handling'))]",
        help="Which petition's answer also answers this one.",
    )
    joined_ids = fields.One2many(
        "office.petition", "lead_petition_id", "Joined Petitions", readonly=True
    )

    def _guard_join(self, row, note):
        reasons = self._guard_leading(row, note)
        if not self.lead_petition_id:
            return reasons
        lead = self.lead_petition_id.sudo()
        if lead == self:
            reasons.append(self.env._("A petition is not joined to itself."))
        if lead.state not in LEADING:
            reasons.append(
                self.env._("The leading petition has been answered, or joined itself.")
            )
        if (lead.petition_class, lead.is_report) != (
            self.petition_class,
            self.is_report,
        ):
            reasons.append(self.env._("Only petitions of one class are joined."))
        if self.state == "judged":
            reasons += self._guard_accept(row, note)
        if self._meets_accused(lead):
            reasons.append(self._get_meeting_words())
        return reasons

    def _meets_accused(self, other):
        """Tell whether one of two petitions is in the hands of whom the other is against.

        :param other: the petition that the same text answers
        :rtype: bool
        """
        return any(
            two._is_kept_from_hands_of(one)
            for one, two in ((self, other), (other, self))
        )

    def _is_kept_from_hands_of(self, other):
        """Tell whether handler or units of another petition are meant by this one.

        :rtype: bool
        """
        mine, other = self.sudo(), other.sudo()
        if not mine.office_accused:
            return False
        users = self.env["res.users"].union(
            other.handler_id, *(other[name] for name in self._party_user_fields)
        )
        units = self.env["hr.department"].union(
            *(other[name] for name in self._party_unit_fields)
        )
        return any(mine._is_against(user) for user in users) or bool(
            units & mine._get_barred_units()
        )

    def _get_meeting_words(self):
        return self.env._(
            "These petitions cannot be answered by one text. Please have them handled "
            "by themselves."
        )

    def _check_joined_kept_apart(self):
        """Refuse a handler or unit that a joined petition must be kept from.

        :raise ValidationError: never saying whom it is against
        """
        for lead in self.sudo():
            joined = lead.joined_ids.filtered(lambda one: one.state == "merged")
            if any(one._meets_accused(lead) for one in joined) or (
                lead.state == "merged" and lead._meets_accused(lead.lead_petition_id)
            ):
                raise ValidationError(self._get_meeting_words())

    def _guard_leading(self, row, note):
        """Let none go that others wait for."""
        waiting = self.sudo().joined_ids.filtered(lambda one: one.state == "merged")
        if not waiting:
            return []
        return [
            self.env._(
                "These wait for its answer, please have them handled by themselves "
                "first: %(numbers)s.",
                numbers=", ".join(
                    one.number if one.sudo(False).has_access("read") else "—"
                    for one in waiting
                ),
            )
        ]

    def _after_join(self, note):
        """Accept what was not yet, with a notice and a clock of its own."""
        # A reply at this moment waits, and then sees who has joined.
        self.env.execute_query(
            SQL(
                """UPDATE office_petition SET write_date = write_date
                    WHERE id IN %s RETURNING id""",
                tuple(self.lead_petition_id.ids),
            )
        )
        fresh = self.filtered(lambda record: not record.date_accepted)
        fresh._accept_on_first_day()
        fresh._run_reply_clock()
        self._decide("joining", note)

    def _after_separate(self, note):
        self._set(lead_petition_id=False)

    def _reply_joined(self):
        """Answer those that were joined by the same text, each by its own opinion."""
        joined = self.joined_ids.filtered(lambda record: record.state == "merged")
        for lead, petitions in joined.grouped("lead_petition_id").items():
            petitions._set(opinion=lead.opinion)
        joined._pass_by_system("reply_joined")

    @api.model
    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | {
            "lead_petition_id": (*LEADING, "registered")
        }

    # Whose name is shown beside a petition, one may see -------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_lead_access(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_lead_access(vals)
        result = super().write(vals)
        hands = {"handler_id", *self._party_unit_fields, *self._party_user_fields}
        if not hands.isdisjoint(vals):
            self._check_joined_kept_apart()
        return result

    @api.model
    def _check_lead_access(self, vals):
        """Let nobody learn of a petition by naming its id.

        :raise AccessError: for a petition that the user may not see
        """
        ids = [vals[name] for name in NAMED if vals.get(name)]
        if ids and not self.env.su:
            self.browse(ids).check_access("read")

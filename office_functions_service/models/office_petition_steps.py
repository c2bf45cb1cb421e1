# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from ..tools.petition_law import GROUNDS

CLAIM_WAYS = ("administrative", "enforcement", "petition")
"""The ways of a claim that we go ourselves; to the others we lead the petitioner."""
OTHER_WAYS = ("administrative", "enforcement")
"""The ways whose deadline another law gives (信访工作条例 第31条)."""
SELF_GIVEN = (
    "petition_handling",
    "petition_house",
    "petition_notice",
    "petition_second_look",
    "petition_simple",
)


class OfficePetition(models.Model):
    """The clocks of a petition in turn, and what each decision asks for.

    Notice, acceptance, reply: the deadline is at any time that of the step at hand.
    The dates of the former ones stay beside it, so that it can be proved later which
    was kept.
    """

    _inherit = "office.petition"

    date_notice_due = fields.Date("Notice Due", readonly=True, copy=False)
    date_objection_due = fields.Date("Objection Due", readonly=True, copy=False)
    date_accept_due = fields.Date("Acceptance Due", readonly=True, copy=False)
    date_reply_due = fields.Date(
        "Reply to the Petitioner Due",
        readonly=True,
        copy=False,
        help="Before acceptance: the last day possible, if it is accepted in time.",
    )
    date_decided = fields.Date(
        "Decision On", readonly=True, copy=False, index="btree_not_null"
    )
    date_accepted = fields.Date(
        "Date of Acceptance", readonly=True, copy=False, index="btree_not_null"
    )
    date_replied = fields.Date(
        "Date of Reply", readonly=True, copy=False, index="btree_not_null"
    )
    date_postponed = fields.Date("Postpone Until", copy=False)

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "date_accept_due",
            "date_accepted",
            "date_decided",
            "date_notice_due",
            "date_objection_due",
            "date_replied",
            "date_reply_due",
        }

    @api.model
    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | {"date_postponed": ("handling",)}

    # The first clock ------------------------------------------------------------------

    def _get_first_day(self, today):
        return self.date_received or today

    def _get_deadline_owner(self):
        """Let the office answer for the date of what a citizen filed."""
        if self.env.user._is_internal() and not self.env.user._is_superuser():
            return super()._get_deadline_owner()
        director = self.env["res.users"]._get_office_director(self.company_id)
        return director or super()._get_deadline_owner()

    def _start_clock(self):
        """Set the dates of notice and reply with the first clock (第22、23、34条)."""
        result = super()._start_clock()
        for (company, day), petitions in self._group_by_receipt():
            notice = self._count_petition("petition_notice", day, company)
            petitions._set(
                date_notice_due=notice,
                date_reply_due=self._count_petition(
                    "petition_handling", notice, company
                ),
            )
        self.filtered("source_organ")._set_objection_due()
        return result

    @api.model
    def _count_petition(self, code, day, company):
        """Return the day on which a time limit of petitions runs out.

        :rtype: date
        """
        limit = self.env["office.time.limit"]._get(code, company)
        return limit._count(day, company).deadline

    def _explain_deadline_refusal(self, kind):
        """Let nobody but the law move what the law gives: see ``postpone``."""
        reasons = super()._explain_deadline_refusal(kind)
        if self.sudo().time_limit_id.code in SELF_GIVEN and not self.date_done:
            reasons.append(
                self.env._(
                    "The law gives this deadline. The head of the organ postpones it "
                    "once, by “Extend Handling”, and the petitioner is told why."
                )
            )
        return reasons

    # Buttons --------------------------------------------------------------------------

    @api.depends("petition_class", "route", "source_organ")
    def _compute_open_transitions(self):
        """Let stand back what its class and its way of handling rule out."""
        result = super()._compute_open_transitions()
        for petition in self:
            ruled_out = petition._get_steps_ruled_out()
            petition.open_transitions = [
                {**button, "style": "link"} if button["name"] in ruled_out else button
                for button in petition.open_transitions or []
            ]
        return result

    def _get_steps_ruled_out(self):
        """Return the steps that the judgement makes pointless.

        :rtype: set[str]
        """
        self.ensure_one()
        names = set()
        if not self.source_organ:
            names.add("object")
        if self.petition_class != "claim" or self.route == "petition":
            names.add("guide")
        elif self.route not in CLAIM_WAYS:
            names |= {"accept", "assign"}
        return names

    # Guards ---------------------------------------------------------------------------

    def _guard_judge(self, row, note):
        if self.petition_class == "claim" and not self.route:
            return [self.env._("A claim takes one of six ways: please name it.")]
        return []

    def _guard_object(self, row, note):
        today = fields.Date.context_today(self)
        due = self.date_objection_due
        if due and today > due:
            return [
                self.env._(
                    "Objections were possible until %(date)s. Please settle with the "
                    "organ that sent it, or its superior, who accepts it.",
                    date=fields.Date.to_string(due),
                )
            ]
        return []

    def _guard_accept(self, row, note):
        reasons = []
        if self.petition_class == "claim" and self.route not in CLAIM_WAYS:
            reasons.append(
                self.env._("This way is not ours: lead the petitioner to it instead.")
            )
        if self._goes_other_way() and not (self.date_way_due and self.way_basis):
            reasons.append(
                self.env._(
                    "Please name the deadline that the law of that procedure gives, "
                    "and the law."
                )
            )
        if self.is_simple:
            reasons += self._explain_not_simple()
        unit = self.sudo().lead_unit_id
        if self.is_report and unit in self.sudo().complained_unit_ids:
            reasons.append(
                self.env._("No report goes to the unit that it complains of.")
            )
        return reasons

    def _explain_not_simple(self):
        """Return why simple handling is not for this petition (R-PET-16)."""
        reasons = []
        if self.is_report:
            reasons.append(
                self.env._("Reports and accusations are never handled simply.")
            )
        if self.repeat_kind == "repeated":
            reasons.append(self.env._("Simple handling is for what comes first time."))
        if self.is_grave or self.person_count > 1:
            reasons.append(
                self.env._("Simple handling is for small matters of one person.")
            )
        if self._goes_other_way():
            reasons.append(
                self.env._("Simple handling is part of the petition procedure.")
            )
        return reasons

    def _goes_other_way(self):
        return self.petition_class == "claim" and self.route in OTHER_WAYS

    def _guard_guide(self, row, note):
        if self.petition_class != "claim":
            return [self.env._("Only claims are led to a statutory way.")]
        if self.route == "petition":
            return [self.env._("It takes the petition procedure, which is our own.")]
        return self._explain_organ("statutory_way")

    def _guard_refuse(self, row, note):
        """Ask for the organ where the ground leads the petitioner to one (第23条)."""
        ground = GROUNDS.get(self.refusal_ground)
        if not (ground and ground.names_organ):
            return []
        if not self.proper_organ:
            return [self.env._("By this ground please name the proper organ.")]
        return self._explain_organ("proper_organ")

    def _guard_postpone(self, row, note):
        """Check the only postponement there is (信访工作条例 第34条)."""
        reasons = []
        if self.sudo().time_limit_id.code != "petition_handling":
            reasons.append(
                self.env._("Only the petition procedure's own deadline is postponed.")
            )
        if self.extension_count:
            reasons.append(self.env._("It has been postponed once, which is the most."))
        today = fields.Date.context_today(self)
        due, wanted = self.date_deadline, self.date_postponed
        if due and today > due:
            reasons.append(self.env._("The deadline has passed already."))
        if due and wanted:
            last = self._count_petition("petition_extension", due, self.company_id)
            if not due < wanted <= last:
                reasons.append(
                    self.env._(
                        "It may be postponed to a day after %(due)s, until %(last)s.",
                        due=fields.Date.to_string(due),
                        last=fields.Date.to_string(last),
                    )
                )
        return reasons

    # What follows from a step ---------------------------------------------------------

    def _after_judge(self, note):
        self._set_accept_due()

    def _after_object(self, note):
        self._decide("objection", note)

    def _after_accept(self, note):
        self._take_on("acceptance", note)

    def _after_assign(self, note):
        self._take_on("assignment", note)

    def _after_forward(self, note):
        self._decide("forwarding", note)

    def _after_guide(self, note):
        self._decide("guidance", note)

    def _after_refuse(self, note):
        self._decide("refusal", note)

    def _decide(self, kind, note):
        """Keep who decided, and when, and write the notice that tells of it."""
        self._set(
            date_decided=fields.Date.context_today(self), decided_by_id=self.env.uid
        )
        self._make_notices(kind, note)

    def _take_on(self, kind, note):
        """Begin to handle: the clock of the notice ends, that of the reply begins."""
        self._accept_on_first_day()
        self._run_reply_clock()
        self._decide(kind, note)

    def _run_reply_clock(self):
        """Let the clock of the reply run from acceptance: by law, house, other law."""
        reason = self.env._("Accepted: the clock of the reply begins.")
        today = fields.Date.context_today(self)
        groups = self.grouped(
            lambda record: (
                record.company_id,
                record._get_reply_limit_code(),
                record.date_accepted,
            )
        )
        for (company, code, day), petitions in groups.items():
            if code:
                limit = self.env["office.time.limit"]._get(code, company)
                petitions._set(time_limit_id=limit.id, warn_days=limit.warn_days)
                due = day != today and limit._count(day, company).deadline
                petitions._move_deadline("restart", reason, due)
                continue
            petitions._set(time_limit_id=False)
            for petition in petitions:
                petition._move_deadline(
                    "restart", reason, petition.date_way_due, petition.way_basis
                )
        for due, petitions in self.grouped("date_deadline").items():
            petitions._set(date_reply_due=due)

    def _get_reply_limit_code(self):
        """Return the time limit of the reply; none where another law gives the day.

        :rtype: str
        """
        if self._goes_other_way():
            return ""
        if self.is_simple:
            return "petition_simple"
        return (
            "petition_handling" if self.petition_class == "claim" else "petition_house"
        )

    def _after_correct(self, note):
        """Take a wrong decision back; it stays on record as superseded."""
        self.notice_ids._supersede(note)
        self._set(date_accepted=False, date_decided=False, decided_by_id=False)
        for company, petitions in self.grouped("company_id").items():
            limit = self.env["office.time.limit"]._get("petition_notice", company)
            petitions._set(time_limit_id=limit.id)
            for due, same in petitions.grouped("date_notice_due").items():
                same._move_deadline("restart", note, due)

    def _after_postpone(self, note):
        for company, petitions in self.grouped("company_id").items():
            limit = self.env["office.time.limit"]._get("petition_extension", company)
            for date, same in petitions.grouped("date_postponed").items():
                same._move_deadline("extend", note, date, limit.legal_basis)
                same._set(date_reply_due=date)
        self._make_notices("postponement", note)

    def _after_reply(self, note):
        self._answer_demands()
        self._reply_joined()

    def _after_reply_joined(self, note):
        self._answer_demands()

    def _answer_demands(self):
        """Write the opinions, one for each petitioner."""
        first = self.filtered(lambda record: not record.date_replied)
        first._set(date_replied=fields.Date.context_today(self))
        self._make_notices("opinion", False)

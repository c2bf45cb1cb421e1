# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.transition import permit


class OfficeCoordination(models.Model):
    """What each step of a coordination asks for, and what follows from it."""

    _inherit = "office.coordination"

    # Relations and guards -------------------------------------------------------------

    def _relation_leader(self):
        return self.leader_id

    def _relation_party_head(self):
        units = self.party_ids.department_id | self.lead_unit_id
        return units.manager_id.user_id | units.office_user_ids

    def _guard_lead(self, row, note):
        """Two parties at least, and between schools two schools (R-DOC-6)."""
        reasons = []
        parties = self.sudo().party_ids
        units = parties.department_id | self.sudo().lead_unit_id
        number = len(units) + len(parties.filtered("outside"))
        if number < 2:
            reasons.append(
                self.env._("Please enter the parties: coordination takes two or more.")
            )
        schools = units.filtered(lambda unit: unit.unit_kind == "school")
        if self.kind == "schools" and len(schools) < 2:
            reasons.append(
                self.env._("A matter between schools names two schools or more.")
            )
        return reasons

    def _guard_close_quickly(self, row, note):
        if self.importance == "normal" and self.method != "meeting":
            return []
        return [
            self.env._(
                "Only an ordinary matter that took no meeting is closed by a note. "
                "Please name the lead and go on."
            )
        ]

    def _guard_consult(self, row, note):
        """Each party has its task and its date before it is asked (S2.9)."""
        lacking = self.sudo().party_ids.filtered(
            lambda party: not (party.task and party.date_due)
        )
        if not lacking:
            return []
        return [
            self.env._(
                "Please enter task and date of: %(parties)s.",
                parties=lacking._join_names(),
            )
        ]

    def _guard_agree(self, row, note):
        missing = self.sudo().party_ids.filtered(lambda p: p.agreement != "agreed")
        if not missing:
            return []
        return [
            self.env._(
                "These have not agreed: %(parties)s. If they will not, hand the "
                "matter to the next level.",
                parties=missing._join_names(),
            )
        ]

    def _guard_escalate(self, row, note):
        if self.level == "leader":
            return [self.env._("It is with the leader already, who rules.")]
        return []

    def _guard_appeal(self, row, note):
        if not self.ruling:
            return [self.env._("There is no ruling to appeal against.")]
        if self.appeal:
            return [self.env._("A ruling is appealed once; this one was already.")]
        return []

    def _guard_rule_again(self, row, note):
        if self.is_appeal_open:
            return []
        return [self.env._("No appeal waits for a decision.")]

    def _guard_execute(self, row, note):
        if self.is_appeal_open:
            return [self.env._("The leader has not decided on the appeal yet.")]
        return []

    def _guard_confirmed(self, row, note):
        """Every party has confirmed that its part is done (S2.5)."""
        missing = self.sudo().party_ids.filtered(lambda p: not p.date_confirmed)
        if not missing:
            return []
        return [
            self.env._(
                "These have not confirmed yet: %(parties)s.",
                parties=missing._join_names(),
            )
        ]

    @api.model
    def _get_transition_lines(self, row):
        lines = super()._get_transition_lines(row)
        if row.name in ("lead", "consult"):
            # The parties, and all who are told anew that it concerns them.
            return [*lines, "party_ids", "assisting_unit_ids", "receipt_ids"]
        return lines

    # What follows from a step ---------------------------------------------------------

    def _set(self, **vals):
        """Write guarded fields."""
        if self:
            with permit(self):
                self.with_context(tracking_disable=True).write(vals)

    def _after_lead(self, note):
        """Let the lead unit, and who assists it, be parties like the others."""
        self.party_ids._add_units(self)

    def _after_consult(self, note):
        self._propose(note)
        for units, records in self.grouped(
            lambda record: record.party_ids.department_id
        ).items():
            records._send_receipts(units=units)
        major = self.filtered(lambda record: record.importance == "major")
        major._hand_to("director")

    def _after_propose(self, note):
        self._propose(note)

    def _propose(self, text):
        """Lay a text before the parties; what they said of another one is void."""
        self._set(proposal=text)
        self.party_ids._ask_anew()

    def _after_escalate(self, note):
        for level, records in self.grouped("level").items():
            records._hand_to("director" if level == "clerk" else "leader")

    def _hand_to(self, level):
        for company, records in self.grouped("company_id").items():
            vals = {"level": level}
            if level == "director":
                director = self.env["res.users"]._get_office_director(company)
                vals["director_id"] = director.id
            records._set(**vals)
        # The next level has its days too.
        self._start_step("consulting")

    def _after_rule(self, note):
        self._set(ruling=note, date_ruled=fields.Datetime.now())

    def _after_appeal(self, note):
        self._set(appeal=note, appellant_id=self.env.uid, is_appeal_open=True)

    def _after_rule_again(self, note):
        self._set(ruling=note, date_ruled=fields.Datetime.now(), is_appeal_open=False)

    def _after_close_quickly(self, note):
        self._set(is_quick=True)

    def _answer_came(self):
        """Go on by itself when the last party has agreed or confirmed."""
        self._set(date_last_answer=fields.Datetime.now())
        for name in ("agree", "confirm"):
            row = self._get_transition(name)
            ready = self.filtered(
                lambda record, row=row: (
                    record.state in row.sources
                    and not getattr(record, row.guard)(row, False)
                )
            )
            ready._pass_by_system(name)

    @api.model
    def _cron_escalate(self, limit=100):
        """Hand on what the parties have not agreed upon in time, batch by batch."""
        domain = Domain("state", "=", "consulting") & Domain("is_idle", "=", True)
        domain &= Domain("level", "!=", "leader")
        late = self.search(domain, limit=limit, order="id")
        while late:
            late.try_lock_for_update()._pass_by_system("escalate")
            self.env["ir.cron"]._commit_progress(len(late))
            late = self.search(
                domain & Domain("id", ">", late[-1].id), limit=limit, order="id"
            )

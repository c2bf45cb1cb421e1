# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.office_functions.tools.transition import permit

OPENING = ("open", "partial")
WITHHOLDING = ("partial", "refused")
"""Replies that withhold something under 政府信息公开条例 第14—16条."""
NEEDED = {
    "known": ("reply_where",),
    "partial": ("withheld_ground", "withheld_article", "withheld_reason"),
    "refused": ("withheld_ground", "withheld_article", "withheld_reason"),
    "absent": ("reply_reason",),
    "elsewhere": ("reply_reason",),
    "repeated": ("repeated_id",),
    "other_law": ("withheld_article",),
}
"""Kind of reply → what it has to say beside its text."""


class OfficeInfoRequestSteps(models.Model):
    """The clocks of a request, what each step asks for, and what follows from it."""

    _inherit = "office.info.request"

    def _set(self, **vals):
        """Write guarded fields."""
        if self:
            with permit(self):
                self.with_context(tracking_disable=True).write(vals)

    def _get_limit(self, code):
        return self.env["office.time.limit"]._get(code, self.company_id)

    # The clock ------------------------------------------------------------------------

    def _get_first_day(self, today):
        """Count from the day of receipt as the law has it (art. 31)."""
        return self.date_received or today

    def _get_deadline_owner(self):
        """Let the head of the office, who answers for openness, extend (art. 33)."""
        director = self.env["res.users"]._get_office_director(self.company_id)
        return director or super()._get_deadline_owner()

    def _explain_extension(self, new_date):
        """Allow one extension, of 20 working days at most (art. 33)."""
        reasons = super()._explain_extension(new_date)
        if not self.date_deadline:
            return reasons
        limit = self._get_limit("info_request_extension")
        latest = limit._count(self.date_deadline, self.company_id).deadline
        if new_date > latest:
            reasons.append(
                self.env._(
                    "It is extended once, and not beyond %(date)s (%(basis)s).",
                    date=fields.Date.to_string(latest),
                    basis=limit.legal_basis,
                )
            )
        return reasons

    # Guards ---------------------------------------------------------------------------

    def _guard_receive(self, row, note):
        today = fields.Date.context_today(self)
        reasons = []
        if self.date_received and self.date_received > today:
            reasons.append(self.env._("It cannot have been received in the future."))
        if not (self.text or "").strip():
            reasons.append(
                self.env._("Please write down which information is asked for.")
            )
        return reasons

    def _explain_paused(self):
        if self.is_paused:
            return [self.env._("The clock is paused. Resume it first.")]
        return []

    def _guard_ask_correction(self, row, note):
        """A correction is asked once, and within seven working days (art. 30)."""
        reasons = self._explain_paused()
        if self.date_correction:
            reasons.append(self.env._("A correction is asked for once only (art. 30)."))
        limit = self._get_limit("info_request_correction")
        last = limit._count(self.clock_start, self.company_id).deadline
        if fields.Date.context_today(self) > last:
            reasons.append(
                self.env._(
                    "A correction could be asked for until %(date)s (%(basis)s).",
                    date=fields.Date.to_string(last),
                    basis=limit.legal_basis,
                )
            )
        return reasons

    def _guard_abandon(self, row, note):
        due = self.date_correction_due
        if due and fields.Date.context_today(self) <= due:
            return [
                self.env._(
                    "They may send the correction until %(date)s.",
                    date=fields.Date.to_string(due),
                )
            ]
        return []

    def _guard_consult(self, row, note):
        reasons = self._explain_paused()
        if not self.sudo().opinion_ids.filtered(lambda one: not one.date_asked):
            reasons.append(
                self.env._("Please name whose opinion is asked for, and of what kind.")
            )
        return reasons

    def _guard_collect(self, row, note):
        return self._explain_waiting()

    def _explain_waiting(self):
        """Return whose opinion is out, and may still come."""
        today = fields.Date.context_today(self)
        waiting = self.sudo().opinion_ids.filtered(
            lambda one: (
                one.date_asked
                and not one.answer
                and one.date_due
                and today <= one.date_due
            )
        )
        return [
            self.env._(
                "%(name)s may still answer until %(date)s.",
                name=one.name,
                date=fields.Date.to_string(one.date_due),
            )
            for one in waiting
        ]

    def _guard_reply(self, row, note):
        """A reply says what its kind asks for (art. 36, 37), and gives away no more."""
        reasons = self._explain_paused() + self._explain_waiting()
        names = NEEDED.get(self.reply_kind, ())
        missing = [name for name in names if not self[name]]
        if missing:
            labels = self.fields_get(missing, ["string"])
            reasons.append(
                self.env._(
                    "Such a reply also says: %(fields)s.",
                    fields=", ".join(labels[name]["string"] for name in missing),
                )
            )
        files = self.sudo().file_ids
        opened = files.filtered(lambda one: one.visibility == "public")
        if self.reply_kind in OPENING:
            if not opened and not (self.reply_where or "").strip():
                reasons.append(
                    self.env._(
                        "Please add the file that is opened, or fill in: %(field)s.",
                        field=self.fields_get(["reply_where"], ["string"])[
                            "reply_where"
                        ]["string"],
                    )
                )
            reasons += files._explain_release_refusal()
            against = self.sudo().opinion_ids.filtered(
                lambda one: one.kind == "third_party" and one.answer != "agree"
            )
            if against and not (self.over_objection or "").strip():
                reasons.append(
                    self.env._(
                        "%(names)s did not agree: please write down why it is opened "
                        "all the same (art. 32).",
                        names=", ".join(against.mapped("name")),
                    )
                )
        elif opened:
            reasons.append(self.env._("This kind of reply opens no file."))
        if self.reply_kind == "repeated" and not self._is_repeated():
            reasons.append(
                self.env._(
                    "Repeated is what the same person was answered before, by phone or "
                    "identity card number."
                )
            )
        return reasons

    def _is_repeated(self):
        """Tell whether the request named was the same person's, and answered before.

        :rtype: bool
        """
        self.ensure_one()
        own = self.sudo()
        earlier = own.repeated_id
        if earlier == own or earlier.state not in ("replied", "closed"):
            return False
        return any(
            set(own.identity_ids.mapped(name))
            & set(earlier.identity_ids.mapped(name)) - {False}
            for name in ("phone_hash", "id_number_hash")
        )

    # What follows ---------------------------------------------------------------------

    def _after_receive(self, note):
        for record in self.sudo():
            if not record.query_code:
                record._set(query_code=record._make_query_code())

    def _after_ask_correction(self, note):
        """The clock stands until the correction comes, and then runs anew (art. 30)."""
        today = fields.Date.context_today(self)
        for company, records in self.grouped("company_id").items():
            get = self.env["office.time.limit"]._get
            due = get("info_request_corrected", company)._count(today, company)
            records._set(
                correction_text=note,
                date_correction=today,
                date_correction_due=due.deadline,
                date_corrected=False,
            )
            basis = get("info_request_correction", company).legal_basis
            records._move_deadline(
                "pause", self.env._("A correction was asked for"), legal_basis=basis
            )

    def _after_consult(self, note):
        """The days of those who are asked are not counted (art. 33)."""
        today = fields.Date.context_today(self)
        for company, records in self.grouped("company_id").items():
            limit = self.env["office.time.limit"]._get("info_request_opinion", company)
            asked = records.opinion_ids.filtered(lambda one: not one.date_asked)
            with permit(asked):
                asked.write(
                    {
                        "date_asked": today,
                        "date_due": limit._count(today, company).deadline,
                    }
                )
            records._move_deadline(
                "pause",
                self.env._("Others are asked for their opinion"),
                legal_basis=limit.legal_basis,
            )

    def _after_reply(self, note):
        self._set(replied_by_id=self.env.uid, date_replied=fields.Datetime.now())

    def _after_redirect(self, note):
        self._set(redirect_text=note)

    # What the public sees -------------------------------------------------------------

    @api.model
    def _get_public_states(self):
        return {
            "filed": self.env._("Receipt to Be Confirmed"),
            "received": self.env._("Being Worked On"),
            "correcting": self.env._("Waiting for Your Correction"),
            "consulting": self.env._("Being Worked On"),
            "replied": self.env._("Already Answered"),
            "closed": self.env._("Already Answered"),
            "abandoned": self.env._("Taken as Given Up"),
            "redirected": self.env._("Guided Elsewhere"),
        }

    def _get_public_answer(self):
        """Return the reply as its letter gives it; before, what has to be corrected."""
        if self.state in ("replied", "closed"):
            return "\n\n".join([*self._get_reply_lines(), self._get_remedy()])
        if self.state == "correcting":
            return self.env._(
                "Please correct until %(date)s: %(text)s",
                date=self._show_date(self.date_correction_due),
                text=self.correction_text,
            )
        return self.redirect_text or ""

    def _get_released_files(self):
        """Return the files that go with the reply, once it was given.

        :rtype: office.open.file
        """
        self.ensure_one()
        given = self.state in ("replied", "closed") and self.reply_kind in OPENING
        files = self.sudo().file_ids
        return files._get_released() if given else files.browse()

    # Indicator ------------------------------------------------------------------------

    @api.model
    def _get_replied_domain(self, date_from, date_to):
        """Return the requests answered in a period, or due in it and not answered."""
        end = date_to + timedelta(days=1)
        answered = Domain("date_replied", ">=", date_from) & Domain(
            "date_replied", "<", end
        )
        overdue = (
            Domain("open_deadline", ">=", date_from)
            & Domain("open_deadline", "<=", date_to)
            & Domain("open_deadline", "<", fields.Date.context_today(self))
        )
        return answered | overdue

    @api.model
    def _measure_on_time(self, date_from, date_to):
        """Return answered in time ÷ answered or overdue in a period (K28)."""
        sums = {}
        for unit, user, on_time, number in self._read_group(
            self._get_replied_domain(date_from, date_to),
            ["lead_unit_id", "handler_id", "is_on_time"],
            ["__count"],
        ):
            row = sums.setdefault((unit.id, user.id), [0, 0])
            row[0] += number if on_time else 0
            row[1] += number
        return [(*key, *row) for key, row in sums.items()]

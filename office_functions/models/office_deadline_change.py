# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.exceptions import UserError

from ..tools.transition import permit
from ..tools.working_time import Pause


class OfficeDeadlineChange(models.AbstractModel):
    """How a running deadline moves: by extension, pause, resumption or restart."""

    _inherit = "office.deadline.mixin"

    def _may_change_deadline(self):
        """Tell whether the user set this deadline, stands above who set it, or acts
        for them.

        :rtype: bool
        """
        return self._get_deadline_authority() is not None

    def _get_deadline_authority(self):
        """Tell by whose authority the current user may change this deadline.

        :return: ``None`` if the user may not; an empty ``res.users`` if in their own
            right; the principal if by delegation
        """
        self.ensure_one()
        user = self.env.user
        nobody = user.browse()
        owner = self._get_relation_users("deadline_owner")
        if user in owner or user.has_group("office_functions.group_office_leader"):
            return nobody
        if user.has_group("office_functions.group_office_director") and not (
            self.sudo().deadline_owner_id.has_group(
                "office_functions.group_office_leader"
            )
        ):
            return nobody
        principal = self.env["office.delegation"]._find_principal(
            user, owner, self._name
        )
        return principal or None

    def _relation_deadline_owner(self):
        return self.deadline_owner_id

    def _explain_deadline_refusal(self, kind):
        """Return why this user may not change the running clock this way.

        :param str kind: ``extend``, ``pause``, ``resume`` or ``restart``
        :rtype: list[str]
        """
        self.ensure_one()
        if not self.clock_start or self.date_done:
            return [self.env._("The clock of this matter is not running.")]
        reasons = []
        if not self._may_change_deadline():
            reasons.append(
                self.env._(
                    "Only %(owner)s, who set this deadline, or a superior changes it.",
                    owner=self.sudo().deadline_owner_id.name,
                )
            )
        if kind == "extend" and self.is_paused:
            reasons.append(
                self.env._("The clock is paused. Resume it before extending.")
            )
        if kind == "extend" and self.extension_count >= self._max_extensions:
            reasons.append(
                self.env._(
                    "The deadline was extended %(count)s times, which is the most.",
                    count=self.extension_count,
                )
            )
        if kind == "pause" and self.is_paused:
            reasons.append(self.env._("The clock is paused already."))
        if kind == "resume" and not self.is_paused:
            reasons.append(self.env._("The clock is not paused."))
        return reasons

    def change_deadline(self, kind, reason, new_date=False, legal_basis=False):
        """Extend, pause, resume or restart the running clock of one matter.

        :param str kind: ``extend``, ``pause``, ``resume`` or ``restart``
        :param str reason: why, kept in the record of changes
        :param new_date: for ``extend``: the new deadline (date or ISO string)
        :param str legal_basis: regulation and article
        :raise UserError: with all the reasons, when it may not be done
        """
        self.ensure_one()
        self.check_access("read")
        if kind not in ("extend", "pause", "resume", "restart"):
            raise UserError(self.env._("There is no such change of a deadline."))
        try:
            new_date = fields.Date.to_date(new_date)
        except (TypeError, ValueError) as error:
            raise UserError(self.env._("The new deadline is no date.")) from error
        problems = self._explain_deadline_refusal(kind)
        if not isinstance(reason, str) or not reason.strip():
            problems.append(self.env._("Please write down the reason."))
        if kind == "extend" and not new_date:
            problems.append(self.env._("Please give the new deadline."))
        elif kind == "extend" and self.date_deadline and new_date <= self.date_deadline:
            problems.append(self.env._("An extension ends after the present deadline."))
        elif kind == "extend":
            problems += self._explain_extension(new_date)
        if problems:
            raise UserError("\n".join(problems))
        principal = self._get_deadline_authority()
        if kind != "extend":
            new_date = False
        self.sudo()._move_deadline(kind, reason, new_date, legal_basis, principal)

    def _explain_extension(self, new_date):
        """Return why the running clock may not be extended to a date.

        :param date new_date: later than the present deadline
        :rtype: list[str]
        """
        return []

    def _move_deadline(
        self,
        kind,
        reason,
        new_date=False,
        legal_basis=False,
        principal=None,
        day=None,
    ):
        """Do what :meth:`change_deadline` describes to all records, after its checks.

        :param date new_date: where to it is extended; or on which day it ends anew
            when it restarts, in place of what its time limit gives
        :param res.users principal: on whose behalf it is done, if anybody's
        :param date day: from when it counts, if not from today on
        """
        day = day or fields.Date.context_today(self)
        before = {record.id: record.date_deadline for record in self}
        for record in self:
            vals = record._prepare_deadline_move(kind, new_date, day)
            if not record.date_deadline_original and vals.get("date_deadline"):
                vals["date_deadline_original"] = vals["date_deadline"]
            with permit(record):
                record.with_context(tracking_disable=True).write(vals)
        is_counted = kind == "restart" and not new_date
        counted = self.filtered("time_limit_id") if is_counted else self.browse()
        self._log_deadline(
            kind, day, before, reason, legal_basis, principal, set(counted.ids)
        )

    def _prepare_deadline_move(self, kind, new_date, today):
        """Return the values that extend, pause, resume or restart one clock.

        :rtype: dict
        """
        if kind == "extend":
            return {
                "date_deadline": new_date,
                "extension_count": self.extension_count + 1,
            }
        if kind == "pause":
            return {"is_paused": True}
        if kind == "resume":
            return {"is_paused": False, "date_deadline": self._count_resumed(today)}
        vals = {"is_paused": False, "clock_start": today}
        if new_date:
            vals["date_deadline"] = new_date
        elif self.time_limit_id:
            company = self._get_deadline_company()
            vals["date_deadline"] = self.time_limit_id._count(today, company).deadline
        return vals

    def _count_resumed(self, today):
        """Return the deadline after a pause: the time that stood is added.

        A deadline that its time limit gave is counted anew, the pauses left out; one
        that somebody set or extended moves by the calendar days of the pause.
        """
        pauses = self._get_pauses(until=today)
        if self._is_counted() and "extend" not in self._get_run().mapped("kind"):
            return self._count_limit(pauses).deadline
        return self.date_deadline and (
            self.date_deadline + (pauses[-1].end - pauses[-1].start)
        )

    def _count_limit(self, pauses=()):
        """Count the time limit from the start of the clock."""
        company = self._get_deadline_company()
        return self.time_limit_id._count(self.clock_start, company, pauses)

    def _is_counted(self):
        """Tell whether the time limit gave the deadline, not somebody's hand."""
        return bool(self.time_limit_id) and self._get_run()[:1].is_counted

    def _get_run(self):
        """Return the changes since the clock (re)started, that one first."""
        events = self.deadline_event_ids.sorted("id")
        starts = events.filtered(lambda event: event.kind in ("start", "restart"))
        return events.filtered(lambda event: event.id >= starts[-1:].id)

    def _get_pauses(self, until=None):
        """Return the pauses since the clock (re)started, oldest first.

        :param date until: the end given to a pause that is still open
        :rtype: list[Pause]
        """
        pauses = []
        for event in self._get_run():
            if event.kind == "pause":
                pauses.append(
                    Pause(event.date, until, event.reason, event.legal_basis or "")
                )
            elif event.kind == "resume":
                last = pauses.pop()
                pauses.append(Pause(last.start, event.date, last.reason, last.basis))
        return pauses

    def _log_deadline(
        self,
        kind,
        date,
        before,
        reason=False,
        legal_basis=False,
        principal=None,
        counted_ids=(),
    ):
        """Write one line of the record of deadline changes for each record.

        :param str kind: see ``office.deadline.event``
        :param date date: when
        :param dict before: record id → the deadline until then
        :param res.users principal: on whose behalf it is done, if anybody's
        :param counted_ids: ids of the records whose time limit gave the new deadline
        """
        self.env["office.deadline.event"]._put_on_record(
            [
                {
                    "res_model": self._name,
                    "res_id": record.id,
                    "kind": kind,
                    "date": date,
                    "deadline_before": before[record.id],
                    "deadline_after": record.date_deadline,
                    "is_counted": record.id in counted_ids,
                    "reason": reason,
                    "legal_basis": legal_basis or record.time_limit_id.legal_basis,
                    "user_id": self.env.uid,
                    "principal_id": principal.id if principal else False,
                    "company_id": record._get_deadline_company().id,
                }
                for record in self
            ]
        )
        self.invalidate_recordset(["deadline_explanation"])

    def action_change_deadline(self):
        """Open the dialog that extends, pauses, resumes or restarts the clock.

        :rtype: dict
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions.office_deadline_change_action"
        )
        action["context"] = {
            "default_res_model": self._name,
            "default_res_id": self.id,
        }
        return action

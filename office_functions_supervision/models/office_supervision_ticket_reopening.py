# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from odoo.addons.office_functions.tools.transition import permit


class OfficeSupervisionTicketReopening(models.Model):
    """Opening again what counted as done: with work, a person and a date.

    Nobody is late for the time in which it counted as done, and what was done by the
    original deadline stays so.
    """

    _inherit = "office.supervision.ticket"

    date_first_done = fields.Date(
        "First Done On",
        readonly=True,
        copy=False,
        help="When it counted as done before it was opened again; the original deadline "
        "is measured by this day.",
    )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"date_first_done"}

    @api.depends("date_first_done")
    def _compute_is_on_time(self):
        result = super()._compute_is_on_time()
        for ticket in self.filtered("date_first_done"):
            due = ticket.date_deadline_original
            ticket.is_on_time_original = bool(ticket.date_done) and (
                not due or ticket.date_first_done <= due
            )
        return result

    def _keep_first_done(self):
        """Keep when these tickets counted as done, before they are opened again."""
        fresh = self.filtered(lambda ticket: not ticket.date_first_done)
        for date, tickets in fresh.grouped("date_done").items():
            with permit(tickets):
                tickets.with_context(tracking_disable=True).write(
                    {"date_first_done": date}
                )

    def reopen(self, reason, rectification, unit_id, user_id, date):
        """Open again what counted as done, with what is to be put right.

        The rectification is assigned, and ticket and directive end with it.

        :param str reason: what did not hold
        :param str rectification: what is to be put right
        :param int unit_id: by which unit
        :param int user_id: by whom
        :param date: until when (date or ISO text)
        :raise UserError: with all the reasons, for anybody but the leader or their
            delegate, and when something is missing
        """
        self.ensure_one()
        self._lock_for_transition()
        self.check_access("read")
        row = self._get_transition("reopen")
        vals, gaps = self._read_reopening(reason, rectification, unit_id, user_id, date)
        problems = self._explain_refusal(row)
        if not problems:
            problems = self._explain_gaps(row, reason) + gaps
        if problems:
            self._raise_problems({self: problems})
        ticket = self.sudo()
        ticket._keep_first_done()
        self._apply_transition(row, reason, {self.id: self._get_authority(row)})
        ticket._restart_until(vals["date_deadline"], rectification)
        task = ticket.env["office.supervision.task"].create(vals)
        task._pass_by_system("assign")

    def _read_reopening(self, reason, rectification, unit_id, user_id, date):
        """Return the values of the rectification, and what is missing of them.

        :rtype: tuple[dict, list[str]]
        """
        gaps = []
        texts = {
            self.env._("Reason"): reason,
            self.env._("To Be Put Right"): rectification,
        }
        missing = [
            label
            for label, text in texts.items()
            if not isinstance(text, str) or not text.strip()
        ]
        records = {}
        for model, label, number in (
            ("hr.department", self.env._("By Unit"), unit_id),
            ("res.users", self.env._("By Person"), user_id),
        ):
            number = number if isinstance(number, int) else False
            records[model] = self.env[model].sudo().browse(number).exists()
            if not records[model]:
                missing.append(label)
        try:
            date = fields.Date.to_date(date)
        except (TypeError, ValueError):
            date = None
        if not date:
            missing.append(self.env._("Put Right Until"))
        if missing:
            gaps.append(
                self.env._("Please fill in: %(fields)s.", fields=", ".join(missing))
            )
        if date and date < fields.Date.context_today(self):
            gaps.append(self.env._("What is to be put right has a date to come."))
        vals = {
            "ticket_id": self.id,
            "kind": "rectification",
            "name": str(rectification or "").split("\n")[0][:80],
            "text": rectification,
            "lead_unit_id": records["hr.department"].id,
            "handler_id": records["res.users"].id,
            "date_deadline": date,
        }
        return vals, gaps

    def _restart_until(self, date, reason):
        """Let the ticket, and the directive reopened with it, end with what is to be
        put right: nobody is late for the time in which it counted as done.

        :param date date: until when
        :param str reason: what is to be put right
        """
        self.ensure_one()
        self._move_deadline("restart", reason, date)
        directive = self.directive_id
        if (
            directive.clock_start
            and not directive.date_done
            and (directive.date_deadline or date) < date
        ):
            directive._move_deadline("restart", reason, date)

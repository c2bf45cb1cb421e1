# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.exceptions import UserError

from .terms import CYCLES, DIRECTIVE_KINDS, SOURCES


class SupervisionNotice(models.AbstractModel):
    """F1 督办通知单: what the notice of a ticket says, and when there is none.

    The notice speaks in a leader's name, so it quotes the stored directive word for
    word and nothing else (S3.12), and there is none without a directive in force.
    """

    _name = "report.office_functions_supervision.supervision_notice"
    _description = "Supervision Notice (F1)"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Return what the template lays out.

        :param list docids: ids of the tickets
        :param data: unused
        :return: dict of ``docs`` (the tickets) and ``notices`` (ticket id → dict, see
            :meth:`_get_notice`)
        :raise AccessError: if the user may not read one of the tickets
        :raise UserError: if one of them has no notice, with the reasons
        """
        tickets = self.env["office.supervision.ticket"].browse(docids)
        tickets.check_access("read")
        # In the words of who asks; only what is printed is Chinese.
        spoken = self.with_context(lang=self.env.user.lang)
        problems = [
            reason for ticket in tickets for reason in spoken._explain_no_notice(ticket)
        ]
        if problems:
            raise UserError("\n".join(problems))
        return {
            "docs": tickets,
            "notices": {ticket.id: self._get_notice(ticket) for ticket in tickets},
        }

    def _explain_no_notice(self, ticket):
        """Return why a ticket has no notice (S3.10, S3.12).

        :param ticket: one ticket
        :return: sentences, none if there is a notice
        :rtype: list[str]
        """
        directive_sudo = ticket.sudo().directive_id
        reasons = []
        if not directive_sudo:
            reasons.append(self.env._("it has no authorising directive"))
        elif directive_sudo.state in ("recorded", "withdrawn"):
            reasons.append(self.env._("the authorising directive is not in force"))
        elif directive_sudo.is_unconfirmed:
            reasons.append(
                self.env._("the leader has not confirmed the oral directive")
            )
        if not ticket.date_filed:
            reasons.append(self.env._("it has not been filed"))
        return [
            self.env._(
                "No supervision notice of “%(ticket)s” can be printed: %(reason)s.",
                ticket=ticket.display_name,
                reason=reason,
            )
            for reason in reasons
        ]

    def _get_notice(self, ticket):
        """Return what a notice says beside the ticket's own fields.

        Who may read a ticket may read its notice, with the directive and the
        regulations it stands on; but only those tasks that are theirs to know.

        :param ticket: one ticket the user may read
        :rtype: dict
        """
        ticket_sudo = ticket.sudo()
        directive_sudo = ticket_sudo.directive_id
        tasks = {
            number: task.sudo(False)
            for number, task in enumerate(ticket_sudo._get_numbered_tasks(), 1)
            if task.kind == "task" and task.state != "cancelled"
        }
        known = (
            self.env["office.supervision.task"]
            .concat(*tasks.values())
            ._filtered_access("read")
        )
        bases_sudo = ticket_sudo.legal_basis_ids | ticket_sudo.policy_basis_ids
        return {
            "source": SOURCES.get(ticket.source_type, "其他"),
            "decision": ticket_sudo.decision_id,
            "directive": directive_sudo,
            "directive_kind": DIRECTIVE_KINDS.get(directive_sudo.kind, "交办"),
            "change": ticket_sudo._get_requirement_change(),
            "bases": bases_sudo.mapped("display_name"),
            "cycle": CYCLES.get(ticket.report_cycle),
            "phone": self._get_phone(ticket_sudo),
            "signer": self._get_signer(ticket_sudo),
            "tasks": [
                (number, task) for number, task in tasks.items() if task in known
            ],
            "task_count": len(tasks),
        }

    def _get_phone(self, ticket_sudo):
        """Return the supervisor's office telephone, or an empty text."""
        supervisor = ticket_sudo.supervisor_id
        employee = supervisor.employee_ids.filtered(
            lambda employee: employee.company_id == ticket_sudo.company_id
        )[:1]
        return employee.work_phone or supervisor.partner_id.phone or ""

    def _get_signer(self, ticket_sudo):
        """Return who signed the notice: who filed the ticket, as the log has it.

        :return: a name; ``李四（张三代）`` where Zhang filed it on Li's behalf
        :rtype: str
        """
        filing = ticket_sudo.transition_ids.filtered(
            lambda line: line.name == "file"
        ).sorted("id")[-1:]
        if filing.principal_id:
            return f"{filing.principal_id.name}（{filing.user_id.name}代）"
        return filing.user_id.name or ""

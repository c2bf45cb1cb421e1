# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The demo's acts by law and discipline: objections, findings, changes, recusals."""

from odoo import fields
from odoo.fields import Command


class LawStory:
    """What the table ``law`` calls, acted out as the people concerned."""

    def plan_law(self):
        """Put the rows of the table on the timeline."""
        for row in self.read_table("law"):
            self.timeline.at(row["day"], self.happen, row)

    def act_contest(self, ticket, text, name):
        """Object to the latest conclusion about a ticket."""
        self.write_objection(
            ticket,
            text,
            "submit",
            name,
            verification_id=ticket.sudo()._get_latest_verification().id,
        )

    def act_draft_contest(self, ticket, text, _value):
        """Write an objection, and keep it for oneself."""
        latest = ticket.sudo()._get_latest_verification()
        self.write_objection(ticket, text, None, None, verification_id=latest.id)

    def act_state(self, ticket, text, _value):
        """Put an explanation on record."""
        self.write_objection(ticket, text, "explain", None, ticket_id=ticket.id)

    def write_objection(self, ticket, text, step, name, **vals):
        """Let somebody write in the name of their unit, and send it in."""
        user = ticket.env.user
        objection = self.create_as(
            user,
            "office.supervision.objection",
            {
                "name": ticket.name,
                "unit_id": user.sudo().employee_ids.department_id[:1].id,
                "text": text,
                **vals,
            },
            name,
        )
        if step:
            objection.with_user(user).do_transition(step)

    def act_hand_over(self, ticket, text, login):
        """Give a ticket to another supervisor."""
        ticket.change_supervisor(self.user(login), text)

    def act_find(self, ticket, text, value):
        """Record what was found against law or discipline.

        :param str value: kind, external id and the rule that was broken
        """
        finding = self.act_draft_find(ticket, text, value)
        finding.with_user(ticket.env.user).do_transition("record")

    def act_draft_find(self, ticket, text, value):
        """Write down a finding, and look into it further.

        :param str value: as of ``find``
        """
        kind, name, rule = value.split()
        user = ticket.env.user
        return self.create_as(
            user,
            "office.supervision.finding",
            {
                "ticket_id": ticket.id,
                "kind": kind,
                "unit_id": ticket.sudo().lead_unit_id.id,
                "text": text,
                "rule": rule,
                "date": fields.Date.context_today(ticket),
            },
            name,
        )

    def act_send_to_organ(self, finding, organ, receipt):
        """Transfer a finding to discipline inspection."""
        finding.write(
            {
                "organ_kind": "discipline",
                "organ": organ,
                "receipt": receipt,
                "date_transferred": fields.Date.context_today(finding),
            }
        )
        finding.do_transition("transfer")

    def act_put_right(self, finding, text, _value):
        """Have a finding corrected."""
        finding.write(
            {
                "correction": text,
                "date_corrected": fields.Date.context_today(finding),
            }
        )
        finding.do_transition("correct")

    def act_study(self, regulation, text, _value):
        """Study a law."""
        self.env["office.study.record"].with_user(regulation.env.user).create(
            {
                "regulation_id": regulation.id,
                "note": text,
                "date": fields.Date.context_today(regulation),
            }
        )

    def act_rate(self, ticket, text, rating):
        """Rate the conduct of who supervised."""
        ticket.rate_conduct(rating, text)

    def act_require(self, ticket, text, name):
        """Ask for other requirements, on a further directive of the leader."""
        change = self.act_draft_require(ticket, text, name)
        change.with_user(ticket.env.user).do_transition("ask")

    def act_draft_require(self, ticket, text, name):
        """Write down other requirements, without asking for them yet."""
        known = ticket.sudo()
        directive = self.create_as(
            self.user("clerk"),
            "office.directive",
            {
                "name": f"{known.name}：{text.split('，')[0].rstrip('。')}",
                "kind": "written",
                "leader_id": known.leader_id.id,
                "date": fields.Date.context_today(ticket),
                "text": text,
                "lead_unit_id": known.lead_unit_id.id,
                "handler_id": known.handler_id.id,
                "date_deadline": known.date_deadline,
            },
        )
        directive.with_user(self.user("clerk")).do_transition("issue")
        user = ticket.env.user
        return self.create_as(
            user,
            "office.supervision.requirement",
            {
                "ticket_id": ticket.id,
                "directive_id": directive.id,
                "reason": "领导补充批示",
                "name": known.name,
                "scope": known.scope,
                "requirement": text,
                "legal_basis_ids": [Command.set(known.legal_basis_ids.ids)],
                "policy_basis_ids": [Command.set(known.policy_basis_ids.ids)],
            },
            name,
        )

    def act_step_aside(self, unit, text, name):
        """Declare what ties a supervisor to a unit."""
        recusal = self.ask_recusal(unit, text, unit.env.user, name)
        recusal.do_transition("declare")

    def act_ask_aside(self, unit, text, value):
        """Ask that a supervisor step aside, and wait for the decision.

        :param str value: login, and perhaps the external id
        """
        login, *name = value.split()
        self.ask_recusal(unit, text, self.user(login), *name)

    def ask_recusal(self, unit, text, person, name=None):
        """Return a recusal asked for by the current user of a unit's record."""
        user = unit.env.user
        return self.create_as(
            user,
            "office.supervision.recusal",
            {"user_id": person.id, "unit_id": unit.id, "reason": text},
            name,
        ).with_user(user)

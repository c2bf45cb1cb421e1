# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The demo's look-backs and bulletins, and the older tickets that they are about."""

from odoo import fields
from odoo.fields import Command

VERDICTS = ("praise", "criticism")


class FiguresActs:
    """Reads the tables ``figures_…`` and ``bulletins``, for the supervision story."""

    def plan_figures(self):
        """Put older tickets, look-backs and bulletins on the timeline."""
        tasks = {}
        for row in self.read_table("figures_tasks"):
            tasks.setdefault(row["ticket"], []).append(row)
        for row in self.read_table("figures_directives"):
            self.timeline.at(row["given"], self.record_directive, row)
            self.plan_directive(row)
        for row in self.read_table("figures_tickets"):
            self.plan_ticket(row, tasks[row["key"]])
        for row in self.read_table("figures_events"):
            self.timeline.at(row["day"], self.happen, row)
        for row in self.read_table("bulletins"):
            self.timeline.at(row["draft"], self.draft_bulletin, row)
            for step, who in (
                ("submit", "@creator"),
                ("approve", "leader"),
                ("issue", "@creator"),
                ("revoke", "leader"),
                ("pause", "leader"),
            ):
                if row[step]:
                    self.timeline.at(row[step], self.step_bulletin, row, step, who)

    def age_duties(self):
        """Let the duties be as old as the first matter that touched one.

        Coverage counts a duty from the month it was entered: so it has a past.
        """
        self.env.flush_all()
        self.env.cr.execute(
            """UPDATE office_duty_item
                  SET create_date = (SELECT min(date) FROM office_duty_touch)
                WHERE id IN (SELECT res_id FROM ir_model_data
                              WHERE model = 'office.duty.item'
                                AND module = 'office_functions')"""
        )
        self.env["office.duty.item"].invalidate_model(["create_date"])

    def step_bulletin(self, row, step, who):
        """Let somebody bring a bulletin a step further, or stop its clock."""
        bulletin = self.ref(row["key"])
        bulletin = bulletin.with_user(self.user(who, bulletin))
        if step == "pause":
            bulletin.change_deadline("pause", "材料有出入，待核实。")
        else:
            bulletin.do_transition(
                step, step == "revoke" and "所述情况与核实结果不符。"
            )

    def draft_bulletin(self, row):
        """Let a supervisor draft a bulletin, with the figures of its period if any."""
        drafter = self.user(row["who"])
        has_period = bool(row["from"])
        words = {verdict: self.read_words(row[verdict]) for verdict in VERDICTS}
        bulletin = self.create_as(
            drafter,
            "office.supervision.bulletin",
            {
                "name": row["name"],
                "kind": row["kind"],
                "lead_unit_id": self.ref(row["unit"]).id,
                "handler_id": drafter.id,
                "date_from": has_period and self.timeline.day(row["from"]),
                "date_to": has_period and self.timeline.day(row["to"]),
                "date_deadline": self.timeline.day(row["due"]),
                "overview": row["overview"],
                "problems": row["problems"],
                "next_steps": row["next_steps"],
                "ticket_ids": self.refs(row["tickets"]),
                "audience_unit_ids": self.refs(row["audience"]),
                "line_ids": [
                    Command.create(
                        {"department_id": unit.id, "verdict": verdict, "reason": reason}
                    )
                    for verdict, said in words.items()
                    for unit, reason in said
                ],
            },
            row["key"],
        )
        if has_period:
            bulletin.with_user(drafter).action_take_figures()

    def read_words(self, text):
        """Return what a cell says of units: ``unit：reason``, parted by bars.

        :rtype: list[tuple]
        """
        parts = (part.split("：", 1) for part in text.split("|") if part)
        return [(self.ref(name), reason) for name, reason in parts]

    def act_waive(self, directive, text, _value):
        """Put on record why a directive needs no supervision."""
        directive.waive_supervision(text)

    def act_look_back(self, ticket, text, method, **vals):
        """Look back at a ticket: it holds."""
        look = self.create_as(
            ticket.env.user,
            "office.supervision.verification",
            {
                "ticket_id": ticket.id,
                "kind": "look_back",
                "method": method,
                "date": fields.Date.context_today(ticket),
                "findings": text,
                "result": "pass",
                **vals,
            },
        )
        look.with_user(ticket.env.user).do_transition("conclude")
        return look

    def act_look_back_fail(self, ticket, text, value):
        """Look back at a ticket: it does not hold any more.

        :param str value: unit, person, day and name of the rectification, and what it is
        """
        unit, person, day, name, words = value.split(maxsplit=4)
        look = self.act_look_back(
            ticket,
            text,
            "on_site",
            result="fail",
            rectification=words,
            rectification_unit_id=self.ref(unit).id,
            rectification_user_id=self.user(person).id,
            date_rectification=self.timeline.day(day),
        )
        self.enter(look.task_id, name)

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import TransactionCase, new_test_user


class SupervisionCase(TransactionCase):
    """A small office: two sections with head and staff, clerk, leader, supervisor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company

        def user(login, *groups):
            return new_test_user(cls.env, login, ",".join(groups), name=login.title())

        core = "office_functions.group_office_"
        cls.leader = user("v_leader", core + "leader")
        cls.other_leader = user("v_other_leader", core + "leader")
        cls.director = user("v_director", core + "director")
        cls.clerk = user("v_clerk", core + "clerk")
        cls.supervisor = user(
            "v_supervisor", "office_functions_supervision.group_office_supervisor"
        )
        cls.other_supervisor = user(
            "v_other_supervisor", "office_functions_supervision.group_office_supervisor"
        )
        cls.head_a = user("v_head_a", core + "section_head")
        cls.head_b = user("v_head_b", core + "section_head")
        cls.staff_a = user("v_staff_a", core + "staff")
        cls.staff_b = user("v_staff_b", core + "staff")
        cls.outsider = user("v_outsider", core + "staff")
        cls.unit_a = cls._make_unit("Section A", cls.head_a, cls.staff_a)
        cls.unit_b = cls._make_unit("Section B", cls.head_b, cls.staff_b)
        cls.today = fields.Date.context_today(cls.leader)
        cls.law = cls.env["office.regulation"].create(
            {"name": "Education Act", "kind": "law", "number": "No. 45"}
        )

    @classmethod
    def _make_unit(cls, name, head, *staff):
        unit = cls.env["hr.department"].create({"name": name})
        for user in (head, *staff):
            employee = cls.env["hr.employee"].create(
                {"name": user.name, "user_id": user.id, "department_id": unit.id}
            )
            if user == head:
                unit.manager_id = employee
        return unit

    @classmethod
    def day(cls, offset):
        """Return the day some days from today."""
        return cls.today + relativedelta(days=offset)

    @classmethod
    def make_directive(cls, **vals):
        """Return a directive that was issued to section A, as the clerk made it."""
        directive = (
            cls.env["office.directive"]
            .with_user(cls.clerk)
            .create(
                {
                    "name": "Free places in primary schools",
                    "leader_id": cls.leader.id,
                    "text": "Publish the places by the end of the month.",
                    "lead_unit_id": cls.unit_a.id,
                    "handler_id": cls.staff_a.id,
                    "date_deadline": cls.day(20),
                    **vals,
                }
            )
        )
        directive.do_transition("issue")
        return directive

    @classmethod
    def make_ticket(cls, tasks=2, **vals):
        """Return a proposed ticket with everything it needs to be filed and assigned."""
        directive = vals.pop("directive", None) or cls.make_directive()
        ticket = (
            cls.env["office.supervision.ticket"]
            .with_user(cls.supervisor)
            .create(
                {
                    "name": "Free places in primary schools",
                    "directive_id": directive.id,
                    "legal_basis_ids": [fields.Command.link(cls.law.id)],
                    "scope": "The district's primary schools",
                    "requirement": "Publish the number of free places.",
                    "lead_unit_id": cls.unit_a.id,
                    "handler_id": cls.staff_a.id,
                    "date_deadline": cls.day(20),
                    **vals,
                }
            )
        )
        people = [(cls.unit_a, cls.staff_a), (cls.unit_b, cls.staff_b)]
        for index, (unit, person) in enumerate(people[:tasks]):
            cls.env["office.supervision.task"].with_user(cls.supervisor).create(
                {
                    "ticket_id": ticket.id,
                    "name": f"Part {index + 1}",
                    "lead_unit_id": unit.id,
                    "handler_id": person.id,
                    "date_deadline": cls.day(10 + index),
                    "weight": 100 / tasks,
                }
            )
        return ticket

    @classmethod
    def make_assigned(cls, **vals):
        """Return a ticket that was filed and assigned."""
        ticket = cls.make_ticket(**vals)
        ticket.with_user(cls.director).do_transition("file")
        ticket.with_user(cls.supervisor).do_transition("assign")
        return ticket

    @classmethod
    def make_late(cls, **vals):
        """Return a ticket that was filed and assigned, and is a day late."""
        ticket = cls.make_assigned(**vals)
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE office_supervision_ticket SET date_deadline = %(day)s, "
            "open_deadline = %(day)s WHERE id = %(id)s",
            {"day": cls.day(-1), "id": ticket.id},
        )
        cls.env.invalidate_all()
        return ticket

    @classmethod
    def report(cls, task, kind="final", **vals):
        """Sign for a task where needed, and submit feedback as its handler."""
        task = task.with_user(task.sudo().handler_id)
        if task.state == "assigned":
            task.do_transition("accept")
        feedback = cls.env["office.supervision.feedback"].with_user(task.env.user)
        feedback = feedback.create(
            {
                "task_id": task.id,
                "kind": kind,
                "text": "Published on the notice board.",
                "proof": "Notice board, page 3",
                **vals,
            }
        )
        feedback.do_transition("submit")
        return feedback

    @classmethod
    def verify(cls, ticket, result="pass", verifier=None, **vals):
        """Verify a reported ticket."""
        ticket.with_user(cls.supervisor).do_transition("verify")
        verification = (
            cls.env["office.supervision.verification"]
            .with_user(verifier or cls.supervisor)
            .create(
                {
                    "ticket_id": ticket.id,
                    "findings": "Seen on the spot.",
                    "result": result,
                    **vals,
                }
            )
        )
        verification.do_transition("conclude")
        return verification

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged

from .common import SupervisionCase

COLUMNS = ("overdue", "soon", "running", "reported", "late", "done")


@tagged("post_install", "-at_install", "office_supervision")
class TestMatrix(SupervisionCase):
    """Unit × person × state: what each has done, has in hand or is late with (S3.14)."""

    def get_matrix(self, user=None, ticket=None):
        self.env.flush_all()
        model = self.env["office.supervision.matrix"].with_user(user or self.director)
        return model.get_matrix(ticket.id if ticket else False)

    def find(self, matrix, unit, person):
        [line] = [u for u in matrix["units"] if u["id"] == unit.id]
        [found] = [p for p in line["persons"] if p["id"] == person.id]
        return found

    def test_s3_14_director_sees_every_person_done_late_and_open(self):
        ticket = self.make_assigned()
        first, second = ticket.task_ids
        with freeze_time(self.day(11)):
            matrix = self.get_matrix(ticket=ticket)
        self.assertEqual(
            self.find(matrix, self.unit_a, self.staff_a)["counts"]["overdue"], 1
        )
        self.assertEqual(
            self.find(matrix, self.unit_b, self.staff_b)["counts"]["soon"], 1
        )
        self.assertEqual(matrix["units"][0]["id"], self.unit_a.id, "late ones first")
        self.report(second, "stage", progress=40)
        with freeze_time(self.day(12)):
            self.report(first)
            self.report(second)
        line = self.find(self.get_matrix(ticket=ticket), self.unit_a, self.staff_a)
        self.assertEqual(line["counts"]["reported"], 1)
        self.assertEqual(line["rate"], 0, "nothing counts before verification")
        with freeze_time(self.day(12)):
            self.verify(ticket)
        matrix = self.get_matrix(ticket=ticket)
        for unit, person in ((self.unit_a, self.staff_a), (self.unit_b, self.staff_b)):
            line = self.find(matrix, unit, person)
            self.assertEqual((line["rate"], line["counts"]["late"]), (100, 1))
        self.assertEqual(matrix["total"]["counts"]["late"], 2)
        self.assertIn(ticket.number, matrix["ticket"])

    def test_rate_and_progress_of_a_person(self):
        ticket = self.make_assigned()
        other = self.make_assigned(name="Second", directive=ticket.directive_id)
        task = ticket.task_ids[0]
        self.report(task, "stage", progress=40)
        for part in other.task_ids:
            self.report(part)
        self.verify(other)
        matrix = self.get_matrix(self.staff_a)
        self.assertEqual([unit["id"] for unit in matrix["units"]], self.unit_a.ids)
        line = self.find(matrix, self.unit_a, self.staff_a)
        self.assertEqual(line["number"], 2)
        self.assertEqual((line["rate"], line["progress"]), (50, 70))
        self.assertEqual(sum(line["counts"].values()), 2)

    def test_every_task_stands_in_one_column_that_opens_it(self):
        ticket = self.make_assigned()
        self.make_assigned(name="Second", directive=ticket.directive_id)
        self.report(ticket.task_ids[0])
        matrix = self.get_matrix()
        Task = self.env["office.supervision.task"].with_user(self.director)
        tasks = Task.search(matrix["domain"])
        self.assertEqual(matrix["total"]["number"], len(tasks))
        self.assertEqual([c["key"] for c in matrix["columns"]], list(COLUMNS))
        seen = Task
        for column in matrix["columns"]:
            found = Task.search([*matrix["domain"], *column["domain"]])
            self.assertEqual(len(found), matrix["total"]["counts"][column["key"]])
            self.assertFalse(seen & found)
            seen |= found
        self.assertEqual(seen, tasks)

    def test_who_sees_what(self):
        ticket = self.make_assigned()
        for user in (self.leader, self.director, self.supervisor, self.clerk):
            units = {u["id"] for u in self.get_matrix(user, ticket)["units"]}
            self.assertEqual(units, {self.unit_a.id, self.unit_b.id}, user.login)
        units = self.get_matrix(self.head_b, ticket)["units"]
        self.assertEqual([unit["id"] for unit in units], self.unit_b.ids)
        self.assertEqual(self.get_matrix(self.outsider)["units"], [])
        with self.assertRaises(AccessError):
            self.get_matrix(self.outsider, ticket)
        citizen = new_test_user(self.env, "v_citizen", "base.group_portal")
        with self.assertRaises(AccessError):
            self.get_matrix(citizen)
        company = self.env["res.company"].create({"name": "Other Commission"})
        stranger = new_test_user(
            self.env,
            "v_stranger",
            "office_functions.group_office_leader",
            company_id=company.id,
            company_ids=company.ids,
        )
        self.assertEqual(self.get_matrix(stranger)["units"], [])

    def test_bad_input(self):
        model = self.env["office.supervision.matrix"].with_user(self.director)
        for value in ("x", [1], 10**9):
            with self.subTest(value=value), self.assertRaises(UserError):
                model.get_matrix(value)

    def test_as_many_queries_for_many_as_for_one(self):
        ticket = self.make_assigned()
        self.get_matrix(ticket=ticket)
        numbers = []
        for round_ in range(2):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.get_matrix()
            numbers.append(self.env.cr.sql_log_count - before)
            for nth in range(5):
                self.make_assigned(
                    name=f"{round_} {nth}", directive=ticket.directive_id
                )
        self.assertLessEqual(numbers[1], numbers[0])

    def test_button_of_the_ticket(self):
        ticket = self.make_assigned()
        action = ticket.with_user(self.leader).action_open_matrix()
        self.assertEqual(action["tag"], "office_supervision_matrix")
        self.assertEqual(action["context"]["active_id"], ticket.id)

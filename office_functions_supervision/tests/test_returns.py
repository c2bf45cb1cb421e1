# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from .common import SupervisionCase


class TestReturns(SupervisionCase):
    """Passing the buck is counted, and goes to the director."""

    def give_back(self, task, reason="Not our power"):
        task.with_user(self.staff_a).do_transition("give_back", reason)

    def measure(self):
        """Return the rows of the indicator that are section A's."""
        Indicator = self.env["office.indicator"].with_user(self.director)
        rows = Indicator._measure(
            Indicator._get_indicator("K13-returns"), self.today, self.today
        )
        return [row for row in rows if row[0] == self.unit_a.id]

    def test_s2_25_returned_twice_goes_to_the_director_to_rule(self):
        director = self.env["res.users"]._get_office_director(self.company)
        task = self.make_assigned().task_ids[0]
        self.give_back(task)
        self.assertEqual(task.given_back_count, 1)
        self.assertFalse(task.activity_ids)
        task.with_user(self.director).do_transition("insist", "It is yours")
        self.give_back(task, "Still not ours")
        self.assertEqual(task.given_back_count, 2)
        self.assertEqual(task.activity_ids.user_id, director)
        with self.assertRaisesRegex(Exception, "not yours to make"):
            task.with_user(self.supervisor).do_transition("reassign", "To B")
        task.with_user(self.director).do_transition("reassign", "Section B does it")

    def test_k13_groundless_returns_are_counted(self):
        self.assertEqual(self.measure(), [])
        first, second = (
            self.make_assigned().task_ids[0],
            self.make_assigned().task_ids[0],
        )
        self.give_back(first)
        self.give_back(second)
        self.assertEqual(self.measure(), [], "nobody has judged yet")
        first.with_user(self.director).do_transition("insist", "It is yours")
        second.with_user(self.director).do_transition("reassign", "You are right")
        self.assertEqual(self.measure(), [(self.unit_a.id, self.staff_a.id, 1, 0)])
        action = self.env["office.transition"].with_user(self.director)
        domain = action.action_open_returns()["domain"]
        names = action.search(domain).filtered(
            lambda line: line.res_id in (first.id, second.id)
        )
        self.assertEqual(
            sorted(names.mapped("name")),
            ["give_back", "give_back", "insist", "reassign"],
        )
        self.assertEqual(
            set(action.action_open_returns()["domain"][0][2]),
            {first._name, "office.document.incoming"},
        )

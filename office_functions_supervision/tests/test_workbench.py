# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.tests import new_test_user, tagged

from .common import SupervisionCase


@tagged("post_install", "-at_install", "office_workbench")
class TestWorkbench(SupervisionCase):
    def get_figures(self, user):
        """Return the figures of a user's workbench: (panel, label) → figure."""
        data = self.env["office.workbench"].with_user(user).get_workbench()
        return {
            (panel["key"], figure["label"]): figure
            for panel in data["panels"]
            for figure in panel["figures"]
        }

    def test_every_figure_is_the_length_of_its_list(self):
        ticket = self.make_assigned()
        self.make_ticket(directive=self.make_directive(name="Another"), name="Other")
        self.make_directive(name="Late", date_deadline=self.day(-3))
        self.make_directive(name="Soon", date_deadline=self.day(1))
        ticket.with_user(self.leader).urge("Please report.", "3")
        for user in (self.leader, self.director, self.supervisor, self.staff_a):
            for (panel, label), figure in self.get_figures(user).items():
                with self.subTest(user=user.login, panel=panel, figure=label):
                    action = self.env.ref(figure["action"])
                    model = self.env[action.res_model].with_user(user)
                    found = model.search_count(figure["domain"])
                    self.assertEqual(figure["value"], found)
        figures = self.get_figures(self.leader)
        self.assertEqual(figures["coordination", "Overdue"]["value"], 1)
        self.assertEqual(figures["coordination", "Overdue"]["tone"], "danger")
        self.assertEqual(figures["coordination", "Due Soon"]["value"], 1)
        self.assertEqual(figures["supervision", "To Be Filed"]["value"], 1)

    def test_own_matters_come_by_urgency(self):
        self.make_directive(name="Later", date_deadline=self.day(9))
        self.make_directive(name="Late", date_deadline=self.day(-3))
        data = self.env["office.workbench"].with_user(self.staff_a).get_workbench()
        names = [matter["name"].split(" ")[-1] for matter in data["mine"]]
        self.assertEqual(names, ["Late", "Later"])
        self.assertEqual(data["mine"][0]["light"], "red")

    def test_own_matters_of_all_kinds_stand_in_one_list_of_eight(self):
        day = iter(range(1, 20))
        for n in range(4):
            self.make_directive(name=f"D{n}", date_deadline=self.day(next(day)))
            task = self.make_assigned(name=f"T{n}").task_ids[:1].sudo()
            task.with_context(tracking_disable=True).handler_id = self.staff_a
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE office_supervision_task SET open_deadline = %s WHERE id = %s",
                [self.day(next(day)), task.id],
            )
        self.env.invalidate_all()
        mine = self.env["office.workbench"].with_user(self.staff_a)._get_mine()
        kinds = ["office.directive", "office.supervision.task"] * 4
        self.assertEqual([matter["model"] for matter in mine], kinds)
        for matter in mine:
            record = self.env[matter["model"]].browse(matter["id"])
            self.assertEqual(matter["name"], record.display_name)

    def test_roles_without_matters_see_no_dead_figures(self):
        for groups in ("office_functions.group_office_petition", "base.group_user"):
            user = new_test_user(self.env, groups.replace(".", "_"), groups)
            labels = self.get_figures(user)
            with self.subTest(groups=groups):
                self.assertNotIn(("coordination", "Directives Running"), labels)

    def test_delegation_is_announced(self):
        self.env["office.delegation"].with_user(self.leader).create(
            {
                "principal_id": self.leader.id,
                "delegate_id": self.director.id,
                "date_to": self.day(5),
            }
        )
        Workbench = self.env["office.workbench"]
        held = Workbench.with_user(self.director).get_workbench()["delegations"]
        lent = Workbench.with_user(self.leader).get_workbench()["delegations"]
        self.assertIn(self.leader.name, held[0])
        self.assertIn(self.director.name, lent[0])

    def test_read_only_and_few_queries(self):
        self.make_assigned()
        workbench = self.env["office.workbench"].with_user(self.leader)
        self.assertTrue(workbench.get_workbench._readonly)
        workbench.get_workbench()
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.cr.execute("SET TRANSACTION READ ONLY")
        before = self.env.cr.sql_log_count
        workbench.get_workbench()
        self.assertLessEqual(self.env.cr.sql_log_count - before, 14)

# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""An office whose people walk through the web client, in Chinese, each on their own."""

from odoo.tests import HttpCase, new_test_user

CORE = "office_functions.group_office_"
PEOPLE = {
    "leader": ("李主任", CORE + "leader"),
    "director": ("陈主任", CORE + "director"),
    "clerk": ("赵文员", CORE + "clerk"),
    "head": ("周科长", CORE + "section_head"),
    "other_head": ("钱科长", CORE + "section_head"),
    "staff": ("张科员", CORE + "staff"),
}
"""Role → name and groups. Their logins are the roles behind ``walk_``."""


class WalkCase(HttpCase):
    """Two sections with their heads, the office, and a leader.

    Another addon gives ``more_people``.
    """

    more_people = {}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {
            role: new_test_user(
                cls.env,
                f"walk_{role}",
                groups,
                name=name,
                lang="zh_CN",
                tz="Asia/Shanghai",
            )
            for role, (name, groups) in {**PEOPLE, **cls.more_people}.items()
        }
        cls.unit, cls.other_unit = cls.env["hr.department"].create(
            [{"name": "基础教育科"}, {"name": "组织人事科"}]
        )
        places = {
            "head": cls.unit,
            "staff": cls.unit,
            "other_head": cls.other_unit,
        }
        employees = cls.env["hr.employee"].create(
            [
                {
                    "name": cls.people[role].name,
                    "user_id": cls.people[role].id,
                    "department_id": unit.id,
                }
                for role, unit in places.items()
            ]
        )
        cls.unit.manager_id = employees[0]
        cls.other_unit.manager_id = employees[2]
        cls.policy = cls.env["office.regulation"].create(
            {"name": "关于做好招生工作的通知", "kind": "policy"}
        )

    def walk(self, path, tour, role):
        """Let one person make a tour, beginning at a page.

        :param str path: e.g. ``"office-incoming"``
        :param str tour: its name
        :param str role: see ``PEOPLE``
        """
        self.start_tour(f"/odoo/{path}", tour, login=f"walk_{role}", timeout=120)
        self.env.invalidate_all()

    def assertLog(self, record, *lines):
        """Assert who made which step, from the first to the last."""
        log = record.transition_ids.sorted("id")
        self.assertEqual([(line.name, line.user_id.name) for line in log], [*lines])

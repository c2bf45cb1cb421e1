# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""An office whose people walk through the web client, in Chinese, each on their own."""

from concurrent.futures import Future
from functools import partial
from unittest.mock import patch

from odoo.tests import HttpCase, common, new_test_user

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


class LentBrowser(common.ChromeBrowser):
    """A browser that the tours of a test class use one after the other.

    To start one takes as long as a short tour. Nothing of a tour is left for the next
    but what the web client itself keeps of its files; after a failure it is not used
    again.
    """

    @classmethod
    def lend(cls, test_class, test_case, *args, **kwargs):
        """Return the browser of a test class, for one tour.

        :param type test_class: keeps it until its tests are over
        :param test_case: and what else a browser is made with
        """
        needed = (
            test_case.browser_size.replace("x", ","),
            test_case.touch_enabled,
            kwargs.get("success_signal"),
        )
        browser = test_class.__dict__.get("lent_browser")
        if browser and browser.made_for == needed:
            browser._begin_anew(test_case)
            return browser
        browser = cls(test_case, *args, **kwargs)
        browser.made_for = needed
        test_class.lent_browser = browser
        test_class.addClassCleanup(super(LentBrowser, browser).stop)
        return browser

    def _begin_anew(self, test_case):
        self.test_case = test_case
        self._logger = test_case._logger
        self._result = Future()
        self.error_checker = None
        self.had_failure = False

    def _handle_console(self, type, args=None, **kwargs):
        """Let an error that the caller's checker expects not count as a failure."""
        if type == "error" and args and self.error_checker:
            if not self.error_checker(str(args[0].get("value"))):
                type = "warning"
        return super()._handle_console(type, args, **kwargs)

    def stop(self):
        """Take the browser back, as it was when it was new."""
        if not hasattr(self, "made_for"):  # It did not even start.
            super().stop()
            return
        done = self._result.done() and not self._result.cancelled()
        if not done or self._result.exception() or self.had_failure:
            type(self.test_case).lent_browser = None
            return
        self.navigate_to("about:blank", wait_stop=True)
        self._websocket_request(
            "Storage.clearDataForOrigin",
            params={
                "origin": self.test_case.base_url(),
                "storageTypes": "cookies,local_storage,indexeddb,service_workers",
            },
        )
        self._websocket_request("Network.clearBrowserCookies")


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

    def browser_js(self, *args, **kwargs):
        """Run a tour in the browser that the class keeps."""
        lend = partial(LentBrowser.lend, type(self))
        with patch.object(common, "ChromeBrowser", lend):
            return super().browser_js(*args, **kwargs)

    def walk(self, path, tour, role, refused=None):
        """Let one person make a tour, beginning at a page.

        :param str path: e.g. ``"office-incoming"``
        :param str tour: its name
        :param str role: see ``PEOPLE``
        :param str refused: the error that the client is to report on the way
            (it logs what it shows), e.g. ``"FetchRecordError"``
        """
        self.start_tour(
            f"/odoo/{path}",
            tour,
            login=f"walk_{role}",
            timeout=120,
            error_checker=refused and (lambda message: refused not in message),
        )
        self.env.invalidate_all()

    def assertLog(self, record, *lines):
        """Assert who made which step, from the first to the last."""
        log = record.transition_ids.sorted("id")
        self.assertEqual([(line.name, line.user_id.name) for line in log], [*lines])

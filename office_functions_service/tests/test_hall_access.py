# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from contextlib import ExitStack, contextmanager
from importlib.resources import files

from odoo.tests import tagged
from odoo.tests.common import HOST, ChromeBrowser

from .hall_case import TYPED, HallCase

RUN = """
axe.run(document, {resultTypes: ["violations"]}).then(({violations}) =>
    violations.map((one) =>
        [one.id, one.help, ...one.nodes.map((node) => node.html)].join("\\n")
    ).join("\\n\\n")
);
"""
COMPLETE = "document.readyState === 'complete'"
SEND = "document.querySelector('.o_office_filing').submit()"
REFUSED = f"{COMPLETE} && !!document.querySelector('[role=alert] a')"

FORM = "!!document.querySelector('.o_office_filing')"
FILED = "location.pathname.endsWith('/filed')"
KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), "ArrowDown": (40, "")}
FOCUSED = """
(() => {
    const one = document.activeElement;
    const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle(one);
    const ring = (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
    return {name: one.name, type: one.type, href: one.getAttribute("href"), ring};
})()
"""
WAITS = f"{COMPLETE} && !!document.querySelector('.o_office_hall [role=alert]')"


@tagged("post_install", "-at_install", "office_walk")
class TestHallAccess(HallCase):
    """Who cannot see or point finds their way in the service hall (axe-core)."""

    browser_size = "390x844"

    def check(self, *pages):
        """Assert that axe-core finds nothing wrong with pages, shown by one browser.

        :param pages: addresses; or an address, a script to run there, and what is true
            when that has led to the page that is meant
        """
        axe = (files("axe_core_python") / "axe.min.js").read_text()
        with self.open_browser() as browser:
            for page in pages:
                path, *step = [page] if isinstance(page, str) else page
                browser.navigate_to(f"{self.base_url()}{path}", wait_stop=True)
                self.assertTrue(browser._wait_ready(COMPLETE))
                if step:
                    self.evaluate(browser, step[0])
                    self.assertTrue(browser._wait_ready(step[1]))
                with self.subTest(page):
                    found = self.evaluate(browser, f"{axe};\n{RUN}")
                    self.assertEqual(found, "")

    @contextmanager
    def open_browser(self):
        """Give a browser that follows what the test filed, if anything."""
        browser = ChromeBrowser(self)
        with self.allow_requests(browser=browser), ExitStack() as stack:
            stack.callback(self._wait_remaining_requests)
            stack.callback(browser.stop)
            self.authenticate(None, None, browser=browser)
            self.cr.flush()
            self.cr.clear()
            followed = self.opener.cookies.get("office_followed")
            if followed:
                browser.set_cookie("office_followed", followed, "/", HOST)
            yield browser

    @staticmethod
    def press(browser, key):
        """Press a key and let it go."""
        number, text = KEYS[key]
        for kind in ("keyDown", "keyUp"):
            browser._websocket_request(
                "Input.dispatchKeyEvent",
                params={
                    "type": kind,
                    "key": key,
                    "code": key,
                    "windowsVirtualKeyCode": number,
                    "text": text if kind == "keyDown" else "",
                },
            )

    def step_to(self, browser, wanted, typed):
        """Go on by the tab key, typing into what comes, until something is reached.

        :param callable wanted: whether the focused element is that, from its facts
        :param dict typed: name of a field → what is typed into it
        """
        for _nth in range(60):
            self.press(browser, "Tab")
            focused = self.evaluate(browser, FOCUSED)
            self.assertTrue(focused["ring"], f"One sees where one is: {focused}")
            if wanted(focused):
                return
            if focused["type"] == "select-one":
                self.press(browser, "ArrowDown")
            elif focused["name"] in typed:
                browser._websocket_request(
                    "Input.insertText", params={"text": typed[focused["name"]]}
                )
        self.fail("It is not reached by the tab key.")

    def test_a_petition_is_filed_by_the_keyboard_alone(self):
        with self.open_browser() as browser:
            browser.navigate_to(f"{self.base_url()}/office", wait_stop=True)
            self.assertTrue(browser._wait_ready(COMPLETE))
            new = "/office/petition/new"
            self.step_to(browser, lambda one: (one["href"] or "").endswith(new), {})
            self.press(browser, "Enter")
            self.assertTrue(browser._wait_ready(f"{COMPLETE} && {FORM}"))
            self.step_to(browser, lambda one: one["type"] == "submit", TYPED)
            self.press(browser, "Enter")
            self.assertTrue(browser._wait_ready(f"{COMPLETE} && {FILED}"))
        petition = self.petitions.search([], order="id desc", limit=1)
        self.assertEqual((petition.name, petition.text), (TYPED["name"], TYPED["text"]))
        self.assertFalse(petition.is_report)

    @staticmethod
    def evaluate(browser, script):
        """Return what a script in a browser comes to."""
        answer = browser._websocket_request(
            "Runtime.evaluate",
            params={"expression": script, "awaitPromise": True, "returnByValue": True},
            timeout=60,
        )
        return answer["result"].get("value")

    def test_every_page_is_without_violations(self):
        guidance = self.publish("转学需要哪些手续？", "学籍表和两校同意。", is_hot=True)
        info, _file = self.make_entry()
        self.check(
            "/office",
            "/office/topics?words=转学",
            f"/office/topics/{guidance.id}",
            "/office/petition/new",
            "/office/consultation/new",
            "/office/information/new",
            ("/office/information/new", SEND, REFUSED),
            "/office/petition/track",
            "/office/open",
            f"/office/open/{info.id}",
        )

    def test_what_one_follows_is_without_violations(self):
        record, _page = self.file("consultation", name="How does one move?")
        record.with_user(self.users["staff"]).files_wanted = "The register"
        self.answer(record)
        self.check("/office/consultation/filed", "/office/consultation/track")

    def test_a_followed_petition_and_a_wait_are_without_violations(self):
        petition, _page = self.file()
        petition.with_user(self.users["petition_officer"]).write(
            {
                "petition_class": "claim",
                "route": "petition",
                "lead_unit_id": self.unit.id,
                "handler_id": self.users["staff"].id,
            }
        )
        for step in ("judge", "accept"):
            petition.with_user(self.users["petition_officer"]).do_transition(step)
        self.env.company.write(
            {"hall_search_burst": 1, "hall_search_sustained": 1, "hall_networks": ""}
        )
        self.check(
            "/office/petition/track",
            "/office/topics?words=a",
            ("/office/topics?words=b", "0", WAITS),
        )

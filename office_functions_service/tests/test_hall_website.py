# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.office_functions_service.controllers.canteen import Canteen
from odoo.addons.office_functions_service.controllers.hall import ServiceHall
from odoo.addons.office_functions_service.controllers.open_information import (
    OpenInformation,
)

from .hall_case import TYPED, HallCase


@tagged("post_install", "-at_install")
class TestHallInWebsite(HallCase):
    """What the hall needs in order to stand inside a website."""

    def test_what_no_page_can_be_drawn_for_is_answered_without_one(self):
        digits = "9" * 5000
        for path in (
            "/office/open/%2e%2e",
            "/office/open/%2e%2e/x",
            "/zh_CN/office/topics/%2e",
            "/zh_CN/my/office/advice/%2e",
            f"/office/topics/{digits}",
            f"/office/open/{digits}/file/1",
        ):
            with self.subTest(path=path[:40]):
                page = self.url_open(path)
                self.assertEqual((page.status_code, page.text), (404, "Not Found"))

    def test_a_host_that_cannot_be_is_refused(self):
        for host in ("\x99", "a" * 64, "a..b", ""):
            with self.subTest(host=host):
                page = self.url_open("/office", headers={"Host": host})
                self.assertEqual(page.status_code, 400)
        page = self.url_open("/zh_CN/office/petition", headers={"Host": "a..b"})
        self.assertEqual(page.status_code, 400)
        self.assertEqual(self.url_open("/office").status_code, 200)

    def test_no_host_is_looked_at_but_for_our_pages(self):
        with patch.object(self.registry["ir.http"], "_is_host", return_value=False):
            self.assertEqual(self.url_open("/web/login").status_code, 200)
            self.assertEqual(self.url_open("/office").status_code, 400)

    def test_sitemap_lists_what_is_published_and_nothing_else(self):
        topic = self.publish("How are pupils moved?", "By both schools.")
        draft = topic.copy()
        info, _file = self.make_entry()
        self.assertIs(ServiceHall.offers.original_routing["sitemap"], False)
        topics = ServiceHall.topic.original_routing["sitemap"]
        listed = [line["loc"] for line in topics(self.env, None, "")]
        self.assertIn(f"/office/topics/{topic.id}", listed)
        self.assertNotIn(f"/office/topics/{draft.id}", listed)
        entries = OpenInformation.entry.original_routing["sitemap"]
        path = f"/office/open/{info.id}"
        self.assertIn({"loc": path}, [*entries(self.env, None, path)])
        self.assertFalse([*entries(self.env, None, "elsewhere")])
        info.with_user(self.users["clerk"]).do_transition("withdraw", "Out of date")
        self.assertFalse([*entries(self.env, None, path)])

    def test_the_canteen_is_a_page_of_the_website(self):
        for method in (Canteen.show_menu, Canteen.rate_meal):
            self.assertTrue(method.original_routing.get("website"))

    def test_in_a_language_of_ones_own_from_the_form_to_the_answer(self):
        page = self.send("/zh_CN/office/petition/new", {**TYPED, "name": "校车不停"})
        self.assertTrue(page.url.endswith("/zh_CN/office/petition/filed"), page.url)
        self.assertSays(page.text, "查询码")
        leave = "/zh_CN/office/petition/track/leave"
        page = self.send("/zh_CN/office/petition/track", to=leave)
        self.assertTrue(page.url.endswith("/zh_CN/office"), page.url)

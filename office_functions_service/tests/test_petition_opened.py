# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import OfficeHttpCase

from .petition_secret_case import MARKER, SecretCase, SecretFixture

OPENED = {"name": {}, "text": {}}


@tagged("office_service")
class TestPetitionOpened(SecretCase):
    """Who opens a report, or lets others in, is on record for the directors (A13)."""

    def get_lines(self, petition, reader=None):
        self.env.flush_all()
        lines = self.env["office.audit.log"].with_user(reader or self.env.user)
        return lines.search([("res_model", "=", petition._name)]).filtered(
            lambda line: petition.id in line.res_ids
        )

    def test_a13_opening_a_report_is_on_record_once_a_day(self):
        director = self.users["director"]
        report = self.register(is_report=True)
        mine = report.with_user(self.keeper)
        mine.web_search_read([], {"name": {}, "state": {}})
        self.assertFalse(self.get_lines(report), "A list opens nothing")
        for read in (
            lambda: mine.web_read(OPENED),
            lambda: mine.read(["text"]),
            lambda: mine.search_read([("id", "=", report.id)], ["text"]),
            lambda: mine.web_search_read([], OPENED),
        ):
            with self.subTest():
                read()
                self.assertEqual(len(self.get_lines(report, director)), 1)
        line = self.get_lines(report, director)
        self.assertEqual((line.kind, line.user_id), ("view", self.keeper))
        self.assertNotIn(MARKER, str(line.read()))
        self.to_day(2)
        mine.web_read(OPENED)
        self.assertEqual(len(self.get_lines(report)), 2)
        report.with_user(self.users["petition_officer"]).read()
        self.assertEqual(
            self.get_lines(report).user_id,
            self.keeper | self.users["petition_officer"],
        )

    def test_each_road_alone_is_on_record(self):
        reports = [self.register(self.keeper, is_report=True) for _nth in range(3)]
        one, two, three = (report.with_user(self.keeper) for report in reports)
        one.read(["text"])
        two.search_read([("id", "=", two.id)], ["text"])
        three.web_search_read([("id", "=", three.id)], OPENED)
        for report in reports:
            self.assertEqual(self.get_lines(report).kind, "view")

    def test_an_ordinary_petition_is_opened_without_a_line(self):
        petition = self.register()
        petition.web_read(OPENED)
        self.assertFalse(self.get_lines(petition))

    def test_a13_who_is_let_in_and_out_is_on_record(self):
        report = self.register(is_report=True)
        self.assertFalse(self.get_lines(report), "The first are admitted by the rule")
        leader, director = self.users["leader"], self.users["director"]
        report.with_user(self.keeper).admit(leader, "Decides")
        line = self.get_lines(report, director)
        self.assertEqual((line.kind, line.user_id), ("admit", self.keeper))
        self.assertSays(line.detail, leader.name, "Decides")
        access = report.sudo().access_ids.filtered(lambda one: one.user_id == leader)
        access.with_user(self.keeper).action_lift()
        last = self.get_lines(report, director)[0]
        self.assertEqual((last.kind, last.user_id), ("lift", self.keeper))
        self.assertSays(last.detail, leader.name)
        ordinary = self.register()
        ordinary.with_user(director).admit(self.users["staff"])
        self.assertFalse(self.get_lines(ordinary))

    def test_a13_whom_it_is_against_reads_no_line(self):
        director = self.users["director"]
        report = self.register(
            self.keeper,
            is_report=True,
            accused_ids=[Command.create({"user_id": director.id})],
        )
        report.with_user(self.keeper).web_read(OPENED)
        report.with_user(self.keeper).admit(self.users["leader"])
        self.assertEqual(len(self.get_lines(report, self.users["leader"])), 2)
        self.assertFalse(self.get_lines(report, director))


@tagged("post_install", "-at_install", "office_service")
class TestPetitionOpenedHttp(SecretFixture, OfficeHttpCase):
    def test_a13_a_browser_that_opens_it_is_on_record(self):
        report = self.register(is_report=True)
        self.env.flush_all()
        self.authenticate(self.keeper.login, self.keeper.login)
        for _nth in range(2):
            answer = self.make_jsonrpc_request(
                "/web/dataset/call_kw",
                {
                    "model": "office.petition",
                    "method": "web_read",
                    "args": [report.ids, OPENED],
                    "kwargs": {},
                },
            )
            self.assertIn(MARKER, answer[0]["text"])
        line = self.env["office.audit.log"].search([("kind", "=", "view")])
        self.assertEqual((line.user_id, line.res_ids), (self.keeper, report.ids))

# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""An accusation that is handled and closed, and that its target never sees."""

import re
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from odoo.addons.office_functions.tests.walk_case import CORE, WalkCase
from odoo.addons.office_functions_service.models import office_public_form

TITLE = "收受家长礼金"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
CONFIDENTIAL = "office_functions_service.group_office_petition_confidential"


@tagged("post_install", "-at_install", "office_walk")
class TestWalkSecret(WalkCase):
    more_people = {
        "keeper": ("郑保密", f"{CORE}petition,{CONFIDENTIAL}"),
        "handler": ("孙科员", f"{CORE}staff,{CONFIDENTIAL}"),
        "admin": ("冯管理", f"base.group_system,{CORE}manager"),
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["hr.employee"].create(
            {
                "name": "孙科员",
                "user_id": cls.people["handler"].id,
                "department_id": cls.other_unit.id,
            }
        )
        cls.env["office.petition"].with_user(cls.people["keeper"]).create(
            {
                "name": "校车总是晚点",
                "person": "何晓梅",
                "person_phone": "13671180233",
                "lead_unit_id": cls.unit.id,
                "handler_id": cls.people["staff"].id,
            }
        )

    def file(self):
        """File a report against the head of the section in the service hall."""
        form = "/office/petition/new"
        hidden = dict(HIDDEN.findall(self.url_open(form).text))
        typed = {
            "is_report": "report",
            "name": TITLE,
            "text": f"周科长在入学报名时{TITLE}。",
            "about": "周科长",
            "person": "林女士",
            "person_phone": "13900020002",
        }
        with patch.object(office_public_form, "LEAST_SECONDS", -1):
            page = self.url_open(form, data={**hidden, **typed})
        self.assertIn("/office/petition/filed", page.url)
        return self.env["office.petition"].search([("name", "=", TITLE)])

    def test_an_accusation_that_its_target_never_sees(self):
        report = self.file()
        head = self.people["head"]
        self.assertTrue(report.is_report and report._is_against(head))
        self.walk("office-petitions", "office_keeper_admits_handler", "keeper")
        handler = report.with_user(self.people["handler"])
        self.assertTrue(handler.has_access("read"))
        handler.do_transition("start")
        handler.opinion = "情况属实，已移交。"
        handler.demand_ids.write(
            {"outcome": "supported", "facts": "两次。", "basis": "《条例》第三十条"}
        )
        handler.do_transition("reply")
        self.walk(
            f"office-petitions/{report.id}",
            "office_accused_finds_nothing",
            "head",
            refused="FetchRecordError",
        )
        self.walk("office-petition-numbers", "office_admin_reads_counts", "admin")
        report.with_user(self.people["keeper"]).notice_ids.write(
            {
                "date_delivered": fields.Date.context_today(handler),
                "delivery_way": "hand",
            }
        )
        report.with_user(self.people["keeper"]).do_transition("close")
        self.assertEqual(report.state, "closed")
        for role in ("head", "staff", "director", "leader", "clerk", "admin"):
            mine = report.with_user(self.people[role])
            with self.subTest(role):
                self.assertFalse(mine.has_access("read"))
                self.assertFalse(mine.search([("id", "=", report.id)]))
        self.assertFalse(report._get_all_messages().partner_ids & head.partner_id)

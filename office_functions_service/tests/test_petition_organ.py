# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .petition_secret_case import SecretCase

WAYS = {
    "forward": ({"petition_class": "suggestion"}, "proper_organ"),
    "refuse": (
        {"petition_class": "suggestion", "refusal_ground": "power"},
        "proper_organ",
    ),
    "guide": ({"petition_class": "claim", "route": "litigation"}, "statutory_way"),
}


@tagged("office_service")
class TestPetitionOrgan(SecretCase):
    """No petition goes to whom it concerns; a report to who is competent (R-PET-10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = cls.users["staff"].employee_ids
        cls.subunit.name = "后勤科"

    def judge(self, way, organ, accused, **vals):
        """Judge a petition for one way, and name the organ.

        :param dict accused: one line of who is complained of
        """
        judged, field = WAYS[way]
        petition = self.register(
            self.keeper,
            **{**judged, **vals},
            accused_ids=[Command.create(accused)],
            **{field: organ},
        )
        petition.with_user(self.keeper).do_transition("judge")
        return petition.with_user(self.keeper)

    def test_a4_to_no_organ_that_it_concerns(self):
        accused = (
            ({"unit_id": self.subunit.id}, self.subunit.name),
            ({"unit_id": self.subunit.id}, "后 勤 科"),
            ({"unit_id": self.subunit.id}, "请转：后勤科（急）"),
            ({"unit_id": self.subunit.id}, self.unit.name),
            ({"employee_id": self.employee.id}, self.unit.name),
            ({"employee_id": self.employee.id}, self.employee.name),
            ({"user_id": self.users["staff"].id}, self.employee.name),
            ({"name": "第一中学、王校长"}, "第一中学"),
            ({"name": "第一 中学"}, "第一中学和教研室"),
            ({"name": "No. 1 School"}, "no. 1  school"),
        )
        for way, (_vals, field) in WAYS.items():
            for line, organ in accused:
                petition = self.judge(way, organ, line)
                with self.subTest(way=way, organ=organ):
                    with self.assertRaises(UserError) as refusal:
                        petition.do_transition(way, "Not ours")
                    label = petition.fields_get([field])[field]["string"]
                    self.assertSays(refusal.exception, "must not go", label)
                    self.assertNotIn(organ, str(refusal.exception))
                    self.assertEqual(petition.state, "judged")
            petition = self.judge(way, "区纪委", {"unit_id": self.subunit.id})
            petition.do_transition(way, "Not ours")
            self.assertNotEqual(petition.state, "judged")

    def test_head_of_the_unit_takes_it_with_them(self):
        self.other_unit.manager_id = self.employee
        line = {"employee_id": self.employee.id}
        petition = self.judge("forward", self.other_unit.name, line)
        with self.assertRaisesRegex(UserError, "must not go"):
            petition.do_transition("forward")

    def test_r_pet_10_a_report_goes_to_who_is_competent(self):
        report = self.judge(
            "forward", "区纪委", {"name": "王校长"}, petition_class="report"
        )
        with self.assertRaisesRegex(UserError, "competent"):
            report.do_transition("forward")
        report.competent_by = "discipline"
        report.do_transition("forward")
        self.assertEqual(report.state, "forwarded")
        with self.assertRaises(UserError):
            report.competent_by = "cadre"

    def test_an_ordinary_petition_needs_no_competence(self):
        petition = self.judge("forward", "区交通局", {"name": "王校长"})
        petition.do_transition("forward")
        self.assertEqual(petition.state, "forwarded")

    def test_officers_alone_say_who_is_competent(self):
        petition = self.register(handler_id=self.users["staff"].id)
        with self.assertRaises(AccessError):
            petition.with_user(self.users["staff"]).competent_by = "power"

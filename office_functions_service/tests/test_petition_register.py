# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from unittest.mock import patch

from odoo.api import Environment
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import SQL

from odoo.addons.office_functions.tests.common import TODAY, OfficeCase

from .petition_fixture import PetitionFixture


@tagged("office_service")
class TestPetitionRegister(PetitionFixture, OfficeCase):
    """From the letter on the table to what is known before anybody judges it."""

    def officer_form(self, record=None):
        model = self.model.with_user(self.users["petition_officer"])
        return Form(
            record or model, "office_functions_service.office_petition_view_form"
        )

    def test_s4_15_officer_registers_a_letter_and_due_dates_appear(self):
        """Registered in few fields; number, date of notice and of reply at once."""
        with self.officer_form() as form:
            form.name = "校车总是晚点"
            form.person = "张三丰"
            form.person_phone = "13812345678"
            form.text = "孩子每天早上在雨里等车。"
        petition = form.record
        self.assertTrue(petition.number)
        self.assertEqual(petition.state, "registered")
        self.assertEqual(petition.date_deadline, self.day(15))
        self.assertEqual(petition.date_notice_due, self.day(15))
        # Day 75 is a Sunday: the last day moves to the next working day.
        self.assertEqual(petition.date_reply_due, self.day(76))
        self.assertEqual(petition.light, "green")
        self.assertEqual(petition.person, "张**")
        self.assertSays("\n".join(petition.explain_deadline()), "第二十三条")

    def test_s4_15_citizen_follows_a_letter_by_code(self):
        petition = self.register()
        code = petition.query_code
        self.assertEqual(self.model._find_public(code, "5678"), petition)
        self.assertFalse(self.model._find_public(code, "5679"))
        petition.handler_id = self.users["staff"]
        with self.assertRaises(AccessError):
            petition.with_user(self.users["staff"]).read(["query_code"])

    def test_r_pet_5_buttons_are_those_of_its_way(self):
        """What class and way rule out stands back; the rest is in reach."""

        def names(petition):
            return {
                button["name"]
                for button in petition.open_transitions
                if button["style"] != "link"
            }

        petition = self.register()
        self.assertEqual(names(petition), {"judge", "withdraw"})
        self.assertIn("object", names(self.register(source_organ="Petition Bureau")))
        ways = {"accept", "assign", "guide"}
        for vals, shown in (
            ({"route": "petition"}, {"accept", "assign"}),
            ({"route": "enforcement"}, ways),
            ({"route": "arbitration"}, {"guide"}),
            ({"petition_class": "suggestion", "route": False}, {"accept", "assign"}),
        ):
            with self.subTest(vals=vals):
                judged = self.judge(self.register(), **vals)
                self.assertEqual(names(judged) & ways, shown)
                self.assertLessEqual({"forward", "refuse", "join"}, names(judged))

    def test_s4_15_no_more_than_five_fields_are_needed(self):
        petition = self.model.with_user(self.users["petition_officer"]).create(
            {"name": "Only a subject"}
        )
        self.assertTrue(petition.number)
        self.assertEqual(petition.repeat_kind, "first")

    def test_r_pet_2_the_clock_runs_from_the_day_of_receipt(self):
        petition = self.register(date_received=self.day(-1))
        self.assertEqual(petition.clock_start, self.day(-1))
        self.assertEqual(petition.date_notice_due, self.day(14))
        with self.assertRaisesRegex(ValidationError, "after it has come in"):
            self.register(date_received=self.day(1))
        with self.assertRaisesRegex(ValidationError, "earlier step"):
            petition.date_received = self.day(-2)

    def test_r_pet_2_nobody_gives_a_deadline_of_their_own(self):
        for vals in (
            {"date_deadline": "2027-01-01"},
            {"time_limit_id": self.env["office.time.limit"].search([], limit=1).id},
            {"time_limit_id": False},
            {"time_limit_id": False, "date_deadline": "2027-01-01"},
        ):
            with self.subTest(vals), self.assertRaises(ValidationError):
                self.register(**vals)
        petition = self.register()
        for role in ("petition_officer", "director", "leader"):
            with self.subTest(role=role), self.assertRaises(UserError):
                petition.with_user(self.users[role]).change_deadline(
                    "extend", "Too much to do", self.day(40)
                )

    def test_until_somebody_is_named_the_registering_unit_is_pressed(self):
        officer = self.users["petition_officer"]
        self.env["hr.employee"].create(
            {
                "name": officer.name,
                "user_id": officer.id,
                "department_id": self.unit.id,
            }
        )
        petition = self.register()
        self.assertEqual(petition.lead_unit_id, self.unit)
        self.to_day(17)
        self.assertEqual(petition.light, "red")
        petition.with_user(self.users["director"]).urge("Judge it at once")
        self.assertIn(
            self.users["section_head"], petition.sudo().urging_ids.addressee_ids.user_id
        )

    def test_r_pet_1_every_item_stays_in_the_register(self):
        petition = self.register()
        with self.assertRaisesRegex(UserError, "stays in the register"):
            petition.unlink()

    # Who writes what ------------------------------------------------------------------

    def test_what_came_in_is_written_by_officers_only(self):
        petition = self.register(
            lead_unit_id=self.unit.id, handler_id=self.users["staff"].id
        )
        for role in ("staff", "section_head"):
            mine = petition.with_user(self.users[role])
            for vals in (
                {"text": "Nothing happened"},
                {"person": "Somebody"},
                {"person_phone": "13900000000"},
                {"petition_class": "suggestion"},
                {"lead_unit_id": self.other_unit.id},
                {"complained_unit_ids": [(6, 0, self.unit.ids)]},
            ):
                with self.subTest(role=role, vals=vals), self.assertRaises(AccessError):
                    mine.write(vals)
        with self.assertRaises(AccessError):
            petition.with_user(self.users["director"]).text = "Nothing happened"

    def test_what_came_in_is_settled_by_the_judgement(self):
        petition = self.judge(self.register())
        petition.person = "李四"
        self.do(petition, "petition_officer", "accept")
        for vals in ({"person": "王五"}, {"text": "Other"}, {"is_simple": True}):
            with (
                self.subTest(vals),
                self.assertRaisesRegex(ValidationError, "earlier step"),
            ):
                petition.write(vals)
        self.assertEqual(petition.sudo().identity_ids.person, "李四")

    def test_supervisors_read_without_any_part_of_an_identity(self):
        group = self.env.ref(
            "office_functions_supervision.group_office_supervisor",
            raise_if_not_found=False,
        )
        if not group:
            self.skipTest("There is no supervision here.")
        petition = self.register()
        user = self.make_user(
            "test_supervisor", "office_functions_supervision.group_office_supervisor"
        )
        mine = petition.with_user(user)
        self.assertEqual(mine.name, petition.name)
        self.assertEqual((mine.person, mine.person_phone), ("＊", "＊"))

    def test_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Other District"})
        officer = self.make_user(
            "test_their_officer",
            "office_functions.group_office_petition",
            company_id=company.id,
            company_ids=company.ids,
        )
        petition = self.register()
        theirs = self.model.with_user(officer)
        self.assertFalse(petition.with_user(officer).has_access("read"))
        mine = theirs.create({"name": petition.name, "person_phone": "13812345678"})
        self.assertFalse(mine.same_person_ids | mine.similar_ids)
        self.assertEqual(mine.repeat_kind, "first")

    # Who wrote before, and on the same matter -----------------------------------------

    def test_similar_petitions_are_found_while_typing(self):
        first = self.register(name="校车总是晚点，孩子淋雨")
        self.register(name="食堂饭菜太贵")
        with self.officer_form() as form:
            form.name = "校车总是晚点孩子淋雨了"
            self.assertEqual(form.similar_ids[:].ids, first.ids)
            self.assertFalse(form.same_person_ids[:])
            form.name = "操场什么时候开放"
            self.assertFalse(form.similar_ids[:])

    def test_the_same_person_is_found_while_typing(self):
        first = self.register(name="食堂饭菜太贵")
        with self.officer_form() as form:
            form.name = "操场什么时候开放"
            form.person_phone = "138 1234 5678"
            self.assertEqual(form.same_person_ids[:].ids, first.ids)
        self.assertEqual(form.record.same_person_ids, first)
        self.assertEqual(form.record.repeat_kind, "first", "It is another matter")

    def test_the_look_up_shows_what_the_officer_may_see(self):
        hidden = self.register(name="校车总是晚点孩子淋雨")
        hidden.with_user(self.users["director"]).restrict()
        with self.officer_form() as form:
            form.name = "校车总是晚点孩子淋雨了"
            form.person_phone = "13812345678"
            self.assertFalse(form.similar_ids[:])
            self.assertFalse(form.same_person_ids[:])
        self.assertEqual(form.record.repeat_kind, "repeated", "A figure, not a name")

    def test_k27_first_and_repeated(self):
        first = self.register(name="校车总是晚点")
        again = self.register(name="校车还是晚点", channel="visit")
        other = self.register(name="校车还是晚点", person_phone="13900000000")
        self.assertEqual(
            (first | again | other).mapped("repeat_kind"),
            ["first", "repeated", "first"],
        )
        again.repeat_kind = "first"
        again.person_address = "江南路1号"
        self.assertEqual(again.repeat_kind, "first", "The officer knows better")

    def test_look_ups_use_the_trigram_index(self):
        """The very query, among as many petitions as make the database choose."""
        model = self.model.with_user(self.users["petition_officer"])
        typed = model.new({"name": "校车总是晚点孩子淋雨"})
        self.env.flush_all()
        self.cr.execute(
            """INSERT INTO office_petition
                           (name, state, company_id, channel, our_level, date_received)
                    SELECT md5(n::text), 'registered', %s, 'letter', '1', %s
                      FROM generate_series(1, 30000) n""",
            [self.company.id, TODAY],
        )
        self.cr.execute("SELECT gin_clean_pending_list('office_petition__name_index')")
        self.cr.execute("ANALYZE office_petition")
        asked = []
        execute_query = Environment.execute_query

        def note(env, query):
            asked.append(query)
            return execute_query(env, query)

        with patch.object(Environment, "execute_query", note):
            typed._find_similar()
        [query] = [query for query in asked if "similarity(" in query.code]
        [*plan] = self.env.execute_query(SQL("EXPLAIN %s", query))
        self.assertIn("office_petition__name_index", str(plan))

    # Joint visits, recusal, persons complained of -------------------------------------

    def test_r_pet_8_more_than_five_representatives_warn(self):
        lines = "\n".join(f"代表{n} 1380000000{n}" for n in range(4))
        petition = self.register(channel="visit", person_count=5, representatives=lines)
        self.assertEqual(len(petition.identity_ids), 5)
        self.assertFalse(petition.joint_warning)
        petition.representatives += "\n代表六 13800000006"
        self.assertEqual(len(petition.sudo().identity_ids), 6)
        self.assertSays(petition.joint_warning, "6 representatives", "more than 5")
        shown = petition.representatives.splitlines()
        self.assertEqual(shown[-1], "代** 138****0006")
        petition.representatives = "\n".join(shown[:-1])
        self.assertEqual(len(petition.sudo().identity_ids), 5)
        self.assertEqual(petition.sudo().identity_ids[0].person, "张三丰")
        petition.person_count = 30
        self.assertSays(petition.joint_warning, "30 persons", "more than 5")
        petition.sudo().company_id.petition_representatives = 40
        petition.invalidate_recordset(["joint_warning"])
        self.assertFalse(petition.joint_warning)

    def test_r_pet_9_who_is_recused_loses_it_and_another_takes_over(self):
        petition = self.judge(self.register())
        self.do(petition, "petition_officer", "accept")
        petition.with_user(self.users["staff"]).recuse(reason="My brother petitions")
        self.assertFalse(petition.handler_id)
        self.assertFalse(petition.with_user(self.users["staff"]).has_access("read"))
        with self.assertRaisesRegex(UserError, "Please fill in"):
            self.do(petition, "petition_officer", "start")
        colleague = self.make_user(
            "test_colleague", "office_functions.group_office_staff"
        )
        petition.with_user(self.users["section_head"]).handler_id = colleague
        petition.with_user(colleague).do_transition("start")
        self.assertEqual(petition.state, "handling")

    def test_who_is_complained_of_never_handles(self):
        petition = self.register(lead_unit_id=self.unit.id)
        staff = self.users["staff"].employee_ids
        petition.complained_employee_ids = staff.ids
        with self.assertRaisesRegex(ValidationError, "complains of them"):
            petition.handler_id = self.users["staff"]
        petition.complained_employee_ids = self.unit.manager_id.ids
        self.assertFalse(petition.lead_unit_id, "it is not their head's any more")
        with self.assertRaises(ValidationError):
            petition.lead_unit_id = self.unit
        with self.assertRaisesRegex(ValidationError, "complains of them"):
            self.register(
                handler_id=self.users["staff"].id,
                complained_employee_ids=[(6, 0, staff.ids)],
            )

    def test_who_is_complained_of_takes_no_step(self):
        director = self.users["director"]
        employee = self.env["hr.employee"].create(
            {"name": director.name, "user_id": director.id}
        )
        petition = self.judge(
            self.register(complained_employee_ids=[(6, 0, employee.ids)])
        )
        with self.assertRaisesRegex(UserError, "does not exist"):
            self.do(petition, "director", "accept")
        self.do(petition, "petition_officer", "accept")

    # Grave ----------------------------------------------------------------------------

    def test_r_pet_12_grave_matters_reach_director_and_leaders_at_once(self):
        petition = self.register(is_grave=True)
        self.assertFalse(petition.escalated_late)
        told = petition.sudo().activity_ids
        self.assertLessEqual(
            self.users["director"] | self.users["leader"], told.user_id
        )
        self.assertEqual(set(told.mapped("date_deadline")), {TODAY})
        with self.assertRaisesRegex(ValidationError, "stays so"):
            petition.is_grave = False

    def test_r_pet_12_late_escalation_is_shown(self):
        petition = self.register()
        self.env.flush_all()
        self.cr.execute(
            "UPDATE office_petition SET create_date = %s WHERE id = %s",
            [self.moment(TODAY), petition.id],
        )
        self.to_day(2)
        petition.is_grave = True
        self.assertTrue(petition.escalated_late)
        self.assertTrue(petition.sudo().activity_ids)

    def test_r_pet_12_who_is_complained_of_hears_nothing(self):
        leader = self.users["leader"]
        employee = self.env["hr.employee"].create(
            {"name": leader.name, "user_id": leader.id}
        )
        petition = self.register(
            is_grave=True, complained_employee_ids=[(6, 0, employee.ids)]
        )
        self.assertNotIn(leader, petition.sudo().activity_ids.user_id)

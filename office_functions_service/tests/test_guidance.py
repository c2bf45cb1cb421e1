# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import (
    TODAY,
    MatterFixture,
    OfficeCase,
    OfficeHttpCase,
    OfficeRaceCase,
)
from odoo.addons.office_functions.tests.race_tests import RaceTests
from odoo.addons.office_functions.tests.rpc_tests import RpcTests
from odoo.addons.office_functions.tests.workflow_tests import WorkflowTests


class GuidanceFixture(MatterFixture):
    model_name = "office.guidance"
    relations = {"drafter": "clerk"}

    @classmethod
    def set_up_office(cls):
        result = super().set_up_office()
        cls.topic = cls.env["office.service.topic"].create(
            {"name": "学籍", "lead_unit_id": cls.unit.id}
        )
        return result

    @classmethod
    def sample_vals(cls):
        return {
            "name": "学生转学手续怎么办理？",
            "answer": "由转入学校在学籍系统中发起。",
            "topic_id": cls.topic.id,
            "audience": "school",
        }


@tagged("office_service")
class TestGuidance(GuidanceFixture, WorkflowTests, OfficeCase):
    """Guidance passes the generic tests; it is approved, clean, found and counted."""

    def publish(self, name, answer="按规定办理。", **vals):
        return self.make("published", name=name, answer=answer, **vals)

    def search_as(self, role, words, limit=10):
        model = self.model.with_user(self.users[role])
        return model.search_guidance(words, limit)

    # Approved, and nothing personal ---------------------------------------------------

    def test_m14_who_drafted_it_does_not_approve_it(self):
        director = self.users["director"]
        guidance = self.model.with_user(director).create(self.sample_vals())
        guidance.do_transition("propose")
        with self.assertRaisesRegex(UserError, "had a part in this"):
            guidance.do_transition("publish")

    def test_m14_personal_data_is_found(self):
        for text in ("请拨13812345678", "身份证11010519491231002X", "信箱a.b@c.cn"):
            guidance = self.make(answer=text)
            with self.subTest(text=text), self.assertRaisesRegex(UserError, "take out"):
                guidance.with_user(self.users["clerk"]).do_transition("propose")
        phone = self.make(answer="咨询电话80010022，2026年3月1日前办理。")
        phone.with_user(self.users["clerk"]).do_transition("propose")
        consultation = self.env["office.consultation"].create(
            {"name": "转学", "text": "转学", "school_id": self.school.id}
        )
        named = self.make(
            answer=f"答{self.school.name}：可以。", consultation_id=consultation.id
        )
        with self.assertRaisesRegex(UserError, self.school.name):
            named.with_user(self.users["clerk"]).do_transition("propose")

    def test_who_reads_what(self):
        school = self.publish("学校甲", audience="school")
        public = self.publish("公众乙", audience="public")
        both = self.publish("大家丙", audience="all")
        draft = self.make(name="草稿丁")
        for role, expected in (
            ("school", school | public | both),
            ("citizen", public | both),
            ("staff", school | public | both | draft),
        ):
            found = self.model.with_user(self.users[role]).search([])
            with self.subTest(role=role):
                self.assertEqual(found & (school | public | both | draft), expected)
        with self.assertRaises(AccessError):
            self.model.with_user(self.users["outsider"]).search([])
        mine = school.with_user(self.users["school"])
        for name in ("consultation_id", "drafter_id", "approver_id", "use_ids"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                mine.read([name])
        self.assertFalse(
            mine.env["office.transition"].search(
                [("res_model", "=", self.model_name), ("res_id", "=", school.id)]
            )
        )

    def test_who_changes_what(self):
        mine = self.make().with_user(self.users["staff"])
        with self.assertRaises(AccessError):
            mine.name = "Another"
        own = self.model.with_user(self.users["staff"]).create(self.sample_vals())
        own.name = "学生转学要什么材料？"
        own.do_transition("propose")
        with self.assertRaises(AccessError):
            own.audience = "all"
        with self.assertRaises(AccessError):
            self.model.with_user(self.users["school"]).create(self.sample_vals())

    def test_other_company(self):
        other = self.env["res.company"].create({"name": "Other District"})
        theirs = self.make_user(
            "test_theirs2",
            "office_functions.group_office_director",
            company_id=other.id,
            company_ids=other.ids,
        )
        self.publish("转学")
        self.assertFalse(self.model.with_user(theirs).search([]))
        self.assertFalse(self.model.with_user(theirs).search_guidance("转学"))

    # Found by Chinese words -----------------------------------------------------------

    def test_s4_12_a_word_is_found_within_a_sentence(self):
        wanted = self.publish("学生转学手续怎么办理？")
        self.publish("教师职称评审的时间安排")
        for words in ("转学", "转学手续", "手续", "学生 转学", "要转学怎么办？"):
            with self.subTest(words=words):
                self.assertEqual(self.search_as("school", words), wanted)

    def test_order_is_sensible(self):
        body = self.publish("入学须知", "转学的另行规定。")
        title = self.publish("转学须知", "见附件。")
        whole = self.publish("转学手续", "转学手续见附件。")
        self.assertEqual(self.search_as("school", "转学手续")[0], whole)
        self.assertEqual(list(self.search_as("school", "转学")), [whole, title, body])
        self.assertEqual(len(self.search_as("school", "转学", 2)), 2)

    def test_more_helpful_goes_first_among_equals(self):
        self.publish("校车路线一", "见附件。")
        useful = self.publish("校车路线二", "见附件。")
        self.publish("校车路线三", "见附件。")
        useful.with_user(self.users["school"]).mark_useful()
        self.assertEqual(self.search_as("school", "校车路线")[0], useful)

    def test_one_character_and_mixed_words(self):
        wanted = self.publish("ＷｉＦｉ密码与2026年DELE考试", "请找电教馆")
        for words in ("码", "馆", "wifi", "WIFI 密码", "2026", "dele考试", "2026年"):
            with self.subTest(words=words):
                self.assertEqual(self.search_as("school", words), wanted)
        self.assertFalse(self.search_as("school", "鲸"))

    def test_hostile_words_do_no_harm(self):
        wanted = self.publish("转学手续")
        for words in (
            *("", "   ", "'", "\\", "&|!():*<->", "％", "\x00", "\ud800", "。，"),
            *(None, 5, ["转学"], {"a": 1}, "';DROP TABLE office_guidance;--"),
        ):
            with self.subTest(words=words):
                self.assertFalse(self.search_as("school", words))
        for words in ("'转学' | !手续:*", "转学\x00手续", "转学" * 5000, "\\转学'"):
            with self.subTest(words=words[:20]):
                self.assertEqual(self.search_as("school", words), wanted)
        for limit in (0, -1, "x", None, 10**9):
            self.assertEqual(self.search_as("school", "转学", limit), wanted)

    def test_found_anew_when_the_text_changes(self):
        guidance = self.make(name="校服采购")
        guidance.name = "营养午餐"
        guidance._apply_transition(guidance._get_transition("publish"))
        self.assertFalse(self.search_as("school", "校服"))
        self.assertEqual(self.search_as("school", "午餐"), guidance)

    def test_only_what_is_valid_today(self):
        self.publish("转学一", date_valid_until="2026-03-09")
        today = self.publish("转学二", date_valid_until="2026-03-10")
        gone = self.publish("转学三")
        gone.with_user(self.users["clerk"]).do_transition("withdraw", "Out of date")
        self.make(name="转学四")
        self.assertEqual(self.search_as("staff", "转学"), today)

    def test_the_list_is_searched_by_words_too(self):
        wanted = self.publish("学生转学手续怎么办理？")
        self.publish("校服采购")
        mine = self.model.with_user(self.users["staff"])
        self.assertEqual(mine.search([("words", "ilike", "转学")]), wanted)
        self.assertFalse(mine.search([("words", "ilike", "'&")]))

    def test_the_index_serves_the_search(self):
        self.publish("转学手续")
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        query = self.model._search(self.model._get_words_domain("转学"))
        self.env.cr.execute("EXPLAIN " + self.env.cr.mogrify(query.select()).decode())
        plan = " ".join(row[0] for row in self.env.cr.fetchall())
        self.assertIn("search_vector", plan)

    def test_offers_while_one_types(self):
        wanted = self.publish("学生转学手续", "答" * 500)
        offers = self.model.with_user(self.users["school"]).get_offers("我想问转学")
        self.assertEqual([offer["id"] for offer in offers], wanted.ids)
        self.assertEqual(set(offers[0]), {"id", "name", "excerpt"})
        self.assertLess(len(offers[0]["excerpt"]), 200)

    # Reuse ----------------------------------------------------------------------------

    def test_s4_12_reuse_is_counted_once_for_each(self):
        guidance = self.publish("转学手续")
        for role in ("school", "school", "liaison"):
            guidance.with_user(self.users[role]).mark_useful()
        self.assertEqual(guidance.use_count, 2)
        by_school = guidance.use_ids.filtered(
            lambda use: use.user_id == self.users["school"]
        )
        self.assertEqual((by_school.school_id, by_school.date), (self.school, TODAY))
        with self.assertRaises(UserError):
            self.make().mark_useful()
        hidden = self.publish("学校内部", audience="school")
        with self.assertRaises(AccessError):
            hidden.with_user(self.users["citizen"]).mark_useful()
        for role in ("school", "director", "clerk"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.env["office.guidance.use"].with_user(self.users[role]).create(
                    {"guidance_id": guidance.id}
                )


@tagged("post_install", "-at_install")
class TestGuidanceRpc(GuidanceFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to guidance."""


@tagged("post_install", "-at_install")
class TestGuidanceRace(GuidanceFixture, RaceTests, OfficeRaceCase):
    """Two people act on guidance at the same moment."""

    def test_two_taps_count_once(self):
        guidance = self.make_committed("published")

        def tap(env):
            env["office.guidance"].browse(guidance.id).mark_useful()
            return True

        hands = self.race(tap, uid=self.users["school"].id)
        self.assertEqual([hand.error for hand in hands], [None, None])
        self.assertEqual(self.reread(guidance).use_count, 1)

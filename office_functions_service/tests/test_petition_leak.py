# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import json
from unittest.mock import patch

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Domain
from odoo.http import Request
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.office_functions.tests.common import OfficeCase, OfficeHttpCase

from .leak_case import ANOTHER, PLANTED, LeakFixture
from .petition_secret_case import MARKER


@tagged("post_install", "-at_install", "office_service")
class TestPetitionLeak(LeakFixture, OfficeCase):
    """What is complained of never reaches whom it is against (R-PET-10, A2, A4)."""

    def test_r_pet_10_the_accused_finds_nothing_in_any_model(self):
        petition = self.plant()
        self.assertTrue(self.find_leaks(petition, self.keeper, ["office.petition"]))
        near = self.get_near_models()
        for role in PLANTED:
            models = None if role in ("director", "admin", "school") else near
            with self.subTest(role=role):
                found = self.find_leaks(petition, self.users[role], models)
                self.assertEqual(found, [])

    def test_who_joins_the_accused_unit_later_finds_nothing_in_any_model(self):
        petition = self.plant("unit")
        near = self.get_near_models()
        for role in ("director", "staff", "petition_officer", "school", "admin"):
            with self.subTest(role=role):
                found = self.find_leaks(petition, self.users[role], near)
                self.assertEqual(found, [])

    def test_r_pet_10_of_a_report_strangers_find_nothing_in_any_model(self):
        petition = self.plant("report")
        audit = ("office.audit.log.",)  # A13: directors see that it was looked at.
        near = self.get_near_models()
        for role in ("director", "leader", "staff", "admin"):
            leaks = self.find_leaks(petition, self.users[role], near)
            leaks = [leak for leak in leaks if not leak.startswith(audit)]
            with self.subTest(role=role):
                self.assertEqual(leaks, [])

    def test_delegates_of_the_accused_find_nothing(self):
        petition = self.plant()
        near = self.get_near_models()
        self.assertEqual(self.find_leaks(petition, self.delegate, near), [])

    def test_exports_pivots_and_panels_say_nothing(self):
        petition = self.plant()
        for role in ("director", "leader", "petition_officer", "admin", "staff"):
            user = self.users[role]
            user.group_ids += self.env.ref("base.group_allow_export")
            mine = petition.with_user(user).sudo(False)
            if not mine.browse().has_access("read"):
                continue
            for call in (
                lambda rec=mine: rec.export_data(["name", "text", "accused_ids/name"]),
                lambda rec=mine: rec.search([]).export_data(["name", "display_name"]),
                lambda rec=mine: rec.formatted_read_group([], ["name"], ["__count"]),
                lambda rec=mine: rec.web_read_group([], ["state"], ["__count"]),
                lambda rec=mine: rec.web_search_read([], {"display_name": {}}),
                lambda rec=mine: rec.web_name_search(MARKER, {"display_name": {}}),
                lambda rec=mine: rec.formatted_read_grouping_sets(
                    [], [["name"], []], ["__count"]
                ),
                lambda rec=mine: rec.search_panel_select_range("lead_unit_id"),
                lambda rec=mine: rec.get_matter_panel(),
                lambda rec=mine: rec.copy().name,
                lambda rec=mine: rec.message_post(body="?").body,
                lambda rec=mine: rec.do_transition("judge"),
                lambda rec=mine: rec.identity_ids.reveal(),
                lambda rec=mine: rec.sudo().display_name,
                lambda rec=mine: rec.urge("Hurry"),
                lambda rec=mine: rec.rate(1),
                lambda rec=mine: rec.admit(rec.env.uid),
                lambda rec=mine: rec.recuse(reason="?"),
                lambda rec=mine: rec.restrict(),
                lambda rec=mine: rec.action_open_links(),
            ):
                self.env.invalidate_all()
                try:
                    said = str(call())
                except (AccessError, MissingError, UserError) as error:
                    said = str(error)
                with self.subTest(role=role, said=said):
                    self.assertNotIn(MARKER, said)
                    self.assertNotIn(petition.number or "检举", said)

    def test_figures_of_views_do_not_change_by_it(self):
        def count(user):
            rec = self.env["office.petition"].with_user(user)
            others = [("name", "!=", ANOTHER)]
            colors = {"field": "light", "colors": {"red": "danger", "green": "success"}}
            return (
                rec.formatted_read_grouping_sets(others, [["state"], []], ["__count"]),
                rec.formatted_read_group(others, ["handler_id"], ["__count"]),
                rec.read_progress_bar(others, "state", colors),
                rec.search_panel_select_range(
                    "lead_unit_id", enable_counters=True, search_domain=others
                ),
            )

        roles = ("director", "leader", "petition_officer", "staff", "section_head")
        before = {role: count(self.users[role]) for role in roles}
        self.plant()
        self.env.invalidate_all()
        for role in roles:
            with self.subTest(role=role):
                self.assertEqual(count(self.users[role]), before[role])
        self.assertNotEqual(count(self.keeper), before["petition_officer"])

    def test_who_replied_first_hinders_no_other_handler(self):
        petition = self.plant()
        self.assertTrue(petition._is_against(petition.first_handler_id))
        petition.with_user(self.keeper).handler_id = self.keeper
        self.assertEqual(petition.handler_id, self.keeper)

    def test_the_other_end_of_a_link_counts_nothing(self):
        self.plant()
        self.assertEqual(self.directive.with_user(self.delegate).link_count, 0)
        panel = self.directive.with_user(self.users["clerk"]).sudo().get_matter_panel
        self.assertTrue(panel())
        clerk = self.make_user("test_clerk2", "office_functions.group_office_leader")
        panel = self.directive.with_user(clerk).get_matter_panel()
        self.assertIn(MARKER, json.dumps(panel))

    def test_workbench_desk_and_overview_count_nothing(self):
        petition = self.plant()
        other = petition.lead_petition_id.id
        for role in ("director", "leader", "petition_officer"):
            env = self.env(user=self.users[role].id)
            for name in ("office.matter.overview", "office.service.record"):
                rows = env[name].search_count(
                    [("res_model", "=", petition._name), ("res_id", "!=", other)]
                )
                with self.subTest(role=role, model=name):
                    self.assertEqual(rows, 0)

    # The proof of the proof -----------------------------------------------------------

    def test_it_fails_when_one_guard_is_removed(self):
        def everything(model, operation):
            return Domain.TRUE

        petition = self.plant("unit")
        rows = ("_get_need_to_know_domain", everything)
        for name, method, guard in (
            ("office.petition", "_get_known_domain", lambda self: Domain.TRUE),
            ("mail.message", *rows),
            ("mail.tracking.value", *rows),
            ("mail.message.schedule", *rows),
            ("mail.followers", *rows),
            ("mail.notification", *rows),
            ("mail.activity", *rows),
            ("rating.rating", *rows),
            ("office.audit.log", *rows),
        ):
            self.registry.clear_cache()
            with (
                self.subTest(model=name),
                patch.object(self.registry[name], method, guard),
            ):
                leaks = [
                    leak
                    for role in ("director", "admin", "staff")
                    for leak in self.find_leaks(petition, self.users[role], [name])
                ]
                self.assertTrue(leaks)
        self.registry.clear_cache()

    def test_nothing_lies_in_wait_behind_the_rules(self):
        petition = self.plant()
        planted = self.env["res.users"].union(*(self.users[role] for role in PLANTED))
        messages = petition._get_all_messages()
        told = (
            petition.message_follower_ids.partner_id
            | messages.partner_ids
            | messages.notification_ids.res_partner_id
        )
        self.assertFalse(told & planted.partner_id)
        self.assertFalse(petition.activity_ids.user_id & planted)
        self.assertFalse(petition.handler_id & planted)
        self.assertFalse(
            petition.access_ids.filtered(lambda line: not line.date_lifted)
        )
        self.assertFalse(self.file.access_token)


@tagged("post_install", "-at_install", "office_service")
class TestPetitionLeakHttp(LeakFixture, OfficeHttpCase):
    """The same, by what a browser asks for."""

    maxDiff = None

    def ask(self, path, **params):
        """Return what the server says to a call by JSON."""
        answer = self.url_open(
            path,
            data=json.dumps({"jsonrpc": "2.0", "params": params}),
            headers={"Content-Type": "application/json"},
        )
        return answer.text

    def test_addresses_guessed_by_the_accused_say_nothing(self):
        petition = self.plant()
        message = petition.message_ids[:1]
        number, file_id = petition.id, self.file.id
        for role in ("director", "petition_officer", "staff", "school", "admin"):
            user = self.users[role]
            self.authenticate(user.login, user.login)
            paths = (
                f"/web/content/{file_id}",
                f"/web/content/{file_id}?access_token={self.token}",
                f"/web/image/{file_id}",
                f"/web/content/office.petition/{number}/name",
                f"/odoo/office-petitions/{number}",
                f"/mail/view?model=office.petition&res_id={number}",
                f"/mail/message/{message.id}",
                "/my",
                "/my/home",
                "/office",
            )
            with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
                said = {path: self.url_open(path).text for path in paths}
                for fetch in (
                    {"thread_model": "office.petition", "thread_id": number},
                ):
                    said["messages"] = self.ask("/mail/thread/messages", **fetch)
                    said["data"] = self.ask(
                        "/mail/data",
                        fetch_params=[
                            [
                                "mail.thread",
                                {
                                    **fetch,
                                    "request_list": ["followers", "attachments"],
                                },
                            ],
                            "init_messaging",
                            "failures",
                            "systray_get_activities",
                        ],
                    )
                said |= {path: self.url_open(path).text for path in self.get_prints()}
                user.group_ids += self.env.ref("base.group_allow_export")
                said["export"] = self.export([number]) + self.export(False)
                said["inbox"] = self.ask("/mail/inbox/messages")
                said["history"] = self.ask("/mail/history/messages")
                said["starred"] = self.ask("/mail/starred/messages")
                for method, args in (
                    ("read", [[number], ["name"]]),
                    ("web_read", [[number], {"display_name": {}}]),
                    ("name_search", [MARKER]),
                    ("web_name_search", [MARKER, {"display_name": {}}]),
                    (
                        "formatted_read_grouping_sets",
                        [[], [["name"], []], ["__count"]],
                    ),
                    ("search_read", [[["id", "=", number]]]),
                    ("get_matter_panel", [[number]]),
                ):
                    said[method] = self.ask(
                        "/web/dataset/call_kw",
                        model="office.petition",
                        method=method,
                        args=args,
                        kwargs={},
                    )
            for path, text in said.items():
                with self.subTest(role=role, path=path):
                    self.assertNotIn(MARKER, text)

    def get_prints(self, absent=0):
        """Return the addresses of the prints of a petition, its notice and review.

        :param int absent: added to their ids, so that there is none
        """
        petition, notice, review = self.review.petition_id, self.notice, self.review
        return [
            f"/report/{kind}/office_functions_service.{name}/{record.id + absent}"
            for kind in ("html", "pdf", "text")
            for name, record in (
                ("petition_form", petition),
                ("petition_opinion", petition),
                ("petition_mediation", petition),
                ("petition_notice", notice),
                ("petition_receipt", notice),
                ("petition_review", review),
            )
        ]

    def export(self, ids):
        """Return petitions as a browser exports them.

        :param ids: which; false: all that are found
        """
        names = ("name", "text", "number", "accused_ids/name")
        data = {
            "model": "office.petition",
            "fields": [{"name": name, "label": name, "type": "char"} for name in names],
            "ids": ids,
            "domain": [],
            "groupby": [],
            "import_compat": False,
        }
        answer = self.url_open(
            "/web/export/csv",
            data={"data": json.dumps(data), "csrf_token": Request.csrf_token(self)},
        )
        return answer.text

    def test_whom_it_is_about_is_mentioned_in_no_message(self):
        petition = self.plant()
        accused = self.users["director"].partner_id
        post = {
            "body": MARKER,
            "partner_ids": (accused | self.users["clerk"].partner_id).ids,
            "message_type": "comment",
            "subtype_xmlid": "mail.mt_comment",
        }
        self.authenticate(self.keeper.login, self.keeper.login)
        answer = self.ask(
            "/mail/message/post",
            thread_model="office.petition",
            thread_id=petition.id,
            post_data=post,
        )
        message = self.env["mail.message"].browse(
            json.loads(answer)["result"]["message_id"]
        )
        self.assertFalse(message.partner_ids)
        answer = self.ask(
            "/mail/message/update_content",
            message_id=message.id,
            update_data={"body": f"{MARKER} again", "partner_ids": accused.ids},
        )
        self.assertIn("result", json.loads(answer))
        message.invalidate_recordset()
        self.assertIn("again", message.body)
        self.assertFalse(message.partner_ids)
        self.assertFalse(message.notification_ids.res_partner_id & accused)

    def test_an_answer_on_a_hidden_petition_is_that_on_an_absent_one(self):
        petition = self.plant()
        user = self.users["director"]
        self.authenticate(user.login, user.login)
        absent = petition.id + 1000000
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
            for hidden, none in zip(
                self.get_prints(), self.get_prints(1000000), strict=True
            ):
                statuses = [self.url_open(path).status_code for path in (hidden, none)]
                with self.subTest(path=hidden):
                    self.assertEqual(*statuses)
                    self.assertGreaterEqual(statuses[0], 400)
        for path in (
            "/web/content/office.petition/{}/name",
            "/mail/view?model=office.petition&res_id={}",
            "/odoo/office-petitions/{}",
        ):
            with self.subTest(path=path), mute_logger("odoo.http"):
                pages = []
                for res_id in (petition.id, absent):
                    answer = self.url_open(path.format(res_id), allow_redirects=False)
                    pages.append(
                        (
                            answer.status_code,
                            answer.headers.get("Location", "").replace(
                                str(res_id), "#"
                            ),
                        )
                    )
                self.assertEqual(*pages)
        for method, args in (
            ("read", [["name"]]),
            ("web_read", [{"display_name": {}}]),
            ("get_matter_panel", []),
            ("do_transition", ["judge"]),
            ("message_post", []),
            ("write", [{"name": "?"}]),
            ("unlink", []),
            ("copy", []),
        ):
            with self.subTest(method=method), mute_logger("odoo.http", "odoo.sql_db"):
                said = []
                for res_id in (petition.id, absent):
                    text = self.ask(
                        "/web/dataset/call_kw",
                        model="office.petition",
                        method=method,
                        args=[[res_id], *args],
                        kwargs={},
                    )
                    data = json.loads(text)
                    data.get("error", {}).get("data", {}).pop("debug", None)
                    said.append(json.dumps(data).replace(str(res_id), "#"))
                self.assertEqual(*said, "\n".join(said))

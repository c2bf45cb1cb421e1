# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import io
from base64 import b64encode
from datetime import timedelta
from unittest.mock import patch

from lxml import html
from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.office_functions_service.controllers import hall_base
from odoo.addons.office_functions_service.models import office_public_form
from odoo.addons.office_functions_service.tools.basis import plain_basis

from .hall_case import CODE, HIDDEN, PHONE, TYPED, HallCase
from .test_upload import CAMERA, PDF


@tagged("post_install", "-at_install")
class TestHallFiling(HallCase):
    """Anybody files without an account, and all of it or nothing is kept."""

    def test_a9_filed_without_account_or_script_and_followed_by_code(self):
        petition, page = self.file(text="The bus never stops.\r\nSince March.")
        self.assertRecordValues(
            petition,
            [
                {
                    "name": TYPED["name"],
                    "text": "The bus never stops.\nSince March.",
                    "channel": "online",
                    "state": "registered",
                    "person": "张**",
                    "person_phone": "138****5678",
                    "create_uid": self.env.ref("base.public_user").id,
                }
            ],
        )
        self.assertTrue(petition.number)
        code = CODE.search(page.text)[1]
        self.assertEqual(code.replace("-", ""), petition.query_code)
        self.assertNotIn(petition.query_code, page.url)
        self.leave()
        page = self.follow("petition", code.lower())
        self.assertTrue(page.url.endswith("/office/petition/track"))
        self.assertSays(page.text, petition.number)

    def test_r_pet_1_every_petition_can_be_followed(self):
        petition = self.petitions.with_user(self.users["petition_officer"]).create(
            {"name": "A letter", "person": "李四", "person_phone": "010-8312 3456"}
        )
        petition._give_numbers()
        self.assertEqual(len(petition.query_code), 12)
        page = self.follow("petition", petition.query_code, "3456")
        self.assertSays(page.text, "Who Has It" if petition.lead_unit_id else "Since")
        self.assertNotIn("李四", page.text)

    def test_all_problems_at_once_and_nothing_lost(self):
        before = self.petitions.search_count([])
        answer = self.send(
            "/office/petition/new",
            {
                "name": "x" * 101,
                "text": "",
                "person": "张三",
                "person_phone": "12345",
                "person_id_number": "110105194912310021",
            },
            [("files", ("run.exe", b"MZ\x00\x01", "image/png"))],
        )
        self.assertEqual(answer.status_code, 422)
        self.assertSays(
            answer.text,
            "at most 100 characters",
            "Please fill in: What happened",
            "This is no phone number",
            "slip of the pen",
            'value="12345"',
            'aria-invalid="true"',
        )
        self.assertEqual(self.petitions.search_count([]), before)

    def test_a_refused_file_leaves_nothing_behind(self):
        before = (
            self.petitions.search_count([]),
            self.env["office.petition.identity"].search_count([]),
            self.env["ir.attachment"].search_count([]),
        )
        answer = self.send(
            "/office/petition/new",
            TYPED,
            [
                ("files", ("ok.pdf", PDF, "application/pdf")),
                ("files", ("run.exe", b"MZ\x00\x01", "image/png")),
            ],
        )
        self.assertEqual(answer.status_code, 422)
        self.assertSays(answer.text, "run", "is none of these", TYPED["text"])
        self.assertEqual(
            before,
            (
                self.petitions.search_count([]),
                self.env["office.petition.identity"].search_count([]),
                self.env["ir.attachment"].search_count([]),
            ),
        )

    def test_a_failure_in_the_middle_leaves_nothing_behind(self):
        Petition = type(self.petitions)
        before = self.petitions.search_count([])
        with patch.object(
            Petition, "_after_public_filing", side_effect=UserError("No"), autospec=True
        ):
            answer = self.send("/office/petition/new", TYPED)
        self.assertEqual(answer.status_code, 422)
        self.env.invalidate_all()
        self.assertEqual(self.petitions.search_count([]), before)

    def test_the_same_form_twice_makes_one_matter(self):
        hidden, _page = self.open_form("/office/petition/new")
        before = self.petitions.search_count([])
        pages = [
            self.url_open("/office/petition/new", data={**hidden, **TYPED})
            for _i in range(2)
        ]
        self.assertEqual(self.petitions.search_count([]), before + 1)
        self.assertEqual(*(CODE.search(page.text)[1] for page in pages))

    def test_a9_a_form_sent_anew_confirms_and_shows_no_code(self):
        hidden, _page = self.open_form("/office/petition/new")
        first = self.url_open("/office/petition/new", data={**hidden, **TYPED})
        code = CODE.search(first.text)[1]
        self.leave()
        other, _page = self.open_form("/office/petition/new")
        hidden["csrf_token"] = other["csrf_token"]
        again = self.url_open("/office/petition/new", data={**hidden, **TYPED})
        self.assertEqual(again.status_code, 200)
        self.assertSays(again.text, "This form arrived before")
        self.assertNotIn(code, again.text)
        self.assertEqual(CODE.findall(again.text), [])
        track = self.url_open("/office/petition/track")
        self.assertSays(track.text, "Last Four Digits")
        changed = self.url_open(
            "/office/petition/new", data={**hidden, **TYPED, "text": "Else"}
        )
        self.assertEqual(changed.status_code, 409)
        self.assertSays(changed.text, "sent already")

    def test_a9_a_phone_may_end_like_the_code_of_a_country(self):
        record, _page = self.file(person_phone="13812340086")
        self.leave()
        page = self.follow("petition", record.query_code, "0086")
        self.assertEqual(page.status_code, 200)
        self.assertSays(page.text, record.number)

    def test_a9_a_code_that_is_guessed_at_opens_no_more(self):
        record, _page = self.file()
        other, _page = self.file(name="Another")
        self.leave()
        self.env.company.hall_query_failures = 3
        code = record.query_code
        for number in range(3):
            self.assertFalse(record.is_code_closed)
            self.follow("petition", code, f"000{number}")
            record.invalidate_recordset(["is_code_closed"])
        self.assertTrue(record.is_code_closed)
        closed, unknown = (
            self.follow("petition", code),
            self.follow("petition", "A" * 12),
        )
        self.assertEqual(closed.status_code, 422)
        self.assertEqual(unknown.status_code, 422)
        words = "There is nothing under this code"
        self.assertSays(closed.text, words)
        self.assertSays(unknown.text, words)
        self.assertSays(self.follow("petition", other.query_code).text, other.number)
        self.leave()
        for role in ("staff", "leader"):
            with self.assertRaises(AccessError):
                record.with_user(self.users[role]).action_renew_query_code()
        officer = self.users["petition_officer"]
        record.with_user(officer).action_renew_query_code()
        self.assertNotEqual(record.query_code, code)
        self.assertSays(record.message_ids[0].body, "new query code")
        self.assertNotIn(record.query_code, record.message_ids[0].body)
        self.assertSays(self.follow("petition", record.query_code).text, record.number)
        self.assertEqual(self.follow("petition", code).status_code, 422)

    def test_robots_are_kept_out_without_a_foreign_service(self):
        hidden, page = self.open_form("/office/petition/new")
        self.assertNotRegex(
            page.text, r"https?://(?!127\.0\.0\.1|localhost)[^\"']*\.js"
        )
        before = self.petitions.search_count([])
        for change, words in (
            ({"homepage": "http://spam"}, "field for robots"),
            ({"seal": ""}, "not ours"),
            ({"seal": hidden["seal"][:-2] + "xx"}, "not ours"),
            ({"seal": "1." + hidden["seal"].partition(".")[2]}, "not ours"),
        ):
            with self.subTest(change):
                answer = self.url_open(
                    "/office/petition/new", data={**hidden, **TYPED, **change}
                )
                self.assertSays(answer.text, words)
        with patch.object(office_public_form, "LEAST_SECONDS", 60):
            answer = self.url_open("/office/petition/new", data={**hidden, **TYPED})
            self.assertSays(answer.text, "very fast", hidden["seal"])
        with patch.object(office_public_form, "FORM_HOURS", -1):
            answer = self.url_open("/office/petition/new", data={**hidden, **TYPED})
            self.assertSays(answer.text, "or too old")
        self.assertEqual(self.petitions.search_count([]), before)

    def test_no_form_of_another_site(self):
        hidden, _page = self.open_form("/office/petition/new")
        before = self.petitions.search_count([])
        for token in ("", "x" * 40):
            answer = self.url_open(
                "/office/petition/new", data={**hidden, **TYPED, "csrf_token": token}
            )
            self.assertEqual(answer.status_code, 400)
        self.assertEqual(self.petitions.search_count([]), before)

    def test_a9_anonymous_letter(self):
        petition, page = self.file(
            anonymous="1", person="王五", person_phone="", person_address="1 Road"
        )
        self.assertFalse(petition.sudo().identity_ids)
        self.assertSays(page.text, petition.number, "cannot be followed")
        self.assertNotIn(petition.query_code[:4], page.text)

    def test_who_is_signed_in_is_not_named(self):
        self.authenticate("test_staff", "test_staff")
        petition, _page = self.file()
        self.assertEqual(petition.create_uid, self.env.ref("base.public_user"))
        self.assertFalse(petition.with_user(self.users["staff"]).has_access("read"))

    def test_r_pii_1_pictures_lose_their_metadata_and_stay_private(self):
        exif = Image.Exif()
        exif[CAMERA] = "Secret Phone"
        buffer = io.BytesIO()
        Image.new("RGB", (20, 20)).save(buffer, "JPEG", exif=exif)
        petition, _page = self.file(
            files=[("files", ("../家长.jpeg", buffer.getvalue(), "text/html"))]
        )
        file = petition.sudo().public_file_ids
        self.assertRecordValues(
            file,
            [
                {
                    "name": "家长.jpg",
                    "mimetype": "image/jpeg",
                    "public": False,
                    "res_model": "office.petition",
                    "res_id": petition.id,
                    "access_token": False,
                }
            ],
        )
        self.assertNotIn(b"Secret Phone", file.raw)
        path = f"/office/petition/track/files/{file.id}"
        answer = self.url_open(path)
        self.assertEqual(answer.content, file.raw)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertFalse(self.assertHeaders(answer))
        _other, _page = self.file(name="Another")
        self.assertEqual(self.url_open(path).status_code, 404)
        self.leave()
        self.assertEqual(self.url_open(path).status_code, 404)
        self.assertNotEqual(self.url_open(f"/web/content/{file.id}").status_code, 200)
        with self.assertRaises(AccessError):
            file.with_user(self.users["staff"]).check_access("read")

    def test_no_server_side_road_but_the_hall(self):
        for name in ("file_publicly", "rate_publicly", "send_files_publicly"):
            with self.subTest(name):
                self.assertTrue(
                    getattr(getattr(type(self.petitions), name), "_api_private", False)
                )
        with self.assertRaises(UserError) as refusal:
            self.petitions.file_publicly({"name": "x", "text": ""}, {})
        self.assertSays(refusal.exception, "What happened", "Your Name", "Your Phone")

    def test_r_pii_1_who_asks_is_known_to_who_answers(self):
        record, _page = self.file("consultation")
        identity = record.identity_ids
        seen = identity.with_user(self.users["staff"]).reveal()
        self.assertEqual(seen["phone"], PHONE)
        for role in ("leader", "section_head", "canteen", "school", "citizen"):
            with self.subTest(role), self.assertRaises(AccessError):
                identity.with_user(self.users[role]).reveal()
        self.assertEqual(record.with_user(self.users["staff"]).person, "张**")
        other = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self.make_user(
            "test_elsewhere",
            "office_functions.group_office_clerk",
            company_id=other.id,
            company_ids=other.ids,
        )
        self.assertFalse(record.with_user(stranger).has_access("read"))
        self.assertFalse(identity.with_user(stranger).has_access("read"))

    def test_guarded_fields_cannot_be_sent(self):
        petition, _page = self.file(
            query_code="AAAAAAAAAAAA",
            first_contact_id="1",
            petition_class="report",
            state="closed",
            company_id="2",
        )
        self.assertNotEqual(petition.query_code, "AAAAAAAAAAAA")
        self.assertEqual(petition.state, "registered")
        self.assertFalse(petition.petition_class)


@tagged("post_install", "-at_install")
class TestHallFollowing(HallCase):
    """With code and end of phone one sees where it stands, and nothing internal."""

    def test_m14_from_the_question_to_the_stars(self):
        record, _page = self.file("consultation")
        self.assertRecordValues(
            record,
            [
                {
                    "state": "submitted",
                    "lead_unit_id": self.unit.id,
                    "service_target": "public",
                    "topic_id": self.topic.id,
                    "handler_id": self.users["staff"].id,
                }
            ],
        )
        self.leave()
        page = self.follow("consultation", record.query_code)
        self.assertSays(
            page.text,
            "Waiting to Be Taken On",
            self.unit.name,
            plain_basis(record.time_limit_id.legal_basis),
            "Answer Due By",
            "How the Date Came About",
        )
        self.assertNotIn("Are You Satisfied?", page.text)
        self.answer(record)
        page = self.url_open("/office/consultation/track")
        self.assertSays(
            page.text,
            "The register, and the consent",
            self.law.display_name,
            "Are You Satisfied?",
        )
        refused = self.send(
            "/office/consultation/track",
            {"score": "9", "comment": "So so"},
            to="/office/consultation/track/rate",
        )
        self.assertEqual(refused.status_code, 422)
        self.assertSays(refused.text, "Please say whether it was solved.", "So so")
        page = self.send(
            "/office/consultation/track",
            {"score": "4", "solved": "yes", "comment": "Quick"},
            to="/office/consultation/track/rate",
        )
        self.assertSays(page.text, "Your rating: 4 of 5")
        self.assertNotIn("Are You Satisfied?", page.text)
        self.assertRecordValues(
            record, [{"state": "rated", "score": 4, "solved": "yes"}]
        )

    def test_s4_13_rating_is_asked_once_after_the_answer(self):
        record, _page = self.file("consultation")
        with self.assertRaisesRegex(UserError, "when it has been answered"):
            record.rate_publicly(5, "yes")
        self.answer(record)
        record.rate_publicly(5, "yes")
        self.assertFalse(record._get_public_page()["may_rate"])
        with self.assertRaisesRegex(UserError, "rated it already"):
            record.rate_publicly(1, "no")

    def test_what_is_not_solved_is_put_right_whatever_the_stars(self):
        record, _page = self.file("consultation")
        self.answer(record)
        record.rate_publicly(5, "no", "Friendly, but no answer")
        corrections = self.env["office.service.correction"].search([])
        self.assertSays(corrections.mapped("problem"), "Friendly, but no answer")

    def test_s4_13_first_contact_of_every_citizen_record(self):
        record, _page = self.file("consultation")
        self.assertEqual(record.first_contact_id, self.users["staff"])
        petition, _page = self.file()
        self.assertTrue(petition.first_contact_id)
        asked, _page = self.file(
            "information",
            requester_kind="natural",
            form_wanted="electronic",
            person_id_number="11010519491231002X",
        )
        self.assertEqual(asked.first_contact_id, self.users["director"])
        # Of a unit without a head the director of the office receives it.
        petition.lead_unit_id.manager_id = False
        petition, _page = self.file()
        self.assertEqual(petition.first_contact_id, self.users["director"])
        officer = self.users["petition_officer"]
        letter = self.petitions.with_user(officer).create({"name": "A letter"})
        self.assertEqual(letter.first_contact_id, officer)

    def test_wrong_and_unknown_codes_are_told_apart_by_nothing(self):
        record, _page = self.file()
        self.leave()
        tries = {
            "wrong end": (record.query_code, "0000"),
            "unknown code": ("ABCDEFGHJKLM", "5678"),
            "both": ("ABCDEFGHJKLM", "0000"),
            "nonsense": ("%00'\"<x>", "x" * 500),
        }
        pages, counts = {}, {}
        path = "/office/petition/track"
        work = {}
        for name, given in tries.items():
            hidden, _page = self.open_form(path)
            form = {**hidden, "code": given[0], "tail": given[1]}
            answer = self.url_open(path, data=form)
            pages[name] = (answer.status_code, HIDDEN.sub("", answer.text))
            before = self.cr.sql_log_count
            self.url_open(path, data=form)
            work[name] = self.cr.sql_log_count - before
            model = self.petitions._as_public()
            model._find_public(*given)
            before = self.cr.sql_log_count
            model._find_public(*given)
            counts[name] = self.cr.sql_log_count - before
        self.assertEqual(len(set(work.values())), 1, f"over the whole request: {work}")
        first = pages["wrong end"]
        self.assertEqual(first[0], 422)
        strip = lambda text: "".join(  # noqa: E731
            line for line in text.splitlines() if "csrf" not in line
        )
        for name, page in pages.items():
            with self.subTest(name):
                self.assertEqual(page[0], first[0])
                self.assertEqual(strip(page[1]), strip(first[1]))
        self.assertEqual(set(counts.values()), {1})
        model._find_public(record.query_code, PHONE[-4:])
        before = self.cr.sql_log_count
        model._find_public(record.query_code, PHONE[-4:])
        self.assertEqual(self.cr.sql_log_count - before, 1, "right is no slower")

    def test_queries_are_limited_by_address_and_by_code(self):
        record, _page = self.file()
        self.leave()
        company = self.env.company
        company.hall_query_burst = 3
        answers = [
            self.follow("petition", code, "0000").status_code
            for code in ("A", "B", "C", "D")
        ]
        self.assertEqual(answers, [422, 422, 422, 429])
        company.hall_networks = "127.0.0.0/8, ::1"
        self.assertEqual(self.follow("petition", "E", "0000").status_code, 422)
        answers = [
            self.follow(
                "petition",
                f"{record.query_code[:number]}-{record.query_code[number:].lower()}",
                f"000{number}",
            ).status_code
            for number in range(4)
        ]
        self.assertEqual(answers, [422, 422, 422, 429])
        answer = self.follow("petition", record.query_code)
        self.assertEqual(answer.status_code, 429, "guessing the phone ends here")
        self.assertTrue(answer.headers["Retry-After"])
        self.assertSays(answer.text, "Please try again in")

    def test_filings_are_limited_by_address_and_by_phone(self):
        company = self.env.company
        company.hall_filing_burst = 2
        company.hall_networks = "127.0.0.0/8, ::1"
        self.file(name="One")
        self.file(name="Two")
        answer = self.send("/office/petition/new", {**TYPED, "name": "Three"})
        self.assertEqual(answer.status_code, 429)
        self.assertSays(answer.text, "Please try again in", "Three")
        self.file(name="Four", person_phone="13900000000")
        company.hall_networks = False
        answer = [
            self.send(
                "/office/petition/new", {**TYPED, "person_phone": f"1391111000{number}"}
            ).status_code
            for number in range(3)
        ]
        self.assertEqual(answer, [200, 200, 429])

    def test_what_was_opened_closes_again(self):
        record, _page = self.file()
        self.assertSays(self.url_open("/office/petition/track").text, record.number)
        self.assertNotIn(
            record.number, self.url_open("/office/consultation/track").text
        )
        with patch.object(hall_base, "FOLLOWED_SECONDS", -1):
            self.assertNotIn(
                record.number, self.url_open("/office/petition/track").text
            )
        self.send("/office/petition/track", to="/office/petition/track/leave")
        self.assertNotIn(record.number, self.url_open("/office/petition/track").text)
        answer = self.url_open("/office/petition/filed")
        self.assertTrue(answer.url.endswith("/office/petition/track"))

    def test_the_ticket_is_sealed_and_a_known_session_shows_nothing(self):
        record, _page = self.file()
        other, _page = self.file(name="Another")
        self.follow("petition", record.query_code)
        path = "/office/petition/track"
        session = self.opener.cookies["session_id"]
        ticket = self.opener.cookies["office_followed"].strip('"')
        for forged in (
            "",
            ticket[:-1],
            ticket.replace(f".{record.id}.", f".{other.id}."),
            f"petition.{other.id}.9999999999.",
            "...",
            "²",
        ):
            self.leave()
            self.opener.cookies["session_id"] = session
            self.opener.cookies["office_followed"] = forged.encode().decode("latin-1")
            with self.subTest(forged):
                text = self.url_open(path).text
                self.assertNotIn(record.number, text)
                self.assertNotIn(other.number, text)

    def test_papers_asked_for_are_sent_once(self):
        record, _page = self.file("consultation")
        path, to = "/office/consultation/track", "/office/consultation/track/files"
        answer = self.send(
            path, files=[("files", ("a.pdf", PDF, "application/pdf"))], to=to
        )
        self.assertSays(answer.text, "No papers are asked for.")
        record.with_user(self.users["staff"]).files_wanted = "The school register"
        self.assertSays(self.url_open(path).text, "The school register")
        answer = self.send(
            path, files=[("files", ("a.exe", b"MZ\x00", "application/pdf"))], to=to
        )
        self.assertSays(answer.text, "is none of these")
        answer = self.send(
            path, files=[("files", ("a.pdf", PDF, "application/pdf"))], to=to
        )
        self.assertSays(answer.text, "a.pdf", "It has arrived")
        self.assertFalse(record.files_wanted)
        self.assertEqual(record.public_file_ids.mapped("name"), ["a.pdf"])

    def test_a9_nothing_internal_in_any_page(self):
        record, _page = self.file("consultation")
        staff = record.with_user(self.users["staff"])
        staff.do_transition("accept")
        staff.write({"answer_draft": "DRAFT-INSIDE", "no_rule_reason": "WHY-INSIDE"})
        staff.message_post(body="NOTE-INSIDE")
        record._set(is_paused=True)
        self.env["office.deadline.event"].sudo()
        page = self.url_open("/office/consultation/track")
        names = [user.name for user in self.users.values()]
        for inside in (
            "INSIDE",
            "张三丰",
            PHONE,
            *names,
            record.query_code,
            "res_id",
            "office.consultation",
        ):
            with self.subTest(inside):
                self.assertNotIn(inside, page.text)
        self.assertFalse(self.assertHeaders(page))


@tagged("post_install", "-at_install")
class TestHallPages(HallCase):
    """What everybody reads."""

    def test_r_pet_15_how_one_reaches_the_office(self):
        self.env.company.write(
            {
                "hall_place": "1 Reception Road",
                "hall_phone": "010-55667788",
                "hall_hours": "Workdays 9-17",
            }
        )
        self.assertSays(
            self.url_open("/office").text,
            "1 Reception Road",
            "010-55667788",
            "Workdays 9-17",
            "/office/petition/new",
            "/office/petition/track",
        )

    def test_s4_14_hot_questions_stand_on_the_first_page(self):
        plain = self.publish("Where is the office?", "In Reception Road.")
        hot = self.publish("How are pupils moved?", "By both schools.", is_hot=True)
        inside = self.publish("Who has the key?", "We.", audience="school")
        page = self.url_open("/office").text
        places = [page.find(f"/office/topics/{one.id}") for one in (hot, plain)]
        self.assertTrue(0 < places[0] < places[1], "The hot ones first")
        self.assertNotIn(inside.name, page)

    def test_s4_14_published_answer_is_offered_before_sending(self):
        guidance = self.publish("转学需要哪些手续？", "学籍表和两校同意。")
        answer = self.url_open("/office/topics/offers?words=转学")
        self.assertEqual([one["id"] for one in answer.json()], [guidance.id])
        self.assertFalse(self.assertHeaders(answer))
        typed = {**TYPED, "topic_id": str(self.topic.id), "name": "孩子转学怎么办"}
        before = self.consultations.search_count([])
        page = self.send("/office/consultation/new", typed)
        self.assertSays(page.text, guidance.name, "It is not sent yet", typed["name"])
        self.assertEqual(self.consultations.search_count([]), before)
        hidden = dict(HIDDEN.findall(page.text))
        self.assertEqual(hidden["offers_seen"], "1")
        page = self.url_open("/office/consultation/new", data={**hidden, **typed})
        self.assertIn("/filed", page.url)

    def test_s4_14_who_saw_the_answers_sees_them_once(self):
        """Not again after each slip of the pen."""
        self.publish("How are pupils moved?", "By the register.")
        form = "/office/consultation/new"
        typed = {**TYPED, "topic_id": str(self.topic.id), "person_phone": "12"}
        hidden, _page = self.open_form(form)
        answer = self.url_open(form, data={**hidden, **typed, "offers_seen": "1"})
        self.assertSays(answer.text, "This is no phone number")
        hidden = dict(HIDDEN.findall(answer.text))
        self.assertEqual(hidden["offers_seen"], "1")
        answer = self.url_open(form, data={**hidden, **typed, "person_phone": PHONE})
        self.assertIn("/office/consultation/filed", answer.url)

    def test_k26_self_served_share(self):
        guidance = self.publish("转学需要哪些手续？", "学籍表和两校同意。")
        path = f"/office/topics/{guidance.id}"
        for _i in range(2):
            page = self.send(path, to=f"{path}/helped")
            self.assertSays(page.text, "We are glad")
        self.leave()
        self.send(path, to=f"{path}/helped")
        guidance.invalidate_recordset()
        self.assertEqual((guidance.visitor_count, guidance.use_count), (2, 2))
        record, _page = self.file("consultation")
        Indicator = self.env["office.indicator"].with_user(self.users["director"])
        today = record.date_submitted.date()
        period = (today - timedelta(days=1), today + timedelta(days=9))
        rows = Indicator._measure(Indicator._get_indicator("K26-served"), *period)
        self.assertEqual(rows, [(self.unit.id, None, 2, 2), (self.unit.id, None, 0, 1)])
        found = Indicator.open_records("K26-served", *map(str, period))
        self.assertEqual(
            self.env[found["res_model"]]
            .with_user(self.users["director"])
            .search_count(found["domain"]),
            2,
        )
        self.answer(record)
        for code, expected in (("K26", 1), ("K26-days", 0)):
            row = Indicator._measure(Indicator._get_indicator(code), *period)
            with self.subTest(code):
                self.assertEqual(
                    (len(row), *row[0][:2], round(row[0][2]), row[0][3]),
                    (1, self.unit.id, self.users["staff"].id, expected, 1),
                )

    def test_only_what_is_published_for_the_public_is_found(self):
        hidden = [
            self.publish("转学 schools only", "x", audience="school"),
            self.publish("转学 expired", "x", date_valid_until="2020-01-01"),
            self.env["office.guidance"].create(
                {"name": "转学 draft", "answer": "x", "audience": "public"}
            ),
            self.publish(
                "转学 elsewhere",
                "x",
                company_id=self.env["res.company"].create({"name": "Elsewhere"}).id,
                topic_id=False,
            ),
        ]
        shown = self.publish("转学 for all", "x", audience="all", keywords="转校")
        page = self.url_open("/office/topics?words=转学").text
        self.assertIn(shown.name, page)
        self.assertIn(shown.name, self.url_open("/office/topics?words=转校").text)
        for guidance in hidden:
            with self.subTest(guidance.name):
                self.assertNotIn(guidance.name, page)
                path = f"/office/topics/{guidance.id}"
                self.assertEqual(self.url_open(path).status_code, 404)
        self.assertEqual(self.url_open("/office/topics/99999999999").status_code, 404)

    def test_m14_answers_become_public_without_personal_data(self):
        record, _page = self.file("consultation", person_phone="010-83123456")
        self.answer(record)
        action = record.with_user(self.users["staff"]).action_make_guidance()
        guidance = self.env["office.guidance"].browse(action["res_id"])
        staff = guidance.with_user(self.users["staff"])
        for leak in ("张三丰 asked this", "Call 01083123456"):
            staff.answer = leak
            with self.assertRaisesRegex(UserError, "what tells who asked"):
                staff.do_transition("propose")
        staff.answer = "The register. ████"
        staff.do_transition("propose")
        with self.assertRaises(UserError):
            staff.do_transition("publish")
        guidance.with_user(self.users["director"]).do_transition("publish")
        self.assertEqual(record.state, "published")
        self.assertIn(record.name, self.url_open("/office/topics").text)
        page = self.url_open(f"/office/topics/{guidance.id}").text
        self.assertIn("personal data was taken out", page)

    def test_m14_what_tells_who_asked_is_blackened_when_it_is_taken_over(self):
        record, _page = self.file("consultation", name="张 三丰 asks, 138 1234-5678")
        self.answer(record, "Dear 张三丰, call 010-8312 3456. Number １３８-1234-5678")
        action = record.with_user(self.users["staff"]).action_make_guidance()
        guidance = self.env["office.guidance"].browse(action["res_id"])
        self.assertEqual(guidance.name, "████ asks, ████")
        self.assertEqual(guidance.answer, "Dear ████, call ████. Number ████")
        guidance.with_user(self.users["staff"]).do_transition("propose")

    def test_unknown_kinds_are_not_found(self):
        for path in ("new", "track"):
            self.assertEqual(
                self.url_open(f"/office/res.users/{path}").status_code, 404
            )

    def test_searches_are_limited(self):
        self.env.company.hall_search_burst = 2
        paths = ["/office/topics?words=x", "/office/topics/offers?words=x"] * 2
        answers = [self.url_open(path).status_code for path in paths]
        self.assertEqual(answers, [200, 200, 429, 429])

    def test_no_placeholder_stands_where_there_is_no_logo(self):
        company = self.env.company
        picture = io.BytesIO()
        Image.new("RGB", (9, 9)).save(picture, "PNG")
        # The header of a website is its own, with a logo of its own.
        in_website = "website" in self.env
        for logo in (False, True):
            with self.subTest(logo):
                company.logo = logo and b64encode(picture.getvalue())
                page = html.fromstring(self.url_open("/office").text)
                brand = page.xpath("//header//a[contains(@class, 'navbar-brand')]")[0]
                shown = logo or in_website
                self.assertEqual(bool(brand.xpath(".//img")), shown)
                self.assertEqual(company.name in brand.text_content(), not shown)

    def test_pages_speak_chinese_to_chinese_browsers(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        answer = self.url_open("/office", headers={"Accept-Language": "zh-CN,zh;q=0.9"})
        self.assertIn('lang="zh-CN"', answer.text)

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import doctest
from xml.etree import ElementTree

from odoo.tests import BaseCase, tagged

from odoo.addons.office_functions_service.tools import open311

from .hall_case import PHONE, HallCase

ROOT = "/office/open311/v2"
KEY = "key-of-a-citizen-app"


@tagged("office_service")
class TestOpen311Writing(BaseCase):
    def test_examples(self):
        self.assertEqual(doctest.testmod(open311).failed, 0)


@tagged("post_install", "-at_install")
class TestOpen311(HallCase):
    """Other people's applications file and follow, by GeoReport v2 as it is written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.topic.is_open311 = True
        cls.closed_topic = cls.topic.copy({"name": "Not open", "is_open311": False})
        cls.env.company.write({"open311": True, "open311_keys": f"other {KEY}"})

    def post(self, form="json", **values):
        values = {
            "api_key": KEY,
            "service_code": str(self.topic.id),
            "description": "When does enrolment begin?\nOur child is six.",
            "address_string": "1 Long Street",
            "first_name": "三丰",
            "last_name": "张",
            "phone": PHONE,
            **values,
        }
        return self.url_open(f"{ROOT}/requests.{form}", data=values)

    def get(self, path):
        return self.url_open(f"{ROOT}/{path}")

    def test_off_until_an_administrator_turns_it_on(self):
        self.env.company.open311 = False
        for path in ("services.json", "requests.xml", "requests/1.json"):
            self.assertEqual(self.get(path).status_code, 404)
        self.assertEqual(self.post().status_code, 404)
        self.assertFalse(self.env["res.company"].new({}).open311)

    def test_an_application_files_and_follows_in_both_forms(self):
        for form in ("json", "xml"):
            with self.subTest(form):
                services = self.parse(self.get(f"services.{form}"), "service")
                self.assertEqual(
                    [one["service_code"] for one in services], [str(self.topic.id)]
                )
                made = self.parse(self.post(form), "request")
                number = made[0]["service_request_id"]
                found = self.parse(self.get(f"requests/{number}.{form}"), "request")
                self.assertEqual(found[0]["service_request_id"], number)
                self.assertEqual(found[0]["status"], "open")

    def parse(self, answer, part):
        """Return an answer in either form as dictionaries."""
        if "json" in answer.headers["Content-Type"]:
            return answer.json()
        return [
            {child.tag: child.text for child in row}
            for row in ElementTree.fromstring(answer.content).findall(part)
        ]

    def test_filed_with_the_standard_s_words(self):
        answer = self.post()
        self.assertEqual(answer.status_code, 201)
        row = answer.json()[0]
        record = self.consultations.browse(int(row["service_request_id"]))
        self.assertRecordValues(
            record,
            [
                {
                    "name": "When does enrolment begin?",
                    "topic_id": self.topic.id,
                    "state": "submitted",
                    "is_filed_online": True,
                    "person": "张**",
                }
            ],
        )
        self.assertSays(record.text, "Our child is six.", "1 Long Street")
        self.assertNotIn(record.query_code, row["token"])
        page = self.follow("consultation", row["token"])
        self.assertEqual(page.status_code, 422, "the token opens nothing else")
        self.assertSays(row["service_notice"], record.query_code)
        page = self.follow("consultation", record.query_code)
        self.assertSays(page.text, record.number)
        token = self.get(f"tokens/{row['token']}.json").json()
        self.assertEqual(token[0]["service_request_id"], row["service_request_id"])
        for wrong in ("AAAA", record.query_code, f"{record.id}-", row["token"][:-1]):
            self.assertEqual(self.get(f"tokens/{wrong}.json").status_code, 404, wrong)

    def test_errors_are_those_of_the_standard(self):
        before = self.consultations.search_count([])
        for change, status, words in (
            ({"api_key": "guess"}, 403, "api_key"),
            ({"api_key": ""}, 403, "api_key"),
            ({"service_code": ""}, 400, "service_code was not provided"),
            ({"service_code": "999999999999"}, 400, "service_code was not found"),
            ({"service_code": str(self.closed_topic.id)}, 400, "was not found"),
            ({"description": ""}, 400, "description was not provided"),
            ({"phone": "12"}, 400, "no phone number"),
        ):
            with self.subTest(change):
                answer = self.post(**change)
                self.assertEqual(answer.status_code, status)
                error = answer.json()[0]
                self.assertEqual(error["code"], status)
                self.assertSays(
                    " ".join(one["description"] for one in answer.json()), words
                )
        answer = self.post("xml", api_key="guess")
        root = ElementTree.fromstring(answer.content)
        self.assertEqual((root.tag, root[0].tag), ("errors", "error"))
        self.assertEqual(root.findtext("error/code"), "403")
        for path in (
            "services/abc.json",
            "services/99999999999.xml",
            "requests/99999999999.json",
            "requests/x.xml",
            "services.html",
        ):
            with self.subTest(path):
                self.assertEqual(self.get(path).status_code, 404)
        for query in ("status=broken", "start_date=yesterday", "end_date=0001-01-01"):
            with self.subTest(query):
                self.assertEqual(self.get(f"requests.json?{query}").status_code, 400)
        self.assertEqual(self.consultations.search_count([]), before)

    def test_never_petitions_never_who_nor_what(self):
        petition, _page = self.file("petition", name="PETITION-TEXT")
        self.post(description="DESCRIPTION-TEXT", address_string="ADDRESS-TEXT")
        shut, _page = self.file("consultation", topic_id=str(self.closed_topic.id))
        school = self.ask()
        answer = self.get("requests.json")
        rows = answer.json()
        self.assertEqual(len(rows), 1)
        for text in (answer.text, self.get("requests.xml").text):
            for secret in ("-TEXT", "三丰", PHONE, "5678"):
                self.assertNotIn(secret, text)
        for other in (shut, school.sudo()):
            self.assertEqual(self.get(f"requests/{other.id}.json").status_code, 404)
        self.assertTrue(petition)

    def test_lists_by_status_code_and_time(self):
        self.post()
        record = self.consultations.search([], order="id desc", limit=1)
        self.assertEqual(len(self.get("requests.json?status=open").json()), 1)
        self.assertEqual(len(self.get("requests.json?status=closed").json()), 0)
        self.answer(record)
        row = self.get("requests.json?status=closed,open&page_size=5").json()[0]
        self.assertEqual(
            (row["status"], row["status_notes"]), ("closed", "Already Answered")
        )
        self.assertRegex(row["requested_datetime"], r"^\d{4}-\d\d-\d\dT.*\+00:00$")
        for query, number in (
            (f"service_code={self.topic.id}", 1),
            (f"service_code={self.closed_topic.id}", 0),
            (f"service_request_id={record.id},7", 1),
            ("start_date=2020-01-01T00:00:00Z&end_date=2020-02-01T00:00:00Z", 0),
            ("page=2&page_size=1", 0),
        ):
            with self.subTest(query):
                self.assertEqual(len(self.get(f"requests.json?{query}").json()), number)

    def test_other_sites_may_read_it(self):
        answer = self.get("services.json")
        self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "*")
        self.assertNotIn("Set-Cookie", answer.headers)
        self.assertIn("application/json", answer.headers["Content-Type"])
        root = ElementTree.fromstring(self.get("services.xml").content)
        self.assertEqual(root.tag, "services")
        self.assertEqual(root.findtext("service/metadata"), "false")
        path = f"services/{self.topic.id}"
        self.assertEqual(
            self.get(f"{path}.json").json(),
            {"service_code": str(self.topic.id), "attributes": []},
        )
        root = ElementTree.fromstring(self.get(f"{path}.xml").content)
        self.assertEqual(root.tag, "service_definition")

    def test_applications_are_limited_too(self):
        self.env.company.hall_filing_burst = 1
        answers = [self.post().status_code for _i in range(2)]
        self.assertEqual(answers, [201, 429])

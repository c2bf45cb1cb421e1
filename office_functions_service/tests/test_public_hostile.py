# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import io
import json
import logging
import os
import threading

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder, run_wsgi_app

from odoo.http import root
from odoo.tests import tagged
from odoo.tests.common import HOST, TEST_CURSOR_COOKIE_NAME
from odoo.tools import mute_logger

from .hall_case import HIDDEN, TYPED, HallCase
from .test_upload import DOCX, PDF, make_image, make_zip

ADDON = "odoo.addons.office_functions_service."
NUMBER = int(os.environ.get("OFFICE_HOSTILE", 800))
"""How many bad requests are made; 10,000 and more before a release."""
WORDS = st.sampled_from(
    [
        "",
        "0",
        "-1",
        "1",
        "99999999999999999999",
        "1e309",
        "None",
        "\x00",
        "a\x00b",
        "\u202e",
        "'",
        "' OR 1=1 --",
        '"><script>alert(1)</script>',
        "{{7*7}}",
        "%s%n%(x)s",
        "../../../etc/passwd",
        "..%2f..%2f",
        "petition",
        "consultation",
        "office.petition",
        "A" * 12,
        "转学",
        "x" * 6000,
        "\U0001f600" * 200,
        "١٢٣٤",
        "²³¼½",
        "１３８１２３４５６７８",
        "13812345678",
        "[]",
        "{}",
        "true",
    ]
)
TEXTS = st.one_of(WORDS, st.text(max_size=60))
RAW = st.one_of(st.binary(max_size=200), st.just(b"\xff\xfe\xc0\x80" * 20))
NAMES = st.one_of(
    st.sampled_from(
        [
            *TYPED,
            "topic_id",
            "seal",
            "csrf_token",
            "homepage",
            "anonymous",
            "offers_seen",
            "code",
            "tail",
            "words",
            "score",
            "solved",
            "comment",
            "done",
            "kind",
            "files",
            "lang",
            "api_key",
            "service_code",
            "service_request_id",
            "start_date",
            "end_date",
            "status",
            "page",
            "page_size",
            "description",
            "phone",
            "self",
            "model",
            "_context",
        ]
    ),
    st.text(max_size=8),
)
FORMS = st.dictionaries(NAMES, TEXTS, max_size=6)
FILES = st.lists(
    st.tuples(
        TEXTS,
        st.one_of(
            RAW,
            st.sampled_from(
                [
                    PDF,
                    make_image(),
                    make_image("PNG")[:50],
                    make_zip(DOCX),
                    make_zip({**DOCX, "x": "0" * 3_000_000}),
                    b"RIFF\xff\xff\xff\xffWEBPVP8X",
                    b"\xff\xd8\xff\xff",
                ]
            ),
        ),
        st.sampled_from(["image/png", "text/html", "x", ""]),
    ),
    max_size=3,
)
HEADERS = st.dictionaries(
    st.sampled_from(
        [
            "Accept-Language",
            "Accept",
            "Content-Type",
            "Content-Length",
            "Cookie",
            "Host",
            "Origin",
            "Referer",
            "Range",
            "If-Modified-Since",
            "If-None-Match",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-HTTP-Method-Override",
            "Transfer-Encoding",
            "User-Agent",
        ]
    ),
    st.one_of(
        st.sampled_from(
            [
                "",
                "*/*",
                "zh-CN",
                "xx;q=x",
                "bytes=0-,5-1",
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "application/json",
                "application/x-www-form-urlencoded; charset=utf-16",
                "127.0.0.1, 10.0.0.1",
                "a" * 3000,
                "session_id=../../x",
            ]
        ),
        st.text("abcdefgh;=,/* \"'%", max_size=30),
    ),
    max_size=3,
)
REQUESTS = st.fixed_dictionaries(
    {
        "rule": st.integers(0, 10_000),
        "method": st.sampled_from(
            ["", "", "", "", "", "GET", "POST", "HEAD", "PUT", "X"]
        ),
        "path": st.lists(TEXTS, min_size=4, max_size=4),
        "query": FORMS,
        "raw_query": st.one_of(st.just(None), RAW),
        "form": FORMS,
        "files": FILES,
        "body": st.sampled_from(["form", "form", "form", "files", "raw", "json"]),
        "raw": RAW,
        "headers": HEADERS,
        "good": st.booleans(),
    }
)


@tagged("post_install", "-at_install")
class TestPublicHostile(HallCase):
    """Whatever strangers send to any public address: no fault, no trace, no halves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.topic.is_open311 = True
        cls.env.company.write(
            {
                "open311": True,
                "open311_keys": "x",
                "hall_search_burst": 0,
                "hall_search_sustained": 0,
            }
        )
        cls.publish(cls, "转学需要哪些手续？", "学籍表和两校同意。")

    def get_public_rules(self):
        """Return every address of this addon that needs no account."""
        # What a server's threads know, and the application forgets after each request.
        threading.current_thread().dbname = self.env.cr.dbname
        rules = []
        for rule in self.env["ir.http"].routing_map().iter_rules():
            routing = rule.endpoint.routing
            where = getattr(rule.endpoint, "__module__", "") or ""
            method = getattr(rule.endpoint, "func", rule.endpoint)
            where = getattr(method, "__module__", where)
            if routing["auth"] in ("public", "none") and where.startswith(ADDON):
                rules.append(rule)
        return sorted(rules, key=lambda rule: (rule.rule, sorted(rule.methods or ())))

    def build_path(self, rule, texts):
        path, texts = "", list(texts)
        for dynamic, piece in rule._trace:
            if not dynamic:
                path += piece
                continue
            text = texts.pop() if texts else "1"
            if type(rule._converters[piece]).__name__ == "IntegerConverter":
                digits = "".join(one for one in text if one in "0123456789")
                text = digits or "1"
            elif piece == "kind" and len(text) % 4:
                text = "petition" if len(text) % 2 else "consultation"
            elif piece == "form" and len(text) % 4:
                text = "json" if len(text) % 2 else "xml"
            path += text.replace("/", "%2f") or "x"
        return path.lstrip("|")

    def open_session(self):
        """Return the hidden fields of a good form, in a session that stays."""
        page = self.url_open("/office/petition/new")
        self.session_id = self.opener.cookies["session_id"]
        return dict(HIDDEN.findall(page.text))

    def choose_method(self, sent, rule):
        """Return a method: mostly one that the address knows."""
        known = sorted((rule.methods or {"GET"}) - {"HEAD", "OPTIONS"})
        return sent["method"] or known[-1 if sent["good"] else 0]

    def make_environ(self, sent, rule):
        method = self.choose_method(sent, rule)
        form = dict(sent["form"])
        if sent["good"]:
            # A form that was not tampered with, but for what is typed into it.
            form = {**self.hidden, **TYPED, "topic_id": str(self.topic.id), **form}
            form["csrf_token"] = self.hidden["csrf_token"]
            form["api_key"] = "x"
            form["service_code"] = form["topic_id"]
            form["seal"] = self.petitions._seal_form()
            sent["headers"].pop("Content-Type", None)
            sent["headers"].pop("Content-Length", None)
        options = {}
        if method in ("POST", "PUT"):
            if sent["body"] == "json":
                options["data"] = json.dumps(sent["form"]).encode()
                options["content_type"] = "application/json"
            elif sent["body"] == "raw":
                options["data"] = sent["raw"]
            else:
                options["data"] = {
                    name: value.encode("utf-8", "replace").decode()
                    for name, value in form.items()
                    if name
                }
            if sent["body"] == "files":
                options["data"]["files"] = [
                    (io.BytesIO(content), name or "x", mimetype)
                    for name, content, mimetype in sent["files"]
                ]
        path = self.build_path(rule, sent["path"])
        builder = EnvironBuilder(
            path="/",
            method=method,
            base_url=f"http://{HOST}",
            query_string=sent["query"] if sent["raw_query"] is None else None,
            **options,
        )
        environ = builder.get_environ()
        environ["PATH_INFO"] = path.encode("utf-8", "replace").decode("latin-1")
        environ["REMOTE_ADDR"] = "127.0.0.1"
        if sent["raw_query"] is not None:
            environ["QUERY_STRING"] = sent["raw_query"].decode("latin-1")
        cookie = f"session_id={self.session_id}"
        for name, value in sent["headers"].items():
            key = name.upper().replace("-", "_")
            if key == "COOKIE":
                cookie += f"; {value}"
            elif key in ("CONTENT_TYPE", "CONTENT_LENGTH"):
                environ[key] = value
            else:
                environ[f"HTTP_{key}"] = value
        environ["HTTP_COOKIE"] = (
            f"{TEST_CURSOR_COOKIE_NAME}={self.http_request_key}; {cookie}"
        )
        return environ

    def call(self, environ):
        """Return status, body and headers, by the application itself."""
        body, status, headers = run_wsgi_app(root, environ, buffered=True)
        return int(status.split()[0]), b"".join(body), headers

    def count(self):
        return {
            name: self.env[name].sudo().with_context(active_test=False).search_count([])
            for name in (
                "office.petition",
                "office.consultation",
                "office.petition.identity",
                "office.consultation.identity",
                "res.users",
                "res.partner",
            )
        }

    def test_every_public_address_is_known(self):
        rules = {rule.rule for rule in self.get_public_rules()}
        self.assertIn("/office", rules)
        self.assertIn("/office/<string:kind>/new", rules)
        self.assertIn("/office/open311/v2/requests.<string:form>", rules)
        public = {
            rule.rule
            for rule in self.env["ir.http"].routing_map().iter_rules()
            if rule.rule.startswith("/office")
            and rule.endpoint.routing["auth"] != "user"
        }
        self.assertLessEqual(public, rules)

    @mute_logger(
        "odoo.addons.http_routing.models.ir_http",
        "odoo.addons.base.models.ir_http",
        "odoo.sql_db",
        "werkzeug",
    )
    def test_whatever_strangers_send(self):
        rules = self.get_public_rules()
        self.hidden = self.open_session()
        before = self.count()
        seen = {}

        @settings(
            max_examples=NUMBER,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(REQUESTS)
        def attack(sent):
            rule = rules[sent["rule"] % len(rules)]
            status, body, headers = self.call(self.make_environ(sent, rule))
            seen.setdefault(rule.rule, {}).setdefault(status, 0)
            seen[rule.rule][status] += 1
            told = (rule.rule, sent, "".join(log.output[-1:])[-4000:])
            log.output.clear()
            self.assertLess(status, 500, told[::-1])
            for trace in (b"Traceback", b"psycopg2", b"odoo/addons", b'File "'):
                self.assertNotIn(trace, body, told)
            self.assertNotIn("\n", "".join(map(str, headers.values())), told)

        with (
            self.allow_requests(all_requests=True),
            self.assertLogs("odoo.http", "ERROR") as log,
        ):
            logging.getLogger("odoo.http").error("begin")
            attack()
        self.env.invalidate_all()
        self.assertEqual(set(seen), {rule.rule for rule in rules})
        after = self.count()
        for name in ("res.users", "res.partner"):
            self.assertEqual(before[name], after[name])
        self.assertWhole()
        self.assertGreater(after["office.petition"], before["office.petition"])

    def assertWhole(self):
        """Assert that whatever was stored, was stored with all that belongs to it."""
        for model in (self.petitions, self.consultations):
            for record in model.sudo().search([("is_filed_online", "=", True)]):
                self.assertTrue(record.number and record.query_code and record.name)
                for identity in record.identity_ids:
                    self.assertTrue(identity.person and identity.phone)
                for file in record.public_file_ids:
                    self.assertEqual(file.res_id, record.id)
                    self.assertFalse(file.public)
        filings = self.env["office.public.filing"].sudo().search([])
        self.assertTrue(all(filing.res_id for filing in filings))

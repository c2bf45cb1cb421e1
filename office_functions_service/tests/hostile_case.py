# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What strangers may send: addresses, and requests that no browser makes."""

import io
import json
import threading

from hypothesis import strategies as st
from werkzeug.routing import IntegerConverter
from werkzeug.test import EnvironBuilder, run_wsgi_app

from odoo.http import root
from odoo.tests.common import HOST, TEST_CURSOR_COOKIE_NAME

from .hall_case import TYPED, HallCase
from .test_upload import DOCX, PDF, make_image, make_zip

ADDONS = "odoo.addons.office_functions"
"""What the names of our addons begin with, and those of their parts."""
OPEN, SIGNED = ("public", "none"), ("user",)
"""Kinds of addresses: for everybody, and for who signed in."""
GOOD = {
    **TYPED,
    "requester_kind": "natural",
    "form_wanted": "paper",
    "person_id_number": "11010519491231002X",
    "description": "In the middle of the term.",
    "first_name": "三丰",
    "last_name": "张",
    "phone": TYPED["person_phone"],
    "problem": "Shouted at me",
}
"""What all forms of the hall are content with, and that of Open311."""
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
        "information",
        "office.petition",
        "A" * 12,
        "转学",
        "x" * 6000,
        "\U0001f600" * 200,
        "9" * 5000,
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
            *GOOD,
            "topic_id",
            "about",
            "whom",
            "person_address",
            "category",
            "year",
            "download",
            "step",
            "note",
            "urgency",
            "problem",
            "answer",
            "party_id",
            "statement",
            "rating",
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
        st.one_of(st.just("files"), st.just("photos"), NAMES),
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


class HostileCase(HallCase):
    """Something of each kind lies behind the addresses, so that requests get far.

    ``words`` is what stands for a variable part of an address and leads somewhere.
    """

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
        cls.sessions = {}
        clerk, asker = cls.users["clerk"], cls.asking_user
        guidance = cls.publish(
            cls, "转学需要哪些手续？", "学籍表和两校同意。", audience="all"
        )
        question = cls.consultations.with_user(asker).submit_from_portal(
            {"name": "Who?", "text": "When?", "topic_id": str(cls.topic.id)}
        )
        told = cls.consultations.file_publicly(
            {"name": "Who?", "text": "When?", "topic_id": str(cls.topic.id)},
            {"person": "张三丰", "person_phone": TYPED["person_phone"]},
        )
        info, file = cls.make_entry()
        equipment = cls.env["maintenance.equipment"].create({"name": "Printer"})
        repair = (
            cls.env["maintenance.request"]
            .with_user(clerk)
            .report_repair({"name": "Paper", "equipment_id": equipment.id})
        )
        diary = cls.env["office.agenda"]._get_diaries(cls.users["leader"])
        feed = diary.with_user(cls.users["leader"]).make_feed()
        cls.words = {
            "kind": [*cls.env["office.public.mixin"]._get_public_kinds()],
            "form": ["json", "xml"],
            "topic_id": [guidance.id],
            "guidance_id": [guidance.id],
            "matter_id": [question.id],
            "code": [cls.topic.id],
            "number": [told.id],
            "info_id": [info.id],
            "file_id": [file.id],
            "repair_id": [repair.id],
            "page": [1],
            "token": [
                feed.rpartition("/")[2].removesuffix(".ics"),
                cls.env["office.open311"]._make_token(told),
                equipment._get_repair_url().rpartition("/")[2],
            ],
        }
        cls.env.flush_all()

    def get_rules(self, kinds):
        """Return the addresses of our addons that ask for some kinds of signing in."""
        # What a server's threads know, and the application forgets after each request.
        threading.current_thread().dbname = self.env.cr.dbname
        rules = []
        for rule in self.env["ir.http"].routing_map().iter_rules():
            method = getattr(rule.endpoint, "func", rule.endpoint)
            where = getattr(method, "__module__", "")
            # The host's own, of which we only make an answer stricter, are the host's.
            is_host = rule.rule.startswith("/web/")
            if (
                rule.endpoint.routing["auth"] in kinds
                and where.startswith(ADDONS)
                and not is_host
            ):
                rules.append(rule)
        return sorted(rules, key=lambda rule: (rule.rule, sorted(rule.methods or ())))

    def get_words(self, rule, piece):
        """Return what leads somewhere as a variable part of an address."""
        if piece == "kind" and rule.rule.startswith("/my/"):
            return ["consultation", "school-request", "coordination"]
        return [str(word) for word in self.words.get(piece, ())]

    def build_path(self, rule, texts):
        path, texts = "", list(texts)
        for dynamic, piece in rule._trace:
            if not dynamic:
                path += piece
                continue
            text = texts.pop() if texts else "1"
            words = self.get_words(rule, piece)
            if words and len(text) % 4:
                text = words[len(text) % len(words)]
            elif isinstance(rule._converters[piece], IntegerConverter):
                text = "".join(one for one in text if one in "0123456789") or "1"
            path += text.replace("/", "%2f") or "x"
        return path.lstrip("|")

    def open_session(self, role):
        """Keep a session, and the hidden fields of a good form in it.

        :param str role: of whom; empty: of a stranger, who follows a petition
        """
        self.leave()
        if role:
            user = self.asking_user if role == "school" else self.users[role]
            self.authenticate(user.login, user.login)
        else:
            petition, _page = self.file(
                files=[("files", ("a.pdf", PDF, "application/pdf"))]
            )
            self.words["key"] = petition.public_file_ids.ids
        hidden, _page = self.open_form("/office/petition/new")
        cookies = self.opener.cookies
        self.sessions[role] = (
            hidden,
            {
                name: cookies.get(name)
                for name in ("session_id", "office_followed")
                if cookies.get(name)
            },
        )

    def choose_method(self, sent, rule):
        """Return a method: mostly one that the address knows."""
        known = sorted((rule.methods or {"GET", "POST"}) - {"HEAD", "OPTIONS"})
        return sent["method"] or known[-1 if sent["good"] else 0]

    def fill_form(self, sent, hidden, path):
        """Return a form that was not tampered with, but for what is typed into it."""
        kinds = self.env["office.public.mixin"]._get_public_kinds()
        kind = kinds.get("".join(path.split("/")[2:3]), "office.petition")
        sent["headers"].pop("Content-Type", None)
        sent["headers"].pop("Content-Length", None)
        return {
            **hidden,
            **GOOD,
            "topic_id": str(self.topic.id),
            "service_code": str(self.topic.id),
            **sent["form"],
            "api_key": "x",
            "csrf_token": hidden["csrf_token"],
            "offers_seen": "1",
            "seal": self.env[kind]._seal_form(),
        }

    def make_environ(self, sent, rule, role=""):
        hidden, cookies = self.sessions[role]
        path = self.build_path(rule, sent["path"])
        method = self.choose_method(sent, rule)
        form = dict(sent["form"])
        if sent["good"]:
            form = self.fill_form(sent, hidden, path)
        options = {}
        if sent["body"] == "json":
            options["data"] = json.dumps(sent["form"]).encode()
            options["content_type"] = "application/json"
        elif sent["body"] == "raw":
            options["data"] = sent["raw"]
        elif method != "GET" or sent["body"] == "files":
            # A program may send a form, and files, with any method.
            options["data"] = {
                name: value.encode("utf-8", "replace").decode()
                for name, value in form.items()
                if name
            }
        if sent["body"] == "files":
            for field, name, content, mimetype in sent["files"]:
                one = io.BytesIO(content), name or "x", mimetype
                options["data"][field or "files"] = [one]
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
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
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

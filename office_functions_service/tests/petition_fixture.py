# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What the tests of petitions have in common."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from odoo.addons.office_functions.tests.common import TODAY, ClockFixture
from odoo.addons.office_functions.tools.transition import permit


class PetitionFixture(ClockFixture):
    """A claim that takes the petition procedure; the officer registers it."""

    model_name = "office.petition"
    creator_role = "petition_officer"
    closed_at_first = ("handle_again_closed",)
    relations = {
        "handler": "staff",
        "unit_head": "section_head",
        "complained": "",
        "decider": "director",
    }
    readers = "leader director petition_officer section_head staff"
    birth_facts = frozenset({"date_notice_due", "date_reply_due", "query_code"})
    unique_facts = frozenset({"number", "query_code"})

    @classmethod
    def sample_vals(cls):
        return {
            "name": "The school bus never comes on time",
            "text": "Children wait in the rain every morning.",
            "petition_class": "claim",
            "route": "petition",
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
            "opinion": "The timetable is changed.",
        }

    def prepare(self, record, row):
        wanted = {
            "object": {"source_organ": "City Petition Bureau"},
            "forward": {"proper_organ": "Traffic Bureau"},
            "refuse": {"proper_organ": "Traffic Bureau", "refusal_ground": "power"},
            "guide": {"statutory_way": "The people's court", "route": "litigation"},
            "mediate": {
                "other_party": "Bus Company",
                "agreement": "The bus comes at seven.",
                "petitioner_consents": True,
                "other_consents": True,
            },
        }
        with permit(record):
            record.write(wanted.get(row.name, {}))
        if (
            row.name in ("accept", "assign", "join", "ask_review")
            and record.route != "petition"
        ):
            with permit(record):
                record.route = "petition"
        if row.name == "postpone":
            with permit(record):
                record.date_postponed = record.date_deadline + timedelta(days=20)
                if record.extension_count or not record.time_limit_id:
                    record.extension_count = 0
                    record.time_limit_id = self.env["office.time.limit"]._get(
                        "petition_handling", record.company_id
                    )
        if row.name == "join" and not record.lead_petition_id:
            lead = self.make("judged")
            record.lead_petition_id = lead
        if row.name == "reply" and not record.demand_ids:
            record.demand_ids = [
                Command.create(
                    {
                        "text": "The bus comes on time",
                        "outcome": "supported",
                        "facts": "It was late on ten days.",
                        "basis": "Rules of School Buses, art. 3",
                    }
                )
            ]
        if row.name in ("ask_review", "ask_rereview", "finalise"):
            self.prepare_review(record, row)
        if row.name == "handle_again":
            self.prepare_revoked(record)
        if row.name == "handle_again_closed":
            record.sudo()._set(is_revoked_elsewhere=True)
        if row.name == "close":
            self.deliver(record)

    def prepare_review(self, record, row):
        """Let the opinion be delivered and the reviews be asked for and decided."""
        today = fields.Date.context_today(record.with_context(tz="Asia/Shanghai"))
        self.deliver(record)
        if not record.date_opinion_delivered:
            # Withdrawn and closed, it had no opinion.
            with permit(record):
                record.date_opinion_delivered = today
        levels = {"ask_review": 1, "ask_rereview": 2, "finalise": 3}[row.name]
        for number, level in enumerate(("review", "rereview"), 1):
            review = record._get_review(level)
            if not review and number <= levels:
                review = review.create(
                    {
                        "petition_id": record.id,
                        "level": level,
                        "organ": "City Government",
                        "document_number": "No. 8",
                        "date_asked": today,
                    }
                )
            if number < levels and not review.date_decided:
                review.write(
                    {
                        "outcome": "upheld",
                        "text": "It stands",
                        "date_decided": today,
                        "date_delivered": today,
                    }
                )

    def prepare_revoked(self, record):
        """Let the review at hand revoke the opinion."""
        today = fields.Date.context_today(record.with_context(tz="Asia/Shanghai"))
        review = record._get_review(record.state) or self.env[
            "office.petition.review"
        ].create({"petition_id": record.id, "level": record.state})
        with permit(review):
            review.write(
                {
                    "organ": "City Government",
                    "document_number": "No. 8",
                    "outcome": "revoked",
                    "text": "It is wrong",
                    "date_asked": today,
                    "date_decided": today,
                    "date_delivered": False,
                }
            )

    def deliver(self, record, way="hand"):
        """Let everything that was written be delivered today."""
        here = record.with_context(tz="Asia/Shanghai")
        here.notice_ids.filtered(
            lambda notice: not (notice.date_delivered or notice.is_superseded)
        ).write(
            {"date_delivered": fields.Date.context_today(here), "delivery_way": way}
        )

    def register(self, **vals):
        """Register a petition in few fields, as the officer.

        :return: the petition, as the officer
        """
        return self.model.with_user(self.users["petition_officer"]).create(
            {
                "name": "The school bus never comes on time",
                "person": "张三丰",
                "person_phone": "13812345678",
                "person_address": "江北路12号3单元",
                **vals,
            }
        )

    def do(self, record, role, name, note=False):
        return record.with_user(self.users[role]).do_transition(name, note)

    def judge(self, record, **vals):
        """Judge a petition as the officer: a claim for our own procedure."""
        officer = record.with_user(self.users["petition_officer"])
        officer.write(
            {
                "petition_class": "claim",
                "route": "petition",
                "lead_unit_id": self.unit.id,
                "handler_id": self.users["staff"].id,
                **vals,
            }
        )
        officer.do_transition("judge")
        return record

    def demand(self, record, *texts):
        """Let a petition demand something."""
        record.with_user(self.users["petition_officer"]).demand_ids = [
            Command.create({"text": text}) for text in texts
        ]
        return record.demand_ids

    def bring_to_reply(self, record, answer=True):
        """Accept and handle a petition up to the reply, everything answered."""
        self.do(record, "petition_officer", "accept")
        self.do(record, "staff", "start")
        mine = record.with_user(self.users["staff"])
        mine.opinion = "The timetable is changed."
        if answer:
            mine.demand_ids.write(
                {
                    "outcome": "supported",
                    "facts": "It was late on ten days.",
                    "basis": "Rules of School Buses, art. 3",
                }
            )
        return record

    @staticmethod
    def day(number):
        """Return a day counted from TODAY."""
        return TODAY + timedelta(days=number)

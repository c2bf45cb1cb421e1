# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Bottlenecks, talks and accountability proposals for the generic tests."""

from datetime import datetime, timedelta

from odoo.fields import Command

from odoo.addons.office_functions.tests.common import TODAY, ClockFixture
from odoo.addons.office_functions.tools.transition import permit

from .test_mechanisms import PartFixture, SupervisionOffice

BOTTLENECK = "office.supervision.bottleneck"
TALK = "office.supervision.talk"
ACCOUNTABILITY = "office.supervision.accountability"


class StallOffice(SupervisionOffice):
    """An office in which a matter has stalled."""

    @classmethod
    def set_up_office(cls):
        result = super().set_up_office()
        cls.collective_decision = cls.env["office.meeting.decision"].create(
            {
                "meeting": "Office meeting 9",
                "leader_id": cls.users["leader"].id,
                "name": "Hold the section to account",
                "date": TODAY,
            }
        )
        return result

    @classmethod
    def ignore(cls, matter, level="1", days=1):
        """Urge a matter, and let the reply day pass without a reply.

        :param int days: how long ago the reply was due
        :return: the notice
        """
        urging = matter.with_user(cls.users["leader"]).urge("Hurry up", level).sudo()
        with permit(urging):
            urging.date_reply_due = TODAY - timedelta(days=days)
        return urging

    @classmethod
    def make_talk(cls, ticket, *steps, **vals):
        """Return a talk about a ticket that went through some transitions."""
        supervisor = cls.users["supervisor"]
        talk = cls.env[TALK].with_user(supervisor).sudo()
        talk = talk.create({**cls.get_talk_vals(ticket), **vals})
        for step in steps:
            talk._pass_by_system(step)
        return talk

    @classmethod
    def get_talk_vals(cls, ticket):
        return {
            "ticket_id": ticket.id,
            "moment": datetime(2026, 3, 11, 2),
            "reason": "Urged, and nobody answered.",
            "record": "The head explained what went wrong.",
            "promise": "All places counted.",
            "date_promised": TODAY + timedelta(days=5),
        }

    @classmethod
    def get_accountability_vals(cls, ticket):
        return {
            "ticket_id": ticket.id,
            "user_ids": [Command.set(cls.users["logistics"].ids)],
            "facts": "Urged three times, spoken to once, nothing done.",
            "proposal": "Admonish the person.",
            "body": "Personnel Office",
            "collective_decision_id": cls.collective_decision.id,
            "transfer_reference": "Letter 12 of 20 March, taken by Wang",
            "decision": "Admonished.",
            "date_decided": TODAY,
        }


class BottleneckFixture(StallOffice, ClockFixture):
    model_name = BOTTLENECK
    creator_role = "supervisor"
    relations = {
        "supervisor": "supervisor",
        "handler": "staff",
        "unit_head": "section_head",
        # Who made the step on the way there.
        "reporter": "section_head",
    }
    readers = "leader director clerk section_head staff supervisor logistics"

    @classmethod
    def set_up_office(cls):
        result = super().set_up_office()
        cls.ticket = cls.make_ticket(
            "file",
            "assign",
            lead_unit_id=cls.other_unit.id,
            handler_id=cls.users["logistics"].id,
            date_deadline=TODAY + timedelta(days=365),
        )
        return result

    @classmethod
    def sample_vals(cls):
        return {
            "name": "No counting machine",
            "ticket_id": cls.ticket.id,
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
            "cause": "The machine is lent to another district.",
            "measure": "Fetch it back.",
        }


class TalkFixture(StallOffice, PartFixture):
    model_name = TALK
    creator_role = "supervisor"
    relations = {
        "supervisor": "supervisor",
        "leader": "leader",
        "host": "supervisor",
        "spoken_to": "section_head",
        # Who made the step on the way there.
        "asker": "director",
    }
    told_apart = {"reason": "Another reason."}

    @classmethod
    def sample_vals(cls):
        return cls.get_talk_vals(cls.make_ticket("file", "assign"))

    def prepare(self, record, row):
        if row.name == "ask" and not record.ticket_id.urging_ids:
            self.ignore(record.ticket_id)
        with permit(record):
            if row.name == "hold":
                record.moment = datetime(2026, 3, 10, 1)
            elif row.name == "break":
                record.date_promised = TODAY


class AccountabilityFixture(StallOffice, PartFixture):
    model_name = ACCOUNTABILITY
    creator_role = "supervisor"
    relations = {
        "supervisor": "supervisor",
        "leader": "leader",
        "principal": "",
        "named": "logistics",
    }
    told_apart = {"proposal": "Another proposal."}

    @classmethod
    def sample_vals(cls):
        return cls.get_accountability_vals(cls.make_ticket("file", "assign"))

    def prepare(self, record, row):
        if row.name == "propose" and not record.ticket_id.talk_ids:
            self.make_talk(record.ticket_id, "ask", "approve", "hold")

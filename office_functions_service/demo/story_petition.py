# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What citizens wrote, and what became of it, in the demo."""

from pathlib import Path

from odoo import fields
from odoo.fields import Command

from odoo.addons.office_functions.demo.story import OfficeStory

OFFICER = "petition_officer"


class PetitionStory(OfficeStory):
    """Reads petitions and what happened to them."""

    addon = "office_functions_service"
    folder = Path(__file__).parent / "tables"

    def tell(self):
        """Put the rows of these tables on the timeline, and run it."""
        self.env.company.petition_review_organ = "区人民政府"
        for row in self.read_table("petition_items"):
            self.timeline.at(row["day"], self.register, row)
        for row in self.read_table("petition_events"):
            self.timeline.at(row["day"], self.happen, row)
        self.timeline.at(-12, self.report_years)
        self.timeline.run()

    def report_years(self):
        """Let the petition officer report on last year, and begin the report of this."""
        this = fields.Date.context_today(self.env["office.petition"]).year
        texts = {
            this
            - 1: "全年信访形势总体平稳，群众反映集中在招生入学、校外托管和学校食堂。",
            this: "校车和课后服务的来信增多，均已逐件核实答复。",
        }
        for year, text in texts.items():
            report = self.create_as(
                self.user(OFFICER),
                "office.petition.report",
                {
                    "year": year,
                    "general": text,
                    "proposals": "建议提前公布学区划分和入学所需材料，已被招生政策采纳。",
                    "problems": "个别事项答复不够细致，下一步逐件回访。",
                },
                f"petition_report_{'last' if year < this else 'this'}",
            )
            if year < this:
                report.with_user(self.user("director")).do_transition("approve")

    def register(self, row):
        """Let the petition officer register what came."""
        vals = {
            name: row[name]
            for name in ("channel", "name", "text", "person", "person_phone")
        }
        vals |= {
            "person_address": row["address"],
            "source_organ": row["source"],
            "person_count": int(row["count"] or 1),
            "representatives": row["representatives"].replace("|", "\n"),
            "subject_id": row["subject"]
            and self.ref(f"petition_subject_{row['subject']}").id,
            "is_grave": bool(row["grave"]),
            "demand_ids": [
                Command.create({"text": text}) for text in row["demands"].split("|")
            ],
        }
        self.create_as(self.user(OFFICER), "office.petition", vals, row["key"])

    def act_judge(self, petition, text, value):
        """Name class, way, unit and handler, and judge."""
        kind, way, unit, handler = value.split()
        petition.write(
            {
                "petition_class": kind,
                "route": way if way != "-" else False,
                "lead_unit_id": self.ref(unit).id,
                "handler_id": self.user(handler).id,
                "is_simple": text == "简易",
            }
        )
        petition.do_transition("judge")

    def act_by_law(self, petition, basis, offset):
        """Accept what another law gives the deadline of."""
        petition.write({"way_basis": basis, "date_way_due": self.timeline.day(offset)})
        petition.do_transition("accept")

    def act_refuse(self, petition, text, organ):
        """Name the proper organ, and do not accept."""
        petition.write({"proper_organ": organ, "refusal_ground": "power"})
        petition.do_transition("refuse", text)

    def act_forward(self, petition, text, organ):
        """Name the proper organ, and forward it there."""
        petition.proper_organ = organ
        petition.do_transition("forward", text or False)

    def act_guide(self, petition, text, way):
        """Name the statutory way, and lead the petitioner to it."""
        petition.statutory_way = way
        petition.do_transition("guide", text or False)

    def act_postpone(self, petition, text, offset):
        """Have the deadline postponed by the leader."""
        petition.sudo().date_postponed = self.timeline.day(offset)
        petition.do_transition("postpone", text)

    def act_join(self, petition, _text, other):
        """Join it to another petition."""
        petition.lead_petition_id = self.ref(other)
        petition.do_transition("join")

    def act_outcome(self, petition, facts, value):
        """Answer the demands, all alike."""
        outcome, _blank, basis = value.partition(" ")
        petition.demand_ids.write(
            {"outcome": outcome, "facts": facts, "basis": basis or False}
        )

    def act_answer(self, petition, opinion, _value):
        """Write the opinion and reply."""
        petition.opinion = opinion
        petition.do_transition("reply")

    def act_mediate(self, petition, agreement, party):
        """Let both sides agree."""
        petition.write(
            {
                "agreement": agreement,
                "other_party": party,
                "petitioner_consents": True,
                "other_consents": True,
            }
        )
        petition.do_transition("mediate")

    def act_deliver(self, petition, note, way):
        """Write down that everything was delivered."""
        waiting = petition.notice_ids.filtered(
            lambda notice: not (notice.date_delivered or notice.is_superseded)
        )
        for notice in waiting:
            notice.write(
                {
                    "date_delivered": fields.Date.context_today(notice),
                    "delivery_way": way,
                    "delivery_note": note,
                }
            )

    def act_rate(self, petition, comment, value):
        """Let the petitioner rate on the public page."""
        stars, solved = value.split()
        petition.sudo()._rate_publicly(int(stars), solved == "yes", comment)

    def act_review(self, petition, _text, value):
        """Note that the petitioner asked another organ for a review."""
        level, organ = value.split()
        self.env["office.petition.review"].with_user(petition.env.user).create(
            {
                "petition_id": petition.id,
                "level": level,
                "organ": organ,
                "date_asked": fields.Date.context_today(petition),
            }
        )
        petition.do_transition(f"ask_{level}")

    def act_review_decided(self, petition, text, value):
        """Note what the other organ decided."""
        level, number = value.split()
        petition._get_review(level).write(
            {
                "outcome": "upheld",
                "text": text,
                "document_number": number,
                "date_decided": fields.Date.context_today(petition),
            }
        )

    def act_review_served(self, petition, _text, level):
        """Note that the decision reached the petitioner."""
        review = petition._get_review(level)
        review.date_delivered = fields.Date.context_today(petition)

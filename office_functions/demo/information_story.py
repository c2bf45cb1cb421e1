# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The demo's information reports, emergencies and duty."""

from datetime import datetime, time, timedelta

from odoo import fields

from .story import CHINA_AHEAD, OfficeStory
from .timeline import go_to, wait

DUTY_BEGINS = time(8, 30)
DELAY = "现场信号不好，伤情和损失需要逐一核对，核清后立即报出。"


class InformationStory(OfficeStory):
    """Reads reports, emergencies, shifts and calls, and lets them happen."""

    def tell(self):
        """Put the rows of all tables on the timeline, and run it."""
        self.set_up_office()
        for row in self.read_table("information_reports"):
            self.timeline.at(row["draft"], self.draft_report, row)
            self.plan_report(row)
        for row in self.read_table("information_emergencies"):
            self.timeline.at(row["day"], self.record_emergency, row)
        for row in self.read_table("information_events"):
            self.timeline.at(row["day"], self.happen, row)
        self.timeline.at(-1, self.live_duty)
        self.timeline.run()

    def set_up_office(self):
        """Name the editor of information, and whose turn of duty it is."""
        company = self.env.ref("base.main_company")
        company.office_information_editor_id = self.user("clerk")
        turns = [
            ("leader", "clerk2"),
            ("leader2", "staff"),
            ("leader3", "staff_safety"),
        ]
        turns += [("leader2", "staff_personnel"), ("leader", "staff_inspection")]
        self.env["office.duty.rota"].create(
            [
                {
                    "sequence": nth,
                    "leader_id": self.user(leader).id,
                    "user_id": self.user(user).id,
                    "company_id": company.id,
                }
                for nth, (leader, user) in enumerate(turns, 1)
            ]
        )

    # Information ----------------------------------------------------------------------

    def draft_report(self, row):
        """Let somebody write down what they know, or the office ask for it."""
        author = self.user("clerk" if row["request"] else row["handler"])
        happened = self.timeline.day(row["draft"]) - timedelta(days=1)
        sent = {"addressee_unit_ids": self.refs(row["addressees"])}
        self.create_as(
            author,
            "office.information",
            {
                "name": row["name"],
                "direction": row["direction"],
                "kind": row["kind"],
                "nature": row["nature"],
                "moment_event": datetime.combine(happened, time(2, 30)),
                "place": row["place"],
                "source": row["source"],
                "verified_by": row["verified_by"],
                "text": row["text"],
                "request_text": row["asked"],
                "lead_unit_id": self.ref(row["unit"]).id,
                "handler_id": self.user(row["handler"]).id,
                "leader_id": self.user(row["leader"]).id,
                # A school's login knows no units but its own.
                **(sent if row["addressees"] else {}),
                "adoption_level": row["level"] or "own",
                "publication": row["publication"],
                "date_deadline": row["due"] and self.timeline.day(row["due"]),
                "warn_days": 3,
            },
            row["key"],
        )

    def plan_report(self, row):
        """Put the steps of a report on the timeline: a column each, with its day."""
        actors = {"submit": "@handler"}
        for step in ("request", "submit", "screen", "verify", "edit", "present"):
            if row[step]:
                event = {
                    "matter": row["key"],
                    "who": actors.get(step, "clerk"),
                    "verb": step,
                    "text": "",
                }
                self.timeline.at(row[step], self.happen, event)

    def act_edit(self, matter, _text, _value):
        """Edit and issue a report: who is sent it, is sent it that very hour."""
        matter.do_transition("edit")
        matter.sudo().receipt_ids.write({"date_sent": fields.Datetime.now()})

    def act_read(self, matter, _text, names):
        """Let the liaisons and heads of some units confirm that they read it."""
        for name in names.split():
            matter.with_user(self.user(name)).action_confirm_receipt()

    def act_use(self, matter, text, value):
        """Record a further use, e.g. ``adopted city`` or ``comment city``."""
        kind, level, *leader = value.split()
        comment = text if kind == "comment" else False
        publication = False if comment else text
        matter.record_use(kind, level, publication, comment, " ".join(leader) or False)

    def act_quote(self, matter, text, value):
        """Quote a figure in a draft, with its source."""
        figure = self.env["office.information.figure"].create(
            {"information_id": matter.id, "name": text, "value": float(value)}
        )
        figure.unit = "百分比"
        figure.attachment_ids = self.env["ir.attachment"].create(
            {"name": f"{text}统计表.txt", "raw": f"{text} {value}".encode()}
        )

    def act_check(self, matter, _text, value):
        """Compare the quoted figure with what a check found."""
        matter.figure_ids.check_figure(float(value))

    # Emergencies ----------------------------------------------------------------------

    def record_emergency(self, row):
        """Let the duty clerk record an emergency, and those concerned report it."""
        now = fields.Datetime.now()
        emergency = self.create_as(
            self.user("clerk"),
            "office.emergency",
            {
                "name": row["name"],
                "category": row["category"],
                "grade": row["grade"],
                "moment_received": now,
                "moment_event": now - timedelta(minutes=20),
                "place": row["place"],
                "source": row["source"],
                "course": row["course"],
                "casualties": row["casualties"],
                "measures": row["measures"],
                "lead_unit_id": self.ref(row["unit"]).id,
                "handler_id": self.user(row["handler"]).id,
                "date_deadline": self.timeline.day(row["due"]),
                "time_limit_id": False,
                "warn_days": 3,
            },
            row["key"],
        )
        for report in emergency.report_ids:
            self.enter(report)
        emergency = emergency.with_user(self.user("clerk"))
        if row["phone"]:
            wait(minutes=int(row["phone"]))
            self.send_report(emergency, row, "first", "phone")
        if row["verify"]:
            wait(minutes=int(row["verify"]))
            emergency.do_transition("verify")
        if row["written"]:
            wait(minutes=int(row["written"]))
            self.send_report(emergency, row, "first")
        for _nth in range(int(row["follow_ups"] or 0)):
            wait(hours=23)
            self.send_report(emergency, row, "follow_up")
        if row["settle"]:
            wait(hours=int(row["settle"]))
            emergency.action_settle()
            for report in emergency.sudo().report_ids:
                if report.state == "draft":
                    self.enter(report)
            wait(hours=5)
            self.send_report(emergency, row, "final")

    def send_report(self, emergency, row, kind, channel="written"):
        """Fill in the report that is open, and send it."""
        report = emergency.sudo().report_ids.filtered(
            lambda r: (r.kind, r.channel, r.state) == (kind, channel, "draft")
        )
        now = fields.Datetime.now()
        report.write(
            {
                "sent_to": row["sent_to"],
                "impact": row["impact"],
                "leaders_present": row["leaders"],
                "trend": row["trend"],
                "request": row["request"],
                "signer_id": self.user(row["signer"]).id,
                "late_reason": DELAY if now > report.moment_due else False,
            }
        )
        report.with_user(emergency.env.user).do_transition("send")
        for following in emergency.sudo().report_ids:
            if following.state == "draft" and following.kind == "follow_up":
                self.enter(following)

    def act_regrade(self, matter, text, value):
        """Raise or lower the grade, and say why in the measures."""
        matter.write({"grade": value, "measures": text})

    def act_drop(self, matter, text, _value):
        """Let the director drop the follow-up that is open."""
        report = matter.report_ids.filtered(
            lambda r: r.kind == "follow_up" and r.state == "draft"
        )
        report.do_transition("drop", text)

    def act_review(self, matter, text, value):
        """Evaluate an emergency, and answer whether it was foretold."""
        matter.sudo().write(
            {
                "review": text,
                "foretold": "yes" if value else "no",
                "foretold_by": value,
            }
        )
        matter.do_transition("evaluate")

    # Duty -----------------------------------------------------------------------------

    def live_duty(self):
        """Plan the shifts around today, and live through those of the last days."""
        rows = self.read_table("information_shifts")
        today = self.timeline.today
        go_to(self.to_utc(today - timedelta(days=45), time(9)))
        rota = self.env["office.duty.rota"].search([])
        shifts = self.env["office.duty.shift"].with_user(self.user("clerk"))
        for offset in range(-len(rows), 30):
            turn = rota[offset % len(rota)]
            begin = self.to_utc(today + timedelta(days=offset), DUTY_BEGINS)
            shift = self.create_as(
                self.user("clerk"),
                "office.duty.shift",
                {
                    "date_start": begin,
                    "date_end": begin + timedelta(days=1),
                    "leader_id": turn.leader_id.id,
                    "user_id": turn.user_id.id,
                },
                f"shift_{offset + len(rows)}",
            )
            shifts |= shift
        for shift, row in zip(shifts, rows, strict=False):
            self.live_shift(shift.with_user(shift.user_id), row)

    def live_shift(self, shift, row):
        """Live through one shift: begin, answer, report, hand over, take over."""
        go_to(shift.date_start)
        if shift.state == "planned":
            shift.do_transition("start")
        shift.write({"weather": row["weather"], "instructions": row["instructions"]})
        for call in self.read_table("information_calls"):
            if call["shift"] == row["shift"]:
                self.note_call(shift, call)
        go_to(shift.date_start + timedelta(hours=6))
        if row["report"]:
            kind = "events" if shift._get_events() else row["report"]
            shift._report(kind)
        shift.handover_text = row["handover"]
        waiting = shift.held_call_ids.filtered(lambda call: call.disposition == "open")
        if row["give"] == "no":
            return
        for call in waiting:
            call.disposition = row["waiting"]
        if row["give"] == "early":
            shift.do_transition("hand_over")
            return
        go_to(shift.date_end - timedelta(minutes=5))
        shift.do_transition("hand_over")
        go_to(shift.date_end)
        following = shift._get_next()
        shift.with_user(following.user_id).do_transition("take_over")

    def note_call(self, shift, call):
        """Note a call at its hour."""
        go_to(shift.date_start + timedelta(minutes=int(call["minutes"])))
        vals = {
            name: call[name]
            for name in ("kind", "caller_unit", "caller_name", "caller_phone", "text")
        }
        vals |= {name: call[name] for name in ("instruction", "handling")}
        shift.env["office.duty.call"].create(
            {
                **vals,
                "shift_id": shift.id,
                "date": fields.Datetime.now(),
                "disposition": call["disposition"],
            }
        )

    @staticmethod
    def to_utc(day, clock):
        """Return a moment of China's day as naive UTC."""
        return datetime.combine(day, clock) - CHINA_AHEAD

# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Two leaders' diaries: two weeks, papers ready and not, one private item, one missed."""

from datetime import datetime, time, timedelta
from pathlib import Path

from odoo.fields import Command

from odoo.addons.office_functions.demo.story import CHINA_AHEAD, OfficeStory
from odoo.addons.office_functions.demo.timeline import go_to

SECRETARIES = {"leader": "clerk", "leader2": "clerk2"}


class AgendaStory(OfficeStory):
    """Reads the tables ``agenda_*.csv``, and lets them happen."""

    addon = "office_functions_service"
    folder = Path(__file__).parent / "tables"

    def __init__(self, env):
        super().__init__(env)
        silent = {"no_mail_to_attendees": True, "dont_notify": True}
        self.env = self.env(context=dict(self.env.context, **silent))

    def tell(self):
        """Put the items and their papers on the timeline, and run it."""
        if self.is_told("calendar.event"):
            return
        self.name_secretaries()
        for row in self.read_table("agenda_items"):
            self.timeline.at(row["entered"], self.enter_item, row)
            if row["mark"]:
                early = row["mark"] != "attended"
                day = int(row["day"]) - early
                self.timeline.at(day, self.mark_item, row)
        for row in self.read_table("agenda_papers"):
            if row["ready"]:
                self.timeline.at(row["ready"], self.make_ready, row)
        self.timeline.run()
        self.env["office.agenda.material"]._alert_all()
        self.env["calendar.event"]._tell_office_changes()
        self.env["office.agenda"]._cron_check_day_end()

    def name_secretaries(self):
        """Let the director say who keeps which diary."""
        director = self.user("director")
        for leader, secretary in SECRETARIES.items():
            diary = self.env["office.agenda"]._get_diaries(self.user(leader))
            diary.with_user(director).secretary_ids = self.user(secretary)

    def get_span(self, row):
        """Return when an item begins and ends, naive UTC."""
        day = self.timeline.day(row["day"])
        start = datetime.combine(day, time(int(row["hour"]))) - CHINA_AHEAD
        return start, start + timedelta(hours=int(row["hours"]))

    def enter_item(self, row):
        """Let the secretary enter an item with its papers."""
        start, stop = self.get_span(row)
        papers = [
            Command.create({"name": p["name"], "owner_id": self.user(p["owner"]).id})
            for p in self.read_table("agenda_papers")
            if p["item"] == row["key"]
        ]
        item = (
            self.env["calendar.event"]
            .with_user(self.user(SECRETARIES[row["leader"]]))
            .create(
                {
                    "name": row["name"],
                    "office_leader_id": self.user(row["leader"]).id,
                    "start": start,
                    "stop": stop,
                    "location": row["place"],
                    "office_meals": row["meals"],
                    "privacy": row["privacy"],
                    "office_companion_ids": [
                        Command.set(
                            [self.user(n).id for n in row["companions"].split()]
                        )
                    ],
                    "office_material_ids": papers,
                }
            )
        )
        self.env["ir.model.data"]._update_xmlids(
            [
                {
                    "xml_id": f"{self.addon}.{row['key']}",
                    "record": item.with_env(self.env),
                    "noupdate": True,
                }
            ]
        )

    def make_ready(self, row):
        """Let whoever prepares a paper say that it is ready."""
        paper = self.ref(row["item"]).office_material_ids.filtered(
            lambda paper: paper.name == row["name"]
        )
        paper.with_user(self.user(row["owner"])).mark_ready()

    def mark_item(self, row):
        """Let the reminders go out, and the leader say what became of an item."""
        item = self.ref(row["key"]).with_user(self.user(row["leader"]))
        if row["mark"] == "cancelled":
            item.call_off(row["value"])
            return
        if row["mark"] == "delegated":
            item.delegate_to(self.user(row["value"]))
            return
        start, stop = self.get_span(row)
        for alarm in item.alarm_ids.filtered(lambda a: a.alarm_type == "email"):
            go_to(start - timedelta(minutes=alarm.duration_minutes - 1))
            sent = self.env["office.agenda.reminder"].sudo()
            sent._put_on_record({alarm.id: item.ids})
        go_to(stop + timedelta(minutes=10))
        item.mark_attended()

# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The demo's summaries and assessments."""

from dateutil.relativedelta import relativedelta

from .story import OfficeStory

TO_STATE = {
    "computed": ("compute",),
    "published": ("compute", "publish"),
    "closed": ("compute", "publish"),
}
ACTORS = {"compute": "director", "publish": "leader"}


class FiguresStory(OfficeStory):
    """Heads sum up their quarters; the office assesses year by year."""

    def tell(self):
        for row in self.read_table("summaries"):
            self.timeline.at(row["day"], self.write_summary, row)
        for row in self.read_table("assessments"):
            self.timeline.at(row["day"], self.assess, row)
            if row["state"] == "closed":
                # Three days on, whatever weekend either day gave way to.
                self.timeline.at(int(row["publicity"]) + 3, self.conclude, row)
        self.timeline.run()

    def write_summary(self, row):
        """Let a head write the summary of a quarter that is over, and hand it in."""
        today = self.timeline.today
        quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
        begin = quarter - relativedelta(months=3 * int(row["quarters_ago"]))
        head = self.user(row["head"])
        summary = self.create_as(
            head,
            "office.summary",
            {
                "department_id": self.ref(row["unit"]).id,
                "period": "quarter",
                "date_from": begin,
                "achievements": row["achievements"],
                "problems": row["problems"],
                "plans": row["plans"],
            },
            row["key"],
        )
        if row["state"] != "draft":
            summary.with_user(head).do_transition("submit")
        if row["state"] == "accepted":
            summary.with_user(self.user("director")).do_transition("accept")

    def assess(self, row):
        """Let the office assess a year."""
        assessment = self.create_as(
            self.user("director"),
            "office.assessment",
            {
                "year": self.timeline.day(row["day"]).year - int(row["years_ago"]),
                "date_publicity_to": self.timeline.day(row["publicity"]),
                "unit_kind": row["unit_kind"],
            },
            row["key"],
        )
        for step in TO_STATE.get(row["state"], ()):
            assessment.with_user(self.user(ACTORS[step])).do_transition(step)

    def conclude(self, row):
        """Conclude an assessment whose publicity is over."""
        director = self.user("director")
        self.ref(row["key"]).with_user(director).do_transition("close")

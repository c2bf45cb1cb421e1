# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What the demo tells of coordination, help between sections, errors and praise."""

from odoo.fields import Command


class CoordinationStory:
    """Part of the core's story; its tables begin with ``coordination_``."""

    def plan_coordination(self):
        """Put the rows of these tables on the timeline."""
        parties = {}
        for row in self.read_table("coordination_parties"):
            parties.setdefault(row["matter"], []).append(row)
        for row in self.read_table("coordination_matters"):
            self.timeline.at(
                row["raised"], self.raise_coordination, row, parties.get(row["key"], ())
            )
        for row in self.read_table("coordination_help"):
            self.timeline.at(row["made"], self.draft_help, row)
        for row in self.read_table("coordination_errors"):
            self.timeline.at(row["made"], self.report_error, row)
        for table in ("events", "help_events", "error_events"):
            for row in self.read_table(f"coordination_{table}"):
                self.timeline.at(row["day"], self.happen, row)
        for row in self.read_table("coordination_praise"):
            self.timeline.at(row["day"], self.praise, row)

    def find_id(self, name):
        """Return the id of a record of the tables, or nothing for an empty cell."""
        return name and self.ref(name).id

    def find_day(self, offset):
        """Return a day of the tables, or nothing for an empty cell."""
        return offset and self.timeline.day(offset)

    def raise_coordination(self, row, parties):
        """Let somebody raise a coordination matter, with its parties."""
        columns = ("kind", "importance", "method", "name", "text", "basis")
        vals = {name: row[name] for name in (*columns, "experience") if row[name]}
        vals |= {
            "date": self.timeline.day(row["raised"]),
            "lead_unit_id": self.find_id(row["unit"]),
            "handler_id": row["handler"] and self.user(row["handler"]).id,
            "leader_id": row["leader"] and self.user(row["leader"]).id,
            "date_deadline": self.find_day(row["due"]),
            "party_ids": [
                Command.create(
                    {
                        "department_id": self.find_id(party["unit"]),
                        "outside": party["outside"],
                        "direction": party["direction"],
                        "task": party["task"],
                        "date_due": self.find_day(party["due"]),
                    }
                )
                for party in parties
            ],
        }
        self.create_as(self.user(row["who"]), "office.coordination", vals, row["key"])

    def draft_help(self, row):
        """Let the head of a section draft a help request."""
        vals = {
            "name": row["name"],
            "text": row["text"],
            "asking_unit_id": self.find_id(row["asking"]),
            "lead_unit_id": self.find_id(row["asked"]),
            "handler_id": self.user(row["handler"]).id,
            "date_deadline": self.find_day(row["due"]),
        }
        self.create_as(self.user(row["who"]), "office.help.request", vals, row["key"])

    def report_error(self, row):
        """Let somebody report an error."""
        columns = ("kind", "stage", "name", "text", "cause")
        vals = {name: row[name] for name in columns if row[name]}
        about = row["about"] and self.ref(row["about"])
        vals |= {
            "date": self.timeline.day(row["made"]),
            "matter_ref": about and f"{about._name},{about.id}" or False,
            "lead_unit_id": self.find_id(row["unit"]),
            "handler_id": row["handler"] and self.user(row["handler"]).id,
            "date_deadline": self.find_day(row["due"]),
        }
        # Whoever found it in a directive need not be the one who recorded that.
        who = self.user("director") if about else self.user(row["who"])
        self.create_as(who, "office.error", vals, row["key"])

    def praise(self, row):
        """Let the director or a leader praise a unit."""
        persons = [self.user(name).id for name in row["persons"].split()]
        self.env["office.praise"].with_user(self.user(row["who"])).create(
            {
                "name": row["name"],
                "department_id": self.find_id(row["unit"]),
                "user_ids": [Command.set(persons)],
                "points": float(row["points"]),
                "date": self.timeline.day(row["day"]),
                "coordination_id": self.find_id(row["about"]),
            }
        )

    def find_party(self, matter, name):
        """Return a party by the unit's name in the tables, or the outside body."""
        if name == "outside":
            return matter.party_ids.filtered("outside")
        unit = self.ref(name)
        return matter.party_ids.filtered(lambda party: party.department_id == unit)

    def act_say_agree(self, matter, text, name):
        """Agree as a party."""
        self.find_party(matter, name).answer("agree", text)

    def act_say_dissent(self, matter, text, name):
        """Dissent as a party, with the reason."""
        self.find_party(matter, name).answer("dissent", text)

    def act_say_confirm(self, matter, text, name):
        """Confirm as a party that its part is done."""
        self.find_party(matter, name).answer("confirm", text)

    def act_say_rate(self, matter, text, value):
        """Rate as a party: its name, and the stars."""
        name, stars = value.split()
        self.find_party(matter, name).answer("rate", text, stars)

    def act_stars(self, matter, _text, stars):
        """Give stars for the help that came."""
        matter.rating = stars

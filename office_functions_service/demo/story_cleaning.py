# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The demo's cleaning inspections, what was put right, and the service desk."""

from pathlib import Path

from dateutil.relativedelta import relativedelta

from odoo.fields import Command

from odoo.addons.office_functions.demo.story import OfficeStory


class CleaningStory(OfficeStory):
    """Reads the tables cleaning_…; ``act_…`` are verbs of cleaning_events."""

    addon = "office_functions_service"
    folder = Path(__file__).parent / "tables"

    def tell(self):
        """Furnish the house, let the weeks pass, and keep the index of two months."""
        self.make_areas()
        for row in self.read_table("cleaning_inspections"):
            self.timeline.at(row["day"], self.plan_inspection, row)
        for row in self.read_table("cleaning_corrections"):
            self.timeline.at(row["day"], self.record_correction, row)
        for row in self.read_table("cleaning_requests"):
            self.timeline.at(row["day"], self.ask_desk, row)
        for row in self.read_table("cleaning_events"):
            self.timeline.at(row["day"], self.happen, row)
        self.timeline.run()
        first = self.timeline.today.replace(day=1)
        for months in (2, 1):
            self.env["office.service.index"]._keep(
                first - relativedelta(months=months), self.env.company
            )

    def find_day(self, offset):
        """Return a day of the tables, or nothing for an empty cell."""
        return offset and self.timeline.day(offset)

    def make_areas(self):
        """Create the contractor, and the areas with their items."""
        contractor = self.env["res.partner"].create(
            {
                "name": "江滨洁净物业服务有限公司",
                "is_company": True,
                "email": "wuye@example.com",
                "lang": "zh_CN",
            }
        )
        items = {}
        for row in self.read_table("cleaning_items"):
            items.setdefault(row["area"], []).append(
                Command.create(
                    {
                        "name": row["name"],
                        "standard": row["standard"],
                        "weight": float(row["weight"]),
                    }
                )
            )
        for row in self.read_table("cleaning_areas"):
            area = self.env["office.cleaning.area"].create(
                {
                    "name": row["name"],
                    "place": row["place"],
                    "unit_id": self.ref("unit_logistics").id,
                    "contractor_id": row["contracted"] and contractor.id,
                    "responsible_id": self.user("head_logistics").id,
                    "inspector_id": self.user(row["inspector"]).id,
                    "interval_days": int(row["interval"]),
                    "date_next": self.timeline.day(row["next"]),
                    "item_ids": items[row["area"]],
                }
            )
            self.env["ir.model.data"]._update_xmlids(
                [
                    {
                        "xml_id": f"{self.addon}.{row['area']}",
                        "record": area,
                        "noupdate": True,
                    }
                ]
            )

    def plan_inspection(self, row):
        """Let somebody plan an inspection."""
        area = self.ref(row["area"])
        planned = self.timeline.day(row["planned"])
        self.create_as(
            self.user("logistics"),
            "office.cleaning.inspection",
            {
                **area._prepare_inspection(planned),
                "name": row["name"],
                "date_deadline": self.find_day(row["due"]),
            },
            row["key"],
        )

    def record_correction(self, row):
        """Let the clerk record what is to be put right."""
        self.create_as(
            self.user("clerk"),
            "office.service.correction",
            {
                "name": row["name"],
                "problem": row["problem"],
                "lead_unit_id": self.ref("unit_logistics").id,
                "handler_id": self.user("head_logistics").id,
                "date_deadline": self.find_day(row["due"]),
            },
            row["key"],
        )

    def ask_desk(self, row):
        """Let somebody ask the service desk; a row with ``draft`` is not sent yet."""
        request = self.create_as(
            self.user(row["who"]),
            "office.service.request",
            {
                "kind_id": self.ref(f"service_kind_{row['kind']}").id,
                "name": row["name"],
                "place": row["place"],
                "text": row["text"],
                "date_deadline": self.find_day(row["due"]),
            },
            row["key"],
        )
        if not row["draft"]:
            request.with_user(self.user(row["who"])).do_transition("submit")

    def act_score(self, inspection, text, points):
        """Score the items in their order; ``text`` says what is wrong with the low."""
        lines = inspection.line_ids
        for line, score in zip(lines, map(int, points.split()), strict=True):
            line.write({"score": score, "problem": text if score < 80 else False})

    def act_fail_area(self, inspection, _text, name):
        """Let an area fail, and give the correction its name."""
        inspection.do_transition("fail")
        self.enter(inspection.correction_id.with_env(self.env), name)

    def act_measure(self, correction, text, _value):
        """Write down what was done about it."""
        correction.measure = text

    def act_rate(self, request, text, stars):
        """Rate what was done; a low rating's correction gets a name."""
        request.rate(int(stars), text)
        correction = self.env["office.service.correction"].search(
            [("res_model", "=", request._name), ("res_id", "=", request.id)]
        )
        if correction:
            key = request.get_external_id()[request.id].split(".")[1]
            self.enter(correction, f"{key}_correction")

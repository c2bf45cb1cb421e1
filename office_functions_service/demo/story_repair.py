# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from pathlib import Path

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.fields import Command

from odoo.addons.office_functions.demo.story import OfficeStory


class RepairStory(OfficeStory):
    """What was broken in the last weeks, who repaired it, and what they thought of it.

    Reads the tables that begin with ``repair_``.
    """

    addon = "office_functions_service"
    folder = Path(__file__).parent / "tables"

    def tell(self):
        """Put the rows of these tables on the timeline, and run it, once."""
        if self.is_told("maintenance.request"):
            return
        self.env.company.repair_unit_id = self.ref("unit_logistics")
        for row in self.read_table("repair_equipment"):
            self.buy_equipment(row)
        for row in self.read_table("repair_requests"):
            self.timeline.at(row["day"], self.report_repair, row)
        for row in self.read_table("repair_events"):
            self.timeline.at(row["day"], self.happen, row)
        self.timeline.run()
        self.env["maintenance.equipment"]._cron_propose_replacements()

    def buy_equipment(self, row):
        """Enter a piece of equipment, as logistics."""
        logistics = self.user("logistics")
        Category = self.env["maintenance.equipment.category"]
        category = Category.search([("name", "=", row["category"])], limit=1)
        if not category:
            category = Category.with_user(logistics).create({"name": row["category"]})
        years = relativedelta(years=int(row["years"]), months=2)
        equipment = (
            self.env["maintenance.equipment"]
            .with_user(logistics)
            .create(
                {
                    "name": row["name"],
                    "serial_no": row["serial"],
                    "category_id": category.id,
                    "place": row["place"],
                    "cost": float(row["cost"]),
                    "effective_date": self.timeline.today - years,
                    "is_secret_bearing": bool(row["secret"]),
                }
            )
        )
        self.env["ir.model.data"]._update_xmlids(
            [
                {
                    "xml_id": f"{self.addon}.{row['key']}",
                    "record": equipment.with_env(self.env),
                    "noupdate": True,
                }
            ]
        )

    def report_repair(self, row):
        """Let somebody report something broken, by the quick door."""
        values = {name: row[name] for name in ("name", "place", "urgency")}
        if row["equipment"]:
            values["equipment_id"] = self.ref(row["equipment"]).id
        Request = self.env["maintenance.request"].with_user(self.user(row["who"]))
        self.enter(Request.report_repair(values).with_env(self.env), row["key"])

    def act_due(self, repair, _text, offset):
        """Say until when it is to be repaired, in place of what the time limit gives."""
        repair.date_deadline = self.timeline.day(offset)

    def act_take_on(self, repair, _text, _value):
        """Take a repair on; if that is late, with the reason."""
        if repair.moment_due < fields.Datetime.now():
            repair.late_reason = "当时正在其他楼层抢修，未能及时接单。"
        repair.do_transition("accept")

    def act_send_only(self, repair, _text, name):
        """Send a technician."""
        repair.handler_id = self.user(name)
        repair.do_transition("dispatch")

    def act_send(self, repair, text, name):
        """Send a technician, who begins the same hour."""
        self.act_send_only(repair, text, name)
        repair.with_user(repair.handler_id).do_transition("start")

    def act_send_out(self, repair, text, name):
        """Send it to a contractor."""
        Partner = self.env["res.partner"]
        repair.contractor_id = Partner.search([("name", "=", name)], limit=1) or (
            Partner.create({"name": name, "is_company": True})
        )
        repair.date_back_due = self.timeline.day(4)
        repair.do_transition("outsource", text)

    def act_mend(self, repair, text, parts):
        """Report it as repaired, with the parts used and their prices."""
        lines = [part.split(":") for part in parts.split()]
        repair.write(
            {
                "work_done": text,
                "part_ids": [
                    Command.create(
                        {"name": name, "quantity": float(number), "price": float(price)}
                    )
                    for name, number, price in lines
                ],
            }
        )
        repair.do_transition("fix")

    def act_stars(self, repair, text, stars):
        """Rate it."""
        repair.rate(int(stars), text)

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from io import BytesIO

from lxml import etree
from pdfminer.high_level import extract_text

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import OfficeCase

from .agenda_case import AgendaFixture

SECRETS = ("School visit", "First Primary", "roof", "work meals")
HIDDEN = ["name", "location", "description", "office_meals", "office_companion_ids"]


@tagged("office_service")
class TestAgendaPrivacy(AgendaFixture, OfficeCase):
    """A11: private items are 公务 to others, on every road; the matrix of the diary."""

    outside = ("section_head", "staff", "logistics", "liaison", "outsider", "admin")

    def setUp(self):
        super().setUp()
        self.item = self.make_item(privacy="private")
        self.paper = self.make_paper(self.item, "petition_officer")

    def assertHidden(self, value):
        for secret in SECRETS:
            self.assertNotIn(secret, str(value))

    def test_a11_private_item_reads_as_official_business(self):
        for role in self.outside:
            theirs = self.see(self.item, role)
            with self.subTest(role=role):
                names = [*HIDDEN, "display_name", "office_papers"]
                row = theirs.read(names)[0]
                self.assertHidden(row)
                self.assertEqual(row["name"], "Official Business")
                self.assertEqual(row["display_name"], "Official Business")
                self.assertFalse(row["location"])
                self.assertEqual(row["office_companion_ids"], [])
                self.assertFalse(row["office_papers"])
                form = self.env.ref("calendar.view_calendar_event_form")
                arch = etree.fromstring(theirs.get_view(form.id, "form")["arch"])
                names = arch.xpath("//field[not(ancestor::field)]/@name")
                self.assertHidden(theirs.read(list(set(names))))
                self.assertHidden(
                    self.see(self.item, role).web_read({name: {} for name in HIDDEN})
                )
                # When the leader is busy is for everybody to see.
                self.assertEqual(str(theirs.start), "2026-03-12 01:00:00")
                self.assertEqual(theirs.office_leader_id.id, self.users["leader"].id)

    def test_a11_private_item_is_found_by_no_search_of_its_content(self):
        for role in self.outside:
            Event = self.see(self.env["calendar.event"], role)
            for domain in (
                [("name", "ilike", "School")],
                [("location", "ilike", "First")],
                [("description", "ilike", "roof")],
                [("office_meals", "!=", False)],
                [("office_companion_ids", "in", self.users["canteen"].ids)],
                ["!", ("name", "ilike", "Nothing of the kind")],
                [("display_name", "ilike", "School")],
                [("attendee_ids.partner_id", "!=", False)],
                [("office_outcome", "=", "open")],
            ):
                with self.subTest(role=role, domain=domain):
                    found = Event.search(domain) & self.item.with_user(Event.env.user)
                    self.assertFalse(found)
                    count = Event.search_count([*domain, ("id", "=", self.item.id)])
                    self.assertEqual(count, 0)
            self.assertFalse(
                Event.search([("id", "=", self.item.id)], order="name, id")
            )
            self.assertFalse(
                [n for n in Event.name_search("School") if n[0] == self.item.id]
            )
            Attendee = self.env["calendar.attendee"].with_user(Event.env.user)
            self.assertFalse(Attendee.search([("event_id", "=", self.item.id)]))
            self.assertFalse(
                Attendee.search([("event_id.name", "ilike", "School visit")])
            )
            Paper = self.env["office.agenda.material"].with_user(Event.env.user)
            if Paper.has_access("read"):
                self.assertFalse(Paper.search([("event_id.name", "ilike", "School")]))

    def test_a11_calendar_shows_the_leader_busy_and_companions_not(self):
        self.item.partner_ids |= self.users["section_head"].partner_id
        Event = self.see(self.env["calendar.event"], "staff")
        span = [("start", ">=", "2026-03-12"), ("start", "<", "2026-03-13")]
        leader = [("partner_ids", "in", self.users["leader"].partner_id.ids), *span]
        self.assertIn(self.item.id, Event.search(leader).ids)
        head = [("partner_ids", "in", self.users["section_head"].partner_id.ids), *span]
        self.assertNotIn(self.item.id, Event.search(head).ids)
        self.assertIn(self.item.id, Event.search(span).ids)

    def test_a11_private_item_leaks_by_no_export_and_no_grouping(self):
        for role in self.outside:
            theirs = self.see(self.item, role)
            if theirs.env.user.has_group("base.group_allow_export"):
                self.assertHidden(theirs.export_data(HIDDEN[:4])["datas"])
            for spec in ("name", "location", "office_meals", "office_companion_ids"):
                groups = theirs.formatted_read_group([], [spec], ["__count"])
                with self.subTest(role=role, spec=spec):
                    self.assertHidden(groups)
                    counted = theirs.formatted_read_group(
                        [("id", "=", self.item.id)], [spec], ["__count"]
                    )
                    self.assertEqual(sum(g["__count"] for g in counted), 0)

    def test_a11_chatter_and_clashes_tell_nothing(self):
        self.item.message_post(body="Talk about the roof")
        for role in self.outside:
            Message = self.see(self.env["mail.message"], role)
            domain = [("model", "=", "calendar.event"), ("res_id", "=", self.item.id)]
            self.assertFalse(Message.search(domain))
        other = (
            self.env["calendar.event"]
            .with_user(self.users["staff"])
            .create(
                {
                    "name": "Ask the leader",
                    "start": self.item.start,
                    "stop": self.item.stop,
                    "partner_ids": [Command.set(self.users["leader"].partner_id.ids)],
                }
            )
        )
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertSays(other.clash_alert, "Official Business")
        self.assertHidden(other.clash_alert)

    def test_a11_files_and_messages_of_a_hidden_item(self):
        """Of a private item, and of any item for whom the diary is closed."""
        for item in (self.item, self.make_item(name="Open")):
            item.message_post(body="Bring the plan")
            file = self.env["ir.attachment"].create(
                {
                    "name": "plan.txt",
                    "raw": b"plan",
                    "res_model": item._name,
                    "res_id": item.id,
                }
            )
            for role in ("liaison", "logistics", "outsider"):
                theirs = self.see(file, role)
                with self.subTest(role=role, item=item.sudo().name):
                    self.assertFalse(theirs.has_access("read"))
                    with self.assertRaises(AccessError):
                        theirs.read(["raw"])
                    Message = self.see(self.env["mail.message"], role)
                    domain = [("model", "=", item._name), ("res_id", "=", item.id)]
                    self.assertFalse(Message.search(domain))
                    with self.assertRaises(AccessError):
                        self.see(item, role).message_post(body="Hello")
            self.assertTrue(self.see(file, "clerk").has_access("read"))

    def test_files_of_a_paper_are_read_by_who_sees_the_paper(self):
        file = (
            self.env["ir.attachment"]
            .with_user(self.users["petition_officer"])
            .create({"name": "figures.txt", "raw": b"1", "res_model": False})
        )
        paper = self.see(self.paper, "petition_officer")
        paper.attachment_ids = [Command.link(file.id)]
        self.assertEqual(self.see(file, "clerk").raw, b"1")
        self.assertFalse(self.see(file, "staff").has_access("read"))

    def test_a11_who_keeps_the_diary_and_who_takes_part_reads_all(self):
        for role in ("leader", "director", "clerk", "canteen"):
            row = self.see(self.item, role).read(HIDDEN)[0]
            with self.subTest(role=role):
                self.assertEqual(row["name"], "School visit")
                self.assertEqual(row["location"], "First Primary School")
                self.assertEqual(row["office_companion_ids"], self.users["canteen"].ids)
                Event = self.see(self.env["calendar.event"], role)
                self.assertIn(
                    self.item.id, Event.search([("name", "ilike", "School v")]).ids
                )

    def test_role_matrix_of_the_diary(self):
        """Section 4, “Agenda of leader”: what each role reads of an item not private."""
        item = self.make_item(office_companion_ids=False)
        other_leader = self.make_user(
            "test_leader_two", "office_functions.group_office_leader"
        )
        users = {**self.users, "other_leader": other_leader}
        whole = ("leader", "director", "clerk", "section_head", "staff", "other_leader")
        places = ("logistics", "canteen")
        for role, user in users.items():
            if role in ("school", "citizen"):
                continue
            self.env.flush_all()
            self.env.invalidate_all()
            row = item.with_user(user).read(["name", "location", "office_meals"])[0]
            with self.subTest(role=role):
                named = row["name"] == "School visit"
                self.assertEqual(named, role in whole)
                self.assertEqual(bool(row["location"]), role in (*whole, *places))
                self.assertEqual(bool(row["office_meals"]), role in (*whole, *places))
                found = (
                    self.env["calendar.event"]
                    .with_user(user)
                    .search([("location", "ilike", "First"), ("id", "=", item.id)])
                )
                self.assertEqual(bool(found), role in (*whole, *places))
                may = item.with_user(user).user_can_edit
                self.assertEqual(may, role in ("leader", "director", "clerk"))
        for role in ("school", "citizen"):
            with self.assertRaises(AccessError):
                self.see(item, role).read(["name"])

    def test_matrix_of_diaries_and_reminders(self):
        diary = self.env["office.agenda"]._get_diaries(self.users["leader"])
        for role in self.users:
            theirs = self.see(diary, role)
            with self.subTest(role=role):
                self.assertEqual(
                    theirs.has_access("read"), role in ("leader", "director", "clerk")
                )
                self.assertEqual(
                    theirs.has_access("write"), role in ("leader", "director")
                )
        Reminder = self.env["office.agenda.reminder"]
        may = {
            r
            for r in self.users
            if Reminder.with_user(self.users[r]).has_access("read")
        }
        self.assertEqual(may, {"leader", "director", "clerk"})

    def test_nobody_adds_themselves_to_an_item(self):
        item = self.make_item()
        staff = self.users["staff"]
        Attendee = self.env["calendar.attendee"].with_user(staff)
        vals = {"event_id": item.id, "partner_id": staff.partner_id.id}
        with self.assertRaises(AccessError):
            Attendee.create(vals)
        with self.assertRaises(AccessError):
            self.see(item, "staff").action_join_meeting(staff.partner_id.id)
        own = (
            self.env["calendar.event"]
            .with_user(staff)
            .create({"name": "Own", "start": "2026-03-12", "stop": "2026-03-12"})
        )
        with self.assertRaises(AccessError):
            own.attendee_ids.write({"event_id": item.id})

    # F12 ------------------------------------------------------------------------------

    def print_week(self, role):
        schedule = (
            self.env["office.week.schedule"]
            .with_user(self.users[role])
            .create({"leader_ids": [Command.set(self.users["leader"].ids)]})
        )
        self.env.flush_all()
        self.env.invalidate_all()
        pdf, _type = (
            self.env["ir.actions.report"]
            .with_user(self.users[role])
            ._render_qweb_pdf("office_functions.report_f12_week_schedule", schedule.ids)
        )
        return "".join(extract_text(BytesIO(pdf)).split())

    def test_f12_week_schedule_with_companions_papers_and_official_business(self):
        item = self.make_item(
            name="Reception", start="2026-03-13 06:00:00", stop="2026-03-13 07:00:00"
        )
        self.make_paper(item, name="Speech").mark_ready()
        clerk = self.print_week("clerk")
        self.assertSays(
            clerk,
            "领导一周日程表",
            "14:00",
            "Reception",
            "TestCanteen",
            "Speech（已备）",
            "Reportontheroof（未备）",
            "09:00Schoolvisit",
        )
        other = self.make_user(
            "test_leader_two", "office_functions.group_office_leader"
        )
        self.users["leader_two"] = other
        theirs = self.print_week("leader_two")
        del self.users["leader_two"]
        self.assertSays(theirs, "09:00公务", "Reception")
        for secret in ("Schoolvisit", "roof", "Speech"):
            self.assertNotIn(secret, theirs)

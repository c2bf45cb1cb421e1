# Part of Office Functions. See LICENSE file for full copyright and licensing details.


from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .petition_secret_case import MARKER, SecretCase


@tagged("office_service")
class TestPetitionSecret(SecretCase):
    """Reports and accusations are for those admitted by name (R-PET-10, A4, A5)."""

    def test_r_pet_10_only_admitted_persons_see_a_report(self):
        report = self.register(is_report=True)
        officer = self.users["petition_officer"]
        for role, user in self.users.items():
            with self.subTest(role=role):
                if role in ("petition_officer", "keeper"):
                    self.assertShown(report, user)
                elif user.has_group("office_functions.group_office_user"):
                    self.assertHidden(report, user)
        self.assertEqual(report.sudo().access_ids.user_id, officer | self.keeper)

    def test_director_and_leader_see_it_only_if_listed(self):
        report = self.register(is_report=True)
        for role in ("director", "leader"):
            user = self.users[role]
            self.assertHidden(report, user)
            report.with_user(self.keeper).admit(user, "Decides")
            self.assertShown(report, user)

    def test_nobody_else_can_be_listed(self):
        report = self.register(is_report=True)
        for role in ("staff", "section_head", "clerk", "admin", "citizen"):
            with self.subTest(role=role), self.assertRaises(ValidationError):
                report.with_user(self.keeper).admit(self.users[role])

    def test_officer_of_the_ordinary_kind_names_nobody(self):
        report = self.register(is_report=True)
        with self.assertRaises(UserError):
            report.with_user(self.users["petition_officer"]).admit(self.users["leader"])

    def test_judged_as_report_it_becomes_one(self):
        petition = self.register()
        other = self.make_user(
            "test_officer2", "office_functions.group_office_petition"
        )
        self.assertShown(petition, other)
        petition.petition_class = "report"
        self.assertTrue(petition.is_report and petition.is_restricted)
        self.assertHidden(petition, other)
        self.assertHidden(petition, self.users["director"])

    def test_officer_cannot_open_it_by_any_edit(self):
        report = self.register(is_report=True)
        judged = self.register(petition_class="report")
        for record, vals in (
            (report, {"is_report": False}),
            (judged, {"petition_class": "claim"}),
            (judged, {"petition_class": False}),
            (judged, {"is_report": False}),
            (judged, {"petition_class": "claim", "is_report": False}),
            (report, {"is_restricted": False}),
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                record.with_user(self.keeper).write(vals)

    def test_goes_back_to_ordinary_by_a_listed_director_with_a_reason(self):
        report = self.register(petition_class="report")
        director = self.users["director"]
        with self.assertRaises(MissingError):
            report.with_user(director).make_ordinary("No accusation", "claim")
        report.with_user(self.keeper).admit(director)
        for user, args in (
            (self.keeper, ("No accusation", "claim")),
            (director, ("", "claim")),
            (director, (None, "claim")),
            (director, ("No accusation",)),
            (director, ("No accusation", "report")),
        ):
            with self.subTest(args=args), self.assertRaises(UserError):
                report.with_user(user).make_ordinary(*args)
        report.with_user(director).make_ordinary("No accusation", "claim")
        self.assertFalse(report.is_report or report.is_restricted)
        self.assertShown(report, self.users["leader"])
        line = self.env["office.audit.log"].search([("kind", "=", "open")])
        self.assertEqual(line.user_id, director)
        self.assertEqual(line.detail, "No accusation")

    def test_a4_what_becomes_ordinary_gets_an_ordinary_number(self):
        report = self.register(self.keeper, is_report=True)
        before = report.number
        director = self.users["director"]
        report.with_user(self.keeper).admit(director)
        report.with_user(director).make_ordinary("No accusation")
        self.assertTrue(before.startswith("检举"))
        self.assertTrue(report.number.startswith("信访"), report.number)
        self.assertNotEqual(self.register().number, report.number)
        line = self.env["office.audit.log"].search([("kind", "=", "number")])
        self.assertEqual(line.detail, f"{before} → {report.number}")
        said = str(report.sudo().message_ids.mapped("body"))
        self.assertNotIn(before, said)

    def test_director_opens_it_by_the_button_of_the_form(self):
        report = self.register(petition_class="report")
        director = self.users["director"]
        Wizard = self.env["office.petition.ordinary"].with_context(active_id=report.id)
        vals = {"reason": "No accusation", "petition_class": "claim"}
        with self.assertRaises(AccessError):
            Wizard.with_user(self.keeper).create(vals)
        with self.assertRaises(MissingError):
            Wizard.with_user(director).create(vals).open_up()
        self.assertTrue(report.is_report)
        report.with_user(self.keeper).admit(director)
        with self.assertRaises(UserError):
            Wizard.with_user(director).create({"reason": " "}).open_up()
        Wizard.with_user(director).create(vals).open_up()
        self.assertFalse(report.is_report)
        self.assertEqual(report.petition_class, "claim")
        for user, shown in ((director, True), (self.keeper, False)):
            view = (
                self.env["office.petition"].with_user(user).get_view(view_type="form")
            )
            self.assertEqual("No Report or Accusation" in view["arch"], shown)

    def test_a_report_filed_in_public_goes_to_the_confidential_officers(self):
        public = self.env.ref("base.public_user")
        report = (
            self.env["office.petition"]
            .with_user(public)
            .sudo()
            .create({"name": MARKER, "channel": "online", "is_report": True})
        )
        self.assertEqual(report.access_ids.user_id, self.keeper)
        self.assertHidden(report, self.users["petition_officer"])

    def test_where_there_is_no_confidential_officer_a_director_takes_it(self):
        group = self.env.ref(
            "office_functions_service.group_office_petition_confidential"
        )
        group.user_ids = [Command.clear()]
        report = self.env["office.petition"].create(
            {"name": MARKER, "channel": "online", "is_report": True}
        )
        self.assertIn(self.users["director"], report.access_ids.user_id)
        self.assertNotIn(self.users["leader"], report.access_ids.user_id)
        self.assertNotIn(self.users["admin"], report.access_ids.user_id)

    def test_no_gap_in_the_ordinary_register_tells_of_it(self):
        petitions = [self.register(self.keeper, is_report=nth == 2) for nth in range(6)]
        counter = self.get_counter("petition")
        self.assertTrue(petitions[2].number.startswith("检举"))
        self.assertEqual(self.get_counter("petition_report").last, 1)
        self.assertEqual(counter.last, 5, "It is counted without a gap")
        petitions[0].petition_class = "report"
        number = petitions[0].number
        petitions[1].accused_ids = [
            Command.create({"user_id": self.users["director"].id})
        ]
        petitions.append(self.register())
        self.assertEqual(counter.last, 6)
        self.assertEqual(petitions[0].number, number, "It is on the letters")
        mine = self.env["office.petition"].with_user(self.users["director"]).search([])
        self.assertEqual(len(mine), 4)
        written = sorted(int(number[8:-1]) for number in mine.mapped("number"))
        self.assertGreater(
            written[-1] - written[0], 10, "None is expected between two others"
        )

    def get_counter(self, code):
        return self.env["office.number.counter"].search(
            [("series_id.code", "=", code), ("company_id", "=", self.company.id)]
        )

    def test_a5_nobody_reads_how_far_the_register_is_counted(self):
        self.register(is_report=True)
        Series = self.env["office.number.series"]
        codes = Series._get_scattered_codes()
        self.assertEqual(len(Series.search([("code", "in", [*codes])])), len(codes))
        Series._take("directive", self.company, 2026, 1)
        Counter = self.env["office.number.counter"].with_user(self.users["admin"])
        self.env.flush_all()
        found = set(Counter.search([]).series_id.mapped("code"))
        self.assertIn("directive", found)
        self.assertFalse(found & codes)

    def test_a5_administrators_see_counts_without_text(self):
        self.register(is_report=True)
        admin = self.users["admin"]
        rows = self.env["office.petition.count"].with_user(admin).search_read([])
        self.assertEqual(
            [
                (row["petition_class"], row["number"], row["number_text"])
                for row in rows
            ],
            [("report", 0, "fewer than 3")],
        )
        self.assertNotIn(MARKER, str(rows))
        self.assertFalse(
            {"name", "text", "lead_unit_id", "handler_id"} & rows[0].keys()
        )
        for role in ("staff", "citizen", "outsider", "section_head"):
            self.assertFalse(
                self.env["office.petition.count"]
                .with_user(self.users[role])
                .has_access("read")
            )

    def test_second_company_counts_its_own(self):
        self.register(is_report=True)
        other = self.env["res.company"].create({"name": "Other District"})
        director = self.make_user(
            "test_theirs",
            "office_functions.group_office_director",
            company_id=other.id,
            company_ids=other.ids,
        )
        Count = self.env["office.petition.count"].with_user(director)
        self.assertFalse(Count.search([]))

    def test_who_lost_the_petition_to_secrecy_follows_it_no_longer(self):
        petition = self.register(handler_id=self.users["staff"].id)
        staff = self.users["staff"]
        petition.message_subscribe(staff.partner_id.ids)
        petition.sudo().activity_schedule(
            "mail.mail_activity_data_todo", user_id=staff.id, summary=MARKER
        )
        petition.message_post(body=MARKER, partner_ids=staff.partner_id.ids)
        petition.is_report = True
        self.assertHidden(petition, staff)
        secret = petition.sudo()
        self.assertNotIn(staff.partner_id, secret.message_partner_ids)
        self.assertFalse(secret.activity_ids)
        self.assertNotIn(staff.partner_id, secret.message_ids.partner_ids)

    def test_a_stranger_reads_the_same_of_a_report_and_of_nothing(self):
        report = self.register(is_report=True)
        absent = report.id + 1000000
        for role in ("director", "leader", "staff", "admin"):
            user = self.users[role]
            said = []
            for res_id in (report.id, absent):
                record = self.env["office.petition"].with_user(user).browse(res_id)
                for call in (
                    lambda rec=record: rec.read(["name"]),
                    lambda rec=record: rec.web_read({"display_name": {}}),
                    lambda rec=record: rec.display_name,
                    lambda rec=record: rec.get_matter_panel(),
                ):
                    with self.subTest(role=role):
                        if not record.browse().has_access("read"):
                            continue
                        self.env.invalidate_all()
                        try:
                            said.append(str(call()))
                        except MissingError as error:
                            said.append(str(error))
            half = len(said) // 2
            self.assertEqual(
                [line.replace(str(report.id), "#") for line in said[:half]],
                [line.replace(str(absent), "#") for line in said[half:]],
                role,
            )

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from odoo.addons.office_functions.tests.common import (
    TODAY,
    ClockFixture,
    OfficeCase,
    OfficeHttpCase,
    OfficeRaceCase,
)
from odoo.addons.office_functions.tests.matter_tests import MatterTests
from odoo.addons.office_functions.tests.race_tests import MatterRaceTests
from odoo.addons.office_functions.tests.rpc_tests import RpcTests

ADDON = "office_functions_service."


class ServiceRequestFixture(ClockFixture):
    model_name = "office.service.request"
    relations = {"handler": "staff", "unit_head": "section_head", "doer": "logistics"}
    readers = "leader director clerk section_head staff logistics"

    @classmethod
    def sample_vals(cls):
        return {
            "name": "A lamp for my desk",
            "place": "Room 305",
            "kind_id": cls.env.ref(ADDON + "service_kind_other").id,
            "lead_unit_id": cls.unit.id,
            "handler_id": cls.users["staff"].id,
        }

    def ask(self, role="staff", kind="cleaning", **vals):
        """Ask the desk as a user does.

        :return: the request, as superuser
        """
        form = Form(
            self.env["office.service.ask"]
            .with_user(self.users[role])
            .with_context(
                default_kind_id=self.env.ref(f"{ADDON}service_kind_{kind}").id
            )
        )
        for name, value in {"name": "Full bins", "place": "Hall", **vals}.items():
            form[name] = value
        action = form.save().send()
        return self.env[action["res_model"]].browse(action["res_id"])


@tagged("office_service", "office_desk")
class TestServiceRequest(ServiceRequestFixture, MatterTests, OfficeCase):
    """What is asked of the service desk is accepted, done, rated, closed."""

    def test_s4_9_any_staff_sends_a_request_and_sees_its_state(self):
        for role in (
            "staff",
            "clerk",
            "section_head",
            "leader",
            "liaison",
            "petition_officer",
            "canteen",
            "logistics",
        ):
            with self.subTest(role=role):
                request = self.ask(role)
                self.assertEqual(request.state, "submitted")
                self.assertTrue(request.number)
                self.assertEqual(request.date_deadline, TODAY.replace(day=11))
                desk = self.env["office.service.desk"].with_user(self.users[role])
                line = desk.search(
                    [
                        ("asker_id", "=", self.users[role].id),
                        ("res_id", "=", request.id),
                    ]
                )
                self.assertRecordValues(
                    line,
                    [
                        {
                            "res_model": self.model_name,
                            "name": "Full bins",
                            "place": "Hall",
                            "state_label": "Waiting to Be Accepted",
                            "light": "green",
                            "is_open": True,
                            "handler_id": False,
                        }
                    ],
                )
                self.assertEqual(line.action_open_record()["res_id"], request.id)
                self.walk(request, self.model._get_transition("accept"))
                line.invalidate_recordset()
                self.assertEqual(line.state_label, "Being Done")
                self.assertTrue(line.handler_id)

    def test_two_fields_and_no_more(self):
        with self.assertRaises(UserError) as caught:
            self.ask(name="  ", place=False)
        self.assertSays(caught.exception, "What Is Wanted", "Where")
        with self.assertRaises(UserError) as caught:
            self.model.with_user(self.users["staff"])._ask_from_desk({"name": " "})
        self.assertSays(caught.exception, "What Is Wanted", "Where", "Service Wanted")
        request = self.ask(name=" Tea ", place=" Room 1 ")
        self.assertEqual((request.name, request.place), ("Tea", "Room 1"))
        again = Form(self.env["office.service.ask"].with_user(self.users["staff"]))
        self.assertEqual(again.place, "Room 1", "Mostly it is the same room")

    def test_outsiders_and_citizens_ask_nothing(self):
        for role in ("outsider", "citizen", "school"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.ask(role)

    def test_desk_shows_each_what_they_may_read(self):
        request = self.ask("staff", "canteen")
        for role, user in self.users.items():
            Desk = self.env["office.service.desk"].with_user(user)
            sees = role in ("leader", "director", "logistics", "staff", "canteen")
            with self.subTest(role=role):
                if role in ("outsider", "citizen", "school"):
                    self.assertFalse(Desk.has_access("read"))
                    continue
                found = Desk.search([("res_id", "=", request.id)])
                self.assertEqual(bool(found), sees)
        draft = self.make()
        Desk = self.env["office.service.desk"].with_user(self.users["logistics"])
        self.assertFalse(Desk.search([("res_id", "=", draft.id)]))

    def test_the_group_of_the_kind_accepts(self):
        request = self.ask("staff", "canteen")
        with self.assertRaises(AccessError):
            request.with_user(self.users["clerk"]).do_transition("accept")
        canteen = self.users["canteen"]
        request.with_user(canteen).do_transition("accept")
        self.assertEqual(request.handler_id, canteen)
        request.with_user(canteen).do_transition("finish", "A new dish is served")
        self.assertEqual(request.outcome, "A new dish is served")

    def test_the_person_of_the_kind_gets_it(self):
        kind = self.env.ref(ADDON + "service_kind_vehicle")
        kind.write({"user_id": self.users["section_head"].id, "unit_id": self.unit.id})
        request = self.ask("clerk", "vehicle")
        self.assertEqual(request.handler_id, self.users["section_head"])
        self.assertEqual(request.lead_unit_id, self.unit)

    def test_rejected_with_a_reason(self):
        request = self.ask()
        logistics = request.with_user(self.users["logistics"])
        with self.assertRaisesRegex(UserError, "write down the reason"):
            logistics.do_transition("reject")
        logistics.do_transition("reject", "There is no lamp")
        self.assertEqual(request.with_user(self.users["staff"]).state, "rejected")

    def test_sent_requests_are_not_rewritten(self):
        request = self.ask()
        for vals in ({"name": "Other"}, {"place": "Other"}, {"text": "x"}):
            for role in ("staff", "logistics"):
                with self.assertRaises(ValidationError):
                    request.with_user(self.users[role]).write(vals)
        with self.assertRaises(AccessError):
            request.with_user(self.users["staff"]).handler_id = self.users["staff"]

    # Rating ---------------------------------------------------------------------------

    def run_close(self):
        """Run the nightly job as the scheduler does."""
        job = self.env.ref(ADDON + "ir_cron_close_service_requests")
        with self.enter_registry_test_mode():
            job.method_direct_trigger()
        self.env.invalidate_all()

    def done(self):
        request = self.ask("clerk")
        logistics = request.with_user(self.users["logistics"])
        logistics.do_transition("accept")
        logistics.do_transition("finish", "Emptied")
        return request

    def test_rated_once_by_who_asked(self):
        request = self.done()
        with self.assertRaisesRegex(UserError, "Only whom it was done for"):
            request.with_user(self.users["logistics"]).rate(5)
        clerk = request.with_user(self.users["clerk"])
        self.assertTrue(clerk.may_rate)
        wizard = (
            self.env["office.service.rate"]
            .with_user(self.users["clerk"])
            .with_context(active_model=self.model_name, active_id=request.id)
        )
        with self.assertRaisesRegex(UserError, "one to five stars"):
            wizard.create({}).rate()
        wizard.create({"stars": "5", "comment": "Quick"}).rate()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((request.state, request.rating_avg), ("rated", 5))
        self.assertEqual(request.rating_last_value, 5)
        clerk.invalidate_recordset()
        self.assertFalse(clerk.may_rate)
        with self.assertRaisesRegex(UserError, "rated it already"):
            clerk.rate(1)
        self.assertFalse(self.env["office.service.correction"].search([]))
        self.run_close()
        self.assertEqual(request.state, "closed")

    def test_nothing_is_rated_before_it_is_done_nor_by_its_doer(self):
        request = self.ask("logistics")
        mine = request.with_user(self.users["logistics"])
        with self.assertRaisesRegex(UserError, "when it is done"):
            mine.rate(5)
        mine.do_transition("accept")
        mine.do_transition("finish", "Emptied")
        with self.assertRaisesRegex(UserError, "their own work"):
            mine.rate(5)

    def test_a_low_rating_opens_a_correction(self):
        request = self.done()
        request.with_user(self.users["clerk"]).rate(2, "Half of them")
        correction = self.env["office.service.correction"].search([])
        self.assertRecordValues(
            correction,
            [
                {
                    "kind": "desk",
                    "problem": "Half of them",
                    "res_id": request.id,
                    "handler_id": self.users["logistics"].id,
                    "state": "open",
                }
            ],
        )

    def test_not_done_yet(self):
        request = self.done()
        request.with_user(self.users["clerk"]).do_transition("reopen", "Still full")
        self.assertEqual(request.state, "accepted")
        self.assertTrue(request.open_deadline)

    def test_unrated_closes_after_its_limit(self):
        request = self.done()
        self.to_day(7)
        self.run_close()
        self.assertEqual(request.state, "done")
        # A limit in working days is counted so.
        limit = self.env.ref(ADDON + "time_limit_service_request_rating")
        limit.unit = "working_days"
        self.to_day(8)
        self.run_close()
        self.assertEqual(request.state, "done")
        limit.unit = "calendar_days"
        self.run_close()
        self.assertEqual(request.state, "closed")

    # Kinds ----------------------------------------------------------------------------

    def test_a_kind_becomes_a_record_of_service_and_somebody_does_it(self):
        kind = self.env.ref(ADDON + "service_kind_other")
        with (
            self.undone(),
            self.assertRaisesRegex(ValidationError, "no records of service"),
        ):
            kind.res_model = "res.partner"
        self.env.invalidate_all()
        with self.assertRaisesRegex(ValidationError, "who does it"):
            kind.group_id = False
        inspection = self.env["office.cleaning.inspection"]
        with self.assertRaisesRegex(UserError, "is not asked for"):
            inspection._ask_from_desk({})
        action = kind.with_user(self.users["staff"]).action_ask()
        self.assertEqual(action["context"], {"default_kind_id": kind.id})
        self.assertFalse(kind.with_user(self.users["staff"]).has_access("write"))

    def test_photos_are_read_with_the_request(self):
        staff = self.users["staff"]
        photo = (
            self.env["ir.attachment"]
            .with_user(staff)
            .create(
                {"name": "bin.png", "raw": b"png", "res_model": "office.service.ask"}
            )
        )
        wizard = (
            self.env["office.service.ask"]
            .with_user(staff)
            .create(
                {
                    "kind_id": self.env.ref(ADDON + "service_kind_cleaning").id,
                    "name": "Bins",
                    "place": "Hall",
                    "photo_ids": photo.ids,
                }
            )
        )
        request = self.model.browse(wizard.send()["res_id"])
        self.assertEqual(request.photo_ids, photo)
        self.assertTrue(photo.with_user(self.users["logistics"]).has_access("read"))
        self.assertFalse(photo.with_user(self.users["canteen"]).has_access("read"))

    def test_what_is_somebody_elses_is_no_photo(self):
        secret = self.env["ir.attachment"].create(
            {"name": "secret.txt", "raw": b"secret"}
        )
        theirs = self.env["ir.attachment"].create(
            {
                "name": "theirs.txt",
                "raw": b"theirs",
                "res_model": "res.partner",
                "res_id": self.users["staff"].partner_id.id,
            }
        )
        for file in (secret, theirs):
            with self.assertRaises(AccessError), self.undone():
                self.model.with_user(self.users["staff"]).create(
                    {**self.sample_vals(), "photo_ids": [Command.link(file.id)]}
                )
            self.assertNotEqual(file.res_model, self.model_name)

    # Figures --------------------------------------------------------------------------

    def test_s4_9_response_time(self):
        request = self.ask("clerk")
        self.clock.move_to(f"{TODAY} 05:00:00")
        request.with_user(self.users["logistics"]).do_transition("accept")
        request.with_user(self.users["logistics"]).do_transition("finish", "Done")
        request.with_user(self.users["clerk"]).rate(4)
        Indicator = self.env["office.indicator"].with_user(self.users["director"])
        hours, stars = Indicator.measure(["K24.1", "K24.2"], TODAY, TODAY)
        self.assertEqual((hours["value"], hours["denominator"]), (3, 1))
        self.assertEqual(stars["value"], 4)
        for code in ("K24.1", "K24.2"):
            domain = Indicator.open_records(code, TODAY, TODAY)["domain"]
            self.assertEqual(self.model.search(domain), request)

    def test_workbench(self):
        self.ask("staff")
        Workbench = self.env["office.workbench"].with_user(self.users["logistics"])
        panel = next(
            p for p in Workbench.get_workbench()["panels"] if p["key"] == "service"
        )
        figures = {f["label"]: f["value"] for f in panel["figures"]}
        self.assertEqual(figures["Requests to Accept"], 1)


@tagged("post_install", "-at_install")
class TestServiceRequestRpc(ServiceRequestFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to a request."""


@tagged("post_install", "-at_install")
class TestServiceRequestRace(ServiceRequestFixture, MatterRaceTests, OfficeRaceCase):
    """Two people act on requests at the same moment."""

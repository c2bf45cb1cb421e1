# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What every model of ``office.matter.mixin`` must prove of who sees what."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .common import MatterFixture

ANNEXES = {
    "office.transition",
    "office.deadline.event",
    "office.urging",
    "office.urging.addressee",
    "office.matter.link",
    "office.matter.access",
}


class AccessTests(MatterFixture):
    """Need to know, recusal, restriction, companies, and what hangs on a matter."""

    def assertSees(self, user, record, sees=True):
        """Assert that a user reads a record by every road, or by none."""
        mine = record.with_user(user)
        mine.invalidate_recordset()
        name = f"{user.name}, {record.display_name}"
        self.assertEqual(mine.has_access("read"), sees, name)
        if not mine.browse().has_access("read"):
            return
        domain = [("id", "=", record.id)]
        self.assertEqual(bool(mine.search(domain)), sees, name)
        self.assertEqual(bool(mine.search_count(domain)), sees, name)
        self.assertEqual(bool(mine._read_group(domain, ["state"])), sees, name)
        self.assertEqual(
            bool(mine.formatted_read_group(domain, ["light"], ["__count"])), sees, name
        )
        self.assertEqual(bool(mine.name_search(record.name, domain)), sees, name)
        if sees:
            self.assertTrue(mine.read(["name"]))
            self.assertTrue(mine.get_matter_panel())
        else:
            self.env.flush_all()
            for call in (
                lambda: mine.read(["name"]),
                lambda: mine.get_matter_panel(),
                lambda: mine.message_post(body="Hello"),
                lambda: mine.do_transition(self.model._get_transitions()[0].name),
            ):
                self.env.invalidate_all()
                with self.refuses(AccessError, msg=name):
                    call()

    def make_head(self, unit, login):
        """Return a new section head who leads a unit."""
        user = self.make_user(login, "office_functions.group_office_section_head")
        unit.manager_id = self.env["hr.employee"].create(
            {"name": user.name, "user_id": user.id}
        )
        return user

    # Need to know ---------------------------------------------------------------------

    def test_who_reads(self):
        record = self.make_running()
        for role, user in self.users.items():
            with self.subTest(role=role):
                self.assertSees(user, record, role in self.readers.split())

    def test_units(self):
        below = self.make(lead_unit_id=self.subunit.id, handler_id=False)
        beside = self.make(lead_unit_id=self.other_unit.id, handler_id=False)
        assisted = self.make(
            lead_unit_id=self.other_unit.id,
            handler_id=False,
            assisting_unit_ids=[Command.set(self.unit.ids)],
        )
        head = self.users["section_head"]
        staff = self.make_user("test_colleague", "office_functions.group_office_staff")
        staff.employee_ids.create(
            {"name": staff.name, "user_id": staff.id, "department_id": self.unit.id}
        )
        self.assertSees(head, below)
        self.assertSees(head, beside, False)
        self.assertSees(head, assisted)
        for record in (below, beside, assisted):
            self.assertSees(staff, record, False)

    def test_schools(self):
        record = self.make(lead_unit_id=self.school.id, handler_id=False)
        for role in ("liaison", "school"):
            user = self.users[role]
            may = record.with_user(user).browse().has_access("read")
            with self.subTest(role=role):
                self.assertSees(user, record, may)
                self.assertSees(user, self.make(), False)
        self.school.office_user_ids = [Command.clear()]
        self.assertSees(self.users["liaison"], record, False)

    def test_changes_of_the_organization_take_effect_at_once(self):
        record = self.make(lead_unit_id=self.other_unit.id, handler_id=False)
        head = self.users["section_head"]
        self.assertSees(head, record, False)
        successor = self.make_head(self.other_unit, "test_successor")
        self.assertSees(successor, record)
        self.other_unit.parent_id = self.unit
        self.assertSees(head, record)
        self.other_unit.write({"parent_id": False, "manager_id": False})
        self.assertSees(head, record, False)
        self.assertSees(successor, record, False)
        head.employee_ids.department_id = self.other_unit
        self.assertSees(head, record)
        head.group_ids = [
            Command.unlink(
                self.env.ref("office_functions.group_office_section_head").id
            )
        ]
        self.assertSees(head, record, False)

    def test_handler_changes(self):
        record = self.make_running()
        other = self.make_user("test_other", "office_functions.group_office_staff")
        self.assertSees(other, record, False)
        record.handler_id = other
        self.assertSees(other, record)
        if self.creator_role != "staff":
            self.assertSees(self.users["staff"], record, False)

    def test_companies(self):
        other = self.env["res.company"].create({"name": "Other District"})
        director = "office_functions.group_office_director"
        theirs = self.make_user(
            "test_theirs", director, company_id=other.id, company_ids=other.ids
        )
        record = self.make()
        self.assertSees(theirs, record, False)
        theirs.company_ids |= self.company
        self.assertSees(theirs, record)
        here = record.with_user(theirs)
        self.assertFalse(
            here.with_context(allowed_company_ids=other.ids).search(
                [("id", "=", record.id)]
            )
        )
        with self.assertRaises(AccessError):
            here.with_user(self.users["director"]).with_context(
                allowed_company_ids=other.ids
            ).search([])

    # Restriction ----------------------------------------------------------------------

    def test_restricted_matter(self):
        record = self.make_running()
        leader = self.make_user("test_leader2", "office_functions.group_office_leader")
        self.assertSees(leader, record)
        record.with_user(leader).restrict()
        self.assertSees(leader, record)
        for role, user in self.users.items():
            with self.subTest(role=role):
                self.assertSees(user, record, False)
        record.with_user(leader).admit(record.handler_id, "Does the work")
        self.assertSees(record.handler_id, record)
        self.assertSees(self.users["director"], record, False)
        record.access_ids.filtered(
            lambda access: access.user_id == record.handler_id
        ).with_user(leader).action_lift()
        self.assertSees(record.handler_id, record, False)

    def test_a13_who_opens_what_is_restricted_is_on_record(self):
        record, open_matter = self.make_running(), self.make_running()
        leader, director = self.users["leader"], self.users["director"]
        record.with_user(leader).restrict()
        record.with_user(leader).admit(director)
        log = self.env["office.audit.log"].with_user(director)
        of_kind = [("res_model", "=", self.model_name), ("kind", "=", "view")]
        first = log.search(of_kind, limit=1).id or 0
        fresh = [*of_kind, ("id", ">", first)]
        views = self.model.with_user(leader).get_views([(False, "form")])
        shown = views["models"][self.model_name]["fields"]
        content = self.model._get_content_names() & shown.keys()
        self.assertTrue(content, "Whoever opens the form reads what it says")
        mine = (record | open_matter).with_user(leader)
        mine.read(["name", "state"])
        open_matter.with_user(leader).read(content)
        mine.sudo().read(content)
        self.env.flush_all()
        self.assertFalse(log.search(fresh))
        for read in (
            lambda: mine.web_read({name: {} for name in content}),
            lambda: mine.search_read([("id", "in", mine.ids)], content),
            lambda: mine.read(content),
        ):
            read()
            self.env.flush_all()
            line = log.search(fresh)
            self.assertEqual((line.user_id, line.res_ids), (leader, record.ids))
            self.assertEqual(line.company_id, record.company_id)

    def test_who_restricts_and_admits(self):
        record = self.make_running()
        stranger = self.make_user(
            "test_stranger", "office_functions.group_office_staff"
        )
        for role in self.readers.split():
            mine = record.with_user(self.users[role])
            with self.subTest(role=role), self.undone():
                if role in ("leader", "director"):
                    mine.admit(stranger.id, "Needs to know")
                    self.assertSees(stranger, record)
                    mine.restrict()
                    self.assertTrue(record.is_restricted)
                else:
                    with self.assertRaisesRegex(UserError, "Only a director or leader"):
                        mine.admit(stranger)
                    with self.assertRaisesRegex(UserError, "Only a director or leader"):
                        mine.restrict()

    # Recusal --------------------------------------------------------------------------

    def test_recusal_takes_the_person_off(self):
        record = self.make_running()
        handler = record.handler_id
        record.activity_schedule("mail.mail_activity_data_todo", user_id=handler.id)
        record.message_subscribe(handler.partner_id.ids)
        record.with_user(handler).recuse(reason="My brother asks for it")
        self.assertFalse(record.handler_id)
        self.assertFalse(record.activity_ids)
        self.assertNotIn(handler.partner_id, record.message_partner_ids)
        self.assertSees(handler, record, False)
        access = record.access_ids
        self.assertRecordValues(
            access,
            [
                {
                    "kind": "recused",
                    "user_id": handler.id,
                    "reason": "My brother asks for it",
                    "is_self_declared": True,
                }
            ],
        )
        with self.assertRaises(AccessError):
            access.with_user(handler).action_lift()
        access.with_user(self.users["director"]).action_lift()
        record.handler_id = handler
        self.assertSees(handler, record)

    def test_recusal_binds_leaders(self):
        record = self.make_running()
        for role in ("leader", "director"):
            user = self.users[role]
            record.with_user(user).recuse(reason="A relative")
            self.assertSees(user, record, False)

    def test_who_recuses_whom(self):
        record = self.make_running()
        with self.assertRaisesRegex(UserError, "write down the reason"):
            record.with_user(record.handler_id).recuse(reason=" ")
        head = self.users["section_head"]
        with self.assertRaisesRegex(UserError, "recuses somebody else"):
            record.with_user(record.handler_id).recuse(head.id, "A relative")
        record.with_user(self.users["director"]).recuse(head.id, "A relative")
        self.assertFalse(record.access_ids.is_self_declared)
        self.assertSees(head, record, False)

    def test_power_of_the_recused_is_not_delegated(self):
        record = self.make_running()
        head, deputy = self.users["section_head"], self.users["director"]
        row = self.model._get_transitions()[0].but(by=("unit_head",))
        self.env["office.delegation"].create(
            {
                "principal_id": head.id,
                "delegate_id": deputy.id,
                "date_from": "2026-01-01",
                "date_to": "2026-12-31",
            }
        )
        self.assertEqual(record.with_user(deputy)._get_authority(row), head)
        record.with_user(deputy).recuse(head, "A relative")
        self.assertIsNone(record.with_user(deputy)._get_authority(row))

    # Annexes and links ----------------------------------------------------------------

    def make_with_annexes(self):
        """Return a matter that has an annex of every kind."""
        record = self.make_running()
        if not record.transition_ids:
            self.walk(record, self.model._get_transitions()[0])
        record.with_user(self.users["leader"]).urge("Hurry up")
        record.with_user(self.users["leader"]).recuse(self.users["canteen"], "Relative")
        self.env["office.matter.link"]._link(record, self.make())
        return record

    def test_annexes_are_read_with_their_matter_only(self):
        record = self.make_with_annexes()
        for name in ANNEXES:
            domain = [("res_model", "=", self.model_name), ("res_id", "=", record.id)]
            annexes = self.env[name].search(domain)
            self.assertTrue(annexes, name)
            for role, user in self.users.items():
                mine = annexes.with_user(user)
                if not mine.browse().has_access("read"):
                    continue
                sees = record.with_user(user).has_access("read")
                with self.subTest(annex=name, role=role):
                    self.assertEqual(mine.has_access("read"), sees)
                    self.assertEqual(mine.search(domain), annexes if sees else mine[:0])
                    self.assertEqual(
                        mine.search_count(domain), len(annexes) if sees else 0
                    )
                    self.assertEqual(
                        mine._read_group(domain, ["res_model"], ["__count"]),
                        [(self.model_name, len(annexes))] if sees else [],
                    )
                    self.assertEqual(
                        mine.search([("id", "in", annexes.ids)]),
                        annexes if sees else mine[:0],
                    )
                    if not sees:
                        self.env.invalidate_all()
                        with self.refuses(AccessError):
                            mine.read(["res_id"])

    def test_annexes_are_not_written_by_hand(self):
        record = self.make_with_annexes()
        domain = [("res_model", "=", self.model_name), ("res_id", "=", record.id)]
        for name in ANNEXES:
            annexes = self.env[name].search(domain)
            for role, user in self.users.items():
                mine = annexes.with_user(user)
                with self.subTest(annex=name, role=role):
                    with self.refuses(UserError):
                        mine.write({"res_id": record.id + 1})
                    with self.refuses(UserError):
                        mine.unlink()
                    with self.refuses(UserError):
                        mine.create({"res_model": self.model_name, "res_id": record.id})
            with self.refuses(UserError):
                annexes.unlink()
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual(self.env[name].search(domain), annexes)

    def test_links_up_and_down(self):
        Link = self.env["office.matter.link"]
        source, target = self.make(), self.make(name="Fruit of it")
        Link._link(source, target)
        Link._link(source, target)
        down = source.get_matter_panel()["results"]
        self.assertEqual(
            [(down[0]["model"], down[0]["id"])], [(target._name, target.id)]
        )
        up = target.get_matter_panel()["sources"]
        self.assertEqual([link["id"] for link in up], [source.id])
        self.assertEqual((source | target).mapped("link_count"), [1, 1])
        with self.assertRaisesRegex(UserError, "linked to itself"):
            Link._link(source, source)

    def test_links_hide_what_may_not_be_read(self):
        source = self.make(lead_unit_id=self.other_unit.id, handler_id=False)
        target = self.make()
        self.env["office.matter.link"]._link(source, target)
        mine = target.with_user(self.users["section_head"])
        self.assertFalse(mine.get_matter_panel()["sources"])
        self.assertEqual(mine.link_count, 0)
        self.assertEqual(target.with_user(self.users["director"]).link_count, 1)

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.office_functions.tests.common import OfficeCase

from .repair_case import RepairFixture


@tagged("office_service")
class TestServiceKind(OfficeCase):
    """What the desk offers: who sets it up, and that somebody does it."""

    def make_kind(self, role="logistics", **vals):
        return (
            self.env["office.service.kind"]
            .with_user(self.users[role])
            .create({"name": "Flowers", "user_id": self.users["logistics"].id, **vals})
        )

    def test_logistics_sets_up_what_everybody_reads(self):
        kind = self.make_kind()
        for role in ("staff", "clerk", "section_head", "leader", "canteen"):
            theirs = kind.with_user(self.users[role])
            self.assertTrue(theirs.has_access("read"), role)
            with self.subTest(role=role), self.assertRaises(AccessError):
                theirs.hint = "Mine"
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.make_kind(role, name="Other")
        with self.assertRaises(AccessError):
            kind.with_user(self.users["logistics"]).unlink()
        self.assertFalse(kind.with_user(self.users["outsider"]).has_access("read"))

    def test_it_becomes_a_record_of_service_and_somebody_does_it(self):
        with self.assertRaisesRegex(ValidationError, "no records of service"):
            self.make_kind(name="Users", res_model="res.users")
        with self.assertRaisesRegex(ValidationError, "name who does it: Nobody"):
            self.make_kind(name="Nobody", user_id=False)
        with self.assertRaises(ValidationError):
            self.make_kind().user_id = False
        self.make_kind(name="Broken", user_id=False, res_model="maintenance.request")

    def test_no_two_of_one_name(self):
        kind = self.make_kind()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.make_kind()
        kind.active = False
        kind.flush_recordset()
        self.make_kind()

    def test_of_another_company_is_not_offered(self):
        other = self.env["res.company"].create({"name": "Other Commission"})
        kind = self.env["office.service.kind"].create(
            {
                "name": "Theirs",
                "user_id": self.users["logistics"].id,
                "company_id": other.id,
            }
        )
        self.assertFalse(kind.with_user(self.users["staff"]).has_access("read"))

    def test_card_counts_my_own_open_requests(self):
        kind = self.make_kind()
        for role in ("staff", "staff", "clerk"):
            self.env["office.service.request"].with_user(
                self.users[role]
            )._ask_from_desk({"kind_id": kind.id, "name": "Roses", "place": "Hall"})
        self.env.invalidate_all()
        for role, number in (("staff", 2), ("clerk", 1), ("leader", 0)):
            self.assertEqual(kind.with_user(self.users[role]).open_count, number)
        action = kind.with_user(self.users["staff"]).action_ask()
        self.assertEqual(action["context"], {"default_kind_id": kind.id})


@tagged("office_service")
class TestSmallModels(RepairFixture, OfficeCase):
    """Parts, items, allergens, lines of the index, and the dialog of a replacement."""

    def test_parts_of_a_settled_repair_come_by_no_default_either(self):
        repair = self.make("fixed")
        Part = self.env["office.repair.part"]
        for role, error in (("staff", ValidationError), ("clerk", AccessError)):
            mine = Part.with_user(self.users[role])
            mine = mine.with_context(default_request_id=repair.id)
            with self.subTest(role=role), self.assertRaises(error):
                mine.create({"name": "Belt", "price": 3})
        self.assertFalse(repair.part_ids)

    def test_parts_are_counted_and_dear_or_free(self):
        repair = self.make("repairing")
        for vals in ({"quantity": 0}, {"price": -1}):
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
                repair.part_ids = [Command.create({"name": "Belt", **vals})]
                self.env.flush_all()

    def test_dialog_decides_on_what_was_chosen(self):
        equipment = self.make_equipment(effective_date="2019-01-01", cost=100)
        other = self.make_equipment("Other", effective_date="2019-01-01")
        (equipment | other)._propose_replacements()
        Dialog = self.env["office.replacement.decision"].with_context(
            active_model=equipment._name, active_ids=(equipment | other).ids
        )
        for role in ("logistics", "staff", "leader"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                Dialog.with_user(self.users[role]).create({})
        director = self.users["director"]
        dialog = Dialog.with_user(director).create({})
        self.assertEqual(dialog.equipment_ids, equipment | other)
        with self.assertRaisesRegex(UserError, "write down the reason"):
            dialog.action_decline()
        dialog.note = "Still good"
        dialog.action_decline()
        self.assertEqual(
            set((equipment | other).mapped("replacement_state")), {"declined"}
        )
        third = self.make_equipment("Third", effective_date="2019-01-01")
        third._propose_replacements()
        Dialog.with_user(director).create(
            {"equipment_ids": [Command.set(third.ids)]}
        ).action_approve()
        self.assertEqual(third.replacement_state, "approved")

    def test_items_of_an_area_are_set_by_logistics_and_count(self):
        area = self.env["office.cleaning.area"].create({"name": "Hall"})
        Item = self.env["office.cleaning.item"]
        vals = {"area_id": area.id, "name": "Floor"}
        for role in ("staff", "clerk", "leader"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                Item.with_user(self.users[role]).create(vals)
        item = Item.with_user(self.users["logistics"]).create(vals)
        self.assertEqual(item.company_id, area.company_id)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            item.weight = 0
            item.flush_recordset()

    def test_allergens_are_named_once_by_the_canteen(self):
        Allergen = self.env["office.canteen.allergen"]
        canteen = Allergen.with_user(self.users["canteen"])
        canteen.create({"name": "Lupins"})
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            canteen.create({"name": "Lupins"})
        for role in ("staff", "logistics", "leader"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                Allergen.with_user(self.users[role]).create({"name": "Grass"})

    def test_lines_of_a_kept_index_are_what_they_were(self):
        director = self.users["director"]
        index = self.env["office.service.index"]._keep(
            self.env["office.service.index"]._fields["month"].to_date("2026-02-01"),
            self.company,
            "",
        )
        self.assertEqual(len(index.part_ids), 8)
        self.assertTrue(index.figure_ids)
        for line in (index.part_ids[0], index.figure_ids[0]):
            self.assertTrue(line.with_user(director).has_access("read"))
            self.assertFalse(line.with_user(self.users["staff"]).has_access("read"))
            for road in (
                lambda line=line: line.write({"name": "Better"}),
                lambda line=line: line.unlink(),
                lambda line=line: line.create(
                    {"index_id": index.id, "code": "K21", "name": "Better"}
                ),
            ):
                with self.assertRaises(UserError):
                    road()
        counted = index.figure_ids.filtered("is_counted")
        for figure in counted:
            self.assertTrue(0 <= figure.points <= 100)
        silent = index.part_ids.filtered(lambda part: not part.has_figures)
        self.assertEqual(
            set(silent.mapped("score_text")) or {"No figures"}, {"No figures"}
        )

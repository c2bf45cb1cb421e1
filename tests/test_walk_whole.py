# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The four functions are one piece: what grows from what, and four menus."""

from odoo.tests import TransactionCase, new_test_user, tagged

from odoo.addons.office_functions.tests.walk_case import WalkCase

CORE = "office_functions"
FUNCTIONS = {
    "office_functions.office_menu_advice": "参谋助手",
    "office_functions.office_menu_coordination": "综合协调",
    "office_functions_supervision.office_menu_supervision": "督办督查",
    "office_functions_service.office_menu_service": "服务保障",
}
"""Menu → the name of the function, in their order (S0.4)."""
TARGETS = ["为领导", "为机关", "为基层校园", "为群众"]
"""The four parts of the menu of service, in their order (S4.2)."""


@tagged("post_install", "-at_install", "office_walk")
class TestWalkChain(WalkCase):
    def test_s0_3_clerk_opens_what_grew_from_a_document_and_comes_back(self):
        document = (
            self.env["office.document.incoming"]
            .with_user(self.people["clerk"])
            .create(
                {
                    "name": "关于报送学位余量的通知",
                    "sender": "市教育委员会",
                    "sender_number": "渝教〔2026〕9号",
                    "direction": "down",
                    "screening": "submit",
                    "screening_reason": "需领导批示",
                    "leader_id": self.people["leader"].id,
                    "proposal": "拟请基础教育科办理。",
                    "lead_unit_id": self.unit.id,
                    "handler_id": self.people["staff"].id,
                    "date_deadline": "2099-01-31",
                }
            )
        )
        for step in ("register", "screen", "propose"):
            document.do_transition(step)
        leader = document.with_user(self.people["leader"])
        leader.do_transition("instruct", "照办。")
        document.do_transition("assign")
        directive = leader.directive_id
        directive.do_transition("issue")
        directive.do_transition("escalate")
        self.walk("office-incoming", "office_chain_clerk", "clerk")
        links = self.env["office.matter.link"]._get_links(document)
        self.assertEqual(
            {link.target_model for link in links},
            {"office.directive", "office.coordination", "office.document.outgoing"},
        )
        reply = self.env["office.document.outgoing"].search([], order="id desc")[:1]
        self.assertRecordValues(
            reply,
            [
                {
                    "document_type": "report",
                    "direction": "up",
                    "main_organs": "市教育委员会",
                    "handler_id": self.people["clerk"].id,
                }
            ],
        )


@tagged("post_install", "-at_install")
class TestMenus(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = cls.env["ir.model.data"].search(
            [("model", "=", "res.groups"), ("module", "=like", "office_functions%")]
        )
        names = {
            f"{data.module}.{data.name}"
            for data in groups
            if cls.env["res.groups"].browse(data.res_id)
            not in cls.env.ref("base.group_portal").all_implied_by_ids
        }
        cls.user = new_test_user(
            cls.env,
            "menu_all_rights",
            ",".join(["base.group_system", *sorted(names)]),
            lang="zh_CN",
        )

    def load_menus(self):
        """Return the menus of the application that the user sees, by external id."""
        menus = self.env["ir.ui.menu"].with_user(self.user).with_context(lang="zh_CN")
        loaded = menus.load_menus(False)
        root = self.env.ref("office_functions.office_menu_root")
        return root, {
            menu["xmlid"]: menu
            for key, menu in loaded.items()
            if key != "root" and menu["app_id"] == root.id
        }

    def get_functions(self, menus, root):
        """Return the names of the functions among the first level, in their order."""
        by_id = {menu["id"]: (xmlid, menu) for xmlid, menu in menus.items()}
        level = [by_id[menu_id] for menu_id in by_id[root.id][1]["children"]]
        return [menu["name"] for xmlid, menu in level if xmlid in FUNCTIONS]

    def test_s0_4_one_menu_for_each_function_that_is_installed(self):
        root, menus = self.load_menus()
        installed = set(self.env["ir.module.module"]._installed())
        self.assertEqual(
            self.get_functions(menus, root),
            [
                name
                for xmlid, name in FUNCTIONS.items()
                if xmlid.split(".")[0] in installed
            ],
        )

    def test_s4_2_service_has_one_part_for_each_target(self):
        _root, menus = self.load_menus()
        service = menus["office_functions_service.office_menu_service"]
        by_id = {menu["id"]: menu for menu in menus.values()}
        parts = [by_id[menu_id] for menu_id in service["children"]]
        named = [part for part in parts if part["name"].startswith("为")]
        self.assertEqual([part["name"] for part in named], TARGETS)
        self.assertTrue(all(part["children"] for part in named))

    def test_s0_4_core_alone_brings_the_first_two_and_needs_no_other_addon(self):
        root, menus = self.load_menus()
        core = {
            xmlid: menu for xmlid, menu in menus.items() if xmlid.split(".")[0] == CORE
        }
        known = {menu["id"] for menu in core.values()}
        core[f"{CORE}.office_menu_root"]["children"] = [
            child
            for child in core[f"{CORE}.office_menu_root"]["children"]
            if child in known
        ]
        self.assertEqual(self.get_functions(core, root), ["参谋助手", "综合协调"])
        for xmlid, menu in core.items():
            with self.subTest(menu=xmlid):
                if menu["action_id"]:
                    action = self.env[menu["action_model"]].browse(menu["action_id"])
                    home = action.get_external_id()[action.id].split(".")[0]
                    self.assertEqual(home, CORE)
                else:
                    self.assertTrue(known & {*menu["children"]})

    def test_s0_4_no_menu_leads_nowhere(self):
        _root, menus = self.load_menus()
        for xmlid, menu in menus.items():
            with self.subTest(menu=xmlid):
                if not menu["action_id"]:
                    self.assertTrue(menu["children"])
                    continue
                action = self.env[menu["action_model"]].browse(menu["action_id"])
                action = action.with_user(self.user)
                self.assertTrue(action.exists())
                if action._name == "ir.actions.act_window":
                    model = self.env[action.res_model].with_user(self.user)
                    self.assertTrue(model.has_access("read"))
                    model.get_views([*action.views, (False, "search")])

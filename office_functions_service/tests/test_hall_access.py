# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from importlib.resources import files

from odoo.tests import tagged

from .hall_case import HallCase

RUN = """
axe.run(document, {resultTypes: ["violations"]}).then(({violations}) => {
    for (const one of violations) {
        console.warn(one.id, one.help, one.nodes.map((node) => node.html).join("\\n"));
    }
    if (violations.length) {
        console.error(violations.map((one) => one.id + ": " +
            one.nodes.map((node) => node.target).join(", ")).join("; "));
    } else {
        console.log("test successful");
    }
});
"""


@tagged("post_install", "-at_install", "office_walk")
class TestHallAccess(HallCase):
    """Who cannot see or point finds their way in the service hall (axe-core)."""

    browser_size = "390x844"

    def check(self, path):
        axe = (files("axe_core_python") / "axe.min.js").read_text()
        cookies = {
            name: value
            for name, value in self.opener.cookies.items()
            if name == "office_followed"
        }
        self.browser_js(
            path,
            f"{axe};\n{RUN}",
            "document.readyState === 'complete'",
            cookies=cookies,
        )

    def test_every_page_is_without_violations(self):
        guidance = self.publish("转学需要哪些手续？", "学籍表和两校同意。", is_hot=True)
        for path in (
            "/office",
            "/office/topics?words=转学",
            f"/office/topics/{guidance.id}",
            "/office/petition/new",
            "/office/consultation/new",
            "/office/petition/track",
        ):
            with self.subTest(path):
                self.check(path)

    def test_what_one_follows_is_without_violations(self):
        record, _page = self.file("consultation", name="How does one move?")
        record.with_user(self.users["staff"]).files_wanted = "The register"
        self.answer(record)
        for path in ("/office/consultation/filed", "/office/consultation/track"):
            with self.subTest(path):
                self.check(path)

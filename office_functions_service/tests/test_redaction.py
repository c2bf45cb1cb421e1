# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.tests import BaseCase, tagged

from ..tools.redaction import BAR, is_id_card, redact


@tagged("office_service")
class TestRedaction(BaseCase):
    """What is published names nobody, and shows where it was silenced (R-PII-1)."""

    def test_redaction_shows_itself_as_redaction(self):
        for text, names, wanted in (
            ("请打 13812345678 找我", (), f"请打 {BAR} 找我"),
            ("+86 138-1234-5678", (), BAR),
            ("电话０１０-１２３４５６７８不是手机", (), None),
            ("手机１３８１２３４５６７８。", (), f"手机{BAR}。"),
            ("固话010-12345678", (), f"固话{BAR}"),
            ("证11010519491231002X止", (), f"证{BAR}止"),
            ("a.b@c.edu.cn给我", (), f"{BAR}给我"),
            ("张 三老师和张三", ("张三",), f"{BAR}老师和{BAR}"),
            ("zhang san", ("Zhang San",), BAR),
            ("", ("张三",), ""),
            (None, (), ""),
        ):
            with self.subTest(text):
                said, count = redact(text, names)
                if wanted is not None:
                    self.assertEqual(said, wanted)
                self.assertEqual(count, said.count(BAR))

    def test_what_only_looks_like_it_stays(self):
        for text in (
            "110105194912310021",  # a checksum that is wrong
            "2026年3月10日 第12345678901234号",
            "文号〔2026〕138号",
        ):
            with self.subTest(text):
                self.assertEqual(redact(text), (text, 0))

    def test_checksum(self):
        self.assertTrue(is_id_card("11010519491231002X"))
        self.assertTrue(is_id_card("11010519491231002x"))
        for number in ("110105194912310021", "", "1101051949123100２X", "X" * 18):
            self.assertFalse(is_id_card(number))

    def test_overlapping_places_leave_nothing_between(self):
        said, count = redact("13812345678@qq.com", ("5678@qq",))
        self.assertEqual((said, count), (BAR, 1))

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

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


DIGITS = (
    "0123456789",
    "０１２３４５６７８９",
    "٠١٢٣٤٥٦٧٨٩",
    "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "⓪①②③④⑤⑥⑦⑧⑨",
    "〇一二三四五六七八九",
    "零壹贰叁肆伍陆柒捌玖",
)
SIGNS = (*" 　\u00a0\u200b-－—_.。·/、,，()（）+\u20e3", "", "", "")
"""What people write between digits: more often nothing."""
AROUND = ("", "电话", "：", "我是", "。", " ", "\n", "x", "请打", "文号")


def make_number(random):
    """Return a mobile phone, or an identity number with its right last letter."""
    digits = "".join(random.choices("0123456789", k=17))
    if random.random() < 0.5:
        return f"1{random.choice('3456789')}{digits[:9]}"
    return digits + next(last for last in "0123456789X" if is_id_card(digits + last))


def write_number(number, random):
    """Return a number in any digits, with up to three signs between any two of them."""
    written = []
    for nth, letter in enumerate(number):
        if nth:
            written += random.choices(SIGNS, k=random.randrange(4))
        script = random.choice(DIGITS)
        written.append(
            script[int(letter)] if letter.isdigit() else random.choice("XxＸ×")
        )
    return "".join(written)


@tagged("office_service")
class TestRedactionOfAnyWriting(BaseCase):
    """However a number is written, none of its digits survives (R-PII-1)."""

    @settings(max_examples=200, deadline=None, database=None, derandomize=True)
    @given(st.integers(), st.sampled_from(AROUND), st.sampled_from(AROUND))
    def test_r_pii_1_no_number_survives_in_any_writing(self, seed, before, after):
        random = Random(seed)
        written = write_number(make_number(random), random)
        said, count = redact(f"{before}{written}{after}")
        self.assertEqual((said, count), (f"{before}{BAR}{after}", 1), written)

    @settings(max_examples=50, deadline=None, database=None, derandomize=True)
    @given(st.integers())
    def test_a_number_that_is_known_is_found_in_any_writing(self, seed):
        written = write_number("01083123456", Random(seed))
        self.assertEqual(redact(f"打{written}。", ("010-83123456",))[0], f"打{BAR}。")

    def test_dates_amounts_and_tables_stay(self):
        for text in (
            "2026-03-10 12:30:45",
            "二〇二六年三月十日，共一百三十八人",
            "1．报名；2．审核；3．录取",
            "拨款13,812元，其中2025年8,000元",
            "12345、96110",
        ):
            with self.subTest(text):
                self.assertEqual(redact(text), (text, 0))

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.tests import BaseCase

from ..tools.similarity import ALIKE, compare, find_alike


class TestSimilarity(BaseCase):
    """Which subjects are taken for the same matter."""

    def test_the_same_matter_in_other_words(self):
        for one, other in (
            ("开展校车安全检查", "关于开展校车安全检查的通知"),
            ("更新校园直饮水设备", "校园直饮水设备更新工作"),
            ("Repair the roof of the gym", "Repair the gym roof"),
        ):
            with self.subTest(one=one):
                self.assertGreaterEqual(compare(one, other), ALIKE)
                self.assertEqual(compare(one, other), compare(other, one))

    def test_other_matters(self):
        for one, other in (
            ("开展校车安全检查", "开展食堂卫生检查"),
            ("精简会议和文件", "改善机关食堂早餐供应"),
            ("Repair the roof", "Buy new buses"),
            ("", "开展校车安全检查"),
        ):
            with self.subTest(one=one):
                self.assertLess(compare(one, other), ALIKE)

    def test_texts_without_letters(self):
        self.assertEqual(compare("", "……"), 1.0)
        self.assertEqual(compare("甲", "甲"), 1.0)
        self.assertEqual(compare("甲", "乙"), 0.0)
        self.assertEqual(compare(False, "乙"), 0.0)

    def test_pairs_among_many(self):
        texts = {n: f"第{n}件不同的事{n * 7}" for n in range(50)}
        texts |= {100: "校车安全检查", 101: "书画展", 102: "开展校车安全检查"}
        found = [pair for pair in find_alike(texts) if max(pair) >= 100]
        self.assertEqual(found, [(100, 102)])

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import doctest

from odoo.tests import BaseCase, tagged

from odoo.addons.office_functions_service.tools import cjk_search
from odoo.addons.office_functions_service.tools.cjk_search import (
    parse_query,
    to_vector,
    tokenize,
)


@tagged("office_service")
class TestCjkSearch(BaseCase):
    """Chinese is cut so that PostgreSQL finds it."""

    def test_examples(self):
        self.assertEqual(doctest.testmod(cjk_search).failed, 0)

    def test_words_of_one_character_and_none(self):
        self.assertEqual(list(tokenize("学")), ["学"])
        self.assertEqual(list(tokenize("")), [])
        self.assertEqual(list(tokenize(None)), [])
        self.assertEqual(list(tokenize("，。！ \n_")), [])
        self.assertEqual(list(tokenize("\U00020000学")), ["\U00020000学", "学"])

    def test_neighbours_of_different_script_are_apart(self):
        self.assertEqual(list(tokenize("A4纸2包")), ["a4", "纸", "2", "包"])

    def test_nothing_typed_is_an_operator(self):
        for words in ("a & b", "a | b", "!a b", "a:* b", "a <-> b", "(a) 'b'"):
            terms = parse_query(words).terms
            self.assertEqual(terms, ("'a':*", "'b':*"), words)

    def test_fillers_part_words_but_are_words_alone(self):
        self.assertEqual(parse_query("转学的手续").terms, ("'转学'", "'手续'"))
        self.assertEqual(parse_query("要转学怎么办").terms, ("'转学'",))
        self.assertEqual(parse_query("怎么办").terms, ("'办':*",))
        self.assertEqual(parse_query("的").terms, ("'的':*",))

    def test_bounds(self):
        self.assertLessEqual(len(parse_query("长" * 10**6).terms), 40)
        many = "".join(chr(0x4E00 + n) for n in range(20000))
        self.assertEqual(len(parse_query(many).terms), 40)
        vector = to_vector(("A", many), ("B", "x" * 10**5))
        self.assertLess(len(vector.encode()), 2**20)
        self.assertIn(":16383B", vector)

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.tests import BaseCase, tagged

from odoo.addons.office_functions_service.tools.masking import mask


@tagged("office_service")
class TestMasking(BaseCase):
    def test_half_of_every_value_stays_hidden(self):
        for kind, value, shown in (
            ("person", "张三丰", "张**"),
            ("person", "张三", "张*"),
            ("person", "张", "*"),
            ("phone", "13812345678", "138****5678"),
            ("phone", "110", "***"),
            ("phone", " 010-6555 ", "********"),
            ("id_number", "110101199003071234", "110*************34"),
            ("id_number", "1234567", "*******"),
            ("address", "北京市海淀区中关村1号", "北京市海淀区*****"),
            ("email", "someone@example.com", "s******@example.com"),
            ("email", "nonsense", "n*******"),
            ("person", "", ""),
            ("phone", None, ""),
        ):
            with self.subTest(kind=kind, value=value):
                self.assertEqual(mask(kind, value), shown)

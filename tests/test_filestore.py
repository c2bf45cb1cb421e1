# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from pathlib import Path

from odoo.tests import TransactionCase, tagged
from odoo.tools import config


@tagged("post_install", "-at_install")
class TestFilestore(TransactionCase):
    def test_each_database_has_files_of_its_own(self):
        """Else one worker's end of a class sweeps away what another's test wrote."""
        folder = Path(config.filestore(self.env.cr.dbname))
        self.assertEqual(folder.name, self.env.cr.dbname)
        file = self.env["ir.attachment"].create({"name": "a", "raw": b"Mine alone"})
        self.assertTrue((folder / file.store_fname).is_file())

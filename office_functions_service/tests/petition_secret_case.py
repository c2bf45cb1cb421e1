# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""A petition officer of the confidential group, and petitions full of a marker word."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo import fields

from odoo.addons.office_functions.tests.common import OfficeCase

MARKER = "Quokka"
GROUPS = (
    "office_functions.group_office_petition,"
    "office_functions_service.group_office_petition_confidential"
)


class SecretFixture:
    """Makes petitions and those who may know of them."""

    @classmethod
    def set_up_office(cls):
        result = super().set_up_office()
        cls.keeper = cls.make_user("test_keeper", GROUPS)
        cls.users["keeper"] = cls.keeper
        return result

    def register(self, officer=None, **vals):
        """Register a petition as an officer; its texts hold the marker.

        :rtype: office.petition
        """
        officer = officer or self.users["petition_officer"]
        petition = (
            self.env["office.petition"]
            .with_user(officer)
            .create(
                {
                    "name": f"{MARKER} in the classroom",
                    "text": f"The {MARKER} was seen",
                    "person": "张三丰",
                    "person_phone": "13812345678",
                }
                | vals
            )
        )
        # The database's own clock does not stop with that of the tests.
        petition.flush_recordset()
        self.env.cr.execute(
            "UPDATE office_petition SET create_date = %s WHERE id = %s",
            [fields.Datetime.now(), petition.id],
        )
        petition.invalidate_recordset(["create_date"])
        return petition

    @contextmanager
    def without_commits(self):
        """Let jobs run that commit their progress."""
        with patch.object(
            self.registry["ir.cron"], "_commit_progress", lambda *args, **kwargs: 0
        ):
            yield

    def assertHidden(self, petition, user):
        """Assert that a petition does not exist for a user."""
        self.env.flush_all()
        mine = petition.with_user(user)
        mine.invalidate_recordset()
        self.assertFalse(mine.has_access("read"))
        self.assertFalse(mine.search([("id", "=", petition.id)]))
        self.assertFalse(mine.search_count([("id", "=", petition.id)]))

    def assertShown(self, petition, user):
        """Assert that a user reads a petition."""
        self.env.flush_all()
        mine = petition.with_user(user)
        mine.invalidate_recordset()
        self.assertTrue(mine.has_access("read"))
        self.assertIn(MARKER, mine.read(["name"])[0]["name"])
        self.assertTrue(mine.search([("id", "=", petition.id)]))


class SecretCase(SecretFixture, OfficeCase):
    """Tests of what is kept secret, at a stopped clock."""

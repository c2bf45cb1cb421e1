# Part of Office Functions. See LICENSE file for full copyright and licensing details.
# pylint: disable=invalid-commit

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.office_functions.tests.common import (
    OfficeCase,
    OfficeHttpCase,
    OfficeRaceCase,
)
from odoo.addons.office_functions.tests.matter_tests import MatterTests
from odoo.addons.office_functions.tests.race_tests import MatterRaceTests
from odoo.addons.office_functions.tests.rpc_tests import RpcTests

from .petition_fixture import PetitionFixture


@tagged("office_service")
class TestPetition(PetitionFixture, MatterTests, OfficeCase):
    """A petition passes the generic tests."""

    # Reviewed or joined, another petition or its reviews are looked at as well; a reply is
    # made here by the head of the unit, whose unit is looked at.
    dear_steps = {
        "handle_again": 13,
        "handle_again_closed": 11,
        "join": 12,
        "reply": 11,
    }


@tagged("post_install", "-at_install")
class TestPetitionRpc(PetitionFixture, RpcTests, OfficeHttpCase):
    """A browser in wrong hands opens no side door to a petition."""


@tagged("post_install", "-at_install")
class TestPetitionRace(PetitionFixture, MatterRaceTests, OfficeRaceCase):
    """Two people act on petitions at the same moment."""

    @mute_logger("odoo.sql_db")
    def test_two_taps_rate_once(self):
        record = self.make_committed("replied")
        self.deliver(record)
        self.cr.commit()

        def rate(env):
            return env[self.model_name].browse(record.id)._rate_publicly(5, True)

        first, second = self.race(rate, uid=1)
        self.assertIsNone(first.error)
        self.assertSays(second.error, "rated already")
        self.assertEqual(self.reread(record).times_rated, 1)

    @mute_logger("odoo.sql_db")
    def test_who_joins_while_the_other_is_replied_to_is_answered_too(self):
        lead = self.make_committed("handling")
        other = self.make_committed("judged")
        row = self.model._get_transition("reply")
        for record in (lead, other):
            self.prepare(record, row)
        other.lead_petition_id = lead
        self.cr.commit()
        officer = self.users["petition_officer"].id

        def join(env):
            return env[self.model_name].browse(other.id).do_transition("join")

        def reply(env):
            return env[self.model_name].browse(lead.id).do_transition("reply")

        first, second = self.race(join, reply, uid=officer)
        self.assertIsNone(first.error)
        self.assertIsNone(second.error)
        self.reread(lead | other)
        self.assertEqual((lead | other).mapped("state"), ["replied", "replied"])

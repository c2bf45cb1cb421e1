# Part of Office Functions. See LICENSE file for full copyright and licensing details.
# pylint: disable=invalid-commit

from threading import Thread

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import OfficeRaceCase

from .agenda_case import AgendaFixture


@tagged("post_install", "-at_install")
class TestAgendaRace(AgendaFixture, OfficeRaceCase):
    """Two hosts run the jobs at the same moment; two items begin one diary."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.cr.rollback)

    def run_twice(self, work):
        """Run something on two hosts, the second while the first has not ended.

        :param work: function of an environment
        :return: what both return
        """
        results = []

        def second():
            with self.registry.cursor() as cr:
                results.append(work(api.Environment(cr, SUPERUSER_ID, {})))

        with self.registry.cursor() as cr:
            results.append(work(api.Environment(cr, SUPERUSER_ID, {})))
            cr.flush()
            other = Thread(target=second)
            other.start()
            other.join(20)
            self.assertFalse(other.is_alive(), "the second host waits for the first")
        return results

    def test_jobs_of_two_hosts_tell_once(self):
        old = self.make_item(start="2026-01-05 01:00:00", stop="2026-01-05 02:00:00")
        self.cr.commit()
        Diary = "office.agenda"
        counts = self.run_twice(lambda env: env[Diary]._cron_check_day_end())
        self.assertEqual(sorted(counts), [0, 1])
        self.cr.commit()
        diary = self.env[Diary].search([("leader_id", "=", self.users["leader"].id)])
        self.assertEqual(len(diary.activity_ids), 1)
        old._tell_office_change()
        self.cr.commit()
        counts = self.run_twice(
            lambda env: env["calendar.event"]._tell_office_changes()
        )
        self.assertEqual(sorted(counts), [0, 1])
        self.cr.commit()
        coming = self.make_item(start="2099-01-05 01:00:00", stop="2099-01-05 02:00:00")
        paper = self.make_paper(coming)
        self.env.flush_all()
        self.cr.execute(
            "UPDATE office_agenda_material SET date_due = '2026-01-01' WHERE id = %s",
            [paper.id],
        )
        self.cr.commit()
        Paper = "office.agenda.material"
        counts = self.run_twice(lambda env: env[Paper]._alert_all())
        self.assertEqual(sorted(counts), [0, 1])

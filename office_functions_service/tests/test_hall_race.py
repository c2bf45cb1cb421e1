# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from threading import Barrier, Thread

from odoo import SUPERUSER_ID, api
from odoo.service.model import retrying
from odoo.tests import tagged

from odoo.addons.office_functions.tests.common import OfficeRaceCase

from .hall_case import TYPED

FORM = "the same form"


@tagged("office_service")
class TestHallRace(OfficeRaceCase):
    """Two requests for the same thing at the same moment."""

    def run_together(self, work, number=4):
        """Do something in several transactions at once, as requests do it.

        :param work: called with an environment
        :return: what each returned
        """
        start, results = Barrier(number), []

        def run():
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                env.cr.execute("SELECT 1")
                start.wait()
                results.append(retrying(lambda: work(env), env))

        threads = [Thread(target=run) for _i in range(number)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(results), number)
        return results

    def test_one_form_sent_by_several_hands_makes_one_matter(self):
        filed = self.run_together(
            lambda env: (
                env["office.petition"]
                .file_publicly(
                    {name: TYPED[name] for name in ("is_report", "name", "text")},
                    {"person": "张三", "person_phone": TYPED["person_phone"]},
                    form=FORM,
                )
                .id
            )
        )
        self.assertEqual(len(set(filed)), 1)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.assertEqual(env["office.petition.identity"].search_count([]), 1)

    def test_several_ratings_on_one_query_code_count_once(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            topic = env["office.service.topic"].create(
                {
                    "name": "Race",
                    "is_public": True,
                    "lead_unit_id": self.unit.id,
                    "company_id": False,
                }
            )
            record = env["office.consultation"].file_publicly(
                {"topic_id": str(topic.id), "name": "Who?", "text": "When?"},
                {"person": "张三", "person_phone": TYPED["person_phone"]},
            )
            record.write({"answer_draft": "So."})
            record._pass_by_system("accept")
            record._pass_by_system("answer")
            number, code = record.id, record.query_code

        def rate(env):
            model = env["office.consultation"]
            found = model._find_public(code, TYPED["person_phone"][-4:])
            if not found._get_public_page()["may_rate"]:
                return False
            found.rate_publicly(5, "yes")
            return True

        rated = self.run_together(rate)
        self.assertEqual(sum(rated), 1)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            record = env["office.consultation"].browse(number)
            self.assertEqual((record.state, record.score), ("rated", 5))

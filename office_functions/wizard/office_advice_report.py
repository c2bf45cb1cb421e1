# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class OfficeAdviceReport(models.TransientModel):
    """How much of the advice of a period was adopted, as a printed form (F14b)."""

    _name = "office.advice.report"
    _description = "Print of Adopted Advice"

    date_from = fields.Date(
        "From", required=True, default=lambda self: self._default_date_from()
    )
    date_to = fields.Date("Until", required=True, default=fields.Date.context_today)
    lead_unit_id = fields.Many2one("hr.department", help="Empty: all units.")

    @api.model
    def _default_date_from(self):
        today = fields.Date.context_today(self)
        first = (today.month - 1) // 3 * 3 + 1
        return today + relativedelta(month=first, day=1)

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        if any(report.date_from > report.date_to for report in self):
            raise ValidationError(self.env._("A period ends after it begins."))

    def _get_advice(self):
        """Return the advice of the form, in the order of the day it was handed in.

        What was handed in or decided in the period, as far as the user may see it.

        :rtype: office.advice
        """
        self.ensure_one()
        advice = self.env["office.advice"]
        period = self.date_from, self.date_to
        domain = advice._get_submitted_domain(*period) | advice._get_adoption_domain(
            *period
        )
        if self.lead_unit_id:
            domain &= Domain("lead_unit_id", "child_of", self.lead_unit_id.id)
        return advice.search(domain, order="date_submitted, id")

    def _get_sums(self, advice):
        """Return the figures under the table.

        :param office.advice advice: the lines of the form
        :return: how many ``submitted``, ``decided``, ``adopted``, ``partly``; ``rate``
            and ``weighted`` rate in percent, or ``None``; ``own`` initiative
        :rtype: dict
        """
        adoption = advice._get_adoption_domain(self.date_from, self.date_to)
        counted = advice.filtered_domain(adoption)
        decided = counted.filtered(
            lambda a: a.date_decided and a.date_decided <= self.date_to
        )
        kinds = {
            kind: len(found) for kind, found in decided.grouped("decision").items()
        }
        adopted, partly = kinds.get("adopted", 0), kinds.get("partly", 0)
        number = len(counted)
        return {
            "submitted": len(advice),
            "decided": len(decided),
            "adopted": adopted,
            "partly": partly,
            "rate": 100 * (adopted + partly) / number if number else None,
            "weighted": 100 * (adopted + partly / 2) / number if number else None,
            "own": len(advice.filtered(lambda a: a.initiative == "self")),
        }

    def _get_decision_word(self, advice):
        """Return the decision in words, for one line of the form.

        :rtype: str
        """
        decisions = dict(advice._fields["decision"]._description_selection(self.env))
        states = dict(advice._fields["state"]._description_selection(self.env))
        return decisions.get(advice.decision) or states[advice.state]

    def _get_results(self, advice):
        """Return the names of what came of each line of the form, as far as seen.

        :return: id of the advice → names, a line each
        :rtype: dict[int, str]
        """
        links = self.env["office.matter.link"].search(
            Domain("res_model", "=", advice._name)
            & Domain("res_id", "in", advice.ids)
            & Domain("kind", "=", "result")
        )
        return {
            res_id: "\n".join(filter(None, found.mapped("target_name")))
            for res_id, found in links.grouped("res_id").items()
        }

    def action_print(self):
        """Print the form.

        :rtype: dict
        """
        report = self.env.ref("office_functions.report_f14b_advice_adoption")
        return report.report_action(self)

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain


class OfficeAssessmentPortal(models.Model):
    """The page on which a school reads its own assessment, and nobody else's (A9)."""

    _name = "office.assessment.line"
    _inherit = ["office.assessment.line", "office.portal.mixin"]
    _portal_kind = "assessment"
    _portal_fields = (
        "total",
        "grade",
        "rank",
        "score_advice",
        "score_coordination",
        "score_supervision",
        "score_service",
    )

    @api.model
    def _get_portal_title(self):
        return self.env._("Annual Assessment")

    @api.model
    def _get_portal_hints(self):
        return {
            "card": self.env._("See how your school did, and why"),
            "empty": self.env._("No assessment has been made known yet."),
        }

    @api.model
    def _get_portal_domain(self):
        # Until it is published, the rule of who reads a line shows a school none.
        return Domain("department_id", "in", self._get_portal_units().ids)

    def _may_send_again(self):
        """Nobody sends an assessment in: it is measured."""
        return False

    def _get_portal_values(self):
        self.ensure_one()
        line = self.sudo()
        assessment = line.assessment_id
        states = dict(assessment._fields["state"]._description_selection(self.env))
        described = line.fields_get(self._portal_fields, ["string"])
        return {
            "id": line.id,
            "name": assessment.name,
            "number": "",
            "date": assessment.date_publicity_from,
            "state": states[assessment.state],
            "lines": [
                (described[name]["string"], line._get_portal_text(name))
                for name in self._portal_fields
                if line._is_known(name)
            ]
            + line._get_portal_reasons(),
        }

    def _is_known(self, name):
        """Tell whether a score was measured: of nothing measured none is shown."""
        function = name.removeprefix("score_")
        return self.is_measured and function not in (self.unmeasured or [])

    def _get_portal_text(self, name):
        value = super()._get_portal_text(name)
        return f"{value:.1f}" if isinstance(value, float) else value

    def _get_portal_reasons(self):
        """Return why it came out so: points with their reasons, and the figures.

        :return: ``(heading, text)`` for each
        :rtype: list[tuple]
        """
        labels = self.fields_get(("bonus", "deduction", "detail_lines"), ["string"])
        points = self.points or []
        reasons = [
            (
                labels[name]["string"],
                "\n".join(f"{why} {n:+.1f}" for n, why in points if n * sign > 0),
            )
            for name, sign in (("bonus", 1), ("deduction", -1))
            if self[name]
        ]
        figures = [
            " ".join(filter(None, (row["label"], row["value"], row["basis"])))
            for row in self._get_measured_details()
        ] or [self.env._("There was nothing to measure in this year.")]
        return [*reasons, (labels["detail_lines"]["string"], "\n".join(figures))]

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from collections import defaultdict

from odoo import fields, models
from odoo.tools import SQL, format_date

STANDING = ("approved", "running", "concluded", "fed_back")
"""States of inspections that stand in the way of another one on the same matter."""
BEFORE = ("submitted", "approved", "running", "concluded", "fed_back", "closed")
"""States of inspections that are, or were, a burden to the unit."""


class OfficeSupervisionInspection(models.Model):
    """What is refused of a plan: too often, twice, by two heads, too long (R-SUP-4)."""

    _inherit = "office.supervision.inspection"

    def _guard_plan(self, row, note):
        """Return what is wrong with a plan that is submitted or approved."""
        inspection = self.sudo()
        reasons = []
        ticket, directive = inspection.ticket_id, inspection.directive_id
        if not (ticket or directive):
            reasons.append(
                self.env._(
                    "Choose the ticket or the directive it stands on: nobody inspects "
                    "on their own authority."
                )
            )
        if ticket and ticket.state in ("proposed", "terminated"):
            reasons.append(self.env._("The ticket it stands on was not filed."))
        if directive and directive.state in ("recorded", "withdrawn"):
            reasons.append(self.env._("The authorising directive is not in force."))
        if inspection.is_government_inspection and not inspection.designation_ids:
            reasons.append(
                self.env._(
                    "Attach the document by which the government designated you "
                    "(政府督查工作条例 第7条)."
                )
            )
        units = inspection.object_ids.unit_id
        if inspection.lead_unit_id in units:
            reasons.append(self.env._("A unit does not inspect itself."))
        if (
            inspection.date_deadline
            and inspection.date_to
            and inspection.date_deadline < inspection.date_to
        ):
            reasons.append(self.env._("The conclusion is due before the visit ends."))
        # A plan that only waits for approval stands in the way of no other's approval.
        states = BEFORE if row.name == "submit" else BEFORE[1:]
        return reasons + self._explain_collisions(states, row)

    def _guard_approve(self, row, note):
        """Return what stands against a plan now, while nobody else approves another."""
        self._claim_units()
        return self._guard_plan(row, note)

    def _claim_units(self):
        """Take the units, so that two leaders do not approve two plans for one.

        The rows are written to: whoever comes second begins anew, and sees the first.
        """
        units = self.sudo().object_ids.unit_id
        if units:
            self.env.execute_query(
                SQL(
                    """UPDATE hr_department SET write_date = write_date
                        WHERE id = ANY(%s) RETURNING id""",
                    sorted(units.ids),
                )
            )

    def _find_others(self, states):
        """Return the other inspections of the same units around the same days.

        :param states: their states
        :return: dicts of ``id``, ``unit_id``, ``handler_id``, ``date_from``, ``date_to``,
            ``is_on_site``, ``is_same_matter``
        :rtype: list[dict]
        """
        self.ensure_one()
        inspection = self.sudo()
        self.env.flush_all()
        return self.env.execute_query_dict(
            SQL(
                """SELECT other.id, line.unit_id, other.handler_id, other.date_from,
                          other.date_to,
                          EXISTS (SELECT FROM office_supervision_inspection_method_rel rel
                                    JOIN office_supervision_method method
                                         ON method.id = rel.office_supervision_method_id
                                   WHERE rel.office_supervision_inspection_id = other.id
                                     AND method.is_on_site) AS is_on_site,
                          COALESCE(other.ticket_id = %(ticket)s, FALSE)
                              OR COALESCE(other.directive_id = %(directive)s, FALSE)
                              AS is_same_matter
                     FROM office_supervision_inspection_unit line
                     JOIN office_supervision_inspection other
                          ON other.id = line.inspection_id
                    WHERE line.unit_id = ANY(%(units)s)
                      AND other.id <> %(id)s AND other.state = ANY(%(states)s)
                      AND other.company_id = %(company)s
                      AND (other.date_from <= %(last)s AND other.date_to >= %(first)s
                           OR other.ticket_id = %(ticket)s
                           OR other.directive_id = %(directive)s)
                 ORDER BY line.unit_id, other.date_from, other.id""",
                units=inspection.object_ids.unit_id.ids,
                id=inspection.id,
                states=list(states),
                company=inspection.company_id.id,
                first=fields.Date.start_of(inspection.date_from, "month"),
                last=fields.Date.end_of(inspection.date_to, "month"),
                ticket=inspection.ticket_id.id or None,
                directive=inspection.directive_id.id or None,
            )
        )

    def _explain_collisions(self, states, row):
        """Return the reasons for which the units are not to be inspected so.

        :param states: which other inspections count
        :param row: the transition; a leader's exception lifts the cap and nothing else
        :rtype: list[str]
        """
        inspection = self.sudo()
        if not (inspection.date_from and inspection.date_to and inspection.object_ids):
            return []
        others = inspection._find_others(states)
        if not others:
            return []
        records = inspection.browse(other["id"] for other in others)
        names = {other.id: other.display_name for other in records}
        standing = {other.id for other in records if other.state in STANDING}
        units = {unit.id: unit.name for unit in inspection.object_ids.unit_id}
        reasons = []
        for other in others:
            words = {"unit": units[other["unit_id"]], "other": names[other["id"]]}
            same_days = (
                other["date_from"] <= inspection.date_to
                and other["date_to"] >= inspection.date_from
            )
            if other["is_same_matter"] and (other["id"] in standing or same_days):
                reasons.append(
                    self.env._(
                        "%(unit)s is inspected on the same matter already: %(other)s.",
                        **words,
                    )
                )
            elif same_days and other["handler_id"] != inspection.handler_id.id:
                reasons.append(
                    self.env._(
                        "%(unit)s is inspected by another head on the same days: "
                        "%(other)s.",
                        **words,
                    )
                )
        if row.name == "approve" and inspection._is_on_site():
            reasons += inspection._explain_cap(others, units)
        return reasons

    def _is_on_site(self):
        return any(self.method_ids.mapped("is_on_site"))

    def _explain_cap(self, others, units):
        """Return which units would be visited more often in a month than they may be.

        :param list others: as :meth:`_find_others` returns them
        :param dict units: id → name
        :rtype: list[str]
        """
        cap = self.company_id.office_visit_cap
        if cap <= 0:
            return []
        mine = self._get_months(self.date_from, self.date_to)
        visits = defaultdict(int)
        for other in others:
            if other["is_on_site"]:
                for month in mine & self._get_months(
                    other["date_from"], other["date_to"]
                ):
                    visits[other["unit_id"], month] += 1
        return [
            self.env._(
                "%(unit)s is visited %(number)s times in %(month)s already; the cap is "
                "%(cap)s. A leader may approve beyond the cap, with a written reason.",
                unit=units[unit_id],
                number=number,
                month=format_date(self.env, month, date_format="MMMM y"),
                cap=cap,
            )
            for (unit_id, month), number in sorted(visits.items())
            if number >= cap
        ]

    @staticmethod
    def _get_months(first, last):
        """Return the first days of the months that a span touches."""
        months = set()
        month = fields.Date.start_of(first, "month")
        while month <= last:
            months.add(month)
            month = fields.Date.add(month, months=1)
        return months

    # Carried out as planned -----------------------------------------------------------

    def _guard_start(self, row, note):
        """Return why an inspection may not begin today."""
        today = fields.Date.context_today(self)
        if self.date_from <= today <= self.date_to:
            return []
        return [
            self.env._(
                "The approved plan goes from %(begin)s to %(end)s. For other days "
                "change the plan, and have it approved again.",
                begin=format_date(self.env, self.date_from),
                end=format_date(self.env, self.date_to),
            )
        ]

    def _guard_conclude(self, row, note):
        """Return what a conclusion lacks: clear facts, sufficient evidence (第16条)."""
        reasons = []
        for line in self.sudo().object_ids:
            missing = line._get_missing()
            if missing:
                reasons.append(
                    self.env._(
                        "%(unit)s: please fill in %(fields)s.",
                        unit=line.unit_id.name,
                        fields=", ".join(missing),
                    )
                )
            last = line.date_visited_to or line.date_visited
            if line.date_visited and not (
                self.date_from <= line.date_visited and last <= self.date_to
            ):
                reasons.append(
                    self.env._(
                        "%(unit)s was visited outside the approved days.",
                        unit=line.unit_id.name,
                    )
                )
        return reasons

    def _guard_close(self, row, note):
        """Return what an inspection waits for: corrections, and the time to object."""
        reasons = []
        waiting = self.sudo().object_ids.filtered(
            lambda line: line.rectification and line.rectification_result != "done"
        )
        if waiting:
            reasons.append(
                self.env._(
                    "Corrections were demanded and are not verified yet: %(units)s.",
                    units=", ".join(waiting.unit_id.mapped("name")),
                )
            )
        today = fields.Date.context_today(self)
        if self.date_objection_until and today <= self.date_objection_until:
            reasons.append(
                self.env._(
                    "The units may object until %(date)s.",
                    date=format_date(self.env, self.date_objection_until),
                )
            )
        return reasons

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL, format_date

from .office_supervision_objection import RUNNING

STANDING = ("approved", "running", "concluded", "fed_back")
"""States of inspections that stand in the way of another one on the same matter."""
BEFORE = ("submitted", "approved", "running", "concluded", "fed_back", "closed")
"""States of inspections that are, or were, a burden to the unit."""

VERIFIED = "verified"
"""Instead of a state: a unit was visited to verify a ticket, not for an inspection."""
PLANNERS = (
    "office_functions.group_office_director,office_functions.group_office_leader,"
    "office_functions_supervision.group_office_supervisor"
)

APPROVALS = ("approve", "approve_exceptionally")


class OfficeSupervisionInspection(models.Model):
    """What is refused of a plan: too often, twice, by two heads, too long (R-SUP-4)."""

    _inherit = "office.supervision.inspection"

    burdens = fields.Json(
        compute="_compute_burdens",
        groups=PLANNERS,
        help="The other inspections of the same units: their days, heads and matters.",
    )

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
        else:
            authority = directive or ticket.directive_id
            reasons += ticket._explain_no_directive(authority)
        if ticket.state in ("proposed", "terminated"):
            reasons.append(self.env._("The ticket it stands on was not filed."))
        if inspection.is_government_inspection and not inspection.designation_ids:
            reasons.append(
                self.env._(
                    "Attach the document by which the government designated you "
                    "(政府督查工作条例 第7条)."
                )
            )
        units = inspection.object_ids.unit_id
        if not units:
            reasons.append(self.env._("Name the units to be inspected."))
        if inspection.lead_unit_id in units:
            reasons.append(self.env._("A unit does not inspect itself."))
        if (
            inspection.date_deadline
            and inspection.date_to
            and inspection.date_deadline < inspection.date_to
        ):
            reasons.append(self.env._("The conclusion is due before the visit ends."))
        reasons += inspection._explain_kinship()
        return reasons + inspection._explain_collisions(row)

    def _explain_kinship(self):
        """Return who of the team is related to a unit that is inspected (S3.9, A6).

        :return: sentences in the user's language
        :rtype: list[str]
        """
        inspection = self.sudo()
        units = inspection.object_ids.unit_id
        reasons = []
        for user in inspection.handler_id | inspection.member_ids:
            kin_ids = user._get_kin_unit_ids()
            kin = units.browse(id_ for id_ in units.ids if id_ in kin_ids)
            if kin:
                reasons.append(
                    self.env._(
                        "%(who)s is related to %(units)s, by their own unit or a "
                        "declared relation, and does not inspect there. Choose somebody "
                        "else.",
                        who=user.name,
                        units=", ".join(kin.mapped("name")),
                    )
                )
        return reasons

    def _get_barred_users(self, row):
        """Nor does a leader approve the inspection of a unit they are related to."""
        barred = super()._get_barred_users(row)
        user = self.env.user
        if row.name in APPROVALS and not user._get_kin_unit_ids().isdisjoint(
            self.sudo().object_ids.unit_id.ids
        ):
            barred |= user
        return barred

    def do_transition(self, name, note=False):
        """Make a declared transition; see :meth:`OfficeWorkflowMixin.do_transition`.

        Whoever approves takes the units first, so that two leaders do not approve two
        plans for one of them at the same moment.
        """
        if name in APPROVALS:
            # Rolled back with everything else for who may not approve them.
            self._claim_units()
        return super().do_transition(name, note)

    def _claim_units(self):
        """Take the units: whoever comes second begins anew, and sees the first plan.

        The rows are written to, for a mere lock would let the second go on with what
        it had read before.
        """
        self.env["office.supervision.inspection.unit"].flush_model()
        self.env.execute_query(
            SQL(
                """WITH claimed AS (
                       SELECT id FROM hr_department
                        WHERE id IN (SELECT unit_id
                                       FROM office_supervision_inspection_unit
                                      WHERE inspection_id = ANY(%s))
                     ORDER BY id FOR NO KEY UPDATE)
                   UPDATE hr_department unit SET write_date = unit.write_date
                     FROM claimed WHERE claimed.id = unit.id RETURNING unit.id""",
                self.ids,
            )
        )

    @api.depends(
        "company_id",
        "date_from",
        "date_to",
        "directive_id",
        "method_ids",
        "object_ids.unit_id",
        "state",
        "ticket_id",
    )
    def _compute_burdens(self):
        """Find the other inspections of the same units, for all plans in one query."""
        found = defaultdict(list)
        for name in (
            "inspection",
            "inspection.unit",
            "method",
            "task",
            "ticket",
            "verification",
        ):
            self.env[f"office.supervision.{name}"].flush_model()
        for row in self.env.execute_query_dict(self._get_burden_query()):
            found[row.pop("plan_id")].append(row)
        for inspection in self:
            inspection.burdens = found[inspection.id]

    def _get_burden_query(self):
        """Return the query of the inspections that concern the units of these plans.

        Those of the same months, and those on the same ticket or directive.

        :rtype: SQL
        """
        return SQL(
            """SELECT mine.id AS plan_id, other.id, line.unit_id, other.handler_id,
                      other.state, other.date_from::text, other.date_to::text,
                      EXISTS (SELECT FROM office_supervision_inspection_method_rel rel
                                JOIN office_supervision_method method
                                     ON method.id = rel.office_supervision_method_id
                               WHERE rel.office_supervision_inspection_id = other.id
                                 AND method.is_on_site) AS is_on_site,
                      COALESCE(other.ticket_id = mine.ticket_id, FALSE)
                          OR COALESCE(other.directive_id = mine.directive_id, FALSE)
                          OR COALESCE(other.directive_id = my_ticket.directive_id, FALSE)
                          OR COALESCE(its_ticket.directive_id = mine.directive_id, FALSE)
                          AS is_same_matter
                 FROM office_supervision_inspection mine
                 JOIN office_supervision_inspection_unit own
                      ON own.inspection_id = mine.id
                 JOIN office_supervision_inspection_unit line
                      ON line.unit_id = own.unit_id AND line.inspection_id <> mine.id
                 JOIN office_supervision_inspection other
                      ON other.id = line.inspection_id
            LEFT JOIN office_supervision_ticket my_ticket
                      ON my_ticket.id = mine.ticket_id
            LEFT JOIN office_supervision_ticket its_ticket
                      ON its_ticket.id = other.ticket_id
                WHERE mine.id = ANY(%(ids)s) AND other.state = ANY(%(states)s)
                  AND other.company_id = mine.company_id
                  AND (other.date_from < date_trunc('month', mine.date_to)
                                         + interval '1 month'
                       AND other.date_to >= date_trunc('month', mine.date_from)
                       OR other.ticket_id = mine.ticket_id
                       OR other.directive_id = mine.directive_id
                       OR other.directive_id = my_ticket.directive_id
                       OR its_ticket.directive_id = mine.directive_id)
                UNION ALL
               SELECT mine.id, NULL, own.unit_id, NULL, %(verified)s,
                      check_.date::text, check_.date::text, TRUE, FALSE
                 FROM office_supervision_inspection mine
                 JOIN office_supervision_inspection_unit own
                      ON own.inspection_id = mine.id
                 JOIN office_supervision_verification check_
                      ON check_.state = 'concluded' AND check_.method = 'on_site'
                     AND check_.date < date_trunc('month', mine.date_to)
                                       + interval '1 month'
                     AND check_.date >= date_trunc('month', mine.date_from)
                 JOIN office_supervision_ticket ticket ON ticket.id = check_.ticket_id
                WHERE mine.id = ANY(%(ids)s) AND ticket.company_id = mine.company_id
                  AND (ticket.lead_unit_id = own.unit_id
                       OR EXISTS (SELECT FROM office_supervision_task task
                                   WHERE task.ticket_id = ticket.id
                                     AND task.lead_unit_id = own.unit_id
                                     AND task.state <> 'cancelled'))
             ORDER BY 1, 3, 6, 2""",
            ids=self.ids,
            states=list(BEFORE),
            verified=VERIFIED,
        )

    def _explain_collisions(self, row):
        """Return the reasons for which the units are not to be inspected so.

        :param Transition row: a leader's exception lifts the cap, and nothing else
        :rtype: list[str]
        """
        if not (self.date_from and self.date_to):
            return []
        # A plan that only waits for approval stands in the way of no other's approval.
        states = BEFORE if row.name == "submit" else BEFORE[1:]
        others = [
            other
            | {
                "date_from": fields.Date.to_date(other["date_from"]),
                "date_to": fields.Date.to_date(other["date_to"]),
            }
            for other in self.burdens or ()
            if other["state"] in (*states, VERIFIED)
        ]
        reasons = self._explain_clashes(
            [other for other in others if other["state"] != VERIFIED]
        )
        if row.name == "approve" and self._is_on_site():
            reasons += self._explain_cap(others)
        return reasons

    def _explain_clashes(self, others):
        """Return which units are inspected on the same matter, or by another head.

        :param list others: as ``burdens`` has them
        :rtype: list[str]
        """
        doubled, crowded = [], []
        for other in others:
            same_days = (
                other["date_from"] <= self.date_to
                and other["date_to"] >= self.date_from
            )
            if other["is_same_matter"] and (other["state"] in STANDING or same_days):
                doubled.append(other)
            elif same_days and other["handler_id"] != self.handler_id.id:
                crowded.append(other)
        records = self.browse(other["id"] for other in doubled + crowded)
        names = {record.id: record.display_name for record in records}
        return [
            self.env._(
                "%(unit)s is inspected on the same matter already: %(other)s.",
                unit=self._get_unit_name(other),
                other=names[other["id"]],
            )
            for other in doubled
        ] + [
            self.env._(
                "%(unit)s is inspected by another head on the same days: %(other)s.",
                unit=self._get_unit_name(other),
                other=names[other["id"]],
            )
            for other in crowded
        ]

    def _get_unit_name(self, other):
        return self.env["hr.department"].sudo().browse(other["unit_id"]).name

    def _refuse_colliding(self, row):
        """Refuse plans approved in one go that stand in each other's way.

        :raise UserError: with the reasons
        """
        if len(self) == 1:
            return
        self.invalidate_recordset(["burdens"])
        problems = {
            inspection: reasons
            for inspection in self
            if (reasons := inspection._explain_collisions(row))
        }
        if problems:
            self._raise_problems(problems)

    def _after_approve(self, note):
        self._refuse_colliding(self._get_transition("approve"))

    def _is_on_site(self):
        return any(self.method_ids.mapped("is_on_site"))

    def _explain_cap(self, others):
        """Return which units would be visited more often in a month than they may be.

        :param list others: as ``burdens`` has them
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
                unit=self.env["hr.department"].sudo().browse(unit_id).name,
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
        reasons = self._explain_kinship()
        if not self.date_from <= today <= self.date_to:
            reasons.append(
                self.env._(
                    "The approved plan goes from %(begin)s to %(end)s. For other days "
                    "change the plan, and have it approved again.",
                    begin=format_date(self.env, self.date_from),
                    end=format_date(self.env, self.date_to),
                )
            )
        return reasons

    def _guard_conclude(self, row, note):
        """Return what a conclusion lacks: clear facts, sufficient evidence (第16条)."""
        reasons = self._explain_kinship()
        today = fields.Date.context_today(self)
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
            if last and last > today:
                reasons.append(
                    self.env._(
                        "%(unit)s cannot have been visited on a day to come.",
                        unit=line.unit_id.name,
                    )
                )
        return reasons

    def _guard_close(self, row, note):
        """Return what it waits for: corrections, objections and the time for them."""
        reasons = []
        if any(one.state in RUNNING for one in self.sudo().objection_ids):
            reasons.append(
                self.env._("An objection to its conclusion is under review (督查复核).")
            )
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

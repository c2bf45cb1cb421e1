# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class HrDepartment(models.Model):
    """Sections that have nothing to do with the others (零往来科室)."""

    _inherit = "hr.department"

    date_last_contact = fields.Date(
        "Latest Contact",
        compute="_compute_contact",
        help="When this section last worked together with another one.",
    )
    days_silent = fields.Integer(
        "Days without Contact", compute="_compute_contact", aggregator=None
    )
    is_silent = fields.Boolean(
        "Without Contact", compute="_compute_contact", search="_search_is_silent"
    )

    def _compute_contact(self):
        today = fields.Date.context_today(self)
        last = self._get_last_contacts(self.ids)
        first = self._get_silence_begin(today)
        for unit in self:
            date = last.get(unit.id)
            unit.date_last_contact = date
            unit.days_silent = (today - date).days if date else 0
            unit.is_silent = unit.unit_kind == "section" and (not date or date < first)

    @api.model
    def _search_is_silent(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        return Domain("id", "in", self._get_silent_ids(self._get_silence_begin(today)))

    @api.model
    def _get_silence_begin(self, today):
        """Return the day since which a section must have worked with another one."""
        limit = self.env["office.time.limit"]._get("silent_section", self.env.company)
        return today - timedelta(days=int(limit.amount))

    # What counts as contact -----------------------------------------------------------

    @api.model
    def _get_contact_sources(self):
        """Return the queries of what sections did together.

        Every kind of matter counts, once its clock has started, for its lead and its
        assisting units; and so do answers in a coordination and in a help request.
        An addon adds its own.

        :return: queries of ``unit_id, date``
        :rtype: list[SQL]
        """
        sources = []
        for name in self.env["office.matter.mixin"]._get_concrete_matters():
            matter = self.env[name]
            matter.flush_model(["lead_unit_id", "assisting_unit_ids", "clock_start"])
            field = matter._fields["assisting_unit_ids"]
            names = {
                "matter": SQL.identifier(matter._table),
                "rel": SQL.identifier(field.relation),
                "own": SQL.identifier("rel", field.column1),
                "unit": SQL.identifier("rel", field.column2),
            }
            sources.append(
                SQL(
                    """SELECT person.unit_id, matter.clock_start AS date
                         FROM %(matter)s matter
                         JOIN %(rel)s rel ON %(own)s = matter.id
                CROSS JOIN LATERAL (VALUES (matter.lead_unit_id), (%(unit)s))
                                   person (unit_id)
                        WHERE matter.clock_start IS NOT NULL
                          AND matter.lead_unit_id <> %(unit)s""",
                    **names,
                )
            )
        self.env["office.coordination.party"].flush_model()
        self.env["office.help.request"].flush_model()
        return [
            *sources,
            SQL(
                """SELECT department_id, GREATEST(date_answered, date_confirmed)::date
                     FROM office_coordination_party
                    WHERE COALESCE(date_answered, date_confirmed) IS NOT NULL"""
            ),
            SQL(
                """SELECT person.unit_id, person.date::date
                     FROM office_help_request request
               CROSS JOIN LATERAL (VALUES (request.asking_unit_id, request.date_asked),
                                          (request.lead_unit_id, request.date_replied))
                          person (unit_id, date)
                    WHERE person.date IS NOT NULL"""
            ),
        ]

    @api.model
    def _get_last_contacts(self, unit_ids):
        """Return when each of some units last worked with another one.

        :return: unit id → day; units that never did are left out
        :rtype: dict[int, date]
        """
        if not unit_ids:
            return {}
        return dict(
            self.env.execute_query(
                SQL(
                    """SELECT unit_id, max(date) FROM (%s) contact (unit_id, date)
                        WHERE unit_id IN %s GROUP BY unit_id""",
                    SQL(" UNION ALL ").join(self._get_contact_sources()),
                    tuple(unit_ids),
                )
            )
        )

    @api.model
    def _get_silent_ids(self, date_from, date_to=None):
        """Return the sections that had no contact between two days, in one query.

        :param date date_from: first day
        :param date date_to: last day; none: until now
        :rtype: list[int]
        """
        self.flush_model(["unit_kind", "active"])
        rows = self.env.execute_query(
            SQL(
                """SELECT unit.id FROM hr_department unit
                    WHERE unit.unit_kind = 'section' AND unit.active
                      AND (unit.company_id IS NULL OR unit.company_id IN %(companies)s)
                      AND unit.id NOT IN (
                          SELECT unit_id FROM (%(sources)s) contact (unit_id, date)
                           WHERE unit_id IS NOT NULL
                             AND date >= %(start)s AND date <= %(end)s)
                 ORDER BY unit.id""",
                companies=tuple(self.env.companies.ids),
                sources=SQL(" UNION ALL ").join(self._get_contact_sources()),
                start=date_from,
                end=date_to or fields.Date.context_today(self),
            )
        )
        return [row[0] for row in rows]

    # Indicator K12 --------------------------------------------------------------------

    @api.model
    def _get_silent_domain(self, date_from, date_to):
        return Domain("id", "in", self._get_silent_ids(date_from, date_to))

    @api.model
    def _measure_silent(self, date_from, date_to):
        """Return the sections without contact in a period (K12)."""
        return [
            (unit_id, None, 1, 0)
            for unit_id in self._get_silent_ids(date_from, date_to)
        ]

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL

LONG, VERY_LONG = 90, 180
"""Days without any matter, after which the unit reports, and a ticket is proposed."""


class OfficeSupervisionBlankSpot(models.Model):
    """Every duty with the day on which a matter last touched it: the blank spots (空白点).

    A matter touches its duties until it ends: one that runs touches them today.

    What no leader stressed and no paper asked for is found here, and put under
    supervision by a proposal that a leader approves (S3.20, S3.21).
    """

    _name = "office.supervision.blank.spot"
    _description = "Blank Spot"
    _auto = False
    _rec_name = "duty_item_id"
    _order = "date_touched NULLS FIRST, lead_unit_id, sequence, id"
    _depends = {
        "office.duty.item": [
            "active",
            "company_id",
            "lead_unit_id",
            "owner_id",
            "sequence",
        ],
        "office.duty.touch": ["date", "date_end", "duty_item_id", "res_model"],
    }

    duty_item_id = fields.Many2one("office.duty.item", "Duty", readonly=True)
    lead_unit_id = fields.Many2one("hr.department", "Unit", readonly=True)
    owner_id = fields.Many2one("res.users", "Owner (A)", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    sequence = fields.Integer(readonly=True, aggregator=None)
    date_touched = fields.Date("Last Touched On", readonly=True)
    days = fields.Integer("Days Since", readonly=True, aggregator="max")
    is_blank_month = fields.Boolean("Blank This Month", readonly=True)
    is_blank_quarter = fields.Boolean("Blank This Quarter", readonly=True)
    is_blank_year = fields.Boolean("Blank This Year", readonly=True)
    is_proposed = fields.Boolean(
        "Proposal Pending",
        readonly=True,
        help="A ticket on it was proposed and is not filed yet.",
    )
    suggestion = fields.Selection(
        [
            ("pending", "Decide on the proposal"),
            ("owner", "Name an owner first"),
            ("ticket", "Propose supervision"),
            ("report", "Let the unit report"),
            ("watch", "Keep watching"),
        ],
        "Suggested Step",
        readonly=True,
    )

    @property
    def _table_query(self):
        today = fields.Date.context_today(self)
        return SQL(
            """SELECT item.id, item.id AS duty_item_id, item.lead_unit_id, item.owner_id,
                      item.company_id, item.sequence, last.date AS date_touched,
                      %(today)s::date - last.date AS days,
                      COALESCE(last.date < %(month)s, TRUE) AS is_blank_month,
                      COALESCE(last.date < %(quarter)s, TRUE) AS is_blank_quarter,
                      COALESCE(last.date < %(year)s, TRUE) AS is_blank_year,
                      pending.found AS is_proposed,
                      CASE WHEN pending.found THEN 'pending'
                           WHEN item.owner_id IS NULL THEN 'owner'
                           WHEN COALESCE(%(today)s::date - last.date > %(very)s, TRUE)
                           THEN 'ticket'
                           WHEN %(today)s::date - last.date > %(long)s THEN 'report'
                           ELSE 'watch' END AS suggestion
                 FROM office_duty_item item
            LEFT JOIN (SELECT duty_item_id, max(%(last)s) AS date
                         FROM office_duty_touch
                        WHERE date <= %(today)s
                     GROUP BY duty_item_id) last ON last.duty_item_id = item.id
   CROSS JOIN LATERAL (SELECT EXISTS (
                           SELECT FROM office_duty_touch touch
                             JOIN office_supervision_ticket ticket
                                  ON ticket.id = touch.res_id
                            WHERE touch.duty_item_id = item.id AND touch.date IS NULL
                              AND touch.res_model = 'office.supervision.ticket'
                              AND ticket.state = 'proposed' AND ticket.active
                       ) AS found) pending
                WHERE item.active""",
            today=today,
            last=self.env["office.duty.touch"]._get_last_sql(today, today),
            month=fields.Date.start_of(today, "month"),
            quarter=fields.Date.start_of(today, "quarter"),
            year=fields.Date.start_of(today, "year"),
            long=LONG,
            very=VERY_LONG,
        )

    def action_propose(self):
        """Open the dialog that proposes to put these blank spots under supervision.

        :raise AccessError: for who may not propose tickets
        :rtype: dict
        """
        self.env["office.supervision.ticket"].check_access("create")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions_supervision.office_supervision_proposal_action"
        )
        action["context"] = {"default_duty_item_ids": [Command.set(self._ids)]}
        return action

    def action_open_touches(self):
        """Open the matters that touched this duty, as far as one may see them.

        :rtype: dict
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions_supervision.office_duty_touch_action"
        )
        action["domain"] = [("duty_item_id", "=", self.id), ("date", "!=", False)]
        return action

    @api.model
    def _get_unit_domain(self, date_to, unit=None):
        """Return the duties of this company, or of one unit and the units below it.

        :param date date_to: only those that had been entered by then
        :rtype: Domain
        """
        domain = Domain("company_id", "=", self.env.company.id) & Domain(
            "duty_item_id.create_date", "<", fields.Date.add(date_to, days=1)
        )
        return domain & Domain("lead_unit_id", "child_of", unit.id) if unit else domain

    @api.model
    def _get_blank_rows(self, date_from, date_to, unit=None):
        """Return the duties that nothing touched in a period, the longest first (F17).

        :param date date_from: first day
        :param date date_to: last day
        :param unit: only those of this unit and the units below it
        :return: ``{"spot", "date", "days", "suggestion"}``: the line of the duty, the
            day of the last touch before the period's end, the days from then to that
            end, and what those days suggest
        :raise UserError: for a period that ends before it begins
        :rtype: list[dict]
        """
        if date_from > date_to:
            raise UserError(self.env._("A period ends after it begins."))
        spots = self.search(self._get_unit_domain(date_to, unit))
        today = fields.Date.context_today(self)
        last = dict(
            self.env.execute_query(
                SQL(
                    """SELECT duty_item_id, max(%s) FROM office_duty_touch
                        WHERE duty_item_id = ANY(%s) AND date <= %s GROUP BY 1""",
                    self.env["office.duty.touch"]._get_last_sql(date_to, today),
                    spots.ids,
                    date_to,
                )
            )
        )
        rows = []
        for spot in spots:
            date = last.get(spot.id)
            if date is None or date < date_from:
                days = None if date is None else (date_to - date).days
                rows.append(
                    {
                        "spot": spot,
                        "date": date,
                        "days": days,
                        "suggestion": spot._suggest(days),
                    }
                )
        return sorted(
            rows, key=lambda row: (row["date"] is not None, row["date"] or date_from)
        )

    def _suggest(self, days):
        """Return what is suggested for a duty that nothing touched for some days.

        :param int days: ``None`` where nothing ever did
        :return: a value of ``suggestion``
        :rtype: str
        """
        self.ensure_one()
        if self.is_proposed:
            return "pending"
        if not self.owner_id:
            return "owner"
        if days is None or days > VERY_LONG:
            return "ticket"
        return "report" if days > LONG else "watch"

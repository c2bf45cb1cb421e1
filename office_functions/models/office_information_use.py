# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .office_information import CLERK


class OfficeInformationUse(models.Model):
    """What comes of information reports: points, advice, and the figures they give."""

    _inherit = "office.information"

    def _compute_points(self):
        points = dict(
            self.env["office.information.adoption"]
            .sudo()
            ._read_group(
                [("res_model", "=", self._name), ("res_id", "in", self.ids)],
                ["res_id"],
                ["points:sum"],
            )
        )
        for record in self:
            record.points = points.get(record.id, 0)

    @api.depends("figure_ids.result")
    def _compute_misstatement(self):
        for record in self:
            results = set(record.sudo().figure_ids.mapped("result"))
            found = [name for name in ("inflated", "understated") if name in results]
            record.misstatement = found[0] if found else False

    @api.model
    def _get_matter_filters(self):
        kinds = self._fields["kind"]._description_selection(self.env)
        return [
            *((label, kind, f"[('kind', '=', '{kind}')]") for kind, label in kinds),
            (self.env._("Bad News"), "bad", "[('nature', '=', 'bad')]"),
            (
                self.env._("Requested"),
                "requested",
                "[('is_requested', '=', True)]",
            ),
            (
                self.env._("Misstated Figures"),
                "misstated",
                "[('misstatement', '!=', False)]",
            ),
            (
                self.env._("Not Read by All"),
                "unread",
                "[('receipt_ids.date_read', '=', False), ('receipt_ids', '!=', False)]",
            ),
        ]

    # Use ------------------------------------------------------------------------------

    def record_use(self, kind, level, publication=False, comment=False, leader=False):
        """Record a further adoption, special issue or leader's comment, with its points.

        :param str kind: ``adopted``, ``special`` or ``comment``
        :param str level: ``own``, ``city``, ``province`` or ``state``
        :param str publication: where it was published
        :param str comment: the leader's words
        :param str leader: who commented
        :raise UserError: for anybody but the office, before it was presented, or
            without what the kind needs
        """
        self.check_access("read")
        if not self.env.user.has_group(CLERK):
            raise UserError(self.env._("The office records the use of information."))
        problems = []
        if any(r.state not in ("adopted", "instructed", "archived") for r in self):
            problems.append(
                self.env._("Only information that was adopted is used elsewhere.")
            )
        if kind not in ("adopted", "special", "comment"):
            problems.append(self.env._("There is no such kind of use."))
        if level not in dict(self._fields["adoption_level"].selection):
            problems.append(self.env._("There is no such level."))
        if kind == "comment" and not (comment and leader):
            problems.append(self.env._("A comment needs its words and who wrote it."))
        if problems:
            raise UserError("\n".join(problems))
        records = self.sudo()
        records._set_facts(is_adopted=True)
        self.env["office.information.adoption"]._record(
            records, kind, level, publication, comment, leader
        )

    def action_open_use(self):
        """Open the dialog that records a further use.

        :rtype: dict
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions.office_information_adopt_action"
        )
        return {**action, "context": {"default_information_id": self.id}}

    # Advice ---------------------------------------------------------------------------

    def _compute_can_make_advice(self):
        self.can_make_advice = self.env["office.advice"].has_access("create")

    # Figures --------------------------------------------------------------------------

    @api.model
    def _get_submitted_domain(self, date_from, date_to):
        """Return the upward reports submitted in a period."""
        return (
            Domain("date_submitted", ">=", date_from)
            & Domain("date_submitted", "<=", date_to)
            & Domain("direction", "=", "up")
        )

    @api.model
    def _get_verified_domain(self, date_from, date_to):
        """Return the reports whose facts were checked in a period."""
        return (
            Domain("date_verified", ">=", date_from)
            & Domain("date_verified", "<=", date_to)
            & Domain("verification", "!=", "none")
        )

    @api.model
    def _get_sent_domain(self, date_from, date_to):
        """Return the reports that were sent down or across, by their submission."""
        return (
            Domain("date_submitted", ">=", date_from)
            & Domain("date_submitted", "<=", date_to)
            & Domain("direction", "!=", "up")
        )

    @api.model
    def _measure_share(self, domain, field, value):
        """Return, by unit and person, how many of some reports have a value.

        :return: ``(unit id, user id, numerator, denominator)``
        :rtype: list[tuple]
        """
        sums = defaultdict(lambda: [0, 0])
        for unit, user, found, count in self._read_group(
            domain, ["lead_unit_id", "handler_id", field], ["__count"]
        ):
            row = sums[unit.id or None, user.id or None]
            row[0] += count if found == value else 0
            row[1] += count
        return [(*key, *row) for key, row in sums.items()]

    @api.model
    def _measure_bad_news(self, date_from, date_to):
        domain = self._get_submitted_domain(date_from, date_to)
        return self._measure_share(domain, "nature", "bad")

    @api.model
    def _measure_truth(self, date_from, date_to):
        domain = self._get_verified_domain(date_from, date_to)
        return self._measure_share(domain, "verification", "true")

    @api.model
    def _measure_adoption(self, date_from, date_to):
        domain = self._get_submitted_domain(date_from, date_to)
        return self._measure_share(domain, "is_adopted", True)

    @api.model
    def _measure_reading(self, date_from, date_to):
        """Count receipts, read and all, of what was sent in a period, by addressee."""
        sent = self._search(self._get_sent_domain(date_from, date_to))
        Receipt = self.env["office.receipt"]
        receipts = Receipt._search(
            [("res_model", "=", self._name), ("res_id", "in", sent)]
        )
        unit, read = (
            Receipt._field_to_sql(receipts.table, name, receipts)
            for name in ("department_id", "date_read")
        )
        receipts.groupby = unit
        return [
            (unit_id, None, number_read, number)
            for unit_id, number_read, number in self.env.execute_query(
                receipts.select(unit, SQL("count(%s)", read), SQL("count(*)"))
            )
        ]

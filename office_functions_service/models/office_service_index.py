# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from babel.dates import format_skeleton
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, get_lang
from odoo.tools.misc import babel_locale_parse

from odoo.addons.office_functions.tools.transition import is_permitted, permit

DIRECTOR = "office_functions.group_office_director"


class OfficeServiceIndex(models.Model):
    """The service quality index of a month (服务质量指数, S4.1), from 0 to 100.

    Eight parts, K21 to K28 of domain.md, each with a weight (office.service.weight):

    * the points of a figure: a percentage is its own points, or 100 less it where low
      is better; any other figure needs a scale (office.service.scale), and is told but
      not counted without one;
    * a part's score: the plain mean of the points of its figures;
    * the index: the mean of the parts' scores by their weights. A part without figures
      is left out and its weight falls to the others: nobody is blamed on figures that
      are not true. So for each of the four targets, from the parts that serve it.

    It is kept: what a month was is never changed. Measured anew, it becomes the next
    version of that month, with the reason.
    """

    _name = "office.service.index"
    _description = "Service Quality Index"
    _order = "month desc, version desc, id desc"

    month = fields.Date(required=True, readonly=True, help="Its first day.")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    version = fields.Integer(required=True, readonly=True, default=1, aggregator=None)
    is_latest = fields.Boolean("Latest Version", readonly=True, default=True)
    reason = fields.Char("Why Measured Anew", readonly=True)
    measured_by_id = fields.Many2one("res.users", readonly=True)
    score = fields.Float("Index", readonly=True, digits=(16, 1), aggregator="avg")
    is_measured = fields.Boolean("Has Figures", readonly=True)
    leader_score = fields.Float(
        "For Leaders", readonly=True, digits=(16, 1), aggregator="avg"
    )
    agency_score = fields.Float(
        "For the Agency", readonly=True, digits=(16, 1), aggregator="avg"
    )
    school_score = fields.Float(
        "For Schools", readonly=True, digits=(16, 1), aggregator="avg"
    )
    public_score = fields.Float(
        "For the Public", readonly=True, digits=(16, 1), aggregator="avg"
    )
    measured_targets = fields.Char(readonly=True)
    part_ids = fields.One2many(
        "office.service.index.part", "index_id", "Parts", readonly=True
    )
    figure_ids = fields.One2many(
        "office.service.index.figure", "index_id", "Figures", readonly=True
    )

    _version_uniq = models.UniqueIndex(
        "(company_id, month, version)", "This version of the month is kept already."
    )
    _latest_uniq = models.UniqueIndex(
        "(company_id, month) WHERE is_latest", "A month has one latest version."
    )

    @api.depends("month", "version")
    @api.depends_context("lang")
    def _compute_display_name(self):
        locale = babel_locale_parse(get_lang(self.env).code)
        for index in self:
            name = index.month and format_skeleton("yMMMM", index.month, locale=locale)
            index.display_name = (
                f"{name} ({index.version})" if index.version > 1 else name
            )

    # Append-only ----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not is_permitted(self.browse(), {}):
            raise UserError(self.env._("The index is measured, not written."))
        return super().create(vals_list)

    def write(self, vals):
        if self and not is_permitted(self, {}):
            raise UserError(self.env._("The index is measured, not written."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        raise UserError(self.env._("What a month was is kept."))

    # Measuring ------------------------------------------------------------------------

    @api.model
    def _cron_measure(self):
        """Keep the index of the month that is over, once for each company."""
        first = fields.Date.context_today(self).replace(day=1)
        month = first - relativedelta(months=1)
        for company in self.env["res.company"].search([("active", "=", True)]):
            self._keep(month, company)

    @api.model
    def _keep(self, month, company, reason=False):
        """Measure a month and keep it.

        :param date month: any day of it
        :param res.company company: whose
        :param str reason: why it is measured anew; without one a month that is kept
            stays as it is
        :return: the index of that month
        :rtype: office.service.index
        """
        month = month.replace(day=1)
        # Two hosts, or a director and the job, at the same moment.
        self.env.execute_query(
            SQL(
                "SELECT id FROM res_company WHERE id = %s FOR NO KEY UPDATE", company.id
            )
        )
        Index = self.sudo()
        last = Index.search(
            [
                ("month", "=", month),
                ("company_id", "=", company.id),
                ("is_latest", "=", True),
            ]
        )
        if last and not reason:
            return last.with_env(self.env)
        # The names are kept: the job has no language of its own.
        lang = self.env["ir.actions.report"]._get_paper_lang()
        vals = self.with_context(lang=lang)._measure_month(month, company)
        if last:
            with permit(last):
                last.is_latest = False
            self.env.flush_all()
        with (
            permit(Index),
            permit(Index.part_ids),
            permit(Index.figure_ids),
        ):
            new = Index.create(
                {
                    **vals,
                    "month": month,
                    "company_id": company.id,
                    "version": last.version + 1,
                    "reason": reason,
                    "measured_by_id": self.env.uid,
                }
            )
        return new.with_env(self.env)

    @api.model
    def _measure_month(self, month, company):
        """Return the values of the index of a month: score, targets, parts, figures.

        :param date month: its first day
        :param res.company company: whose
        :rtype: dict
        """
        last_day = month + relativedelta(months=1, days=-1)
        figures = self._measure_figures(month, last_day, company)
        parts = []
        for weight in self.env["office.service.weight"].sudo()._get_for(company):
            points = [
                figure["points"]
                for figure in figures
                if figure["part"] == weight.code and figure["is_counted"]
            ]
            parts.append(
                {
                    "code": weight.code,
                    "name": weight.name,
                    "target": weight.target,
                    "weight": weight.weight,
                    "score": sum(points) / len(points) if points else 0,
                    "has_figures": bool(points),
                }
            )
        scores = {
            target: self._get_mean([p for p in parts if p["target"] == target])
            for target in ("leader", "agency", "school", "public")
        }
        whole = self._get_mean(parts)
        return {
            "score": whole or 0,
            "is_measured": whole is not None,
            "measured_targets": ",".join(
                target for target, score in scores.items() if score is not None
            ),
            **{f"{target}_score": score or 0 for target, score in scores.items()},
            "part_ids": [fields.Command.create(part) for part in parts],
            "figure_ids": [fields.Command.create(figure) for figure in figures],
        }

    @api.model
    def _get_mean(self, parts):
        """Return the mean of parts by their weights; ``None`` without any figure.

        :param list parts: dicts of ``score``, ``weight``, ``has_figures``
        :rtype: float or None
        """
        counted = [part for part in parts if part["has_figures"] and part["weight"]]
        if not counted:
            return None
        weight = sum(part["weight"] for part in counted)
        return sum(part["score"] * part["weight"] for part in counted) / weight

    @api.model
    def _measure_figures(self, date_from, date_to, company):
        """Measure the indicators of service for one company.

        :return: a dict for each: ``part``, ``code``, ``name``, ``value``,
            ``value_text``, ``basis``, ``points``, ``is_counted``
        :rtype: list[dict]
        """
        Indicator = self.env["office.indicator"].sudo()
        Indicator = Indicator.with_context(allowed_company_ids=company.ids)
        codes = (
            self.env["office.service.weight"].sudo()._get_for(company).mapped("code")
        )
        scales = {s.code: s for s in self.env["office.service.scale"].sudo().search([])}
        figures = []
        for indicator in Indicator._get_indicators():
            part = next((c for c in codes if indicator.code.startswith(c)), None)
            if indicator.function != "service" or not part:
                continue
            rows = Indicator._drop_other_companies(
                Indicator._measure(indicator, date_from, date_to)
            )
            shown = Indicator._show(indicator, [row[2:] for row in rows])
            figure = {"unit": indicator.unit, **shown}
            points = self._get_points(indicator, figure["value"], scales)
            figures.append(
                {
                    "part": part,
                    "code": indicator.code,
                    "name": str(indicator.label),
                    "value": figure["value"] or 0,
                    "value_text": Indicator._format_value(figure),
                    "basis": Indicator._format_basis(figure),
                    "points": points or 0,
                    "is_counted": points is not None,
                }
            )
        return figures

    @api.model
    def _get_points(self, indicator, value, scales):
        """Return the points of a figure, or ``None`` where it cannot be counted.

        :param Indicator indicator: what is measured
        :param float value: the figure, or ``None``
        :param dict scales: code → ``office.service.scale``
        :rtype: float or None
        """
        if value is None:
            return None
        if indicator.code in scales:
            return scales[indicator.code]._get_points(value)
        if indicator.unit != "percent" or not indicator.better:
            return None
        share = min(max(value, 0), 100)
        return 100 - share if indicator.better == "low" else share

    def action_measure_anew(self, reason=""):
        """Measure the months again; what was kept stays as the version before.

        :param str reason: why
        :raise AccessError: for anybody but a director
        :raise UserError: without a reason
        :rtype: office.service.index
        """
        if not self.env.user.has_group(DIRECTOR):
            raise AccessError(self.env._("Only a director has a month measured anew."))
        self.check_access("read")
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Please write down the reason."))
        new = self.browse()
        for index in self:
            new |= self._keep(index.month, index.company_id, reason.strip())
        return new

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from dateutil.relativedelta import relativedelta
from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

from .office_canteen_round import STEPS, get_first_day


class OfficeCanteenDue(models.Model):
    """What is due and missing in a canteen, told its manager every evening, once."""

    _inherit = "office.canteen"

    due_activity_id = fields.Many2one(
        "mail.activity",
        "What Is Due",
        readonly=True,
        copy=False,
        ondelete="set null",
        groups="office_functions.group_office_canteen",
    )

    @api.model
    def _cron_tell_due(self):
        """Tell each manager by one activity, which is renewed while it is open."""
        canteens = self.search([("manager_id", "!=", False)])
        due = canteens._get_due()
        kind = self.env.ref("mail.mail_activity_data_todo")
        for canteen in canteens:
            spoken = canteen._speak()
            lines = due[canteen]
            activity = canteen.due_activity_id.filtered("active")
            if not lines:
                activity.unlink()
                continue
            note = Markup("<ul>%s</ul>") % Markup().join(
                Markup("<li>%s</li>") % line for line in lines
            )
            if activity:
                activity.write(
                    {"note": note, "date_deadline": fields.Date.context_today(canteen)}
                )
            else:
                canteen.due_activity_id = spoken.activity_schedule(
                    activity_type_id=kind.id,
                    summary=spoken.env._("Due and missing in the canteen"),
                    note=note,
                    user_id=canteen.manager_id.id,
                )

    def _get_due(self):
        """Return what is due and missing, in the words of each manager.

        :return: canteen → lines
        :rtype: dict
        """
        groups = [
            self._get_open_checks(),
            self._get_old_samples(),
            self._get_missing_rounds(),
            self._get_old_certificates(),
            self._get_old_licenses(),
            self._get_missing_officers(),
            self._get_meals_without_companion(),
        ]
        return {
            canteen: [line for group in groups for line in group.get(canteen, ())]
            for canteen in self
        }

    def _speak(self):
        """Return this canteen in the language of its manager."""
        self.ensure_one()
        return self.with_context(lang=self.manager_id.lang or self.env.user.lang)

    def _get_open_checks(self):
        """Return the meals of the past whose checklist is not finished."""
        checks = self.env["office.canteen.check"].search(
            Domain("canteen_id", "in", self.ids)
            & Domain("date", "<=", fields.Date.context_today(self))
            & Domain("state", "not in", ("recorded", "called_off"))
        )
        lines = {}
        for canteen, found in checks.grouped("canteen_id").items():
            spoken = canteen._speak()
            states = dict(checks._fields["state"]._description_selection(spoken.env))
            lines[canteen] = [
                spoken.env._(
                    "Checklist not finished: %(meal)s (%(state)s)",
                    meal=check.with_env(spoken.env).meal_id.display_name,
                    state=states[check.state],
                )
                for check in found
            ]
        return lines

    def _get_old_samples(self):
        """Return how many samples wait to be disposed of."""
        counts = self.env["office.canteen.sample"]._read_group(
            Domain("canteen_id", "in", self.ids)
            & Domain("state", "!=", "disposed")
            & Domain("date_due", "<=", fields.Datetime.now()),
            ["canteen_id"],
            ["__count"],
        )
        return {
            canteen: [
                canteen._speak().env._(
                    "Samples to be disposed of: %(number)s", number=number
                )
            ]
            for canteen, number in counts
        }

    def _get_missing_rounds(self):
        """Return the rounds that are missing: today's, last week's and last month's.

        None is due where no meal was served in the period (R-FOOD-4).
        """
        today = fields.Date.context_today(self)
        first = today.replace(day=1) - relativedelta(months=1)
        served = self.env["office.canteen.meal"]._read_group(
            Domain("canteen_id", "in", self.ids)
            & Domain("date", ">=", first)
            & Domain("date_served", "!=", False),
            ["canteen_id"],
            ["date:array_agg"],
        )
        done = {
            (canteen, kind): set(periods)
            for canteen, kind, periods in self.env["office.canteen.round"]._read_group(
                Domain("canteen_id", "in", self.ids)
                & Domain("state", "=", "done")
                & Domain("date_period", ">=", first),
                ["canteen_id", "kind"],
                ["date_period:array_agg"],
            )
        }
        lines = {}
        for canteen, days in served:
            spoken = canteen._speak()
            kinds = self.env["office.canteen.round"]._fields["kind"]
            for kind, label in kinds._description_selection(spoken.env):
                period = get_first_day(kind, today)
                if kind != "day":
                    period -= STEPS[kind]
                due = period in {get_first_day(kind, day) for day in days}
                if due and period not in done.get((canteen, kind), ()):
                    lines.setdefault(canteen, []).append(
                        spoken.env._(
                            "Round missing: %(round)s from %(day)s",
                            round=label,
                            day=fields.Date.to_string(period),
                        )
                    )
        return lines

    def _get_old_certificates(self):
        """Return whose health certificate is over, or will be soon (Art. 45)."""
        today = fields.Date.context_today(self)
        lines = {}
        for company, canteens in self.grouped("company_id").items():
            limit = self.env["office.time.limit"]._get("canteen_certificate", company)
            soon = limit._count(today, company).deadline
            cooks = self.env["office.canteen.cook"].search(
                Domain("canteen_id", "in", canteens.ids)
                & Domain("state", "!=", "left")
                & (
                    Domain("date_certificate", "=", False)
                    | Domain("date_certificate", "<=", soon)
                )
            )
            for canteen, found in cooks.grouped("canteen_id").items():
                spoken = canteen._speak()
                lines[canteen] = [
                    spoken.env._(
                        "Health certificate of %(name)s: valid until %(day)s",
                        name=cook.name,
                        day=fields.Date.to_string(cook.date_certificate)
                        if cook.date_certificate
                        else "—",
                    )
                    for cook in found
                ]
        return lines

    def _get_old_licenses(self):
        """Return which licences are missing or over, or will be soon (Art. 35)."""
        today = fields.Date.context_today(self)
        lines = {}
        for company, canteens in self.grouped("company_id").items():
            limit = self.env["office.time.limit"]._get("canteen_license", company)
            after = limit._count(today, company).deadline + relativedelta(days=1)
            for canteen in canteens:
                lines[canteen] = canteen._speak()._explain_no_license(after)
        return lines

    def _get_missing_officers(self):
        """Return where so many eat that a chief officer is to be named (R-FOOD-4)."""
        found = self.filtered(
            lambda canteen: canteen.needs_chief_officer and not canteen.chief_officer_id
        )
        return {
            canteen: [
                canteen._speak().env._(
                    "A chief food safety officer is to be named: %(number)s diners",
                    number=canteen.diners,
                )
            ]
            for canteen in found
        }

    def _get_meals_without_companion(self):
        """Return the meals of a school's last week that no head ate with the others.

        学校食品安全与营养健康管理规定 2019 (R-FOOD-3).
        """
        today = fields.Date.context_today(self)
        meals = self.env["office.canteen.meal"].search(
            Domain("canteen_id", "in", self.filtered("is_school").ids)
            & Domain("date", ">", today - relativedelta(weeks=1))
            & Domain("date_served", "!=", False)
        )
        seen = self.env["office.canteen.companion"].search(
            [("meal_id", "in", meals.ids)]
        )
        lines = {}
        for canteen, alone in (meals - seen.meal_id).grouped("canteen_id").items():
            spoken = canteen._speak()
            lines[canteen] = [
                spoken.env._(
                    "No companion meal on record: %(meal)s",
                    meal=meal.with_env(spoken.env).display_name,
                )
                for meal in alone
            ]
        return lines

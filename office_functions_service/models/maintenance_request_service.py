# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

REPORTED = ("name", "equipment_id", "place", "urgency", "phone", "description")


class MaintenanceRequestService(models.Model):
    """The quick door, the rating of what was repaired, and its figures (S4.7, K23)."""

    _inherit = "maintenance.request"

    @api.model
    def report_repair(self, values):
        """Report something broken, as the current user: what, and where or which.

        The door of the service desk, of the page behind a QR code and of programs.

        :param dict values: ``name`` (the fault) and one of ``equipment_id`` and
            ``place``; if known also ``urgency``, ``phone``, ``description``
        :return: the repair request
        :rtype: maintenance.request
        :raise UserError: naming all that is missing or unknown
        """
        if not isinstance(values, dict):
            raise UserError(self.env._("Please say what is broken, and where."))
        given = {
            name: value.strip() if isinstance(value, str) else value
            for name, value in values.items()
        }
        problems = self._explain_report(given)
        if problems:
            raise UserError("\n".join(problems))
        return self.create([{**given, "is_office_repair": True}])

    @api.model
    def _explain_report(self, given):
        """Return what is missing or wrong in a report.

        :rtype: list[str]
        """
        problems = []
        unknown = sorted(set(given) - set(REPORTED))
        if unknown:
            problems.append(
                self.env._("Unknown in a report: %(names)s.", names=", ".join(unknown))
            )
        if not given.get("name"):
            problems.append(self.env._("Please say what is broken."))
        equipment = self._find_reported_equipment(given.get("equipment_id"))
        if not given.get("place") and not equipment:
            problems.append(self.env._("Please say where it is, or which equipment."))
        urgencies = self._fields["urgency"].get_values(self.env)
        if given.get("urgency", "normal") not in urgencies:
            problems.append(self.env._("There is no such urgency."))
        return problems

    @api.model
    def _find_reported_equipment(self, equipment_id):
        Equipment = self.env["maintenance.equipment"]
        if isinstance(equipment_id, bool) or not isinstance(equipment_id, int):
            return Equipment
        return Equipment.search([("id", "=", equipment_id)])

    # Rating ---------------------------------------------------------------------------

    def _get_raters(self):
        return self.asker_id

    def _get_rated_person(self):
        return self.sudo().handler_id

    def _explain_rating_refusal(self):
        reasons = super()._explain_rating_refusal()
        if self.state != "inspected":
            reasons.append(self.env._("A repair is rated once it was accepted."))
        return reasons

    def _after_rating(self, score):
        result = super()._after_rating(score)
        self.sudo()._pass_by_system("rate")
        return result

    def _after_low_rating(self, score, comment):
        result = super()._after_low_rating(score, comment)
        unhappy = self.env._("Rated %(score)s of 5 stars.", score=score)
        self.env["office.service.correction"]._open_for(
            self.sudo(),
            "repair",
            lambda repair: {
                "name": self.env._("Repair rated low: %(name)s", name=repair.name),
                "problem": " ".join(filter(None, [unhappy, comment])),
                "lead_unit_id": repair.lead_unit_id.id,
                "handler_id": repair.handler_id.id,
            },
        )
        return result

    # Closed by themselves -------------------------------------------------------------

    @api.model
    def _get_closing_domain(self):
        """Close what was accepted some days ago, rated or not."""
        now = fields.Datetime.now()
        due = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain(
                "state_since", "<=", now - timedelta(days=company.repair_close_days)
            )
            for company in self.env["res.company"].search([])
        )
        return Domain("state", "in", ("inspected", "rated")) & due

    # Indicators -----------------------------------------------------------------------

    @api.model
    def _get_moments_domain(self, field, date_from, date_to):
        end = date_to + timedelta(days=1)
        return (
            Domain("is_office_repair", "=", True)
            & Domain(field, ">=", date_from)
            & Domain(field, "<", end)
        )

    @api.model
    def _get_answered_domain(self, date_from, date_to):
        return self._get_moments_domain("moment_done", date_from, date_to)

    @api.model
    def _get_repaired_domain(self, date_from, date_to):
        return self._get_moments_domain("date_fixed", date_from, date_to)

    @api.model
    def _measure_mean(self, domain, field):
        groups = self._read_group(
            domain, ["lead_unit_id", "handler_id"], [f"{field}:sum", "__count"]
        )
        return [
            (unit.id, user.id, hours, number) for unit, user, hours, number in groups
        ]

    @api.model
    def _measure_response(self, date_from, date_to):
        """Return working hours to the answer, and number of answers."""
        domain = self._get_answered_domain(date_from, date_to)
        return self._measure_mean(domain, "response_hours")

    @api.model
    def _measure_repair(self, date_from, date_to):
        """Return working hours to the repair, and number of repairs."""
        domain = self._get_repaired_domain(date_from, date_to)
        return self._measure_mean(domain, "repair_hours")

    @api.model
    def _measure_reopened(self, date_from, date_to):
        """Return how many of the repairs came back, and how many there were."""
        groups = self._read_group(
            self._get_repaired_domain(date_from, date_to),
            ["lead_unit_id", "handler_id", "is_reopened"],
            ["__count"],
        )
        return [
            (unit.id, user.id, number if reopened else 0, number)
            for unit, user, reopened, number in groups
        ]

    # The pages ------------------------------------------------------------------------

    def _get_page_values(self):
        """Return what the page of a repair shows on a phone.

        :rtype: dict
        """
        self.ensure_one()
        repair = self.sudo()
        states = dict(self._fields["state"]._description_selection(self.env))
        steps = {button["name"] for button in self.open_transitions or ()}
        rating = repair.rating_ids.filtered("consumed")[:1]
        return {
            "id": self.id,
            "number": self.number or "",
            "name": self.name,
            "thing": repair.equipment_id.display_name or "",
            "place": self.place or "",
            "state": states[self.state],
            "engineer": repair.handler_id.name or "",
            "phone": repair.handler_id.employee_ids[:1].work_phone or "",
            "hold_reason": self.hold_reason or "",
            "work_done": self.work_done or "",
            "hours": round(self.hours_waited, 1),
            "deadline": self.open_deadline,
            "reported": self.moment_start,
            "steps": steps,
            "may_rate": not self._explain_rating_refusal(),
            "stars": "★" * int(rating.rating),
        }

    # The printed form -----------------------------------------------------------------

    def _get_repair_print(self):
        """Return what the printed form (F13b) says beside the fields.

        :rtype: dict
        """
        self.ensure_one()
        repair = self.sudo()
        ratings = repair.rating_ids.filtered("consumed")[:1]
        actors = {line.name: line.user_id.name for line in repair.transition_ids[::-1]}
        return {
            "equipment": repair.equipment_id.name or "",
            "serial": repair.equipment_id.serial_no or "",
            "dispatcher": actors.get("dispatch", ""),
            "stars": "★" * int(ratings.rating) + "☆" * (5 - int(ratings.rating)),
            "is_rated": bool(ratings),
            "comment": ratings.feedback or "",
            "inspector": actors.get("inspect", ""),
        }

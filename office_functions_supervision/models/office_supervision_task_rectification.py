# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL


class OfficeSupervisionTaskRectification(models.Model):
    """Rectifications 整改 (S3.15): what a verification found to be put right, by whom
    and until when, and what came of looking again.
    """

    _inherit = "office.supervision.task"

    verification_id = fields.Many2one(
        "office.supervision.verification",
        "Found by Verification",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        help="The verification that asked for it.",
    )
    recheck_id = fields.Many2one(
        "office.supervision.verification",
        "Latest Re-check",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    recheck_result = fields.Selection(
        [("pass", "Put Right"), ("fail", "Not Put Right")],
        "Re-check Result",
        readonly=True,
        copy=False,
    )
    failed_rechecks = fields.Integer(
        "Failed Re-checks", readonly=True, copy=False, aggregator=None
    )

    _rectification_idx = models.Index(
        "(date_deadline, lead_unit_id) WHERE kind = 'rectification'"
    )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "recheck_id",
            "recheck_result",
            "failed_rechecks",
        }

    @api.model
    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | {"verification_id": ("draft",)}

    @api.constrains("verification_id", "kind", "ticket_id")
    def _check_verification(self):
        """A rectification belongs to a verification of its own ticket."""
        for task in self.sudo().filtered("verification_id"):
            if (
                task.kind != "rectification"
                or task.verification_id.ticket_id != task.ticket_id
            ):
                raise ValidationError(
                    self.env._(
                        "What a verification found is put right in its own ticket."
                    )
                )

    # Indicator ------------------------------------------------------------------------

    @api.model
    def _get_rectification_domain(self, date_from, date_to):
        """Return the rectifications that were due in a period.

        Those that are done, and those that were not reported by their date: neither the
        future nor the time of who checks is held against anybody.
        """
        late = Domain("open_deadline", "<", fields.Date.context_today(self))
        reported_late = Domain("state", "=", "reported") & Domain.custom(
            to_sql=lambda tasks, alias, query: SQL(
                "%s > %s",
                tasks._field_to_sql(alias, "date_reported", query),
                tasks._field_to_sql(alias, "date_deadline", query),
            ),
            predicate=lambda task: bool(
                task.date_reported
                and task.date_deadline
                and task.date_reported > task.date_deadline
            ),
        )
        return (
            Domain("kind", "=", "rectification")
            & (Domain("state", "=", "verified") | late | reported_late)
            & Domain("date_deadline", ">=", date_from)
            & Domain("date_deadline", "<=", date_to)
        )

    @api.model
    def _measure_rectifications(self, date_from, date_to):
        """Return the rows of the share of rectifications done in time.

        Done is what a re-check found to be so at the first look, on the day it was
        reported.
        """
        due = self._get_rectification_domain(date_from, date_to)
        kept = (
            Domain("state", "=", "verified")
            & Domain("is_on_time", "=", True)
            & Domain("failed_rechecks", "=", 0)
        )
        units = ["lead_unit_id", "handler_id"]
        in_time = {
            (unit, person): number
            for unit, person, number in self._read_group(due & kept, units, ["__count"])
        }
        return [
            (
                unit.id or None,
                person.id or None,
                in_time.get((unit, person), 0),
                number,
            )
            for unit, person, number in self._read_group(due, units, ["__count"])
        ]

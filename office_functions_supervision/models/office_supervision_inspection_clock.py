# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.office_functions.tools.omission import Omission
from odoo.addons.office_functions.tools.transition import permit


class OfficeSupervisionInspectionUnit(models.Model):
    """The clock of what an inspection had put right: a light, and one reminder.

    A correction runs until somebody verified it (政府督查工作条例 第18条, S3.15), from
    the day on which the conclusion was fed back.
    """

    _inherit = "office.supervision.inspection.unit"

    correction_light = fields.Selection(
        [
            ("red", "Overdue"),
            ("yellow", "Due Soon"),
            ("green", "On Schedule"),
            ("done", "Put Right"),
        ],
        "Light of the Correction",
        compute="_compute_correction_light",
        search="_search_correction_light",
    )
    date_chased = fields.Date("Reminded On", readonly=True, copy=False)

    _correction_idx = models.Index(
        "(date_rectification) WHERE date_rectification IS NOT NULL "
        "AND rectification_result IS DISTINCT FROM 'done'"
    )

    @api.depends(
        "date_rectification",
        "inspection_id.date_fed_back",
        "inspection_id.warn_days",
        "rectification_result",
    )
    def _compute_correction_light(self):
        today = fields.Date.context_today(self)
        for line in self:
            last = line.date_rectification
            inspection = line.inspection_id.sudo()
            if line.rectification_result == "done":
                line.correction_light = "done"
            elif not (last and inspection.date_fed_back):
                line.correction_light = False
            elif last < today:
                line.correction_light = "red"
            else:
                soon = last <= today + timedelta(days=inspection.warn_days)
                line.correction_light = "yellow" if soon else "green"

    @api.model
    def _search_correction_light(self, operator, value):
        if operator != "in" or not set(value) <= {"red", "done"}:
            return NotImplemented
        domains = {
            "red": self._get_late_correction_domain(),
            "done": Domain("rectification_result", "=", "done"),
        }
        return Domain.OR(domains[light] for light in value)

    @api.model
    def _get_late_correction_domain(self):
        """Return what was to be put right by now, and nobody found put right."""
        return (
            Domain("date_rectification", "<", fields.Date.context_today(self))
            & Domain("rectification_result", "!=", "done")
            & Domain("inspection_id.date_fed_back", "!=", False)
            & Domain("inspection_id.state", "=", "fed_back")
        )

    @api.model
    def _cron_chase_corrections(self, limit=200):
        """Tell of each late correction once: the unit's head, and who inspected.

        :return: how many were late
        :rtype: int
        """
        late = (
            self.sudo()
            .search(
                self._get_late_correction_domain() & Domain("date_chased", "=", False),
                limit=limit,
            )
            .try_lock_for_update()
        )
        for line in late:
            people = line.unit_id.manager_id.user_id | line.inspection_id.handler_id
            for lang, users in people.filtered("active").grouped("lang").items():
                spoken = line.with_context(lang=lang)
                self.env["mail.thread"].sudo().message_notify(
                    partner_ids=users.partner_id.ids,
                    subject=spoken.env._(
                        "Correction overdue: %(unit)s", unit=spoken.unit_id.name
                    ),
                    body=spoken.env._(
                        "%(inspection)s: “%(text)s” was to be put right by %(date)s, "
                        "and nobody has verified that it is.",
                        inspection=spoken.inspection_id.display_name,
                        text=spoken.rectification,
                        date=fields.Date.to_string(spoken.date_rectification),
                    ),
                    force_send=False,
                )
        with permit(late):
            late.write({"date_chased": fields.Date.context_today(self)})
        return len(late)


class OfficeOmission(models.Model):
    _inherit = "office.omission"

    @api.model
    def _get_omissions(self):
        return [
            *super()._get_omissions(),
            Omission(
                "inspection_correction_late",
                self.env._("Correction of an inspection not verified"),
                "office.supervision.inspection.unit",
                "_get_late_correction_domain",
            ),
        ]


class OfficeWorkbench(models.AbstractModel):
    _inherit = "office.workbench"

    @api.model
    def _get_supervision_panel(self):
        panel = super()._get_supervision_panel()
        late = self._make_figures(
            "office.supervision.inspection",
            "office_functions_supervision.office_supervision_inspection_action",
            [
                (
                    self.env._("Inspections with Late Corrections"),
                    [("object_ids.correction_light", "=", "red")],
                    "danger",
                )
            ],
        )
        return panel | {"figures": [*panel["figures"], *late]}

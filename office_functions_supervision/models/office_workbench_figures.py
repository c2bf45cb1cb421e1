# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from .office_workbench import OPEN

TICKET_ACTION = "office_functions_supervision.office_supervision_ticket_action"
BULLETIN_ACTION = "office_functions_supervision.office_supervision_bulletin_action"


ZERO = [("is_zero", "=", True)]
LOOK_BACK = [("date_look_back", "<=", "today")]
SUBMITTED = [("state", "=", "submitted")]


class OfficeWorkbench(models.AbstractModel):
    """What was not carried out, what is to be looked back at, and this month's rates."""

    _inherit = "office.workbench"

    @api.model
    def _get_supervision_panel(self):
        panel = super()._get_supervision_panel()
        panel["figures"] += self._make_figures(
            "office.supervision.ticket",
            TICKET_ACTION,
            [(self.env._("Not Carried Out"), ZERO, "danger")],
            within=OPEN,
        )
        panel["figures"] += self._make_figures(
            "office.supervision.ticket",
            TICKET_ACTION,
            [(self.env._("To Be Looked Back At"), LOOK_BACK, "warning")],
        )
        panel["figures"] += self._make_figures(
            "office.supervision.bulletin",
            BULLETIN_ACTION,
            [(self.env._("Bulletins to Approve"), SUBMITTED, "warning")],
        )
        return panel

    @api.model
    def _count_figures(self, panels):
        """Add the rates of this month, which are no numbers of records (S0.2)."""
        panels = super()._count_figures(panels)
        for panel in panels:
            if panel["key"] == "supervision":
                panel["figures"] += self._get_month_rates()
        return panels

    @api.model
    def _get_month_rates(self):
        """Return the figures of this month's rates, of what the user may see.

        :rtype: list[dict]
        """
        Rate = self.env["office.supervision.rate"]
        if not Rate.has_access("read"):
            return []
        today = fields.Date.context_today(self)
        domain = [
            ("date", ">=", fields.Date.start_of(today, "month")),
            ("date", "<=", fields.Date.end_of(today, "month")),
        ]
        names = ("rate_on_time", "rate_first_pass")
        [rates] = Rate._read_group(domain, [], [f"{name}:avg" for name in names])
        labels = (
            self.env._("On Time This Month"),
            self.env._("Passed at Once This Month"),
        )
        return [
            {
                "label": label,
                "value": f"{float(rate):.0f} %",
                "tone": "",
                "action": "office_functions_supervision.office_supervision_rate_action",
                "domain": [(n, o, fields.Date.to_string(day)) for n, o, day in domain],
            }
            for label, rate in zip(labels, rates, strict=True)
            if rate is not False
        ]

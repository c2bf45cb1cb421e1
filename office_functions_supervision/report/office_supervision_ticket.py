# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import json
from urllib.parse import urlencode

from odoo import models
from odoo.exceptions import UserError

# An address longer than 8 kB is refused by usual proxies.
MAX_CHOSEN = 500


class OfficeSupervisionTicket(models.Model):
    _inherit = "office.supervision.ticket"

    def _get_numbered_tasks(self):
        """Return all tasks of one ticket in the order in which notices number them.

        What was divided comes first, whatever became of it; rectifications, which
        come out of verifications, follow, so that they move no number.
        """
        self.ensure_one()
        tasks = self.with_context(active_test=False).task_ids
        return tasks.sorted(lambda t: (t.kind != "task", t.sequence, t.id))

    def action_export_ledger(self):
        """Download the ledger (F2) of these tickets.

        :return: action
        :rtype: dict
        :raise UserError: for more tickets than an address can name
        """
        if len(self) > MAX_CHOSEN:
            raise UserError(
                self.env._(
                    "Please choose at most %(limit)s tickets, or take the ledger of "
                    "all open ones from the menu.",
                    limit=MAX_CHOSEN,
                )
            )
        domain = [["id", "in", self.ids], ["active", "in", [True, False]]]
        query = urlencode({"domain": json.dumps(domain, separators=(",", ":"))})
        return {
            "type": "ir.actions.act_url",
            "url": f"/office/supervision/ledger.xlsx?{query}",
            "target": "download",
        }

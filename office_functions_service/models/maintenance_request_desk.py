# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Command
from odoo.tools import plaintext2html


class MaintenanceRequest(models.Model):
    """Repairs at the service desk (S4.9): asked for there, and seen with all else."""

    _inherit = "maintenance.request"
    _news_steps = ("dispatch", "fix", "reject")

    def _get_news_people(self, step):
        return self.handler_id if step == "dispatch" else self.asker_id

    def _say_news(self, step):
        name = self.name
        number, place = self.number or "", self.place or self.equipment_id.name or ""
        if step == "dispatch":
            subject = self.env._("You are sent to repair: “%(name)s”", name=name)
            text = self.env._(
                "%(number)s, %(place)s. Asked for by %(who)s, %(phone)s.",
                number=number,
                place=place,
                who=self.asker_id.name,
                phone=self.phone or "—",
            )
        elif step == "fix":
            subject = self.env._("Repaired: “%(name)s”", name=name)
            text = self.env._(
                "%(number)s, %(place)s. Please accept the repair, or say what is still "
                "broken.",
                number=number,
                place=place,
            )
        else:
            subject = self.env._("Not taken on: “%(name)s”", name=name)
            text = self.env._("The reason stands on its form.")
        return subject, text

    @api.model
    def _ask_from_desk(self, values):
        """Report something broken at the desk; see :meth:`report_repair`.

        :param dict values: as the desk hands them over
        :rtype: maintenance.request
        """
        text = values.get("text")
        repair = self.report_repair(
            {
                "name": values.get("name"),
                "place": values.get("place"),
                "description": plaintext2html(text) if text else False,
            }
        )
        if values.get("photo_ids"):
            repair.photo_ids = [Command.set(values["photo_ids"])]
        return repair

    @api.model
    def _get_service_domain(self):
        return [("is_office_repair", "=", True)]

    @api.model
    def _get_desk_sql(self):
        # Its first state is no draft: what is broken was reported.
        return self._make_desk_sql(
            {"asker_id": "asker_id"}, domain=[("state", "!=", False)]
        )


class IrModel(models.Model):
    _inherit = "ir.model"

    @api.model
    def _get_office_labels(self):
        """Call a repair what the office calls it, not a request for maintenance."""
        repair = self.env._("Repair Request")
        return {**super()._get_office_labels(), "maintenance.request": repair}

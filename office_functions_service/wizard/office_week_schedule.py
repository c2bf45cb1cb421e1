# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models


class OfficeWeekSchedule(models.TransientModel):
    _inherit = "office.week.schedule"

    def _get_row(self, event, leader, zone):
        """Add companions, papers and who stands in; what is hidden stays 公务 (A11)."""
        row = super()._get_row(event, leader, zone)
        if not event.office_leader_id:
            return row
        if event._check_private_event_conditions():
            # Empty but for those who prepare the place.
            return row | {"place": event.location or ""}
        names = [row["company"], *event.office_companion_ids.sudo().mapped("name")]
        papers = [
            f"{paper.name}（{'已备' if paper.is_ready else '未备'}）"
            for paper in event.office_material_ids
        ]
        if event.office_delegate_id and event.office_leader_id == leader:
            names.append(f"（委托{event.office_delegate_id.sudo().name}参加）")
        return row | {
            "company": "、".join(dict.fromkeys(filter(None, names))),
            "materials": "\n".join(filter(None, (row["materials"], *papers))),
        }

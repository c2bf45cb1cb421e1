# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OfficeSupervisionBulletin(models.Model):
    """A bulletin is a conclusion about the units it praises or criticises."""

    _name = "office.supervision.bulletin"
    _inherit = ["office.supervision.bulletin", "office.supervision.conclusion.mixin"]

    def _after_approve(self, note):
        result = super()._after_approve(note)
        self._keep_conclusion_makers()
        return result

    def _find_conclusion_makers(self):
        return self._relation_author() | self.env.user

    def _get_conclusion_date(self):
        return self.state == "issued" and self.date_issued

    def _concludes_about(self, unit):
        """A unit that is in the ranking only may contest its figures, too."""
        return unit in self.line_ids.department_id

    def _get_conclusion_ticket(self):
        return self.env["office.supervision.ticket"]

    def _annul_conclusions(self, note):
        self._pass_by_system("revoke", note)


class OfficeSupervisionObjection(models.Model):
    _inherit = "office.supervision.objection"

    bulletin_id = fields.Many2one(
        "office.supervision.bulletin",
        "Bulletin Objected To",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )

    _bulletin_uniq = models.UniqueIndex(
        "(bulletin_id, unit_id) WHERE state = 'submitted'",
        "This unit's objection to the same conclusion is under review already.",
    )

    @api.model
    def _get_conclusion_fields(self):
        return [*super()._get_conclusion_fields(), "bulletin_id"]

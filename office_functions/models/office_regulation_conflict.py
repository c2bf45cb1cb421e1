# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import re

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.similarity import ALIKE, compare

FORM_WORDS = re.compile(
    "管理|机关|实施|工作|办法|制度|规定|细则|规则|试行|暂行|关于|的"
)
"""What the titles of rules have in common, whatever they are about."""

BINDING = ("issued", "effective", "revising")


class OfficeRegulation(models.Model):
    """Unity of orders (政令统一): two valid rules of the house on one matter."""

    _inherit = "office.regulation"

    conflict_ids = fields.Many2many(
        "office.regulation",
        string="Rules on the Same Matter",
        compute="_compute_conflict_ids",
        help="Other valid rules of the house whose title says the same. Replace or "
        "repeal the one that is not to count.",
    )

    @api.depends("name", "kind", "company_id", "previous_id", "state")
    def _compute_conflict_ids(self):
        self.conflict_ids = False
        made = self.filtered(
            lambda rule: rule.kind == "internal" and rule.state != "repealed"
        )
        if not made:
            return
        valid = self.search_fetch(
            Domain("kind", "=", "internal") & Domain("state", "in", BINDING),
            ["name", "company_id", "previous_id"],
        )
        for rule in made:
            own = rule._origin | rule.previous_id | rule.next_ids._origin
            subject = rule._get_subject()
            rule.conflict_ids = (valid - own).filtered(
                lambda other, rule=rule, subject=subject: (
                    (
                        not (rule.company_id and other.company_id)
                        or rule.company_id == other.company_id
                    )
                    and compare(other._get_subject(), subject) >= ALIKE
                )
            )

    def _get_subject(self):
        """Return what a title says beside whose rule it is, and of which form.

        :rtype: str
        """
        organ = (self.company_id or self.env.company).name or ""
        return FORM_WORDS.sub("", (self.name or "").replace(organ, ""))

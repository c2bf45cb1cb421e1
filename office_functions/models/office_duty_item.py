# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class OfficeDutyItem(models.Model):
    """One duty of a unit (职责清单事项): whose it is, and by which rule it is done.

    Each has one person who answers for it and one who stands in (A/B 角). What lacks
    either, or stands there twice, is flagged.
    """

    _name = "office.duty.item"
    _inherit = ["mail.thread"]
    _description = "Duty"
    _order = "lead_unit_id, sequence, id"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    name = fields.Char("Duty", required=True, index="trigram", tracking=True)
    description = fields.Text()
    lead_unit_id = fields.Many2one(
        "hr.department", "Unit", required=True, index=True, check_company=True
    )
    post = fields.Char()
    owner_id = fields.Many2one(
        "res.users",
        "Owner (A)",
        index="btree_not_null",
        tracking=True,
        help="Answers for it (A角).",
    )
    deputy_id = fields.Many2one(
        "res.users",
        "Deputy (B)",
        tracking=True,
        help="Does it while the owner is away (B角).",
    )
    model_id = fields.Many2one(
        "ir.model",
        "Kind of Matter",
        ondelete="cascade",
        domain="[('model', '=like', 'office.%')]",
        help="The process of the suite that this duty is.",
    )
    regulation_ids = fields.Many2many(
        "office.regulation", "office_duty_item_regulation_rel", string="Rules"
    )
    problem = fields.Char("To Be Settled", compute="_compute_problem")
    is_flagged = fields.Boolean(
        "Owner Missing or Doubled",
        compute="_compute_problem",
        search="_search_is_flagged",
    )
    has_rule = fields.Boolean(
        "Has a Valid Rule", compute="_compute_has_rule", search="_search_has_rule"
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )

    @api.depends("name", "owner_id", "deputy_id", "company_id", "active")
    @api.depends_context("lang")
    def _compute_problem(self):
        doubled = self._find_doubled(self.filtered("active").mapped("name"))
        for item in self:
            person, deputy = item.sudo().owner_id, item.sudo().deputy_id
            problems = [
                (not person.active, self.env._("no owner")),
                (not deputy.active, self.env._("no deputy")),
                (
                    person and person == deputy,
                    self.env._("owner and deputy are one person"),
                ),
                (
                    item.active and (item.company_id.id, item.name) in doubled,
                    self.env._("on the list twice"),
                ),
            ]
            found = [text for wrong, text in problems if wrong]
            item.problem = ", ".join(found) or False
            item.is_flagged = bool(found)

    @api.model
    def _find_doubled(self, names):
        """Return which of some duties stand on a company's list more than once.

        :rtype: set[tuple[int, str]]
        """
        groups = self.sudo()._read_group(
            Domain("name", "in", names),
            ["company_id", "name"],
            having=[("__count", ">", 1)],
        )
        return {(company.id, name) for company, name in groups}

    def _search_is_flagged(self, operator, value):
        if operator != "in":
            return NotImplemented
        doubled = SQL(
            """(SELECT id FROM (SELECT id, count(*) OVER (
                                     PARTITION BY company_id, name) AS number
                                 FROM office_duty_item WHERE active) AS item
                 WHERE number > 1)"""
        )
        alone = SQL("(SELECT id FROM office_duty_item WHERE owner_id = deputy_id)")
        return (
            Domain("owner_id", "=", False)
            | Domain("owner_id", "any!", [("active", "=", False)])
            | Domain("deputy_id", "=", False)
            | Domain("deputy_id", "any!", [("active", "=", False)])
            | Domain("id", "in", doubled)
            | Domain("id", "in", alone)
        )

    @api.depends("regulation_ids.in_force")
    def _compute_has_rule(self):
        for item in self:
            item.has_rule = any(item.sudo().regulation_ids.mapped("in_force"))

    def _search_has_rule(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("regulation_ids", "any!", [("in_force", "=", True)])

    @api.model
    def action_add_processes(self):
        """Put each kind of matter on the list that is not there, for the office.

        :return: the action that shows those without a rule
        :rtype: dict
        """
        self.check_access("create")
        company = self.env.company
        names = self.env["office.workflow.mixin"]._get_matter_models()
        kinds = self.env["ir.model"].sudo().search([("model", "in", names)])
        listed = self.search(
            [("model_id", "in", kinds.ids), ("company_id", "=", company.id)]
        )
        unit = self.env.user.employee_id.department_id
        unit = unit or self.env["hr.department"].search([], limit=1)
        self.create(
            [
                {"name": kind.name, "model_id": kind.id, "lead_unit_id": unit.id}
                for kind in kinds - listed.model_id
            ]
        )
        return self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions.office_duty_item_action_rules"
        )

    # Indicators -----------------------------------------------------------------------

    @api.model
    def _measure_rules(self, date_from, date_to):
        """Return the rows of K14 有章可循率, as it stands at present."""
        return self._measure_share([("has_rule", "=", True)])

    @api.model
    def _measure_flagged(self, date_from, date_to):
        """Return the rows of the duties without an owner or with two."""
        return [
            row[:3] + (0,) for row in self._measure_share(self._get_flagged_domain())
        ]

    @api.model
    def _measure_share(self, domain):
        everything = self._read_group([], ["lead_unit_id", "owner_id"], ["__count"])
        some = {
            (unit, person): number
            for unit, person, number in self._read_group(
                domain, ["lead_unit_id", "owner_id"], ["__count"]
            )
        }
        return [
            (unit.id, person.id or None, some.get((unit, person), 0), number)
            for unit, person, number in everything
        ]

    @api.model
    def _get_flagged_domain(self, date_from=None, date_to=None):
        return Domain("is_flagged", "=", True)

    @api.model
    def _get_without_rule_domain(self, date_from=None, date_to=None):
        return Domain("has_rule", "=", False)

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OfficeCleaningArea(models.Model):
    """A part of the house that somebody keeps clean, and how it is inspected (S4.8)."""

    _name = "office.cleaning.area"
    _description = "Cleaning Area"
    _order = "sequence, name, id"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    name = fields.Char("Cleaning Area", required=True)
    place = fields.Char("Floor and Place")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    unit_id = fields.Many2one(
        "hr.department",
        "Unit in Charge",
        check_company=True,
        index="btree_not_null",
        help="The unit that answers for the area.",
    )
    contractor_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        help="The firm that cleans it. It gets the notice after repeated failures.",
    )
    contact_id = fields.Many2one(
        "res.partner",
        "Contact of the Contractor",
        domain="[('parent_id', '=', contractor_id)]",
        help="Gets the notices; else they go to the contractor itself.",
    )
    responsible_id = fields.Many2one(
        "res.users",
        "Sees to Corrections",
        help="Has put right what an inspection found. Never the inspector.",
    )
    inspector_id = fields.Many2one("res.users")
    item_ids = fields.One2many("office.cleaning.item", "area_id", "Items", copy=True)
    interval_days = fields.Integer(
        "Inspected Every (days)",
        default=7,
        aggregator=None,
        help="Calendar days between planned inspections. 0: none is planned.",
    )
    date_next = fields.Date(
        "Next Inspection",
        default=fields.Date.context_today,
        copy=False,
        index="btree_not_null",
    )
    inspection_ids = fields.One2many("office.cleaning.inspection", "area_id")

    _interval_not_negative = models.Constraint(
        "CHECK(interval_days >= 0)", "An interval cannot be negative."
    )
    _name_uniq = models.UniqueIndex(
        "(name, company_id) WHERE active", "There is an area of this name already."
    )

    @api.constrains("inspector_id", "responsible_id")
    def _check_inspector(self):
        """Who has it cleaned does not judge it (A2)."""
        for area in self:
            if area.inspector_id and area.inspector_id == area.responsible_id:
                raise ValidationError(
                    self.env._(
                        "%(area)s: who sees to corrections does not inspect.",
                        area=area.name,
                    )
                )

    def _get_notice_partner(self):
        """Return who gets the notices: the contact, else the contractor.

        :rtype: res.partner
        """
        return self.contact_id or self.contractor_id

    def action_plan_inspection(self):
        """Plan an inspection of these areas for today, beside the plan.

        :return: the action that shows them
        :rtype: dict
        """
        self.env["office.cleaning.inspection"].check_access("create")
        today = fields.Date.context_today(self)
        inspections = self.env["office.cleaning.inspection"].create(
            [area._prepare_inspection(today) for area in self]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions_service.office_cleaning_inspection_action"
        )
        if len(inspections) == 1:
            return {**action, "views": [(False, "form")], "res_id": inspections.id}
        return {**action, "domain": [("id", "in", inspections.ids)]}

    def _prepare_inspection(self, day):
        """Return what an inspection takes over from its area.

        :param date day: when it is planned
        :rtype: dict
        """
        self.ensure_one()
        return {
            "name": f"{self.name} {day}",
            "area_id": self.id,
            "date_planned": day,
            "lead_unit_id": self.unit_id.id,
            "handler_id": self.inspector_id.id,
            "company_id": self.company_id.id,
        }

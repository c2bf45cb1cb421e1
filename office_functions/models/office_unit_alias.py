# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OfficeUnitAlias(models.Model):
    """A name under which documents know a unit, remembered once it was mapped."""

    _name = "office.unit.alias"
    _description = "Other Name of a Unit"
    _order = "name"

    name = fields.Char(required=True)
    department_id = fields.Many2one(
        "hr.department", "Unit", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )

    _name_uniq = models.UniqueIndex(
        "(name, company_id)", "This name stands for a unit already."
    )

    @api.model
    def _find_units(self, names, company):
        """Return the units that some names stand for.

        A remembered name goes before a unit's own name.

        :param names: names as documents write them
        :param res.company company: whose units
        :return: name → ``hr.department`` (empty where nobody knows it)
        :rtype: dict
        """
        names = list(dict.fromkeys(filter(None, names)))
        Department = self.env["hr.department"].sudo()
        found = dict.fromkeys(names, Department)
        own = Department.search(
            [("name", "in", names), ("company_id", "in", (company.id, False))]
        )
        for unit in own:
            found[unit.name] = unit
        remembered = self.sudo().search(
            [("name", "in", names), ("company_id", "=", company.id)]
        )
        for alias in remembered:
            found[alias.name] = alias.department_id
        return {name: unit.with_env(self.env) for name, unit in found.items()}

    @api.model
    def _remember(self, name, unit, company):
        """Remember that a name stands for a unit."""
        alias = self.sudo().search(
            [("name", "=", name), ("company_id", "=", company.id)], limit=1
        )
        if alias:
            alias.department_id = unit
        elif name != unit.name:
            self.sudo().create(
                {"name": name, "department_id": unit.id, "company_id": company.id}
            )

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    office_urging_cap = fields.Integer(
        related="company_id.office_urging_cap", readonly=False
    )
    office_director_id = fields.Many2one(
        related="company_id.office_director_id", readonly=False
    )
    office_document_clerk_id = fields.Many2one(
        related="company_id.office_document_clerk_id", readonly=False
    )
    office_document_alias_name = fields.Char(
        "Mail Address",
        compute="_compute_office_document_alias_name",
        inverse="_inverse_office_document_alias_name",
    )
    office_document_alias_domain = fields.Char(
        related="company_id.alias_domain_id.name", string="Mail Domain"
    )
    office_information_editor_id = fields.Many2one(
        related="company_id.office_information_editor_id", readonly=False
    )
    office_principal_leader_id = fields.Many2one(
        related="company_id.office_principal_leader_id", readonly=False
    )

    @api.depends("company_id")
    def _compute_office_document_alias_name(self):
        for settings in self:
            alias = settings.company_id.office_document_alias_id
            settings.office_document_alias_name = alias.alias_name

    def _inverse_office_document_alias_name(self):
        for settings in self:
            settings.company_id._set_document_alias(settings.office_document_alias_name)

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from importlib import import_module

from odoo import api, fields, models
from odoo.tools import ormcache


class ResCompany(models.Model):
    _inherit = "res.company"

    office_urging_cap = fields.Integer(
        "Urging Notices a Day",
        default=2,
        help="The most urging notices one matter gets in one day.",
    )
    office_principal_leader_id = fields.Many2one(
        "res.users",
        "Principal Leader",
        help="Signs upward and important documents (主要负责人).",
    )
    office_information_editor_id = fields.Many2one(
        "res.users",
        "Information Editor",
        help="Who screens and edits information reports at the office at first.",
    )

    office_director_id = fields.Many2one(
        "res.users",
        help="Who rules where no leader does. Empty: whoever has that role.",
    )
    office_document_clerk_id = fields.Many2one(
        "res.users",
        "Document Clerk",
        help="Registers what comes by mail, and is reminded where nobody else is.",
    )
    office_document_alias_id = fields.Many2one(
        "mail.alias", "Mail Address for Documents", readonly=True, copy=False
    )

    def _get_office_director(self):
        """Return who directs this company's office, or nobody.

        :rtype: res.users
        """
        return self.env["res.users"].browse(self._find_office_director_id(self.id))

    @api.model
    @ormcache("company_id")
    def _find_office_director_id(self, company_id):
        company = self.sudo().browse(company_id)
        if company.office_director_id:
            return company.office_director_id.id
        directors = (
            self.env["res.users"]
            .sudo()
            .search(
                [
                    (
                        "all_group_ids",
                        "in",
                        self.env.ref("office_functions.group_office_director").ids,
                    ),
                    ("company_ids", "in", company_id),
                ],
                order="id",
            )
        )
        # Whoever looks after the system directs the office only if the settings say so.
        return directors.filtered(lambda user: not user._is_system())[:1].id

    def write(self, vals):
        if {"office_director_id", "resource_calendar_id"} & vals.keys():
            self.env.registry.clear_cache()
        return super().write(vals)

    def _set_document_alias(self, name):
        """Let mail to an address of this company come in as documents.

        :param str name: what stands before the @; empty: no mail comes in
        """
        company = self.sudo()
        alias = company.office_document_alias_id
        if alias:
            alias.alias_name = name
        elif name:
            company.office_document_alias_id = alias.create(
                {
                    "alias_name": name,
                    "alias_domain_id": company.alias_domain_id.id,
                    "alias_model_id": self.env["ir.model"]._get_id(
                        "office.document.incoming"
                    ),
                    "alias_defaults": {"company_id": company.id},
                    "alias_contact": "everyone",
                }
            )

    @api.model
    def _play_office_demo(self, addon):
        """Act out the demo of one addon of the suite. Its demo data calls this.

        The code that does it lies beside the data it reads, and is imported by nothing
        else.

        :param str addon: e.g. ``"office_functions"``
        """
        # What is told writes words down, and terms are read in after the demo only.
        langs = [code for code, _name in self.env["res.lang"].get_installed()]
        self.env["ir.module.module"]._load_module_terms([addon], langs)
        import_module(f"odoo.addons.{addon}.demo").play(self.env(su=True))

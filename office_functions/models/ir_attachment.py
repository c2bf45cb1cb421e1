# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

CONTENT = {"datas", "raw", "index_content"}
"""The fields that say what is in a file."""


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._check_secret_papers()
        return attachments

    def write(self, vals):
        result = super().write(vals)
        if {"res_model", "res_id"} & vals.keys():
            self._check_secret_papers()
        return result

    def _read_format(self, fnames, load="_classic_read"):
        values_list = super()._read_format(fnames, load)
        if not CONTENT.isdisjoint(fnames):
            self.env["office.audit.log"]._note_reading_about(self)
        return values_list

    def _check_secret_papers(self):
        """Let no file hang on the register entry of a state secret (保密法 第31条).

        :raise ValidationError: naming what to do
        """
        kinds = self.env.registry.descendants(["office.secrecy.mixin"], "_inherit")
        ours = self.filtered(lambda file: file.res_id and file.res_model in kinds)
        for model, files in ours.grouped("res_model").items():
            papers = self.env[model].sudo().browse(files.mapped("res_id")).exists()
            papers.filtered("is_secret")._check_no_attachment()

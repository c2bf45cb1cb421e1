# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeServiceCorrection(models.Model):
    _inherit = "office.service.correction"

    kind = fields.Selection(
        selection_add=[("answer", "Answers to Schools and Citizens")],
        ondelete={"answer": "set default"},
    )

    def _after_close(self, note):
        """A complaint about an answer was upheld: it hurt the image of the organ."""
        result = super()._after_close(note)
        upheld = self.filtered(lambda correction: correction.kind == "answer")
        for model, corrections in upheld.grouped("res_model").items():
            answers = self.env[model].browse(corrections.mapped("res_id"))
            self.env["office.error"]._open_image_errors(
                answers,
                "complaint",
                self.env._("Complaint upheld"),
                "\n".join(filter(None, corrections.mapped("measure"))),
            )
        return result

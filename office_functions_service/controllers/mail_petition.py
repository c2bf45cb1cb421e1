# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.http import request

from odoo.addons.mail.controllers.mail import MailController


class MailPetitionController(MailController):
    @classmethod
    def _redirect_to_record(cls, model, res_id, access_token=None, **kwargs):
        """Lead who does not see a petition where an absent one leads."""
        if model == "office.petition" and res_id:
            petition = request.env[model].browse(res_id)
            if not petition.sudo().exists() or not petition.has_access("read"):
                return cls._redirect_to_generic_fallback(
                    model, res_id, access_token=access_token, **kwargs
                )
        return super()._redirect_to_record(
            model, res_id, access_token=access_token, **kwargs
        )

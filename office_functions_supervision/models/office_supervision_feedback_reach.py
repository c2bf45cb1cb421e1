# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models


class OfficeSupervisionFeedbackReach(models.Model):
    """The files of feedback are its own: who reads it opens them, nobody swaps them."""

    _inherit = "office.supervision.feedback"

    @api.model_create_multi
    def create(self, vals_list):
        feedback = super().create(vals_list)
        feedback._take_files()
        return feedback

    def write(self, vals):
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._take_files()
        return result

    def _take_files(self):
        """Make files that were uploaded for this feedback part of it.

        Of a file that hangs on another record a copy is handed in: that one stays as it
        is, whatever becomes of the other.

        :raise AccessError: for files that the user may not read
        """
        for feedback in self:
            files = feedback.sudo().attachment_ids
            files.filtered(
                lambda file: not file.res_id and file.create_uid == self.env.user
            ).write({"res_model": self._name, "res_id": feedback.id})
            own = (self._name, feedback.id)
            foreign = files.filtered(
                lambda file, own=own: (file.res_model, file.res_id) != own
            )
            if foreign:
                foreign.with_env(self.env).check_access("read")
                copies = foreign.copy({"res_model": self._name, "res_id": feedback.id})
                feedback.sudo().attachment_ids = files - foreign + copies

    def _get_portal_files(self):
        """Return the files for who reads this feedback: portal users open them by token.

        :return: ``{id, name, token}`` for each
        :rtype: list[dict]
        """
        self.check_access("read")
        files = self.sudo().attachment_ids
        tokens = files.generate_access_token()
        return [
            {"id": file.id, "name": file.name, "token": token}
            for file, token in zip(files, tokens, strict=True)
        ]

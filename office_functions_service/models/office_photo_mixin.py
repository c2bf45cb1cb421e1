# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.exceptions import AccessError


class OfficePhotoMixin(models.AbstractModel):
    """Photos that belong to a record and are read with it.

    Who adds a photo has taken it: a file of somebody else's, or of another record, is
    no photo of this one, whatever ids a client sends.
    """

    _name = "office.photo.mixin"
    _description = "Photos"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if any(vals.get("photo_ids") for vals in vals_list):
            records._take_photos()
        return records

    def write(self, vals):
        result = super().write(vals)
        if vals.get("photo_ids"):
            self._take_photos()
        return result

    def _take_photos(self):
        """Let new photos belong to their record.

        :raise AccessError: for a file that is somebody else's
        """
        for record in self.sudo():
            here = (record._name, record.id)
            loose = record.photo_ids.filtered(
                lambda file, here=here: (file.res_model, file.res_id) != here
            )
            if not all(record._is_own_photo(file) for file in loose):
                raise AccessError(
                    self.env._("Please add photos of your own, one by one.")
                )
            loose.write({"res_model": record._name, "res_id": record.id})

    @api.model
    def _is_own_photo(self, file):
        """Tell whether a file was just uploaded by the current user for this purpose.

        :param ir.attachment file: in superuser mode
        :rtype: bool
        """
        model = file.res_model and self.env.registry.get(file.res_model)
        at_hand = not file.res_id or (model is not None and model._transient)
        return at_hand and file.create_uid == self.env.user

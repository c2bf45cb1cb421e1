# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models


class OfficeReadableMixin(models.AbstractModel):
    """A record names only what its writer may read.

    The name of what a field points to is shown to whoever reads the record; nobody
    learns it by writing down an id.
    """

    _name = "office.readable.mixin"
    _description = "Names Only What One May Read"

    _must_read = ()

    @api.model
    def _get_must_read(self):
        """Return the many2one fields whose records the writer must be able to read.

        :rtype: tuple[str]
        """
        return self._must_read

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._check_readable()
        return records

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(self._get_must_read()):
            self._check_readable()
        return result

    def _check_readable(self):
        """Refuse to point to what the user may not read.

        No constraint: those are checked as superuser.

        :raise AccessError: without its name
        """
        if not self.env.su:
            for name in self._get_must_read():
                self.sudo()[name].sudo(False).check_access("read")

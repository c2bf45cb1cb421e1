# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.tools import ormcache


class OfficeMatterReading(models.AbstractModel):
    """Who opens what is confidential stands in the audit log (A13).

    A matter is opened by whoever reads what it says: on its form, in a list or by a
    call that asks for it, on a page of the portal, or on the preview of a print; by
    its log, its messages or a file of it alone, too. A list of subjects opens nothing.
    Exports and prints have lines of their own.
    """

    _inherit = "office.matter.mixin"

    @api.model
    @ormcache()
    def _get_content_names(self):
        """Return the fields that say what a matter is about, or that forms alone read.

        :rtype: frozenset[str]
        """
        texts = {
            name
            for name, field in self._fields.items()
            if field.type in ("html", "text")
        }
        return frozenset(texts | {"open_transitions"})

    def _filter_confidential(self):
        """Return the matters that nobody opens unseen."""
        return self.filtered("is_restricted")

    def _read_format(self, fnames, load="_classic_read"):
        values_list = super()._read_format(fnames, load)
        if not self.env.su and not self._get_content_names().isdisjoint(fnames):
            ids = [vals["id"] for vals in values_list if isinstance(vals["id"], int)]
            self.env["office.audit.log"]._note_reading(self.browse(ids))
        return values_list

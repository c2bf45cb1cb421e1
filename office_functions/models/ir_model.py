# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.tools import ormcache


class IrModel(models.Model):
    _inherit = "ir.model"

    def write(self, vals):
        if "name" in vals:
            self.env.registry.clear_cache("stable")
        return super().write(vals)

    @api.model
    @ormcache("model", "self.env.lang", cache="stable")
    def _get_office_label(self, model):
        """Return what a kind of matter is called in the user's language.

        :param str model: e.g. ``"office.directive"``
        :rtype: str
        """
        return self._get_office_labels().get(model) or self._get(model).name

    @api.model
    def _list_office_counts(self, counts):
        """Return how many there are of which kinds of matters, in the user's language.

        :param counts: ``(model, number)`` for each
        :rtype: str
        """
        return "，".join(
            f"{self._get_office_label(model)} {number}" for model, number in counts
        )

    @api.model
    def _get_office_labels(self):
        """Return what kinds of matters are called that bear another name in Odoo.

        :return: model → its name at the office
        :rtype: dict[str, str]
        """
        return {}

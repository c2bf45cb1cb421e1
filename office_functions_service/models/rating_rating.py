# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.exceptions import AccessError

from odoo.addons.office_functions.tools.transition import is_permitted


class RatingRating(models.Model):
    """Ratings of our services are given by ``rate`` and never changed.

    Odoo lets every internal user create and write ratings.
    """

    _inherit = "rating.rating"

    @api.model_create_multi
    def create(self, vals_list):
        ratings = super().create(vals_list)
        ratings._check_given_by_rate()
        return ratings

    def write(self, vals):
        self._check_given_by_rate()
        result = super().write(vals)
        if not {"res_model_id", "res_id"}.isdisjoint(vals):
            self._check_given_by_rate()
        return result

    def _check_given_by_rate(self):
        """Refuse to bring about or change ratings of services on any other road.

        :raise AccessError: without the permit that ``rate`` gives
        """
        if is_permitted(self.browse(), {}):
            return
        services = self.env["office.service.mixin"]._get_service_models()
        if any(rating.res_model in services for rating in self.sudo()):
            raise AccessError(
                self.env._("Services are rated once, by the stars on their form.")
            )

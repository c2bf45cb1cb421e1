# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficeServiceScale(models.Model):
    """How a figure that is no percentage becomes points from 0 to 100.

    Hours, stars and counts say nothing by themselves: with 48 hours as the worst and
    2 as the best, 25 hours are 50 points.
    """

    _name = "office.service.scale"
    _description = "Scale of a Figure"
    _order = "code"
    _rec_name = "code"

    code = fields.Char("Indicator", required=True)
    worst = fields.Float("Worst (0 points)", required=True, aggregator=None)
    best = fields.Float("Best (100 points)", required=True, aggregator=None)

    _code_uniq = models.UniqueIndex("(code)", "This indicator has a scale already.")
    _ends_differ = models.Constraint(
        "CHECK(worst <> best)", "Best and worst must differ."
    )

    def _get_points(self, value):
        """Return the points of a figure, between 0 and 100.

        :param float value: the figure
        :rtype: float
        """
        self.ensure_one()
        share = (value - self.worst) / (self.best - self.worst)
        return 100 * min(max(share, 0), 1)

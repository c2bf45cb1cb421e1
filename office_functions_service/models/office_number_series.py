# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models


class OfficeNumberSeries(models.Model):
    """No gap in the numbers tells of a petition that is hidden from a reader (A4).

    A letter has its number from the day it is registered: the petitioner is written to
    by it, and it is given to nothing else (A8). Later it may be judged an accusation, or
    turn out to be against who reads the register. So neither a number that waits for
    the judgement, nor one given anew to the next letter, would keep the register whole
    for everybody. It is counted without gaps, and its numbers are scattered: nobody
    expects one between two others. The same holds for the notices.
    """

    _inherit = "office.number.series"

    @api.model
    def _get_scattered_codes(self):
        return super()._get_scattered_codes() | {
            "petition",
            "petition_notice",
            "petition_report",
            "petition_report_notice",
        }

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficePetitionSubject(models.Model):
    """A field that petitions are about (问题类别; 信访工作条例 第39条).

    The petition officers keep the list; what is used stays and is archived.
    """

    _name = "office.petition.subject"
    _description = "Problem Category of Petitions"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class OfficeServiceTopic(models.Model):
    """What schools and citizens ask about: the section that answers, and by when."""

    _name = "office.service.topic"
    _description = "Service Topic"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char("Service Topic", required=True, translate=True)
    sequence = fields.Integer(default=10, aggregator=None)
    kind = fields.Selection(
        [
            ("request", "School Requests"),
            ("consultation", "Consultations"),
            ("both", "Requests and Consultations"),
        ],
        "Used For",
        required=True,
        default="both",
    )
    is_public = fields.Boolean(
        "Citizens May Ask", help="Citizens find it on the portal, too."
    )
    is_open311 = fields.Boolean(
        "Open to Applications",
        help="Other applications file and follow questions about it (Open311).",
    )
    description = fields.Char(
        "What It Is About", translate=True, help="One sentence for the public."
    )
    lead_unit_id = fields.Many2one(
        "hr.department",
        "Section That Answers",
        required=True,
        check_company=True,
        index=True,
    )
    handler_id = fields.Many2one(
        "res.users", "Person Who Answers", help="Empty: the section names somebody."
    )
    time_limit_id = fields.Many2one(
        "office.time.limit", help="Empty: the limit of all requests or consultations."
    )
    needs_approval = fields.Boolean(
        "Answer Is Approved First",
        help="The head of the section approves an answer before it is given.",
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        default=lambda self: self.env.company,
        help="Empty: for all companies.",
    )

    @api.constrains("lead_unit_id")
    def _check_lead_unit(self):
        for topic in self:
            if topic.lead_unit_id.sudo().unit_kind == "school":
                raise ValidationError(
                    self.env._(
                        "%(unit)s is a school. A section of the agency answers.",
                        unit=topic.lead_unit_id.name,
                    )
                )

    @api.model
    def _get_offered(self, kind, public=False):
        """Return the topics that one chooses from, the user's rights aside.

        :param str kind: ``request`` or ``consultation``
        :param bool public: only those that citizens may ask about
        :rtype: office.service.topic
        """
        domain = Domain("kind", "in", (kind, "both")) & Domain(
            "company_id", "in", (self.env.company.id, False)
        )
        if public:
            domain &= Domain("is_public", "=", True)
        return self.sudo().search(domain)

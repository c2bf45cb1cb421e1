# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.office_functions.tools.transition import is_permitted

CANTEEN = "office_functions.group_office_canteen"
DIRECTOR = "office_functions.group_office_director"
MEALS = [("breakfast", "Breakfast"), ("lunch", "Lunch"), ("supper", "Supper")]


class OfficeCanteen(models.Model):
    """A canteen (食堂) of the agency: who runs it, by which licence."""

    _name = "office.canteen"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Canteen"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    unit_id = fields.Many2one(
        "hr.department",
        "Run By",
        check_company=True,
        help="The unit that answers for the canteen.",
    )
    manager_id = fields.Many2one(
        "res.users", help="Puts right what is found in the canteen."
    )
    officer_id = fields.Many2one(
        "res.users",
        "Food Safety Officer",
        help="Named on the posted menu (食品安全员).",
    )
    phone = fields.Char("Complaints Phone")
    license_number = fields.Char("Food Business Licence")
    date_license = fields.Date("Licence Valid Until")
    serves_breakfast = fields.Boolean(default=True)
    serves_lunch = fields.Boolean(default=True)
    serves_supper = fields.Boolean()
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Return the canteens of the companies one works in."""
        return Domain("company_id", "in", self.env.companies.ids)

    def _get_meal_kinds(self):
        """Return the meals that this canteen serves.

        :rtype: list[str]
        """
        self.ensure_one()
        return [kind for kind, _label in MEALS if self[f"serves_{kind}"]]

    def _prepare_correction(self, name, problem):
        """Return the values of a correction of what was found in this canteen.

        :param str name: what it is about
        :param str problem: what is wrong
        :rtype: dict
        """
        self.ensure_one()
        return {
            "name": name,
            "problem": problem,
            "lead_unit_id": self.unit_id.id,
            "handler_id": self.manager_id.id,
            "company_id": self.company_id.id,
        }


class OfficeCanteenMixin(models.AbstractModel):
    """What belongs to one canteen, and is seen within its company."""

    _name = "office.canteen.mixin"
    _description = "Part of a Canteen"

    _facts = ()
    """Fields that the suite's own code writes, and nobody else."""

    canteen_id = fields.Many2one(
        "office.canteen",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self._default_canteen_id(),
    )
    company_id = fields.Many2one(
        related="canteen_id.company_id", store=True, precompute=True, index=True
    )

    @api.model
    def _default_canteen_id(self):
        company = self.env.company
        return self.env["office.canteen"].search(
            [("company_id", "=", company.id)], limit=1
        )

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Return the records of the companies one works in."""
        return Domain("company_id", "in", self.env.companies.ids)

    @api.model
    def default_get(self, fields):
        return super().default_get([name for name in fields if name not in self._facts])

    @api.model_create_multi
    def create(self, vals_list):
        if not is_permitted(self.browse(), {}):
            self._refuse_facts({name for vals in vals_list for name in vals})
        return super().create(vals_list)

    def write(self, vals):
        if self and not is_permitted(self, vals):
            self._refuse_facts(vals.keys())
        return super().write(vals)

    def _refuse_facts(self, names):
        """Refuse to take facts from a client.

        :param names: fields about to be written
        :raise ValidationError: when there are facts among them
        """
        names = set(self._facts).intersection(names)
        if names:
            labels = self.fields_get(names, ["string"]).values()
            raise ValidationError(
                self.env._(
                    "The system itself notes this: %(fields)s.",
                    fields=", ".join(sorted(label["string"] for label in labels)),
                )
            )

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
    chief_officer_id = fields.Many2one(
        "res.users",
        "Chief Food Safety Officer",
        help="食品安全总监: named where very many eat (市场监管总局令第60号).",
    )
    needs_chief_officer = fields.Boolean(compute="_compute_needs_chief_officer")
    phone = fields.Char("Complaints Phone")
    license_number = fields.Char("Food Business Licence")
    date_license = fields.Date("Licence Valid Until")
    is_school = fields.Boolean(
        "School Canteen",
        help="A head of the school eats every meal with the others (陪餐): "
        "学校食品安全与营养健康管理规定 2019.",
    )
    diners = fields.Integer(
        "Number of Diners", help="How many eat here on an ordinary day."
    )
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

    @api.depends(
        "diners",
        "is_school",
        "company_id.office_chief_diners",
        "company_id.office_chief_diners_school",
    )
    def _compute_needs_chief_officer(self):
        for canteen in self:
            company = canteen.company_id.sudo()
            canteen.needs_chief_officer = canteen.diners >= (
                company.office_chief_diners_school
                if canteen.is_school
                else company.office_chief_diners
            )

    def _explain_no_license(self, day):
        """Return why nobody may be fed on a day by the licence of this canteen.

        《中华人民共和国食品安全法》第三十五条 (R-FOOD-1).

        :param date day: until when it has to be valid
        :rtype: list[str]
        """
        self.ensure_one()
        if not self.license_number or not self.date_license:
            return [
                self.env._(
                    "The number of the food business licence, or until when it is "
                    "valid, is missing: please fill it in at the canteen."
                )
            ]
        if self.date_license < day:
            return [
                self.env._(
                    "The food business licence is valid until %(day)s only.",
                    day=fields.Date.to_string(self.date_license),
                )
            ]
        return []

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

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.office_functions.tools.transition import (
    Transition,
    is_permitted,
    permit,
)

from .office_canteen import CANTEEN

# As the regulation lists them: 餐饮服务食品安全操作规范 2018, 晨检.
SYMPTOMS = ("fever", "diarrhoea", "vomiting", "sore_throat", "wound", "jaundice")
FAULTS = ("bad_hands", "has_jewellery", "bad_clothes")


class OfficeCanteenCook(models.Model):
    """A person who touches food (从业人员), with the health certificate.

    Whoever fails the morning check is off the post at once, until the manager clears
    them with a reason (R-FOOD-3). Without a valid certificate nobody is on the post
    (食品安全法 Art. 45).
    """

    _name = "office.canteen.cook"
    _inherit = ["office.workflow.mixin", "office.canteen.mixin", "mail.thread"]
    _description = "Canteen Worker"
    _order = "canteen_id, name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    employee_id = fields.Many2one("hr.employee", check_company=True)
    job = fields.Char("Post")
    certificate = fields.Char("Health Certificate")
    date_certificate = fields.Date("Certificate Valid Until", tracking=True, index=True)
    morning_ids = fields.One2many(
        "office.canteen.morning", "cook_id", "Morning Checks", readonly=True, copy=False
    )
    state = fields.Selection(
        [("on_post", "On the Post"), ("suspended", "Off the Post"), ("left", "Gone")],
        default="on_post",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    @api.model
    def _get_transitions(self):
        return [
            Transition(
                "suspend",
                label=self.env._("Take off the Post"),
                sources=("on_post",),
                target="suspended",
                by=(CANTEEN,),
                note=True,
                style="danger",
            ),
            Transition(
                "clear",
                label=self.env._("Clear for Work"),
                sources=("suspended",),
                target="on_post",
                by=(CANTEEN,),
                guard="_guard_certificate",
                note=True,
                style="primary",
            ),
            Transition(
                "leave",
                label=self.env._("Leaves the Canteen"),
                sources=("on_post", "suspended"),
                target="left",
                by=(CANTEEN,),
            ),
            Transition(
                "come_back",
                label=self.env._("Comes Back"),
                sources=("left",),
                target="on_post",
                by=(CANTEEN,),
                guard="_guard_certificate",
            ),
        ]

    def _is_certified(self, day):
        """Tell whether the health certificate is valid on a day (食品安全法 Art. 45)."""
        self.ensure_one()
        return bool(self.date_certificate) and self.date_certificate >= day

    def _guard_certificate(self, row, note):
        today = fields.Date.context_today(self)
        if self._is_certified(today):
            return []
        return [self.env._("The health certificate is missing or no longer valid.")]

    def _after_suspend(self, note):
        self.env["office.canteen.check"]._take_off(self)

    def _after_leave(self, note):
        self.env["office.canteen.check"]._take_off(self)

    def _explain_unfit(self, day):
        """Return why some of these workers may not be on the post on a day.

        :param date day: the day
        :return: one reason for each fault, with the names
        :rtype: list[str]
        """
        off = self.filtered(lambda cook: cook.state != "on_post")
        expired = self.filtered(lambda cook: not cook._is_certified(day))
        reasons = []
        if off:
            reasons.append(
                self.env._(
                    "Off the post: %(names)s. The manager clears them first.",
                    names=", ".join(off.mapped("name")),
                )
            )
        if expired:
            reasons.append(
                self.env._(
                    "Without a valid health certificate nobody is on the post: "
                    "%(names)s.",
                    names=", ".join(expired.mapped("name")),
                )
            )
        return reasons


class OfficeCanteenMorning(models.Model):
    """The check of one worker before the day's work (晨检, R-FOOD-3); never changed."""

    _name = "office.canteen.morning"
    _inherit = ["office.canteen.mixin"]
    _description = "Morning Check"
    _order = "date desc, id"
    _rec_name = "cook_id"
    _facts = ("inspector_id",)

    cook_id = fields.Many2one(
        "office.canteen.cook",
        "Worker",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('state', '!=', 'left')]",
    )
    canteen_id = fields.Many2one(
        related="cook_id.canteen_id",
        store=True,
        precompute=True,
        default=None,
        required=False,
    )
    date = fields.Date(required=True, index=True, default=fields.Date.context_today)
    temperature = fields.Float(digits=(4, 1), help="In degrees Celsius.")
    fever = fields.Boolean()
    diarrhoea = fields.Boolean()
    vomiting = fields.Boolean()
    sore_throat = fields.Boolean()
    wound = fields.Boolean("Wound or Infection of the Skin")
    jaundice = fields.Boolean()
    bad_hands = fields.Boolean("Hands or Nails Not Clean")
    has_jewellery = fields.Boolean("Wears Jewellery")
    bad_clothes = fields.Boolean("Work Clothes Not Clean")
    is_fit = fields.Boolean(
        "Fit for Work",
        compute="_compute_is_fit",
        store=True,
        precompute=True,
        help="Unfit whoever shows a symptom. What is wrong with hands, jewellery or "
        "clothes is put right before work begins.",
    )
    measure = fields.Char("What Was Done about It")
    inspector_id = fields.Many2one("res.users", "Inspected By", readonly=True)

    _cook_date_uniq = models.UniqueIndex(
        "(cook_id, date)", "This worker was checked that morning already."
    )

    @api.depends(*SYMPTOMS)
    def _compute_is_fit(self):
        for check in self:
            check.is_fit = not any(check[name] for name in SYMPTOMS)

    def _get_findings(self):
        """Return the names of what was found, in the reader's language.

        :rtype: list[str]
        """
        self.ensure_one()
        found = [name for name in (*SYMPTOMS, *FAULTS) if self[name]]
        labels = self.fields_get(found, ["string"])
        return [labels[name]["string"] for name in found]

    @api.model_create_multi
    def create(self, vals_list):
        """Note morning checks; whoever is unfit is off the post at once (R-FOOD-3)."""
        checks = super().create(vals_list)
        if not checks:
            return checks
        today = fields.Date.context_today(self)
        if any(check.date > today for check in checks):
            raise ValidationError(self.env._("That morning has not come yet."))
        with permit(checks):
            checks.sudo().inspector_id = self.env.user
        unfit = checks.filtered(lambda check: not check.is_fit)
        for check in unfit:
            check.sudo().cook_id._pass_by_system(
                "suspend", ", ".join(check._get_findings())
            )
        return checks

    def write(self, vals):
        if self and not is_permitted(self, vals):
            raise UserError(self.env._("A morning check is never changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ever(self):
        raise UserError(self.env._("A morning check is never deleted."))

    @api.model
    def _get_checked(self, cooks, days):
        """Return which workers were checked on the mornings of some days.

        :param cooks: office.canteen.cook
        :param days: dates
        :return: day → office.canteen.cook
        :rtype: dict
        """
        domain = Domain("cook_id", "in", cooks.ids) & Domain("date", "in", list(days))
        checks = self.search_fetch(domain, ["cook_id", "date"])
        return {day: found.cook_id for day, found in checks.grouped("date").items()}

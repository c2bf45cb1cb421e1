# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import base64
import secrets

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.office_functions.tools.transition import is_permitted, permit

from .maintenance_request import DONE

DIRECTOR = "office_functions.group_office_director"
DECIDED_FIELDS = (
    "replacement_state",
    "replacement_reason",
    "replacement_cost",
    "replacement_note",
    "replacement_decided_by",
    "replacement_date",
    "repair_token",
)


class MaintenanceEquipmentCategory(models.Model):
    _inherit = "maintenance.equipment.category"

    age_limit_years = fields.Integer(
        "Replaced After (years)",
        aggregator=None,
        help="Age from which equipment is proposed for replacement. 0: as set for the "
        "office.",
    )


class MaintenanceEquipment(models.Model):
    """Equipment of the agency: its label, what its repairs cost, when it is replaced.

    When the repairs have cost too large a share of its price, or it is too old, its
    replacement is proposed with these facts; the office director decides.
    """

    _inherit = "maintenance.equipment"

    place = fields.Char(help="Building, floor and room.")
    is_secret_bearing = fields.Boolean(
        "Holds State Secrets",
        tracking=True,
        help="Repaired by people of the house only, or watched on the spot; never sent "
        "out (保密法实施条例 第27条(七)).",
    )
    repair_token = fields.Char(copy=False, groups="base.group_system")
    repair_cost_total = fields.Float(
        "Cost of All Repairs", compute="_compute_repair_cost_total"
    )
    repair_cost_percent = fields.Float(
        "Share of Its Price (%)", compute="_compute_repair_cost_total"
    )
    replacement_state = fields.Selection(
        [
            ("proposed", "Replacement Proposed"),
            ("approved", "Replacement Approved"),
            ("declined", "Replacement Declined"),
        ],
        "Replacement",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    replacement_reason = fields.Text("Why Replace It", readonly=True, copy=False)
    replacement_cost = fields.Float(
        "Repair Cost When Proposed", readonly=True, copy=False
    )
    replacement_note = fields.Text("Note of the Decision", readonly=True, copy=False)
    replacement_decided_by = fields.Many2one(
        "res.users", "Replacement Decision By", readonly=True, copy=False
    )
    replacement_date = fields.Date("Replacement Decided On", readonly=True, copy=False)

    _repair_token_uniq = models.UniqueIndex(
        "(repair_token) WHERE repair_token IS NOT NULL"
    )

    @api.depends_context("uid")
    @api.depends("cost", "maintenance_ids.repair_cost")
    def _compute_repair_cost_total(self):
        costs = self._sum_repair_costs()
        for equipment in self:
            total = costs.get(equipment._origin.id, 0)
            equipment.repair_cost_total = total
            price = equipment.cost
            equipment.repair_cost_percent = 100 * total / price if price else 0

    def _sum_repair_costs(self):
        """Return equipment id → what all its repairs cost, whoever may see them.

        :rtype: dict
        """
        groups = (
            self.env["maintenance.request"]
            .sudo()
            ._read_group(
                [("equipment_id", "in", self.ids), ("repair_cost", ">", 0)],
                ["equipment_id"],
                ["repair_cost:sum"],
            )
        )
        return {equipment.id: cost for equipment, cost in groups}

    # What is decided is decided by its own door ---------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_decided({name for name in vals if vals[name]})
        return super().create(vals_list)

    def write(self, vals):
        if not is_permitted(self, vals):
            self._check_decided(vals.keys())
        return super().write(vals)

    @api.model
    def _check_decided(self, names):
        taken = set(names).intersection(DECIDED_FIELDS)
        if taken:
            labels = [
                self._fields[name]._description_string(self.env) for name in taken
            ]
            raise ValidationError(
                self.env._(
                    "A replacement is proposed by the system and decided by its "
                    "buttons: %(fields)s.",
                    fields=", ".join(sorted(labels)),
                )
            )

    @api.constrains("is_secret_bearing")
    def _check_secret_bearing(self):
        secret = self.filtered("is_secret_bearing")
        repairs = (
            self.env["maintenance.request"]
            .sudo()
            .search(
                [
                    ("equipment_id", "in", secret.ids),
                    ("contractor_id", "!=", False),
                    ("state", "not in", (*DONE, "rejected")),
                ]
            )
        )
        problems = [
            f"{repair.display_name}: {reason}"
            for repair in repairs
            for reason in repair._explain_secrecy()
        ]
        if problems:
            raise ValidationError("\n".join(problems))

    # Replacement ----------------------------------------------------------------------

    def _propose_replacements(self):
        """Propose the replacement of what has become too dear or too old.

        What was declined is proposed anew only when more has been spent on it since.

        :return: the equipment newly proposed
        :rtype: maintenance.equipment
        """
        costs = self._sum_repair_costs()
        due = self.browse()
        for equipment in self.filtered("active"):
            cost = costs.get(equipment.id, 0)
            known = equipment.replacement_state
            if known in ("proposed", "approved"):
                continue
            if known == "declined" and cost <= equipment.replacement_cost:
                continue
            facts = equipment._explain_replacement(cost)
            if facts:
                due += equipment
                with permit(equipment):
                    equipment.write(
                        {
                            "replacement_state": "proposed",
                            "replacement_reason": "\n".join(facts),
                            "replacement_cost": cost,
                            "replacement_note": False,
                            "replacement_decided_by": False,
                            "replacement_date": False,
                        }
                    )
        return due

    def _explain_replacement(self, cost):
        """Return the facts that speak for replacing this.

        :param float cost: what all its repairs cost
        :rtype: list[str]
        """
        self.ensure_one()
        company = self.company_id or self.env.company
        facts = []
        share = company.repair_cost_limit_percent
        if share and self.cost and 100 * cost >= share * self.cost:
            facts.append(
                self.env._(
                    "Its repairs have cost %(cost).2f, %(percent)d%% of its price of "
                    "%(price).2f; the limit is %(limit)d%%.",
                    cost=cost,
                    percent=100 * cost / self.cost,
                    price=self.cost,
                    limit=share,
                )
            )
        years = self._get_age_limit(company)
        today = fields.Date.context_today(self)
        since = self.effective_date
        if years and since and since + relativedelta(years=years) <= today:
            facts.append(
                self.env._(
                    "It has been in use since %(date)s; the limit is %(years)d years.",
                    date=fields.Date.to_string(since),
                    years=years,
                )
            )
        return facts

    def _get_age_limit(self, company):
        """Return after how many years this is replaced; 0: never for its age."""
        return self.category_id.age_limit_years or company.equipment_age_limit_years

    def decide_replacement(self, approve, note=""):
        """Approve or decline replacements that are proposed, as the office director.

        :param bool approve: whether it is to be replaced
        :param str note: by which purchase, or why not; needed to decline
        :raise UserError: with all the reasons against it
        """
        self.check_access("read")
        problems = []
        if not self.env.user.has_group(DIRECTOR):
            problems.append(self.env._("Only the office director decides this."))
        note = note.strip() if isinstance(note, str) else ""
        if not approve and not note:
            problems.append(self.env._("Please write down the reason."))
        equipments = self.sudo()
        equipments.lock_for_update()
        problems += [
            self.env._(
                "%(name)s: no replacement is proposed.", name=equipment.display_name
            )
            for equipment in equipments
            if equipment.replacement_state != "proposed"
        ]
        if problems:
            raise UserError("\n".join(problems))
        with permit(equipments):
            equipments.write(
                {
                    "replacement_state": "approved" if approve else "declined",
                    "replacement_note": note,
                    "replacement_decided_by": self.env.uid,
                    "replacement_date": fields.Date.context_today(self),
                }
            )

    @api.model
    def _cron_propose_replacements(self):
        """Look once a day at all equipment, since age comes by itself."""
        self.search(
            Domain("replacement_state", "not in", ("proposed", "approved"))
        )._propose_replacements()

    # The label ------------------------------------------------------------------------

    def _get_repair_url(self):
        """Return the address behind the QR code, on which this is reported broken.

        The token is made when it is first needed: whoever holds it knows which
        equipment it is, and nothing else without signing in.

        :rtype: str
        """
        self.ensure_one()
        equipment = self.sudo()
        if not equipment.repair_token:
            with permit(equipment):
                equipment.repair_token = secrets.token_urlsafe(12)
        return f"{self.get_base_url()}/office/repair/{equipment.repair_token}"

    def _get_label_image(self):
        """Return the QR code of the label, as the address of a picture.

        :rtype: str
        """
        image = self.env["ir.actions.report"].barcode(
            "QR", self._get_repair_url(), width=300, height=300
        )
        return f"data:image/png;base64,{base64.b64encode(image).decode()}"

    @api.model
    def _find_by_token(self, token):
        """Return the equipment behind a QR code that the current user may see.

        :param str token: the last part of the address
        :rtype: maintenance.equipment
        """
        found = self.sudo().search([("repair_token", "=", token)], limit=1)
        return found.sudo(False)._filtered_access("read")

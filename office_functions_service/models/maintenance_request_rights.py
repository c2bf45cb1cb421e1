# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from odoo.addons.office_functions.tools.transition import permit

from .maintenance_request import SHOP

CLERK = "office_functions.group_office_clerk"
DISPATCH = (
    "office_functions.group_office_logistics",
    "office_functions.group_office_director",
)
"""Who sends technicians, and writes to every repair."""
SENT = ("submitted", "accepted", "reopened", "dispatched")
DISPATCH_FIELDS = (
    "handler_id",
    "lead_unit_id",
    "assisting_unit_ids",
    "asker_id",
    "asking_unit_id",
    "date_deadline",
    "time_limit_id",
    "warn_days",
    "late_reason",
    "moment_done",
)
WORK_FIELDS = (
    "work_done",
    "part_ids",
    "contractor_id",
    "contractor_cost",
    "date_sent",
    "date_back_due",
    "replacement_id",
    "watch_user_id",
)


class MaintenanceRequestRights(models.Model):
    """Who sees and changes a repair; what Odoo's own requests keep as it was."""

    _inherit = "maintenance.request"
    _see_all_groups = ("office_functions.group_office_leader", *DISPATCH)

    # Who sees, who writes -------------------------------------------------------------

    @api.model
    def _get_need_to_know_domain(self, operation):
        known = super()._get_need_to_know_domain(operation)
        if operation != "read" and not self._is_dispatcher():
            mine = (
                Domain(name, "=", self.env.uid)
                for name in ("asker_id", "handler_id", "create_uid")
            )
            known &= Domain.OR(mine)
        return Domain("is_office_repair", "=", False) | known

    @api.model
    def _get_visibility_fields(self):
        return [
            *super()._get_visibility_fields(),
            "is_office_repair",
            "asker_id",
            "handler_id",
            "create_uid",
        ]

    @api.model
    def _is_dispatcher(self):
        """Tell whether the current user sends technicians."""
        return any(self.env.user.has_group(group) for group in DISPATCH)

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "hold_reason",
            "date_fixed",
            "date_inspected",
            "response_hours",
            "repair_hours",
            "reopen_count",
        }

    @api.model
    def _get_frozen_fields(self):
        said = ("name", "description", "equipment_id", "place", "urgency", "phone")
        before = ("submitted", "accepted")
        bill = (*SHOP, "fixed", "inspected", "rated")
        return (
            super()._get_frozen_fields()
            | dict.fromkeys((*said, "asker_id", "asking_unit_id"), before)
            | {"urgency": ("submitted",), "photo_ids": (*before, *SHOP, "fixed")}
            | {"user_id": (), "handler_id": (*SENT, *SHOP)}
            | dict.fromkeys(WORK_FIELDS, (*SENT, *SHOP))
            | {"contractor_cost": bill}
        )

    def _check_frozen(self, vals):
        ours = self.filtered("is_office_repair")
        return super(MaintenanceRequestRights, ours)._check_frozen(vals)

    def _refuse_guarded(self, names):
        """Let Odoo's own computed fields be set where they are Odoo's own requests'."""
        ours = any(self.mapped("is_office_repair"))
        if not self or ours or not names <= self._get_host_fields():
            return super()._refuse_guarded(names)
        return None

    @api.model
    def _get_host_fields(self):
        """Return the names of guarded fields that are Odoo's, not ours."""
        return {
            name
            for name in self._get_guarded_fields()
            if not any(
                addon.startswith("office_") for addon in self._fields[name]._modules
            )
        }

    def _check_hands(self, vals):
        """Refuse what is somebody else's to fill in.

        :raise AccessError: naming the fields
        """
        if self.env.su or self._is_dispatcher():
            return
        taken = {name for name in DISPATCH_FIELDS if name in vals}
        if any(request.handler_id != self.env.user for request in self):
            taken |= {name for name in WORK_FIELDS if name in vals}
        if taken:
            self._refuse_hands(taken)

    def _check_birth(self, vals):
        """Refuse the same when a repair is reported.

        Whoever answers the telephone reports for others.
        """
        if self.env.su or self._is_dispatcher():
            return
        taken = {name for name in (*DISPATCH_FIELDS, *WORK_FIELDS) if vals.get(name)}
        for_others = self.env.user.has_group(CLERK)
        if for_others or vals.get("asker_id") == self.env.uid:
            taken -= {"asker_id", "asking_unit_id"}
        # The unit is known by who asked, and a form sends back what it was shown.
        if vals.get("asking_unit_id") == self.env["hr.department"]._get_own_unit().id:
            taken.discard("asking_unit_id")
        if taken:
            self._refuse_hands(taken)

    def _refuse_hands(self, names):
        labels = self.fields_get(names, ["string"])
        raise AccessError(
            self.env._(
                "Only logistics, the office director or the technician sent fill this "
                "in: %(fields)s.",
                fields=", ".join(sorted(label["string"] for label in labels.values())),
            )
        )

    # Birth ----------------------------------------------------------------------------

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        if not defaults.get("is_office_repair", self._opens_repair()):
            defaults.pop("state", None)
        return defaults

    @api.model
    def _opens_repair(self):
        """Tell whether what is created here is the office's unless it says otherwise."""
        return bool(self.env.context.get("default_is_office_repair"))

    @api.model
    def _silence(self, vals_list):
        # Odoo's own requests are announced to their followers as ever.
        if any(vals.get("is_office_repair") for vals in vals_list):
            return super()._silence(vals_list)
        return self

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        usual = self._opens_repair()
        flagged = [
            {**vals, "is_office_repair": bool(vals.get("is_office_repair", usual))}
            for vals in vals_list
        ]
        ours = [vals for vals in flagged if vals["is_office_repair"]]
        others = [vals for vals in flagged if not vals["is_office_repair"]]
        born = {
            True: iter(self._create_repairs(ours) if ours else ()),
            False: iter(self._create_others(others) if others else ()),
        }
        return self.browse(next(born[vals["is_office_repair"]]).id for vals in flagged)

    @api.model
    def _create_others(self, vals_list):
        """Create requests of Odoo's own, which may be given what Odoo lets them."""
        guarded = self._get_guarded_fields() - self._get_host_fields()
        taken = {name for vals in vals_list for name in guarded if vals.get(name)}
        if taken:
            self._refuse_guarded(taken)
        with permit(self.browse()):
            return super().create(vals_list)  # pylint: disable=super-method-mismatch

    @api.model
    def _create_repairs(self, vals_list):
        """Create repairs of the office."""
        for vals in vals_list:
            self._check_birth(vals)
        usual = self._get_usual_values()
        return super().create(  # pylint: disable=super-method-mismatch
            [
                # The technician is known by another name here.
                {name: vals[name] for name in vals if name != "user_id"}
                for vals in ({**usual, **vals} for vals in vals_list)
            ]
        )

    @api.model
    def _get_usual_values(self):
        """Return the defaults of all fields, asked for once and not for each repair."""
        known = {"lead_unit_id": self.env.company.repair_unit_id.id}
        team = self.env["ir.model.data"]._xmlid_to_res_id(
            "office_functions_service.repair_team"
        )
        if team:
            known["maintenance_team_id"] = team
        if "employee_id" in self._fields:
            # The bridge to employees would let each of them follow, one by one.
            known["employee_id"] = False
        asked = set(known).union(self._get_guarded_fields())
        names = [
            name
            for name, field in self._fields.items()
            if field.default and name not in asked
        ]
        return {**self.default_get(names), **known}

    def write(self, vals):
        ours = self.filtered("is_office_repair")
        flag = vals.get("is_office_repair")
        if flag is not None and any(bool(flag) != r.is_office_repair for r in self):
            raise ValidationError(
                self.env._(
                    "Whether a request is the office's is decided when it is reported."
                )
            )
        if ours:
            ours._check_hands(vals)
        return super().write(vals)

    def _add_followers(self):
        others = self.filtered(lambda request: not request.is_office_repair)
        return super(MaintenanceRequestRights, others)._add_followers()

    def activity_update(self):
        # What is planned by a day; repairs have clocks instead.
        others = self.filtered(lambda request: not request.is_office_repair)
        if others:
            return super(MaintenanceRequestRights, others).activity_update()
        return None

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        ours = self.filtered("is_office_repair")
        return super(MaintenanceRequestRights, ours)._unlink_except_begun()

    def _set_facts(self, **vals):
        """Write guarded fields."""
        with permit(self):
            self.with_context(tracking_disable=True).write(vals)

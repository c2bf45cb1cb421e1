# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..tools.transition import is_permitted, permit

OFFICE = "office_functions.group_office_clerk"
LEADER = "office_functions.group_office_leader"


class OfficeDutyCall(models.Model):
    """A call or visit noted on duty, with its five items (R-EMG-5).

    Time; caller's unit, name and number; content; the leader's instruction and what
    was done; who recorded it. It is answered by the shift that received it until it
    is done or handed over.
    """

    _name = "office.duty.call"
    _description = "Duty Record"
    _order = "date desc, id desc"
    _rec_name = "text"

    shift_id = fields.Many2one(
        "office.duty.shift",
        "Noted In",
        required=True,
        index=True,
        ondelete="cascade",
    )
    holder_shift_id = fields.Many2one(
        "office.duty.shift",
        "Answered By",
        readonly=True,
        copy=False,
        index=True,
        ondelete="cascade",
        help="The shift that has to see to it now.",
    )
    kind = fields.Selection(
        [
            ("call", "Phone Call"),
            ("visit", "Visitor"),
            ("document", "Document Received"),
            ("event", "Occurrence"),
        ],
        required=True,
        default="call",
    )
    date = fields.Datetime("Time", required=True, default=fields.Datetime.now)
    caller_unit = fields.Char("Caller's Unit")
    caller_name = fields.Char("Caller", required=True)
    caller_phone = fields.Char("Caller's Number")
    text = fields.Text("Content", required=True)
    instruction = fields.Text("Leader's Instruction")
    handling = fields.Text("Action Taken")
    recorder_id = fields.Many2one(
        "res.users",
        "Noted By",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    emergency_id = fields.Many2one("office.emergency", index="btree_not_null")
    disposition = fields.Selection(
        [("open", "Still Open"), ("handed", "To Be Handed Over"), ("done", "Seen To")],
        required=True,
        default="open",
    )
    company_id = fields.Many2one(
        related="shift_id.company_id", store=True, precompute=True, index=True
    )

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Return the records of one's own shifts; the office keeps, leaders read all.

        They hold the names and numbers of callers (个人信息保护法 第6、34条).

        :rtype: Domain
        """
        domain = Domain("company_id", "in", self.env.companies.ids)
        above = (OFFICE, LEADER) if operation == "read" else (OFFICE,)
        if any(map(self.env.user.has_group, above)):
            return domain
        mine = Domain.OR(
            Domain(f"{shift}.{person}", "=", self.env.uid)
            for shift in ("shift_id", "holder_shift_id")
            for person in ("user_id", "leader_id")
        )
        return domain & mine

    @api.model_create_multi
    def create(self, vals_list):
        now = fields.Datetime.now()
        Shift = self.env["office.duty.shift"]
        for vals in vals_list:
            if vals.get("holder_shift_id") or vals.get("recorder_id"):
                raise ValidationError(
                    self.env._("Who recorded it and who answers it is not typed in.")
                )
            shift = Shift.browse(vals.get("shift_id"))
            if shift.state != "on_duty":
                raise UserError(
                    self.env._("Calls are noted in a shift that is on duty.")
                )
            if fields.Datetime.to_datetime(vals.get("date") or now) > now:
                raise ValidationError(self.env._("A call cannot lie in the future."))
        return super().create(
            [dict(vals, holder_shift_id=vals["shift_id"]) for vals in vals_list]
        )

    def write(self, vals):
        """Change a record while its shift is on duty; the shift that answers it goes on.

        :raise ValidationError: for what a finished shift has written down
        """
        if is_permitted(self, vals):
            return super().write(vals)
        if {"holder_shift_id", "recorder_id", "shift_id"} & vals.keys():
            raise ValidationError(
                self.env._("Who recorded it and who answers it is not typed in.")
            )
        followed = {"handling", "instruction", "disposition", "emergency_id"}
        for call in self.sudo():
            if call.holder_shift_id.state != "on_duty":
                raise ValidationError(
                    self.env._("The shift that answers this is not on duty.")
                )
            if call.shift_id.state != "on_duty" and vals.keys() - followed:
                raise ValidationError(
                    self.env._("What an earlier shift wrote down is not changed.")
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_noted(self):
        raise UserError(self.env._("What was noted on duty is not deleted."))

    def _carry_over(self, shift):
        """Give records that were handed over to the shift that took them."""
        with permit(self):
            self.write({"holder_shift_id": shift.id, "disposition": "open"})

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_compare

from .office_supervision_impartial_mixin import DIRECTOR


class OfficeSupervisionChange(models.Model):
    """A change that no other record keeps: supervisor, weight, handler.

    Deadlines, requirements and conclusions have records of their own. The change ledger
    (:mod:`..report.office_supervision_change_ledger`) reads all of them.
    """

    _name = "office.supervision.change"
    _inherit = ["office.annex.mixin"]
    _description = "Change on a Ticket"
    _order = "id desc"
    _rec_name = "kind"

    ticket_id = fields.Many2one(
        "office.supervision.ticket", required=True, readonly=True, index=True
    )
    kind = fields.Selection(
        [
            ("supervisor", "Supervisor"),
            ("weight", "Weight"),
            ("person", "Handler"),
        ],
        required=True,
        readonly=True,
    )
    date = fields.Date(
        required=True, readonly=True, default=fields.Date.context_today, index=True
    )
    supervisor_before_id = fields.Many2one(
        "res.users",
        readonly=True,
        help="Who carried the ticket until this change of its supervisor.",
    )
    value_from = fields.Char("Value Before", readonly=True)
    value_to = fields.Char("Value After", readonly=True)
    reason = fields.Text(readonly=True)
    user_id = fields.Many2one("res.users", "Approved By", required=True, readonly=True)


class OfficeSupervisionTicket(models.Model):
    _inherit = "office.supervision.ticket"

    def _log_change(self, kind, before, after, reason, task=None, supervisor=None):
        """Put a change on record, once the ticket was filed.

        :param str kind: of ``office.supervision.change``
        :param before: the value until now, as text
        :param after: the value from now on, as text
        :param str reason: why
        :param task: the task it is about, if not the whole ticket
        :param res.users supervisor: who supervised until now, where that changes
        """
        self.ensure_one()
        if self.state == "proposed":
            return
        record = task or self
        self.env["office.supervision.change"].sudo().create(
            {
                "res_model": record._name,
                "res_id": record.id,
                "ticket_id": self.id,
                "kind": kind,
                "supervisor_before_id": supervisor.id if supervisor else False,
                "value_from": before or "",
                "value_to": after or "",
                "reason": reason,
                "user_id": self.env.uid,
            }
        )


class OfficeSupervisionTask(models.Model):
    _inherit = "office.supervision.task"

    def write(self, vals):
        """Let a director alone move weights once the ticket was assigned (S3.9)."""
        moved = self.filtered(
            lambda task: (
                "weight" in vals
                and task.sudo().ticket_id.clock_start
                and float_compare(task.weight, vals["weight"], precision_digits=2)
            )
        )
        if moved and not self.env.user.has_group(DIRECTOR):
            raise ValidationError(
                self.env._(
                    "The ticket was assigned: only a director changes the weights of "
                    "its tasks."
                )
            )
        before = {task: task.weight for task in moved}
        handed = self.filtered("clock_start") if "handler_id" in vals else self[:0]
        persons = {task: task.sudo().handler_id for task in handed}
        result = super().write(vals)
        for task, weight in before.items():
            task._log_task_change("weight", f"{weight:g}", f"{task.weight:g}")
        for task, person in persons.items():
            if task.sudo().handler_id != person:
                after = task.sudo().handler_id.name
                task._log_task_change("person", person.name, after)
        return result

    def _log_task_change(self, kind, before, after):
        """Put a change of this task on record, with the reason it was given out anew.

        :param str kind: of ``office.supervision.change``
        :param str before: the value until now
        :param str after: the value from now on
        """
        task = self.sudo()
        back = task.transition_ids.filtered(lambda line: line.name == "reassign")
        task.ticket_id.with_env(task.env)._log_change(
            kind, before, after, back[:1].note, task=task
        )

    def change_deadline(self, kind, reason, new_date=False, legal_basis=False):
        """Extend a task no further than its ticket; see the mixin.

        :raise UserError: with all the reasons, when it may not be done
        """
        self.ensure_one()
        self.check_access("read")
        last = self.sudo().ticket_id.date_deadline
        try:
            later = kind == "extend" and last and fields.Date.to_date(new_date)
        except (TypeError, ValueError):
            later = False
        if later and later > last:
            raise ValidationError(
                self.env._(
                    "A task ends no later than its ticket; extend the ticket first."
                )
            )
        return super().change_deadline(kind, reason, new_date, legal_basis)

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.transition import permit


class OfficeStepMixin(models.AbstractModel):
    """Who holds a matter now, and until when: nothing lies on a desk unseen (K09).

    ``_step_limits`` gives for a state the code of the time limit of its step; a state
    without one may take its time. ``_get_holder`` says who has to act in a state, from
    the fields named in ``_holder_fields``.
    """

    _name = "office.step.mixin"
    _inherit = ["office.workflow.mixin"]
    _description = "Step Clock"
    _step_limits = {}
    _holder_fields = ()

    holder_id = fields.Many2one(
        "res.users",
        "Held By",
        compute="_compute_holder_id",
        store=True,
        precompute=True,
        copy=False,
        index="btree_not_null",
        help="Who has to make the next step.",
    )
    step_due = fields.Datetime(
        readonly=True,
        copy=False,
        default=lambda self: self._default_step_due(),
        help="When the present step should be over.",
    )
    is_idle = fields.Boolean(
        "Idle Too Long", compute="_compute_is_idle", search="_search_is_idle"
    )

    _step_due_idx = models.Index("(step_due, id) WHERE step_due IS NOT NULL")

    @api.model
    def _default_step_due(self):
        code = self._step_limits.get(self._get_initial_state())
        return code and self._count_step_due(code, self.env.company)

    @api.depends(lambda self: ("state", *self._holder_fields))
    def _compute_holder_id(self):
        for record in self:
            record.holder_id = record._get_holder()

    def _get_holder(self):
        """Return who has to act in the present state, or nobody.

        :rtype: res.users
        """
        self.ensure_one()
        return self.env["res.users"]

    def _get_step_limit(self, state):
        """Return the code of the time limit of one state for this record, if any.

        :rtype: str
        """
        return self._step_limits.get(state)

    @api.depends("step_due")
    def _compute_is_idle(self):
        now = fields.Datetime.now()
        for record in self:
            record.is_idle = bool(record.step_due) and record.step_due < now

    def _search_is_idle(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("step_due", "<", fields.Datetime.now())

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"step_due"}

    @api.model
    def _count_step_due(self, code, company):
        """Return when a step that begins now is due, naive UTC."""
        limit = self.env["office.time.limit"]._get(code, company)
        return limit._get_due(fields.Datetime.now(), company)

    def _after_transition(self, row, note):
        result = super()._after_transition(row, note)
        # What is done within a state gives its step no more time.
        if row.sources != (row.target,):
            self._start_step(row.target)
        return result

    def _start_step(self, state):
        """Let the step of a state begin now, for records of one or more kinds of limit.

        :param str state: the state the records have come to
        """
        kinds = self.grouped(lambda rec: (rec._get_step_limit(state), rec.company_id))
        for (code, company), records in kinds.items():
            due = code and self._count_step_due(code, company)
            with permit(records):
                records.with_context(tracking_disable=True).write({"step_due": due})

    @api.model
    def _cron_remind_idle(self):
        """Tell everybody once a day what lies too long on their desk, all kinds at once."""
        waiting = {}
        for name in self.env.registry.descendants([self._name], "_inherit"):
            model = self.env[name]
            if not model._abstract:
                for user_id, number in model._count_idle():
                    waiting.setdefault(user_id, []).append((name, number))
        for user in self.env["res.users"].sudo().browse(waiting):
            self._tell_idle(user, waiting[user.id])

    @api.model
    def _count_idle(self):
        """Return ``(user id, number)`` of what lies too long on each desk."""
        self.flush_model()
        return self.env.execute_query(
            SQL(
                """SELECT holder_id, count(*) FROM %s
                    WHERE step_due < %s AND holder_id IS NOT NULL
                 GROUP BY holder_id ORDER BY holder_id""",
                SQL.identifier(self._table),
                fields.Datetime.now(),
            )
        )

    def _tell_idle(self, user, kinds):
        """Send one person the message about what lies too long with them."""
        person = self.with_context(lang=user.lang)
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=user.partner_id.ids,
            subject=person.env._("Steps that wait for you too long"),
            body=person.env._(
                "These have lain longer than their step may take: %(names)s. Please "
                "make the next step, or hand them on.",
                names=person.env["ir.model"]._list_office_counts(kinds),
            ),
            force_send=False,
        )

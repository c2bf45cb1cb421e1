# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

LEAST = 3
"""Below so many ratings nobody learns an average: it would tell who gave which."""
RATINGS = [
    ("1", "Very Dissatisfied"),
    ("2", "Dissatisfied"),
    ("3", "Fair"),
    ("4", "Satisfied"),
    ("5", "Very Satisfied"),
]


class OfficeSupervisionConduct(models.Model):
    """How a supervised unit rates the conduct of its supervisor (作风评价, S3.11).

    Once for each ticket that was struck off. Who is rated never sees a single rating,
    only the average of three or more. The host's own ratings name the giver to every
    internal user and keep the last value on the record, so they do not fit here.
    """

    _name = "office.supervision.conduct"
    _inherit = ["office.part.mixin"]
    _description = "Conduct Rating"
    _order = "id desc"
    _whole = "ticket_id"
    _rec_name = "supervisor_id"

    ticket_id = fields.Many2one(
        "office.supervision.ticket", required=True, readonly=True, index=True
    )
    supervisor_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True
    )
    unit_id = fields.Many2one(
        "hr.department", "Rated By Unit", required=True, readonly=True
    )
    rating = fields.Selection(RATINGS, "Conduct", required=True, readonly=True)
    score = fields.Integer(readonly=True, aggregator="avg")
    comment = fields.Text(readonly=True)
    date = fields.Date(
        required=True, readonly=True, default=fields.Date.context_today, index=True
    )
    company_id = fields.Many2one(
        related="ticket_id.company_id", store=True, precompute=True, index=True
    )

    _once = models.UniqueIndex(
        "(ticket_id, unit_id)",
        "Your unit has rated the conduct on this ticket already.",
    )

    def write(self, vals):
        if self:
            raise UserError(self.env._("A conduct rating is never changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ever(self):
        raise UserError(self.env._("A conduct rating is never deleted."))

    # Indicator ------------------------------------------------------------------------

    @api.model
    def _get_rated_domain(self, date_from, date_to):
        """Return the ratings of a period."""
        return Domain("date", ">=", date_from) & Domain("date", "<=", date_to)

    @api.model
    def _measure_conduct(self, date_from, date_to):
        """Return the sum and number of ratings of each supervisor who has enough.

        Nobody measures their own: two periods that differ by one rating would tell it.
        """
        others = Domain("supervisor_id", "!=", self.env.uid)
        rows = self._read_group(
            self._get_rated_domain(date_from, date_to) & others,
            ["supervisor_id"],
            ["score:sum", "__count"],
            having=[("__count", ">=", LEAST)],
        )
        return [(None, user.id, total, number) for user, total, number in rows]


class OfficeSupervisionTicket(models.Model):
    _inherit = "office.supervision.ticket"

    conduct_unit_id = fields.Many2one(
        "hr.department",
        compute="_compute_conduct_unit_id",
        help="The unit in whose name the current user may rate the supervisor's conduct.",
    )

    @api.depends("state", "supervisor_id")
    @api.depends_context("uid")
    def _compute_conduct_unit_id(self):
        self.conduct_unit_id = False
        closed = self.filtered(lambda one: one.state == "closed" and one.supervisor_id)
        if not closed:
            return
        units = self.env.user.sudo().employee_ids.department_id
        units |= self.env["hr.department"]._get_own_unit().sudo()
        rated = {
            (ticket.id, unit.id)
            for ticket, unit in self.env["office.supervision.conduct"]
            .sudo()
            ._read_group(
                [("ticket_id", "in", closed.ids), ("unit_id", "in", units.ids)],
                ["ticket_id", "unit_id"],
            )
        }
        for ticket in closed:
            open_units = units.filtered(
                lambda unit, one=ticket: (
                    f"d{unit.id}" in (one.sudo().office_parties or ())
                    and (one.id, unit.id) not in rated
                )
            )
            ticket.conduct_unit_id = open_units[:1]

    def rate_conduct(self, rating, comment=""):
        """Rate the conduct of the supervisor in the name of the user's unit.

        :param str rating: ``"1"`` to ``"5"``
        :param str comment: in words, for leaders and directors
        :raise UserError: when it is not the user's to rate, or was rated
        """
        self.ensure_one()
        self.check_access("read")
        if rating not in dict(RATINGS):
            raise UserError(self.env._("Please give one to five stars."))
        if comment and not isinstance(comment, str):
            raise UserError(self.env._("The reason must be a text."))
        if not self.conduct_unit_id:
            raise UserError(
                self.env._(
                    "A supervised unit rates the conduct of its supervisor once, after "
                    "the ticket was struck off."
                )
            )
        self.env["office.supervision.conduct"].sudo().create(
            {
                "ticket_id": self.id,
                "supervisor_id": self.sudo()._get_rated_supervisor().id,
                "unit_id": self.conduct_unit_id.id,
                "rating": rating,
                "score": int(rating),
                "comment": comment,
            }
        )
        self.invalidate_recordset(["conduct_unit_id"])

    def _get_rated_supervisor(self):
        """Return who supervised this ticket until it was struck off.

        :rtype: res.users
        """
        closed = Domain("date", ">", self.date_closed)
        change = self.env["office.supervision.change"].search(
            Domain("ticket_id", "=", self.id)
            & Domain("kind", "=", "supervisor")
            & (closed | Domain("create_date", ">", self.state_since)),
            order="id",
            limit=1,
        )
        return change.supervisor_before_id or self.supervisor_id

    def action_rate_conduct(self):
        """Open the dialog in which the conduct of the supervisor is rated.

        :rtype: dict
        """
        self.ensure_one()
        return self._get_dialog_action(
            "office.supervision.conduct.rate",
            self.env._("Rate the Supervisor's Conduct"),
        )

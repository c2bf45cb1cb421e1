# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.office_functions.tools.transition import Transition

from .office_open_file import CLERK

PAGE_RATES = ((30, 0), (100, 10), (200, 20), (None, 40))
"""Up to which page, yuan for each (国办函〔2020〕109号 第5条)."""
FREE_REQUESTS, PLAIN_REQUESTS, STEP, RATE = 10, 30, 10, 100
"""Requests of a month free of charge, those at the plain rate, then by steps (第4条)."""
BASIS = "《政府信息公开条例》第四十二条、《政府信息公开信息处理费管理办法》"


def count_request_fee(rank):
    """Return what the n-th request of one person in a month costs, in yuan.

    :param int rank: counted from one
    :rtype: int
    """
    if rank <= FREE_REQUESTS:
        return 0
    steps = max(0, -(-(rank - PLAIN_REQUESTS) // STEP))
    return RATE * (1 + steps)


def count_page_fee(pages):
    """Return what so many pages cost, in yuan.

    :rtype: int
    """
    fee, before = 0, 0
    for last, rate in PAGE_RATES:
        here = pages if last is None else min(pages, last)
        fee += max(0, here - before) * rate
        before = here
    return fee


class OfficeInfoRequest(models.Model):
    """No charge, except where one person asks for very much (政府信息公开条例 第42条).

    Then the office may ask for a fee, once, by the number of requests or of pages. The
    clock stands until it is paid, and then runs anew; unpaid, the request is given up
    (国办函〔2020〕109号 第6条).
    """

    _inherit = "office.info.request"

    month_rank = fields.Integer(
        "Which Request of the Month",
        compute="_compute_month_rank",
        compute_sudo=True,
        help="Of the same person, by phone or identity card number.",
    )
    fee_basis = fields.Selection(
        [("pieces", "By Number of Requests"), ("pages", "By Number of Pages")],
        "Fee Counted",
        copy=False,
    )
    page_count = fields.Integer("Pages to Provide", copy=False, aggregator=None)
    fee = fields.Integer("Fee (Yuan)", readonly=True, copy=False)
    date_fee_asked = fields.Date("Fee Asked For On", readonly=True, copy=False)
    date_fee_due = fields.Date("Pay Until", readonly=True, copy=False)
    date_fee_paid = fields.Date("Paid On", copy=False)
    is_unpaid = fields.Boolean("Given Up Unpaid", readonly=True, copy=False)
    state = fields.Selection(
        selection_add=[("paying", "Payment Awaited"), ("consulting",)],
        ondelete={"paying": "set default"},
    )
    archive_number = fields.Char(copy=False, help="Given when the case is filed away.")
    date_archived = fields.Date("Filed Away On", readonly=True, copy=False)

    @api.depends("date_received", "identity_ids")
    def _compute_month_rank(self):
        self.month_rank = 0
        if not self.ids:
            return
        self.flush_model(["company_id", "date_received"])
        self.identity_ids.flush_model()
        self.env.cr.execute(
            SQL(
                """SELECT own.id, COUNT(DISTINCT other.id)
                     FROM office_info_request own
                     JOIN office_info_request_identity mine
                          ON mine.request_id = own.id
                     JOIN office_info_request_identity theirs
                          ON theirs.phone_hash = mine.phone_hash
                             OR theirs.id_number_hash = mine.id_number_hash
                     JOIN office_info_request other
                          ON other.id = theirs.request_id
                             AND other.company_id = own.company_id
                             AND date_trunc('month', other.date_received)
                                 = date_trunc('month', own.date_received)
                             AND (other.date_received, other.id)
                                 <= (own.date_received, own.id)
                    WHERE own.id IN %s
                 GROUP BY own.id""",
                tuple(self.ids),
            )
        )
        ranks = dict(self.env.cr.fetchall())
        for request in self:
            request.month_rank = ranks.get(request._origin.id, 0)

    @api.model
    def _get_transitions(self):
        rows = [
            row.but(sources=(*row.sources, "paying")) if row.name == "abandon" else row
            for row in super()._get_transitions()
        ]
        return [
            *rows,
            Transition(
                "ask_fee",
                label=self.env._("Ask for a Fee"),
                sources=("received",),
                target="paying",
                by=(CLERK,),
                needs=("fee_basis",),
                guard="_guard_ask_fee",
            ),
            Transition(
                "pay",
                label=self.env._("The Fee Was Paid"),
                sources=("paying",),
                target="received",
                by=(CLERK,),
                needs=("date_fee_paid",),
                guard="_guard_pay",
                style="primary",
            ),
        ]

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "date_archived",
            "date_fee_asked",
            "date_fee_due",
            "fee",
            "is_unpaid",
        }

    @api.model
    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | {
            "archive_number": ("closed", "abandoned", "redirected"),
            "date_fee_paid": ("paying",),
            "fee_basis": ("received",),
            "page_count": ("received",),
        }

    def _count_fee(self):
        """Return what this request costs by its basis, in yuan.

        :rtype: int
        """
        self.ensure_one()
        if self.fee_basis == "pages":
            return count_page_fee(self.page_count)
        return count_request_fee(self.month_rank)

    def _guard_ask_fee(self, row, note):
        """A fee is asked for once, and only above what is free (art. 42)."""
        reasons = self._explain_paused()
        if self.date_fee_asked:
            reasons.append(self.env._("A fee was asked for already."))
        if self.fee_basis == "pages" and self.form_wanted == "inspection":
            reasons.append(self.env._("What is read here costs nothing by pages."))
        elif self.fee_basis and not self._count_fee():
            reasons.append(
                self.env._(
                    "This costs nothing: ten requests of a person in a month and thirty "
                    "pages of a request are free (art. 42)."
                )
            )
        return reasons

    def _after_ask_fee(self, note):
        """The clock stands until it is paid (国办函〔2020〕109号 第6条)."""
        today = fields.Date.context_today(self)
        for company, records in self.grouped("company_id").items():
            limit = self.env["office.time.limit"]._get("info_request_fee", company)
            due = limit._count(today, company).deadline
            for fee, same in records.grouped(lambda one: one._count_fee()).items():
                same._set(fee=fee, date_fee_asked=today, date_fee_due=due)
            records._move_deadline(
                "pause",
                self.env._("A fee was asked for"),
                legal_basis=limit.legal_basis,
            )

    def _guard_pay(self, row, note):
        day, asked = self.date_fee_paid, self.date_fee_asked
        if day and not asked <= day <= fields.Date.context_today(self):
            return [
                self.env._(
                    "It was paid between %(date)s and today.",
                    date=fields.Date.to_string(asked),
                )
            ]
        return []

    def _after_pay(self, note):
        """Count anew from the day of payment."""
        for (company, day), records in self.grouped(
            lambda one: (one.company_id, one.date_fee_paid)
        ).items():
            limit = self.env["office.time.limit"]._get("info_request_fee", company)
            records._move_deadline(
                "restart",
                self.env._("The fee was paid"),
                legal_basis=limit.legal_basis,
                day=day,
            )

    def _guard_abandon(self, row, note):
        if self.state != "paying":
            return super()._guard_abandon(row, note)
        if fields.Date.context_today(self) <= self.date_fee_due:
            return [
                self.env._(
                    "They may pay until %(date)s.",
                    date=fields.Date.to_string(self.date_fee_due),
                )
            ]
        return []

    def _after_abandon(self, note):
        unpaid = self.filtered(lambda one: one.date_fee_asked and not one.date_fee_paid)
        unpaid._set(is_unpaid=True)

    # What the requester is told -------------------------------------------------------

    @api.model
    def _get_public_states(self):
        return super()._get_public_states() | {
            "paying": self.env._("Waiting for Your Payment")
        }

    def _get_public_answer(self):
        if self.state == "paying":
            return self.env._(
                "Please pay a fee of %(fee)s yuan until %(date)s (%(basis)s).",
                fee=self.fee,
                date=self._show_date(self.date_fee_due),
                basis=BASIS,
            )
        return super()._get_public_answer()

    def _get_letter(self):
        if self.state != "paying":
            return super()._get_letter()
        due = self.date_fee_due
        counted = (
            f"按件计收，本申请为您本月提出的第{self.month_rank}件"
            if self.fee_basis == "pieces"
            else f"按量计收，共{self.page_count}页"
        )
        return {
            "title": "政府信息公开信息处理费收费通知",
            "person": self._get_addressee(),
            "files": [],
            "remedy": False,
            "date": self.state_since,
            "lines": [
                f"您的申请依法需要缴纳信息处理费{self.fee}元（{counted}；依据：{BASIS}）。",
                f"请于{due.year}年{due.month}月{due.day}日前缴纳。答复期限自完成缴费次日起"
                "重新计算；逾期未缴纳的，视为放弃申请，本机关不再处理。",
            ],
        }

    # Filed away -----------------------------------------------------------------------

    def write(self, vals):
        """Keep the day on which it was filed away (art. 45)."""
        result = super().write(vals)
        if "archive_number" in vals:
            filed = bool(vals["archive_number"]) and fields.Date.context_today(self)
            self._set(date_archived=filed)
        return result

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from base64 import b64encode
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .office_open_file import CLERK
from .office_open_info import OUT
from .office_yearly_report_mixin import LAST_YEAR

KINDS = ("natural", "company", "research", "charity", "legal", "other")
ROWS = (
    ("（一）予以公开", "open", None),
    ("（二）部分公开", "partial", None),
    ("（三）不予公开：属于国家秘密", "refused", "state_secret"),
    ("（三）不予公开：其他法律行政法规禁止公开", "refused", "law"),
    ("（三）不予公开：危及“三安全一稳定”", "refused", "security"),
    ("（三）不予公开：保护第三方合法权益", "refused", "third_party"),
    ("（三）不予公开：属于三类内部事务信息", "refused", "internal"),
    ("（三）不予公开：属于四类过程性信息", "refused", "process"),
    ("（三）不予公开：属于行政执法案卷", "refused", "case_file"),
    ("（三）不予公开：属于行政查询事项", "refused", "inquiry"),
    ("（四）无法提供：本机关不掌握相关政府信息", "elsewhere", None),
    ("（四）无法提供：没有现成信息需要另行制作", "absent", None),
    ("（五）不予处理：信访举报投诉类申请", "redirect:complaint", None),
    ("（五）不予处理：重复申请", "repeated", None),
    ("（六）其他处理：已主动公开，告知获取方式和途径", "known", None),
    ("（六）其他处理：其他法律法规另有规定", "other_law", None),
    ("（六）其他处理：逾期不补正，视为放弃申请", "abandoned", None),
    ("（六）其他处理：逾期未按收费通知缴费，不再处理", "unpaid", None),
    ("（六）其他处理：告知其他途径", "redirect:other", None),
)
"""Rows of the table of requests: heading, outcome, ground (国办公开办函〔2021〕30号)."""
DUE = (1, 31)
"""Month and day by which it is published in the year after (art. 49)."""
COMPLAINTS = ("petition", "report")
DISPUTES = (
    ("行政复议", "reconsideration"),
    ("行政诉讼：未经复议直接起诉", "direct"),
    ("行政诉讼：复议后起诉", "after"),
)
RESULTS = ("upheld", "corrected", "other", "pending")


class OfficeOpenReport(models.Model):
    """The annual report on openness (信息公开工作年度报告), F18.

    Made and published by 31 January for the year before (政府信息公开条例 第49、50条).
    Its tables are counted from the registers.
    """

    _name = "office.open.report"
    _inherit = ["office.yearly.report.mixin"]
    _description = "Annual Report on Openness"
    _order = "year desc"
    _rec_name = "year"
    _first_year = 2008

    remarks = fields.Text("Other Matters to Report", help="六、其他需要报告的事项")
    date_due = fields.Date("Published Until", compute="_compute_date_due")
    info_id = fields.Many2one(
        "office.open.info", "Entry of the Catalogue", readonly=True, copy=False
    )
    info_state = fields.Selection(related="info_id.state", string="Entry Stands At")

    @api.depends("year", "company_id")
    def _compute_display_name(self):
        for report in self:
            report.display_name = self.env._(
                "Annual Report on Openness %(year)s", year=report.year or ""
            )

    @api.depends("year")
    def _compute_date_due(self):
        for report in self:
            sane = self._first_year <= report.year <= LAST_YEAR
            report.date_due = sane and date(report.year + 1, *DUE)

    # Tables ---------------------------------------------------------------------------

    def _get_categories(self):
        """Return what was published, category by category.

        :return: ``(name, published in the year, taken off or out of force in it, in
            force on its last day)``
        :rtype: list[tuple]
        """
        self.ensure_one()
        Info = self.env["office.open.info"].sudo()
        mine = Domain("company_id", "=", self.company_id.id)
        made = dict(
            Info._read_group(
                mine
                & Domain("state", "in", OUT)
                & self._get_within_domain("date_published"),
                ["category_id"],
                ["__count"],
            )
        )
        ended = Domain("state_from", "=", "published")
        off = dict(
            Info._read_group(
                mine
                & Domain(
                    "transition_ids",
                    "any",
                    ended
                    & Domain("state_to", "in", ("withdrawn", "expired"))
                    & self._get_within_domain("date"),
                ),
                ["category_id"],
                ["__count"],
            )
        )
        _first, last = self._get_period()
        in_force = dict(
            Info._read_group(
                mine
                & Info._get_shown_domain()
                & Domain("date_published", "<=", last)
                & Domain(
                    "transition_ids", "not any", ended & Domain("date", "<=", last)
                ),
                ["category_id"],
                ["__count"],
            )
        )
        categories = (
            self.env["office.open.category"]
            .sudo()
            .with_context(active_test=False)
            .search([("id", "in", [c.id for c in {*made, *off, *in_force} if c])])
        )
        return [
            (one.name, made.get(one, 0), off.get(one, 0), in_force.get(one, 0))
            for one in categories
        ]

    def _get_requests(self):
        """Return the table of requests, by what came of them and by who asked.

        :return: ``(heading, counts by kind of requester …, total)``: new ones, those
            carried over, one row for each outcome, their total, and what is carried on
        :rtype: list[tuple]
        """
        self.ensure_one()
        Request = self.env["office.info.request"].sudo()
        mine = Domain("company_id", "=", self.company_id.id) & Domain(
            "state", "!=", "filed"
        )
        first, _last = self._get_period()
        before = Domain("date_received", "<", first)
        settled = ("replied", "closed", "abandoned", "redirected")

        def count(domain):
            return dict(
                Request._read_group(mine & domain, ["requester_kind"], ["__count"])
            )

        new = count(self._get_within_domain("date_received"))
        over = count(
            before
            & (Domain("date_done", "=", False) | Domain("date_done", ">=", first))
        )
        outcomes = {}
        for (
            kind,
            state,
            reply,
            ground,
            channel,
            unpaid,
            number,
        ) in Request._read_group(
            mine
            & Domain("state", "in", settled)
            & self._get_within_domain("date_done"),
            [
                "requester_kind",
                "state",
                "reply_kind",
                "withheld_ground",
                "redirect_channel",
                "is_unpaid",
            ],
            ["__count"],
        ):
            outcome = reply
            if state == "abandoned":
                outcome = "unpaid" if unpaid else "abandoned"
            elif state == "redirected":
                outcome = "complaint" if channel in COMPLAINTS else "other"
                outcome = f"redirect:{outcome}"
            row = (outcome, ground if outcome == "refused" else None)
            counts = outcomes.setdefault(row, {})
            counts[kind] = counts.get(kind, 0) + number
        lines = [("一、本年新收申请数量", new), ("二、上年结转申请数量", over)]
        lines += [
            (heading, outcomes.get((outcome, ground), {}))
            for heading, outcome, ground in ROWS
        ]
        total = {
            kind: sum(counts.get(kind, 0) for counts in outcomes.values())
            for kind in KINDS
        }
        carried = {
            kind: new.get(kind, 0) + over.get(kind, 0) - total[kind] for kind in KINDS
        }
        lines += [("（七）总计", total), ("四、结转下年度继续办理", carried)]
        return [
            (heading, *(counts.get(kind, 0) for kind in KINDS), sum(counts.values()))
            for heading, counts in lines
        ]

    def _get_fee_line(self):
        """Return what was charged for information in the year (art. 42).

        :rtype: str
        """
        self.ensure_one()
        paid = Domain("company_id", "=", self.company_id.id) & self._get_within_domain(
            "date_fee_paid"
        )
        Request = self.env["office.info.request"].sudo()
        fee, number = Request._read_group(paid, [], ["fee:sum", "__count"])[0]
        if not number:
            return "依申请提供政府信息未收取费用。"
        return f"依申请提供政府信息收取信息处理费{number}件、共{fee}元。"

    def _get_disputes(self):
        """Return the table of reconsiderations and lawsuits (art. 50).

        :return: ``(kind, upheld, put right, other, not concluded, total)``
        :rtype: list[tuple]
        """
        self.ensure_one()
        Dispute = self.env["office.info.dispute"].sudo()
        mine = Domain("company_id", "=", self.company_id.id)
        decided = self._get_within_domain("date_decided")
        _first, last = self._get_period()
        pending = Domain("date_filed", "<=", last) & (
            Domain("date_decided", "=", False) | Domain("date_decided", ">", last)
        )
        counts = {
            (kind, outcome): number
            for kind, outcome, number in Dispute._read_group(
                mine & decided, ["kind", "outcome"], ["__count"]
            )
        }
        for kind, number in Dispute._read_group(mine & pending, ["kind"], ["__count"]):
            counts[kind, "pending"] = number
        rows = []
        for heading, kind in DISPUTES:
            numbers = [counts.get((kind, outcome), 0) for outcome in RESULTS]
            rows.append((heading, *numbers, sum(numbers)))
        return rows

    # Publishing -----------------------------------------------------------------------

    def action_make_entry(self):
        """Make the entry of the catalogue that publishes this report.

        :return: the action that opens it
        :rtype: dict
        :raise UserError: while the general situation is not written
        :raise AccessError: for who does not keep the catalogue
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group(CLERK):
            raise AccessError(self.env._("The office publishes the annual report."))
        if not self.info_id or self.info_id.state == "withdrawn":
            if not (self.general or "").strip():
                raise UserError(
                    self.env._("Please write the general situation beforehand.")
                )
            title = f"{self.company_id.name}{self.year}年政府信息公开工作年度报告"
            category = self.env.ref(
                "office_functions_service.open_category_report",
                raise_if_not_found=False,
            )
            entry = self.env["office.open.info"].create(
                {
                    "name": title,
                    "category_id": category and category.id,
                    "summary": self.general,
                    "disclosure": "active",
                }
            )
            pdf, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
                "office_functions_service.report_f18_open_report", self.ids
            )
            self.env["office.open.file"].create(
                {
                    "info_id": entry.id,
                    "name": f"{title}.pdf",
                    "content": b64encode(pdf),
                    "visibility": "public",
                }
            )
            self.info_id = entry
        return self.info_id._get_form_action()

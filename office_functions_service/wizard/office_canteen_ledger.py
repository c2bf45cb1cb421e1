# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import io
from base64 import b64encode
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..report.canteen_workbook import Ledger, write_ledgers

KINDS = {
    "morning": "晨检记录表",
    "sample": "留样登记表",
    "delivery": "进货查验台账",
    "disinfection": "餐具消毒记录",
    "companion": "陪餐记录",
    "round": "日管控周排查月调度记录",
}
"""Ledger → its title; the ledgers are always Chinese (A14)."""


class OfficeCanteenLedger(models.TransientModel):
    """The ledgers of a canteen for one month (F13), as a workbook."""

    _name = "office.canteen.ledger"
    _inherit = ["office.canteen.mixin"]
    _description = "Canteen Ledgers"

    date = fields.Date(
        "Month",
        required=True,
        default=fields.Date.context_today,
        help="Any day of the month.",
    )
    kind = fields.Selection(
        [
            ("all", "All Ledgers"),
            ("morning", "Morning Checks"),
            ("sample", "Food Samples"),
            ("delivery", "Goods Inspected"),
            ("disinfection", "Disinfection of Tableware"),
            ("companion", "Companion Meals"),
            ("round", "Food Safety Rounds"),
        ],
        "Ledger",
        required=True,
        default="all",
    )
    file = fields.Binary("Workbook", readonly=True, attachment=False)

    def action_download(self):
        """Write the ledgers and download them; the audit log notes it.

        :return: the download
        :rtype: dict
        :raise AccessError: for whoever may not read what they hold
        """
        self.ensure_one()
        kinds = [*KINDS] if self.kind == "all" else [self.kind]
        first = self.date.replace(day=1)
        last = first + relativedelta(months=1, days=-1)
        chinese = self.with_context(lang="zh_CN")
        file = io.BytesIO()
        write_ledgers(
            file,
            (getattr(chinese, f"_get_{kind}_ledger")(first, last) for kind in kinds),
            self.canteen_id.name,
            (first, last),
        )
        self.file = b64encode(file.getvalue())
        title = KINDS[self.kind] if self.kind in KINDS else "食堂台账"
        self.env["office.audit.log"]._note(
            "export", self.canteen_id, f"F13 {title} {first:%Y-%m}"
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/"
            f"{title} {first:%Y-%m}.xlsx?download=true",
            "target": "download",
        }

    # Rows -----------------------------------------------------------------------------

    @api.model
    def _get_zone(self):
        return ZoneInfo(self.env.user.tz or "Asia/Shanghai")

    def _find(self, model, field, first, last, order):
        """Return the records of the month, in the order of their sheet."""
        Model = self.env[model]
        Model.check_access("read")
        begin, end = first, last + relativedelta(days=1)
        if Model._fields[field].type == "datetime":
            zone = self._get_zone()
            begin, end = (
                datetime.combine(day, time(), zone).astimezone(UTC).replace(tzinfo=None)
                for day in (begin, end)
            )
        return Model.search(
            Domain("canteen_id", "=", self.canteen_id.id)
            & Domain(field, ">=", begin)
            & Domain(field, "<", end),
            order=order,
        )

    def _local(self, moment):
        """Return a moment by the clock of the reader, for a cell."""
        zone = self._get_zone()
        return moment and moment.replace(tzinfo=UTC).astimezone(zone).replace(
            tzinfo=None
        )

    def _label(self, record, name):
        """Return the choice of a selection field in words."""
        choices = dict(record._fields[name]._description_selection(record.env))
        return choices.get(record[name])

    def _get_morning_ledger(self, first, last):
        checks = self._find("office.canteen.morning", "date", first, last, "date, id")
        columns = (
            ("日期", 14),
            ("姓名", 10),
            ("体温（℃）", 10),
            ("发现情况", 30),
            ("结论", 8),
            ("处理措施", 30),
            ("检查人", 10),
        )
        rows = (
            (
                check.date,
                check.cook_id.name,
                check.temperature or None,
                "、".join(check._get_findings()) or "无",
                "合格" if check.is_fit else "离岗",
                check.measure,
                check.inspector_id.name,
            )
            for check in checks
        )
        return Ledger(KINDS["morning"], columns, rows)

    def _get_sample_ledger(self, first, last):
        samples = self._find(
            "office.canteen.sample", "date_taken", first, last, "date_taken, id"
        )
        columns = (
            ("日期", 14),
            ("餐次", 8),
            ("品名", 20),
            ("克数", 8),
            ("留样时间", 17),
            ("留样人", 10),
            ("存放位置", 14),
            ("销毁时间", 17),
            ("销毁人", 10),
        )
        rows = (
            (
                sample.check_id.date,
                self._label(sample.check_id, "kind"),
                sample.dish_id.name,
                sample.grams,
                self._local(sample.date_taken),
                sample.user_id.name,
                sample.fridge,
                self._local(sample.date_disposed),
                sample.disposer_id.name,
            )
            for sample in samples
        )
        return Ledger(KINDS["sample"], columns, rows)

    def _get_delivery_ledger(self, first, last):
        goods = self._find("office.canteen.delivery", "date", first, last, "date, id")
        columns = (
            ("进货日期", 14),
            ("品名", 16),
            ("规格", 12),
            ("数量", 9),
            ("单位", 6),
            ("生产批号", 14),
            ("生产日期", 14),
            ("保质期（天）", 9),
            ("供货者", 22),
            ("许可证号", 20),
            ("联系方式", 14),
            ("合格证明", 18),
            ("验收结果", 9),
            ("查验人", 10),
            ("记录保存至", 14),
        )
        rows = (
            (
                each.date,
                each.name,
                each.spec,
                each.quantity,
                each.uom,
                each.batch,
                each.produced_on,
                each.shelf_life or None,
                each.supplier_id.name,
                each.supplier_id.license_number,
                each.supplier_id.phone,
                each.certificate,
                {"accepted": "合格", "refused": "拒收"}.get(each.state, "待查验"),
                each.inspector_id.name,
                each.date_retention,
            )
            for each in goods
        )
        return Ledger(KINDS["delivery"], columns, rows)

    def _get_disinfection_ledger(self, first, last):
        records = self._find(
            "office.canteen.disinfection", "date", first, last, "date, id"
        )
        columns = (
            ("消毒时间", 17),
            ("餐次", 8),
            ("餐具名称", 18),
            ("数量（件）", 9),
            ("消毒方式", 14),
            ("温度（℃）", 9),
            ("时长（分钟）", 9),
            ("记录人", 10),
        )
        rows = (
            (
                self._local(record.date),
                self._label(record.check_id, "kind"),
                record.name,
                record.quantity or None,
                self._label(record, "method"),
                record.temperature or None,
                record.minutes,
                record.user_id.name,
            )
            for record in records
        )
        return Ledger(KINDS["disinfection"], columns, rows)

    def _get_companion_ledger(self, first, last):
        records = self._find(
            "office.canteen.companion", "date", first, last, "date, id"
        )
        columns = (
            ("日期", 14),
            ("餐次", 8),
            ("陪餐人", 10),
            ("评价意见", 50),
            ("需整改问题", 40),
        )
        rows = (
            (
                record.date,
                self._label(record.meal_id, "kind"),
                record.user_id.name,
                record.remarks,
                record.problem or "无",
            )
            for record in records
        )
        return Ledger(KINDS["companion"], columns, rows)

    def _get_round_ledger(self, first, last):
        records = self._find("office.canteen.round", "date", first, last, "date, id")
        columns = (
            ("日期", 14),
            ("类别", 10),
            ("检查人", 10),
            ("发现问题", 50),
            ("结论", 12),
        )
        rows = (
            (
                record.date,
                self._label(record, "kind"),
                record.inspector_id.name,
                record.findings or "无",
                "零风险" if record.is_zero_risk else "发现问题，已转整改",
            )
            for record in records
            if record.state == "done"
        )
        return Ledger(KINDS["round"], columns, rows)

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import hashlib
import io
from base64 import b64encode
from datetime import UTC
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.fields import Domain

from ..report.canteen_workbook import Ledger, write_ledgers

KEPT = "catalogue for the public"
"""What the workbook that is kept is found by."""
TITLES = {"catalogue": "政府信息公开目录", "register": "政府信息公开申请登记簿"}


class OfficeOpenLedger(models.TransientModel):
    """The catalogue (F16), or the register of requests, of a period as a workbook."""

    _name = "office.open.ledger"
    _description = "Workbook of Openness"

    kind = fields.Selection(
        [
            ("catalogue", "Catalogue of Open Information"),
            ("register", "Register of Requests"),
        ],
        "Which Workbook",
        required=True,
        default="catalogue",
    )
    date_from = fields.Date(
        "First Day",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(month=1, day=1),
    )
    date_to = fields.Date(
        "Last Day", required=True, default=lambda self: fields.Date.context_today(self)
    )
    file = fields.Binary("Workbook", readonly=True, attachment=False)

    def action_download(self):
        """Write the workbook and download it; the audit log notes it.

        :return: the download
        :rtype: dict
        :raise AccessError: for whoever may not read what it holds
        """
        self.ensure_one()
        ledger, records = getattr(
            self.with_context(lang="zh_CN"), f"_get_{self.kind}"
        )()
        self.file = b64encode(
            self._write(ledger, self.env.company.name, (self.date_from, self.date_to))
        )
        title = TITLES[self.kind]
        self.env["office.audit.log"]._note("export", records, f"F16 {title}")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/{title}.xlsx"
            "?download=true",
            "target": "download",
        }

    @api.model
    def _write(self, ledger, organ, period):
        file = io.BytesIO()
        write_ledgers(file, [ledger], organ, period)
        return file.getvalue()

    @api.model
    def _get_public_catalogue(self):
        """Return the workbook of the catalogue, made once for each of its states (F16).

        It is kept in the database, so that all workers hand out the same one, and who
        asks often costs no more than reading it.

        :rtype: bytes
        """
        Info = self.env["office.open.info"].sudo()
        domain = Info._get_public_domain()
        today = fields.Date.context_today(self)
        places = self.env["office.open.category"].sudo()
        state = (
            *Info._read_group(domain, [], ["__count", "write_date:max", "id:sum"])[0],
            *places._read_group([], [], ["__count", "write_date:max"])[0],
        )
        name = f"{today} {hashlib.sha256(repr(state).encode()).hexdigest()}"
        Attachment = self.env["ir.attachment"].sudo()
        kept = Attachment.search(
            [("res_model", "=", self._name), ("description", "=", KEPT)]
        )
        current = kept.filtered(lambda one: one.name == name)[:1]
        if not current:
            infos = Info.search(domain, order="date_published desc, id desc")
            first = min(infos.mapped("date_published"), default=None)
            content = self.sudo()._write(
                self._make_catalogue(infos),
                "、".join(dict.fromkeys(infos.mapped("company_id.name"))),
                (first.date() if first else today, today),
            )
            kept.unlink()
            current = Attachment.create(
                {
                    "name": name,
                    "raw": content,
                    "res_model": self._name,
                    "description": KEPT,
                }
            )
        return current.raw

    @api.model
    def _make_catalogue(self, infos):
        """Return entries as the sheet of the catalogue (F16).

        :param infos: ``office.open.info``, in the order of the sheet
        :rtype: Ledger
        """
        zone = ZoneInfo(self.env.user.tz or "Asia/Shanghai")
        columns = (
            ("索引号", 22),
            ("组配分类", 16),
            ("主题分类", 16),
            ("发布机构", 22),
            ("名称", 50),
            ("文号", 20),
            ("成文日期", 14),
            ("发布日期", 14),
            ("公开方式", 10),
            ("有效性", 9),
        )
        rows = (
            (
                line["number"],
                line["category"],
                line["subject"],
                line["publisher"],
                line["name"],
                line["document_number"],
                line["formed"],
                line["published"].replace(tzinfo=UTC).astimezone(zone).date(),
                line["way"],
                "有效" if line["in_force"] else "失效",
            )
            for line in infos.with_context(lang="zh_CN")._describe_public()
        )
        return Ledger(TITLES["catalogue"], columns, rows)

    def _get_catalogue(self):
        Info = self.env["office.open.info"]
        infos = Info.search(
            Info._get_public_domain()
            & Info._get_published_domain(self.date_from, self.date_to),
            order="number, id",
        )
        return self._make_catalogue(infos), infos

    def _get_register(self):
        """Return the register: received, examined, handled, answered, filed (art. 45).

        Who asked stands there masked.
        """
        Request = self.env["office.info.request"]
        requests = Request.search(
            Domain("date_received", ">=", self.date_from)
            & Domain("date_received", "<=", self.date_to)
            & Domain("state", "!=", "filed"),
            order="number, id",
        )
        columns = (
            ("登记编号", 22),
            ("收到日期", 14),
            ("收到方式", 10),
            ("申请人类别", 14),
            ("申请人", 10),
            ("申请内容", 44),
            ("承办单位", 16),
            ("承办人", 10),
            ("补正告知日期", 14),
            ("补正收到日期", 14),
            ("征求意见", 20),
            ("办结时限", 14),
            ("答复方式", 20),
            ("拟稿人", 10),
            ("审核签发人", 10),
            ("答复日期", 14),
            ("状态", 12),
            ("归档号", 16),
            ("归档日期", 14),
        )
        rows = (
            (
                one.number,
                one.date_received,
                self._label(one, "channel"),
                self._label(one, "requester_kind"),
                one.person,
                one.name,
                one.lead_unit_id.name,
                one.handler_id.name,
                one.date_correction,
                one.date_corrected,
                "、".join(one.opinion_ids.mapped("name")),
                one.date_deadline,
                self._label(one, "reply_kind"),
                one.reply_author_id.name,
                one.replied_by_id.name,
                one.date_replied and one.date_done,
                self._label(one, "state"),
                one.archive_number,
                one.date_archived,
            )
            for one in requests
        )
        return Ledger(TITLES["register"], columns, rows), requests

    @api.model
    def _label(self, record, name):
        choices = dict(record._fields[name]._description_selection(self.env))
        return choices.get(record[name])

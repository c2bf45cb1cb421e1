# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.exceptions import UserError

from .office_info_request_steps import OPENING, WITHHOLDING

ARTICLES = {
    "known": "三十六条第（一）项",
    "open": "三十六条第（二）项",
    "partial": "三十七条",
    "refused": "三十六条第（三）项",
    "absent": "三十六条第（四）项",
    "elsewhere": "三十六条第（五）项",
    "repeated": "三十六条第（六）项",
    "other_law": "三十六条第（七）项",
}


class OfficeInfoRequestLetter(models.Model):
    """What the requester is told on paper, in Chinese (A14)."""

    _inherit = "office.info.request"

    def _get_letter(self):
        """Return the letter that the present state asks for.

        Whom it goes to is revealed to who may know it, which is put on record.

        :return: ``title``, ``person``, ``lines``, ``files``, ``remedy``, ``date``
        :rtype: dict
        :raise UserError: while there is nothing to tell
        """
        self.ensure_one()
        letter = {
            "person": self._get_addressee(),
            "files": [],
            "remedy": False,
            "date": self.state_since,
        }
        if self.state == "correcting":
            due = self.date_correction_due
            return letter | {
                "title": "政府信息公开申请补正告知书",
                "lines": [
                    f"您的申请内容不明确，请补正：{self.correction_text}",
                    f"请于{due.year}年{due.month}月{due.day}日前补正。答复期限自本机关收到"
                    "补正之日起计算；无正当理由逾期不补正的，视为放弃申请"
                    "（《政府信息公开条例》第三十条）。",
                ],
            }
        if self.state in ("replied", "closed"):
            return letter | self._get_reply_letter()
        if self.state == "redirected":
            return letter | {
                "title": "政府信息公开申请告知书",
                "lines": [self.redirect_text],
            }
        extended = self.deadline_event_ids.filtered(lambda one: one.kind == "extend")
        if extended and not self.date_done:
            last = extended.sorted("id")[-1]
            due = self.date_deadline
            return letter | {
                "title": "政府信息公开延期答复告知书",
                "date": last.date,
                "lines": [
                    f"因{last.reason}，经本机关信息公开工作机构负责人同意，答复期限延长至"
                    f"{due.year}年{due.month}月{due.day}日"
                    "（《政府信息公开条例》第三十三条）。"
                ],
            }
        if self.state == "consulting":
            return letter | {
                "title": "政府信息公开申请征求意见告知书",
                "lines": [
                    "您申请公开的政府信息依法需要征求第三方或者共同制作机关的意见，本机关已经发出"
                    "征求意见书。征求意见所需时间不计算在答复期限内（《政府信息公开条例》第三十二条"
                    "至第三十四条）。"
                ],
            }
        if self.state == "received":
            return letter | self._get_receipt_letter()
        raise UserError(
            self.env._(
                "There is nothing to tell: register the receipt first. No letter is "
                "printed on a request that was given up."
            )
        )

    def _get_receipt_letter(self):
        due, code = self.date_deadline, self._get_printed_code()
        follow = f"您可以凭查询码（{code}）和登记电话的后四位在本机关服务大厅网页查询办理情况。"
        return {
            "title": "政府信息公开申请登记回执",
            "lines": [
                f"您的申请已经登记，由{self.lead_unit_id.name}承办。本机关将于{due.year}年"
                f"{due.month}月{due.day}日前答复（《政府信息公开条例》第三十三条）。",
                *([follow] if code else []),
            ],
        }

    def _get_addressee(self):
        identity = self.sudo().identity_ids[:1].sudo(False)
        if not identity:
            return ""
        if identity._may_reveal():
            return identity.reveal().get("person", "")
        return identity.person_masked or ""

    def _get_reply_lines(self):
        """Return what a reply says: its kind, text, reason and article.

        :rtype: list[str]
        """
        self.ensure_one()
        # On the page, too, the reply is what its paper says.
        lang = self.env["ir.actions.report"]._get_paper_lang()
        paper = self.with_context(lang=lang)
        kind = dict(self._fields["reply_kind"]._description_selection(paper.env))
        lines = [
            f"经审查，答复方式为：{kind[self.reply_kind]}。",
            self.reply_text or "",
        ]
        if self.reply_where:
            lines.append(f"获取途径或者联系方式：{self.reply_where}")
        if self.withheld_reason and self.reply_kind in WITHHOLDING:
            lines.append(f"不予公开的理由：{self.withheld_reason}")
        if self.reply_reason and self.reply_kind in ("absent", "elsewhere"):
            lines.append(f"理由：{self.reply_reason}")
        if self.repeated_id and self.reply_kind == "repeated":
            lines.append(f"此前已答复的申请：{self.sudo().repeated_id.number}")
        article = self.withheld_article
        basis = f"《政府信息公开条例》第{ARTICLES[self.reply_kind]}"
        if article and self.reply_kind in ("partial", "refused", "other_law"):
            basis = f"{basis}、{article}"
        lines.append(f"本告知的依据：{basis}。")
        return list(filter(None, lines))

    def _get_remedy(self):
        """Return what somebody may do who does not agree, on paper and on the page.

        Where something is withheld, reconsideration comes before the court, and they
        are told so (行政复议法 第23条; 法释〔2025〕8号 第1条).

        :rtype: str
        """
        self.ensure_one()
        organ = self.company_id.sudo().open_review_organ
        to = f"向{organ}" if organ else ""
        if self.reply_kind in WITHHOLDING:
            return (
                f"如对本告知不服，应当自收到本告知书之日起六十日内先{to}申请行政复议；对行政"
                "复议决定不服的，可以自收到行政复议决定书之日起十五日内依法提起行政诉讼"
                "（《行政复议法》第二十三条、《行政诉讼法》第四十五条）。"
            )
        return (
            f"如对本告知不服，可以自收到本告知书之日起六十日内{to}依法申请行政复议，或者自"
            "收到本告知书之日起六个月内依法提起行政诉讼。"
        )

    def _get_reply_letter(self):
        opened = self.reply_kind in OPENING
        files = self._get_released_files() if opened else self.file_ids.browse()
        return {
            "title": "政府信息公开告知书",
            "lines": self._get_reply_lines(),
            "files": [
                f"{file.name}（经删减处理的副本）" if file.is_redacted else file.name
                for file in files
            ],
            "remedy": self._get_remedy(),
            "date": fields.Datetime.to_datetime(self.date_replied),
        }

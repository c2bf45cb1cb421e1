# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.exceptions import UserError

from .office_info_request_steps import OPENING


class OfficeInfoRequestOpinion(models.Model):
    """What is written to who is asked for an opinion, in Chinese (A14).

    They learn what was asked for, and never who asks.
    """

    _inherit = "office.info.request.opinion"

    def action_print(self):
        """Print the letter to who is asked.

        :rtype: dict
        """
        self.ensure_one()
        report = self.env.ref("office_functions_service.report_info_opinion_letter")
        return report.report_action(self)

    def _get_letter(self):
        """Return the letter that the present state asks for.

        First they are asked (政府信息公开条例 第32、34条); what is opened all the same
        is told to the third party that did not agree (第32条).

        :return: ``title``, ``lines``, ``date``
        :rtype: dict
        :raise UserError: before they have been asked
        """
        self.ensure_one()
        request = self.request_id
        if not self.date_asked:
            raise UserError(
                self.env._(
                    "There is nothing to send yet: the letter is printed once the "
                    "opinion was asked for."
                )
            )
        if self._is_overruled():
            return {
                "title": "政府信息公开决定告知书（第三方）",
                "date": request.date_replied,
                "lines": [
                    "关于本机关就前述政府信息公开申请征求您（贵单位）意见一事，经审查，不公开可能对"
                    "公共利益造成重大影响，本机关决定予以公开（《政府信息公开条例》第三十二条）。",
                    f"决定公开的内容：{request.reply_text}",
                    f"理由：{request.over_objection}",
                    "如认为该决定侵犯您（贵单位）的合法权益，可以自收到本告知书之日起六十日内依法"
                    "申请行政复议，或者自收到本告知书之日起六个月内依法提起行政诉讼。",
                ],
            }
        due = self.date_due
        until = f"{due.year}年{due.month}月{due.day}日"
        if self.kind == "co_maker":
            lines = [
                "该信息由本机关与贵机关共同制作。现征求贵机关意见，请自收到本征求意见书之日起15个"
                f"工作日内（{until}前）书面提出是否同意公开的意见；逾期未提出意见的，视为同意公开"
                "（《政府信息公开条例》第三十四条）。"
            ]
        else:
            lines = [
                "经审查，公开该信息可能损害您（贵单位）的合法权益。现书面征求意见，请自收到本征求"
                f"意见书之日起15个工作日内（{until}前）书面提出是否同意公开的意见；不同意公开的，请"
                "说明理由。",
                "逾期未提出意见的，由本机关依法决定是否公开；不同意公开且有合理理由的，不予公开。"
                "不公开可能对公共利益造成重大影响的，本机关可以决定予以公开，并将决定公开的内容和"
                "理由书面告知您（贵单位）（《政府信息公开条例》第三十二条）。",
            ]
        return {
            "title": "政府信息公开征求意见书",
            "date": self.date_asked,
            "lines": lines,
        }

    def _is_overruled(self):
        """Tell whether it was opened though this third party did not agree."""
        request = self.request_id
        return (
            self.kind == "third_party"
            and self.answer != "agree"
            and request.state in ("replied", "closed")
            and request.reply_kind in OPENING
        )

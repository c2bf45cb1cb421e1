# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.office_functions.models.office_information import DRAFTING
from odoo.addons.office_functions.tools.omission import Omission

from .office_petition import DIRECTOR, OFFICER


class OfficePetition(models.Model):
    """What is grave or urgent goes up to the committee and the government (R-PET-12).

    At once, as a special report without identities, and seen to be late where it does
    not (信访工作条例 第25条、第46条第四项). A report or accusation goes to no clerk's desk
    on its way: it is forwarded to the organ that is competent (第30条).
    """

    _inherit = "office.petition"

    upward_report_id = fields.Many2one(
        "office.information",
        "Report Upward",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"upward_report_id"}

    def action_report_upward(self):
        """Draft the special report on a grave petition, once, and open it.

        :return: the action that opens it
        :rtype: dict
        :raise AccessError: for anybody but petition officers and directors
        :raise UserError: with all that is against it
        """
        self.ensure_one()
        self.check_access("read")
        if not any(map(self.env.user.has_group, (OFFICER, DIRECTOR))):
            raise AccessError(
                self.env._("Petition officers and directors report upward.")
            )
        reasons = []
        if not self.is_grave:
            reasons.append(
                self.env._("Only what is grave or urgent is reported upward.")
            )
        if self.is_report or self.is_restricted:
            reasons.append(
                self.env._(
                    "What is kept secret is not drafted here: forward a report to the "
                    "competent organ, and tell the leaders admitted to it."
                )
            )
        if reasons:
            raise UserError("\n".join(reasons))
        made = self.sudo().upward_report_id.sudo(False)
        if made:
            return made._get_form_action()
        made = self.env["office.information"].create(self._prepare_upward_vals())
        self._keep_result_from_excluded(made)
        self.env["office.matter.link"].sudo()._link(self.sudo(), made.sudo())
        self.sudo()._set(upward_report_id=made.id)
        return made._get_form_action()

    def _prepare_upward_vals(self):
        """Return the values of the special report, in Chinese as all that is issued.

        :rtype: dict
        """
        gist = self._get_neutral_name() if self._is_kept_close() else self._get_gist()
        told = fields.Datetime.context_timestamp(
            self.with_context(tz=self.env.user.tz or "Asia/Shanghai"),
            self.date_escalated,
        )
        return {
            "name": f"重大紧急信访事项专报（{self.number}）",
            "kind": "urgent",
            "nature": "bad",
            "direction": "up",
            "source": "信访登记",
            "text": "\n".join(
                (
                    f"收到日期：{self.date_received:%Y年%m月%d日}",
                    f"涉及人数：{self.person_count}人",
                    f"主要反映：{gist}",
                    f"报告本单位领导时间：{told:%Y年%m月%d日%H时%M分}",
                )
            ),
        }

    @api.model
    def _get_not_reported_domain(self):
        """Return the grave petitions that should have been reported upward by now.

        Not those that are kept from anybody: an omission is read by many.

        :rtype: Domain
        """
        waiting = (
            Domain("is_grave", "=", True)
            & Domain("is_report", "=", False)
            & Domain("date_escalated", "!=", False)
            & (
                Domain("upward_report_id", "=", False)
                | Domain("upward_report_id.state", "in", DRAFTING)
            )
        )
        known = (
            self.sudo()
            .search(waiting)
            .filtered(lambda one: not (one.office_accused or one.is_restricted))
        )
        late = self.env["office.omission"]._filter_late(
            known, "petition_upward", "date_escalated"
        )
        return Domain("id", "in", late.ids)


class OfficeOmission(models.Model):
    _inherit = "office.omission"

    @api.model
    def _get_omissions(self):
        return [
            *super()._get_omissions(),
            Omission(
                "petition_upward",
                self.env._("Grave petition not reported upward"),
                "office.petition",
                "_get_not_reported_domain",
            ),
        ]

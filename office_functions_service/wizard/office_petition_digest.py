# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from collections import Counter
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..models.office_petition import OFFICER
from ..tools.redaction import BAR

CHANNELS = {"letter": "来信", "visit": "来访", "call": "来电", "online": "网上"}
CLASSES = {"suggestion": "建议意见", "claim": "申诉求决"}
GISTS = 30
"""How many petitions a digest tells of; the figures count all that may be told."""


class OfficePetitionDigest(models.TransientModel):
    """Turns a week of petitions into a digest for the leaders (信访摘报, S1.32).

    Figures, and what ordinary petitions are about, in Chinese as all that is issued.
    Nobody is named: neither who petitions nor who is complained of. Reports, petitions
    against somebody of the house and those restricted by hand are not in it at all, not
    even in the totals: the digest goes to leaders, directors and clerks, and what is
    more in it than each of them may read would tell of a petition against them, or of
    a report in that week (A4, A5). How many reports there are, is told by the year:
    ``office.petition.count``.
    """

    _name = "office.petition.digest"
    _description = "Digest of Petitions"

    date_from = fields.Date(
        "From",
        required=True,
        default=lambda self: fields.Date.context_today(self) - timedelta(days=7),
    )
    date_to = fields.Date("Until", required=True, default=fields.Date.context_today)

    def make(self):
        """Write the digest as a draft information report, and open it.

        :rtype: dict
        :raise AccessError: for anybody but petition officers
        :raise UserError: for a period that ends before it begins
        """
        return self._draft()._get_form_action()

    def _draft(self):
        """Write the digest as a draft of the current user; see :meth:`make`.

        :rtype: office.information
        """
        self.ensure_one()
        if not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Petition officers write the digest."))
        if self.date_to < self.date_from:
            raise UserError(self.env._("The period ends before it begins."))
        period = f"{self.date_from:%Y.%m.%d}—{self.date_to:%Y.%m.%d}"
        return self.env["office.information"].create(
            {
                "name": f"信访摘报（{period}）",
                "kind": "opinion",
                "source": "信访登记",
                "text": self._get_text(),
            }
        )

    def _get_told(self):
        """Return the petitions of the period that nobody is kept from.

        :rtype: office.petition
        """
        Petition = self.env["office.petition"].sudo().with_context(active_test=False)
        return Petition.search(
            Domain("company_id", "=", self.env.company.id)
            & Petition._get_received_domain(self.date_from, self.date_to)
            & Domain("is_report", "=", False)
            & Domain("is_restricted", "=", False)
            & Domain("office_accused", "=", False),
            order="id",
        )

    def _get_text(self):
        """Return figures and gist of the petitions that may be told.

        :rtype: str
        """
        told = self._get_told()
        total = len(told)
        channels = Counter(told.mapped("channel"))
        classes = Counter(told.mapped("petition_class"))
        lines = [
            f"本期共登记信访事项{total}件。",
            "按形式："
            + "、".join(f"{word}{channels[key]}件" for key, word in CHANNELS.items())
            + "。",
            "按类别："
            + "、".join(f"{word}{classes[key]}件" for key, word in CLASSES.items())
            + f"、待甄别{classes[False]}件。",
            "检举控告以及反映本单位人员、部门的事项另行保密办理，不计入本期数字。",
        ]
        shown = told.sudo(False)._filtered_access("read")[:GISTS]
        if shown:
            lines.append("主要反映：")
        for nth, petition in enumerate(shown, 1):
            word = CLASSES.get(petition.petition_class)
            lines.append(
                f"{nth}. {petition._get_gist()}" + (f"（{word}）" if word else "")
            )
        if any(BAR in line for line in lines):
            lines.append(f"（{BAR}处为隐去的个人信息。）")
        return "\n".join(lines)

    # Every week -----------------------------------------------------------------------

    @api.model
    def _cron_weekly(self):
        """Draft the digest of the week that is over, for a petition officer, once.

        The companies say whether they want it. A week without petitions has none, nor
        has one without any that may be told: it would say that there was another.
        """
        today = fields.Date.context_today(self)
        sunday = today - timedelta(days=today.isoweekday())
        companies = (
            self.env["res.company"]
            .sudo()
            .search([("petition_digest_weekly", "=", True)])
        )
        for company in companies:
            if not company.try_lock_for_update(allow_referencing=True):
                # Another job is at it.
                continue
            if (
                company.petition_digest_until
                and company.petition_digest_until >= sunday
            ):
                continue
            officer = self._get_digest_officer(company)
            if not officer:
                continue
            digest = (
                self.with_user(officer)
                .with_company(company)
                .with_context(allowed_company_ids=company.ids, lang=officer.lang)
                .create({"date_from": sunday - timedelta(days=6), "date_to": sunday})
            )
            if digest._get_told():
                digest._draft()
            company.petition_digest_until = sunday
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _get_digest_officer(self, company):
        """Return the petition officer of a company for whom its digest is drafted.

        :rtype: res.users
        """
        officers = self.env.ref(OFFICER).sudo().all_user_ids
        mine = officers.filtered(
            lambda user: user.active and user.company_id == company
        )
        return mine.sorted("id")[:1]

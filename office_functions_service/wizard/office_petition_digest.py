# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..models.office_petition import OFFICER
from ..tools.redaction import BAR, redact

CHANNELS = {"letter": "来信", "visit": "来访", "call": "来电", "online": "网上"}
CLASSES = {"suggestion": "建议意见", "report": "检举控告", "claim": "申诉求决"}
GISTS = 30
"""How many petitions a digest tells of; the figures count all."""


class OfficePetitionDigest(models.TransientModel):
    """Turns a week of petitions into a digest for the leaders (信访摘报, S1.32).

    Figures, and what ordinary petitions are about, in Chinese as all that is issued.
    Nobody is named: neither who petitions nor who is complained of. Of reports, and of
    petitions against somebody of the house, the digest holds nothing but their number.
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

    def _get_domain(self):
        mine = Domain("company_id", "=", self.env.company.id)
        if "date_received" in self.env["office.petition"]._fields:
            return (
                mine
                & Domain("date_received", ">=", self.date_from)
                & Domain("date_received", "<=", self.date_to)
            )
        zone = self.env["office.clash.mixin"]
        end = self.date_to + timedelta(days=1)
        return (
            mine
            & Domain("create_date", ">=", zone._to_utc(self.date_from))
            & Domain("create_date", "<", zone._to_utc(end))
        )

    def _get_text(self):
        """Return figures of all petitions, and the gist of those that may be told.

        :rtype: str
        """
        Petition = self.env["office.petition"].with_context(active_test=False)
        everything = Petition.sudo()
        domain = self._get_domain()
        told = domain & Domain("is_report", "=", False)
        total = everything.search_count(domain)
        reports = everything.search_count(domain & Domain("is_report", "=", True))
        channels = dict(everything._read_group(domain, ["channel"], ["__count"]))
        classes = dict(everything._read_group(told, ["petition_class"], ["__count"]))
        lines = [
            f"本期共登记信访事项{total}件。",
            "按形式："
            + "、".join(
                f"{word}{channels.get(key, 0)}件" for key, word in CHANNELS.items()
            )
            + "。",
            "按类别："
            + "、".join(
                f"{word}{reports if key == 'report' else classes.get(key, 0)}件"
                for key, word in CLASSES.items()
            )
            + f"、待甄别{classes.get(False, 0)}件。",
        ]
        shown = Petition.search(told, limit=GISTS, order="id")
        shown = shown.filtered(lambda petition: not petition.sudo().office_accused)
        if shown:
            lines.append("主要反映：")
        for nth, petition in enumerate(shown, 1):
            word = CLASSES.get(petition.petition_class)
            lines.append(
                f"{nth}. {self._get_gist(petition)}" + (f"（{word}）" if word else "")
            )
        if any(BAR in line for line in lines):
            lines.append(f"（{BAR}处为隐去的个人信息。）")
        return "\n".join(lines)

    def _get_gist(self, petition):
        """Return what a petition is about, with nobody in it.

        :rtype: str
        """
        return redact(petition.name, petition._get_names())[0]

    # Every week -----------------------------------------------------------------------

    @api.model
    def _cron_weekly(self):
        """Draft the digest of the week that is over, for a petition officer, once.

        The companies say whether they want it. A week without petitions has none.
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
            if (
                self.env["office.petition"]
                .sudo()
                .search_count(digest._get_domain(), limit=1)
            ):
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

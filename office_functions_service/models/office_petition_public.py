# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from ..tools.basis import plain_basis
from ..tools.petition_law import REGULATION

TOLD = ("refusal", "forwarding", "guidance")
"""Notices by which a petition leaves this office."""


class OfficePetition(models.Model):
    """What a petitioner sees who follows a petition (A9), and nothing internal."""

    _inherit = "office.petition"

    @api.model
    def _get_public_states(self):
        registered = self.env._("Already Registered")
        working = self.env._("Being Worked On")
        replied = self.env._("Already Answered")
        closed = self.env._("Closed")
        return {
            "registered": registered,
            "judged": registered,
            "objected": registered,
            **dict.fromkeys(("accepted", "assigned", "handling", "merged"), working),
            "not_accepted": self.env._("Not Accepted"),
            "forwarded": self.env._("Forwarded"),
            "guided": self.env._("Led to Its Statutory Way"),
            "replied": replied,
            "review": self.env._("Being Reviewed"),
            "rereview": self.env._("Being Re-Reviewed"),
            "mediated": self.env._("Mediated"),
            "withdrawn": self.env._("Withdrawn"),
            "finalised": self.env._("Finalised"),
            "closed": closed,
        }

    def _get_public_page(self):
        """Return what the petitioner sees: see :meth:`OfficePublicMixin._get_public_page`.

        No name of a person and no reason written for the house is in it. A petition
        that is handled by another law names that law.
        """
        page = super()._get_public_page()
        record = self.sudo()
        page["date"] = record.date_received
        page["article"] = plain_basis(record.time_limit_id.legal_basis) or (
            record.way_basis
        )
        notice = record._get_told_notice()
        page["is_told"] = bool(notice)
        page["is_undecided"] = record.state in ("registered", "judged", "objected")
        if notice:
            page["article"] = f"{REGULATION}{notice._get_article()}"
        page["explanation"] = record._get_public_explanation()
        return page

    def _get_public_explanation(self):
        """Return how the present deadline came about, without names and notes.

        :rtype: list[str]
        """
        if self.date_done or not self.date_deadline:
            return []
        lines = [self.env._("Clock started: %s.", self._show_date(self.clock_start))]
        limit = self.time_limit_id
        if limit:
            lines.append(
                self.env._(
                    "Rule: %(rule)s. Basis: %(basis)s.",
                    rule=limit.display_name,
                    basis=plain_basis(limit.legal_basis)
                    or self.env._("rule of the house"),
                )
            )
            if self._is_counted():
                lines += self._explain_count()
        standing = self.notice_ids.filtered(lambda notice: not notice.is_superseded)
        for notice in standing.filtered(lambda notice: notice.kind == "postponement"):
            lines.append(
                self.env._(
                    "Postponed to %(date)s: %(reason)s",
                    date=self._show_date(notice.date_due),
                    reason=notice.reason or "",
                )
            )
        lines.append(self.env._("Result: %s.", self._show_date(self.date_deadline)))
        return lines

    def _get_public_answer(self):
        """Return the opinion, once it has been delivered, and how to contest it.

        Where the petition was not accepted, forwarded or led to its statutory way, the
        notice of it is told: why, and where to turn to.

        :rtype: str
        """
        self.ensure_one()
        record = self.sudo()
        notice = record._get_told_notice()
        if notice:
            return "\n".join(notice._get_public_lines())
        if not record.date_opinion_delivered or record.state in (
            "registered",
            "judged",
            "objected",
            "handling",
        ):
            return ""
        lines = [*record._get_opinion_lines(), record._get_remedy_line()]
        return "\n".join(filter(None, lines))

    def _get_opinion_lines(self):
        """Return the outcome of each demand, and the opinion.

        :rtype: list[str]
        """
        outcomes = dict(
            self.demand_ids._fields["outcome"]._description_selection(self.env)
        )
        lines = []
        for demand in self.demand_ids:
            lines.append(f"{demand.number}. {demand.text}")
            lines.append(f"{outcomes.get(demand.outcome, '')}：{demand.facts or ''}")
            if demand.basis:
                lines.append(demand.basis)
        return [*lines, self.opinion or ""]

    def _get_told_notice(self):
        """Return the notice that ended the petition here, once they may know of it.

        :rtype: office.petition.notice
        """
        self.ensure_one()
        if self.state not in ("not_accepted", "forwarded", "guided", "closed"):
            return self.notice_ids.browse()
        standing = self.notice_ids.filtered(lambda notice: not notice.is_superseded)
        last = standing.sorted("id")[-1:]
        return last.filtered(
            lambda notice: (
                notice.kind in TOLD and (notice.date_delivered or notice.is_exempt)
            )
        )


class OfficePetitionNotice(models.Model):
    _inherit = "office.petition.notice"

    def _get_public_lines(self):
        """Return what the page says of a notice, as its paper does (F9).

        :rtype: list[str]
        """
        self.ensure_one()
        grounds = dict(self._fields["ground"]._description_selection(self.env))
        lines = [grounds.get(self.ground), self.reason]
        words = {
            "forwarding": self.env._("It was passed on to: %s.", self.organ),
            "guidance": self.env._("The way that the law names: %s.", self.organ),
            "refusal": self.env._("Please turn to: %s.", self.organ),
        }
        if self.organ:
            lines.append(words[self.kind])
        return [line for line in lines if line]

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

ENDED_BY = {
    "forwarded": "forwarding",
    "guided": "guidance",
    "not_accepted": "refusal",
}
"""The notice that tells why we do not handle a petition, by its state."""
ARTICLES = {
    "forwarding": "信访工作条例 第二十三条",
    "guidance": "信访工作条例 第三十一条",
    "final": "信访工作条例 第三十六条第三款",
    "in_hand": "信访工作条例 第十九条",
    "procedure": "信访工作条例 第三十一条",
    "power": "信访工作条例 第二十三条",
    "statutory": "信访工作条例 第三十一条",
}
"""What such a notice rests on, by its kind, or by the ground of a refusal."""


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
        that is handled by another law names that law; one that we do not handle says
        why, and who does (``told``, lines).
        """
        page = super()._get_public_page()
        record = self.sudo()
        page["date"] = record.date_received
        page["article"] = record.time_limit_id.legal_basis or record.way_basis
        page["explanation"] = record._get_public_explanation()
        notice = record._get_ending_notice()
        if notice:
            page["article"] = ARTICLES.get(notice.ground or notice.kind)
            page["told"] = record._tell_ending(notice)
        return page

    def _get_ending_notice(self):
        """Return the notice that tells why we do not handle it, once it is served.

        Whom nobody can reach needs no service and reads it here (第23条).

        :rtype: office.petition.notice
        """
        kind = ENDED_BY.get(self.state)
        return self.notice_ids.filtered(
            lambda notice: (
                notice.kind == kind
                and not notice.is_superseded
                and (notice.date_delivered or notice.is_exempt)
            )
        )[:1]

    def _tell_ending(self, notice):
        """Return what a notice says, line by line, as its paper does (F9).

        :param office.petition.notice notice: of forwarding, guidance or refusal
        :rtype: list[str]
        """
        organ = notice.organ
        if notice.kind == "forwarding":
            line = self.env._(
                "It was forwarded to %(organ)s, which is competent. Please ask there "
                "how it is handled.",
                organ=organ,
            )
        elif notice.kind == "guidance":
            line = self.env._(
                "A law names another way for it. Please bring it to %(organ)s, as that "
                "law lays down.",
                organ=organ,
            )
        else:
            grounds = dict(notice._fields["ground"]._description_selection(self.env))
            line = self.env._("It is not accepted: %s.", grounds[notice.ground])
        return [
            line,
            *(
                [self.env._("Please bring it to %s.", organ)]
                if organ and notice.kind == "refusal"
                else []
            ),
            *([self.env._("Reason: %s", notice.reason)] if notice.reason else []),
            self.env._(
                "Notice %(number)s of %(date)s.",
                number=notice.number,
                date=self._show_date(notice.date),
            ),
        ]

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
                    basis=limit.legal_basis or self.env._("rule of the house"),
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

        :rtype: str
        """
        self.ensure_one()
        record = self.sudo()
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

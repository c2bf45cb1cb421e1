# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from .office_petition_count import FEWEST

CHANNELS = {"letter": "来信", "visit": "来访", "call": "来电", "online": "网上"}
NOTICES = {
    "acceptance": "受理",
    "assignment": "交办",
    "forwarding": "转送",
    "guidance": "引导依法定途径办理",
    "refusal": "不予受理",
    "objection": "提出异议",
}
ADOPTED = {"adopted": "全部采纳", "partly": "部分采纳", "explained": "说明解释"}
LEVELS = {"review": "复查", "rereview": "复核"}
OUTCOMES = {"upheld": "维持原意见", "changed": "变更原意见", "revoked": "撤销原意见"}


def percent(part, whole):
    """Return a share as it stands in the table, ``—`` of nothing.

    :rtype: str
    """
    return f"{part * 100 / whole:.1f}%" if whole else "—"


class OfficePetitionReport(models.Model):
    """What the annual report counts, each table by one query or a few.

    All of the house is counted, in superuser mode and for the report's own company
    only, but what is against the reader themselves (see the class after this one): of
    other petitions hidden from them readers see the number. Reports and accusations are a number
    of their own, of the year and of a unit complained of, told from three on as in
    ``office.petition.count``; they are in no other figure, or the difference would tell
    of one (A4, A5).
    """

    _inherit = "office.petition.report"

    def _get_tables(self):
        """Return the tables of the report: as approved, before that as of now.

        :return: ``title``, ``heads`` and ``rows`` of each table, in Chinese
        :rtype: list[dict]
        """
        self.ensure_one()
        self._check_reader()
        return self.figures or self._count_tables()

    def _count_tables(self):
        tables = (
            ("收到情况", ("项目", "件数"), self._count_received()),
            ("办理情况", ("项目", "件数"), self._count_handled()),
            ("按期办理", ("项目", "应办", "按期", "按期率"), self._count_in_time()),
            ("满意度与重复信访", ("项目", "数值"), self._count_satisfaction()),
            ("建议及采纳", ("项目", "数量"), self._count_suggestions()),
            ("复查复核", ("项目", "复查", "复核"), self._count_reviews()),
            ("按问题类别", ("类别", "件数"), self._count_by_subject()),
            ("按承办单位", ("单位", "件数"), self._count_by_lead_unit()),
            (
                "按被反映单位",
                ("单位", "一般信访事项", "检举控告"),
                self._count_by_complained_unit(),
            ),
        )
        return [
            {"title": title, "heads": list(heads), "rows": [list(row) for row in rows]}
            for title, heads, rows in tables
        ]

    def _get_petitions(self):
        return self.env["office.petition"].sudo().with_context(active_test=False)

    def _get_mine_domain(self):
        return Domain("company_id", "=", self.company_id.id) & Domain(
            "is_report", "!=", True
        )

    def _get_received_domain(self):
        petitions = self._get_petitions()
        return self._get_mine_domain() & petitions._get_received_domain(
            *self._get_period()
        )

    def _count_reports(self):
        """Return how many reports and accusations came in, in words where few.

        :rtype: int | str
        """
        petitions = self._get_petitions()
        number = petitions.search_count(
            Domain("company_id", "=", self.company_id.id)
            & Domain("is_report", "=", True)
            & petitions._get_received_domain(*self._get_period())
        )
        return number if number >= FEWEST else f"不足{FEWEST}件"

    def _count_received(self):
        """Return what came in, by form and by class; reports as a number only."""
        total = persons = 0
        channels, classes = {}, {}
        for channel, kind, number, people in self._get_petitions()._read_group(
            self._get_received_domain(),
            ["channel", "petition_class"],
            ["__count", "person_count:sum"],
        ):
            channels[channel] = channels.get(channel, 0) + number
            classes[kind] = classes.get(kind, 0) + number
            total += number
            persons += people
        joint = self._get_petitions().search_count(
            self._get_received_domain() & Domain("person_count", ">=", 5)
        )
        return [
            ("收到信访事项（不含检举控告）", total),
            ("涉及人次", persons),
            ("其中：五人以上集体信访", joint),
            *(
                (f"形式：{word}", channels.get(key, 0))
                for key, word in CHANNELS.items()
            ),
            ("类别：建议意见", classes.get("suggestion", 0)),
            ("类别：检举控告", self._count_reports()),
            ("类别：申诉求决", classes.get("claim", 0)),
            ("类别：尚未甄别", classes.get(False, 0)),
        ]

    def _count_handled(self):
        """Return the decisions of the year that still hold, and how it was urged."""
        self.env["office.petition.notice"].flush_model()
        self.env["office.urging"].flush_model()
        self.env["office.petition"].flush_model(["company_id", "is_report"])
        decided = dict(
            self.env.execute_query(
                SQL(
                    """SELECT notice.kind, COUNT(DISTINCT notice.petition_id)
                         FROM office_petition_notice notice
                         JOIN office_petition petition
                              ON petition.id = notice.petition_id
                        WHERE petition.company_id = %s
                              AND petition.is_report IS NOT TRUE
                              AND notice.date BETWEEN %s AND %s
                              AND notice.is_superseded IS NOT TRUE
                              AND NOT %s
                     GROUP BY notice.kind""",
                    self.company_id.id,
                    *self._get_period(),
                    self._get_against_sql("petition"),
                )
            )
        )
        [(urgings, urged)] = self.env.execute_query(
            SQL(
                """SELECT COUNT(*), COUNT(DISTINCT petition.id)
                     FROM office_urging urging
                     JOIN office_petition petition ON petition.id = urging.res_id
                    WHERE urging.res_model = 'office.petition'
                          AND petition.company_id = %s
                          AND petition.is_report IS NOT TRUE
                          AND urging.date BETWEEN %s AND %s
                          AND NOT %s""",
                self.company_id.id,
                *self._get_period(),
                self._get_against_sql("petition"),
            )
        )
        return [
            *((word, decided.get(key, 0)) for key, word in NOTICES.items()),
            ("催办次数", urgings),
            ("被催办事项", urged),
        ]

    def _count_in_time(self):
        """Return how often the days for notice and reply were kept, as K27 does."""
        petitions = self._get_petitions()
        mine, period = self._get_mine_domain(), self._get_period()
        rows = []
        for heading, domain, done, due in (
            (
                "按期告知受理情况",
                petitions._get_decision_due_domain(*period),
                "date_notice_met",
                "date_notice_due",
            ),
            (
                "按期办结答复",
                petitions._get_reply_due_domain(*period),
                "date_replied",
                "date_reply_due",
            ),
        ):
            counts = petitions._count_kept(mine & domain, done, due)
            kept, number = (sum(row[place] for row in counts) for place in (2, 3))
            rows.append((heading, number, kept, percent(kept, number)))
        return rows

    def _count_satisfaction(self):
        """Return what petitioners said, and how many came again (K27)."""
        petitions = self._get_petitions()
        mine, period = self._get_mine_domain(), self._get_period()
        rated = mine & petitions._get_petition_rated_domain(*period)
        number = stars = content = first = 0
        for score, solved, count in petitions._read_group(
            rated, ["first_score", "first_solved"], ["__count"]
        ):
            number += count
            stars += count * score
            content += count * (score >= 4)
            first += count * (solved == "yes")
        came = dict(
            petitions._read_group(
                self._get_received_domain(), ["repeat_kind"], ["__count"]
            )
        )
        again = came.get("repeated", 0)
        return [
            ("评价件数", number),
            ("平均星级", f"{stars / number:.1f}" if number else "—"),
            ("满意率（四星以上）", percent(content, number)),
            ("一次解决率", percent(first, number)),
            ("重复信访件数", again),
            ("重复信访率", percent(again, sum(came.values()))),
        ]

    def _count_suggestions(self):
        """Return what was suggested, and what of it was adopted (第29、39条)."""
        suggested = Domain("petition_class", "=", "suggestion")
        received = self._get_petitions().search_count(
            self._get_received_domain() & suggested
        )
        replied = (
            self._get_mine_domain()
            & suggested
            & self._get_within_domain("date_replied")
        )
        demands = self.env["office.petition.demand"].sudo()
        demands = demands.with_context(active_test=False)
        outcomes = dict(
            demands._read_group(
                Domain("petition_id", "any", replied), ["outcome"], ["__count"]
            )
        )
        return [
            ("收到建议意见（件）", received),
            ("答复建议（条）", sum(outcomes.values())),
            *((f"{word}（条）", outcomes.get(key, 0)) for key, word in ADOPTED.items()),
        ]

    def _count_reviews(self):
        """Return the reviews asked for, and what those decided came to (第35、36条)."""
        reviews = self.env["office.petition.review"].sudo()
        reviews = reviews.with_context(active_test=False)
        of_mine = Domain("petition_id", "any", self._get_mine_domain())

        def within(name):
            return of_mine & self._get_within_domain(name)

        asked = dict(reviews._read_group(within("date_asked"), ["level"], ["__count"]))
        decided = {
            (level, outcome): number
            for level, outcome, number in reviews._read_group(
                within("date_decided"), ["level", "outcome"], ["__count"]
            )
        }
        return [
            ("收到请求", *(asked.get(level, 0) for level in LEVELS)),
            *(
                (word, *(decided.get((level, outcome), 0) for level in LEVELS))
                for outcome, word in OUTCOMES.items()
            ),
        ]

    def _count_by_subject(self):
        """Return what came in by field (第39条); reports are not told apart."""
        counts = self._get_petitions()._read_group(
            self._get_received_domain() & Domain("is_report", "=", False),
            ["subject_id"],
            ["__count"],
            order="__count DESC",
        )
        return [
            (subject.with_context(lang="zh_CN").name or "尚未分类", number)
            for subject, number in counts
        ]

    def _count_by_lead_unit(self):
        """Return what came in by the unit that leads it; reports are not told apart."""
        counts = self._get_petitions()._read_group(
            self._get_received_domain(),
            ["lead_unit_id"],
            ["__count"],
            order="__count DESC",
        )
        return [(unit.name or "尚未确定", number) for unit, number in counts]

    def _count_by_complained_unit(self):
        """Return what came in by the unit complained of (第39条).

        A unit stands here from three petitions on, and the reports against it from
        three on: fewer would tell that somebody reported it, and who (A4).
        """
        self.env["office.petition"].flush_model()
        self.env["office.petition.accused"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT complained.unit_id,
                          COUNT(*) FILTER (WHERE petition.is_report IS NOT TRUE),
                          COUNT(*) FILTER (WHERE petition.is_report)
                     FROM (SELECT petition_id, unit_id
                             FROM office_petition_accused
                            WHERE unit_id IS NOT NULL
                            UNION
                           SELECT office_petition_id, hr_department_id
                             FROM office_petition_complained_unit_rel) complained
                     JOIN office_petition petition
                          ON petition.id = complained.petition_id
                    WHERE petition.company_id = %s
                          AND petition.date_received BETWEEN %s AND %s
                          AND NOT %s
                 GROUP BY complained.unit_id""",
                self.company_id.id,
                *self._get_period(),
                self._get_against_sql("petition"),
            )
        )
        units = self.env["hr.department"].sudo().with_context(active_test=False)
        told = [
            (
                units.browse(unit_id).name,
                *(number if number >= FEWEST else "—" for number in counts),
            )
            for unit_id, *counts in rows
            if max(counts) >= FEWEST
        ]
        return [*sorted(told), ("不足三件的单位不列出", "—", "—")]

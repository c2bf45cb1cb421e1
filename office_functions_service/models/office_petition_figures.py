# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class OfficePetition(models.Model):
    """The figures of petitions (K27). Restricted ones count, and are not shown.

    Reports do not count here: in the row of a unit the difference would tell of one.
    Nor does what is against the reader: who takes the list they read from the figure
    finds no difference (信访工作条例 第30条; A4). Index, summary and assessment are the
    same for all who read them, and leave out what is against any reader of petitions.
    """

    _inherit = "office.petition"

    _notice_due_idx = models.Index("(date_notice_due)")
    _reply_due_idx = models.Index("(date_reply_due) WHERE date_accepted IS NOT NULL")

    @api.model
    def _get_counted_domain(self):
        """Return the petitions that may be counted for the current user.

        :return: what is against them left out; for the system, what is against any of
            those who read every petition
        :rtype: Domain
        """
        Users = self.env["res.users"]
        if self.env.uid == SUPERUSER_ID:
            tokens = SQL(
                """ARRAY(SELECT token
                           FROM (%s) membership
                          WHERE user_id IN (SELECT uid
                                              FROM res_groups_users_rel
                                             WHERE gid IN %s))""",
                Users._get_membership_sql(),
                tuple(self._get_reader_group_ids()),
            )
        else:
            tokens = SQL("%s", list(self.env.user._get_membership_tokens()))

        def to_sql(model, alias, _query):
            accused = SQL.identifier(
                alias, "office_accused", to_flush=model._fields["office_accused"]
            )
            return SQL("(%s ?| %s) IS NOT TRUE", accused, tokens)

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _get_reader_group_ids(self):
        """Return the groups that read every petition, and those that imply them.

        :rtype: list[int]
        """
        groups = self.env["res.groups"]._get_group_definitions()
        ids = [*filter(None, map(groups.get_id, self._see_all_groups))]
        return [*ids, *groups.get_subset_ids(ids)]

    @api.model
    def _count_kept(self, domain, done, due):
        """Return how often a date was kept, by unit and handler, in one query.

        :param Domain domain: the petitions that count
        :param str done: the field of the day on which it was done
        :param str due: the field of the day by which it had to be
        :return: ``(unit id, user id, kept, all)``
        :rtype: list[tuple]
        """
        query = self._search(domain)
        if query.is_empty():
            return []
        query.groupby = SQL(
            "%s, %s",
            unit := self._field_to_sql(query.table, "lead_unit_id", query),
            user := self._field_to_sql(query.table, "handler_id", query),
        )
        query.order = None
        kept = SQL(
            "COUNT(*) FILTER (WHERE %s <= %s)",
            self._field_to_sql(query.table, done, query),
            self._field_to_sql(query.table, due, query),
        )
        return self.env.execute_query(query.select(unit, user, kept, SQL("COUNT(*)")))

    @api.model
    def _get_judgeable_domain(self, name, done, date_from, date_to):
        """Return what was due in a period, and can be judged by now.

        What was withdrawn, or settled by both sides, counts if it was overdue by then.
        """
        today = fields.Date.context_today(self)
        return (
            Domain(name, ">=", date_from)
            & Domain(name, "<=", date_to)
            & (Domain(done, "!=", False) | Domain(name, "<", today))
            & Domain("is_report", "!=", True)
        )

    @api.model
    def _get_decision_due_domain(self, date_from, date_to):
        return self._get_judgeable_domain(
            "date_notice_due", "date_notice_met", date_from, date_to
        ) & (Domain("state", "!=", "withdrawn") | Domain("notice_overdue", "=", True))

    @api.model
    def _measure_timely_acceptance(self, date_from, date_to):
        """Return told within the days for notice ÷ due in a period (K27, 第23条)."""
        domain = self._get_decision_due_domain(date_from, date_to)
        domain &= self._get_counted_domain()
        return self._count_kept(domain, "date_notice_met", "date_notice_due")

    @api.model
    def _get_reply_due_domain(self, date_from, date_to):
        return (
            self._get_judgeable_domain(
                "date_reply_due", "date_replied", date_from, date_to
            )
            & Domain("date_accepted", "!=", False)
            & (
                Domain("state", "not in", ("withdrawn", "mediated"))
                | Domain("reply_overdue", "=", True)
            )
        )

    @api.model
    def _measure_timely_reply(self, date_from, date_to):
        """Return replied in time ÷ to be replied to in a period (K27)."""
        domain = self._get_reply_due_domain(date_from, date_to)
        domain &= self._get_counted_domain()
        return self._count_kept(domain, "date_replied", "date_reply_due")

    @api.model
    def _get_petition_rated_domain(self, date_from, date_to):
        end = fields.Date.add(date_to, days=1)
        return (
            Domain("date_first_rated", ">=", date_from)
            & Domain("date_first_rated", "<", end)
            & Domain("is_report", "!=", True)
        )

    @api.model
    def _measure_petitioners(self, date_from, date_to):
        """Return stars for first replies and their number in a period (K27)."""
        return [
            (unit.id or None, user.id or None, stars, number)
            for unit, user, stars, number in self._read_group(
                self._get_petition_rated_domain(date_from, date_to)
                & self._get_counted_domain(),
                ["lead_unit_id", "rated_handler_id"],
                ["first_score:sum", "__count"],
            )
        ]

    @api.model
    def _measure_solved_at_first(self, date_from, date_to):
        """Return solved by the first reply ÷ rated in a period (K27)."""
        return self._count_share(
            self._get_petition_rated_domain(date_from, date_to),
            "first_solved",
            "yes",
            "rated_handler_id",
        )

    @api.model
    def _get_received_domain(self, date_from, date_to):
        return Domain("date_received", ">=", date_from) & Domain(
            "date_received", "<=", date_to
        )

    @api.model
    def _get_came_domain(self, date_from, date_to):
        return self._get_received_domain(date_from, date_to) & Domain(
            "is_report", "!=", True
        )

    @api.model
    def _measure_repeated(self, date_from, date_to):
        """Return repeated ÷ all petitions of a period (K27)."""
        return self._count_share(
            self._get_came_domain(date_from, date_to), "repeat_kind", "repeated"
        )

    @api.model
    def _count_share(self, domain, name, value, person="handler_id"):
        """Return how many have a value in a field, by unit and handler, in one query.

        :return: ``(unit id, user id, those, all)``
        :rtype: list[tuple]
        """
        sums = {}
        for unit, user, found, number in self._read_group(
            domain & self._get_counted_domain(),
            ["lead_unit_id", person, name],
            ["__count"],
        ):
            row = sums.setdefault((unit.id or None, user.id or None), [0, 0])
            row[0] += number if found == value else 0
            row[1] += number
        return [(*key, *row) for key, row in sums.items()]

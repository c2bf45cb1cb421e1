# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.transition import permit


class OfficeUrgingMixin(models.AbstractModel):
    """Matters that press their handlers: by the plan of steps, or by hand.

    ``next_urging`` is stored, empty while nothing runs (closed, paused), and moves
    with the deadline, so that a lawful extension or pause is silent by itself.
    """

    _name = "office.urging.mixin"
    _inherit = ["office.deadline.mixin"]
    _description = "Urging"
    _urging_groups = (
        "office_functions.group_office_clerk",
        "office_functions.group_office_leader",
    )

    next_urging = fields.Date(
        compute="_compute_next_urging", store=True, precompute=True, copy=False
    )
    last_urging = fields.Date(readonly=True, copy=False)
    urging_count = fields.Integer("Urgings", readonly=True, copy=False, aggregator=None)
    urging_ids = fields.One2many(
        "office.urging",
        "res_id",
        "Urging Notices",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
        copy=False,
    )

    _next_urging_idx = models.Index("(next_urging, id) WHERE next_urging IS NOT NULL")

    @api.depends("open_deadline")
    def _compute_next_urging(self):
        today = fields.Date.context_today(self)
        plan = self.env["office.urging.step"]._get_plan()
        for record in self:
            record.next_urging = record._get_next_urging(plan, today)

    def _get_next_urging(self, plan, today):
        """Return the day of the next step; today when all of them have passed.

        A kind of matter may ask for an earlier day, before any step of the plan: that
        urging is of level 1.
        """
        if not plan or not self._is_urged():
            return False
        days = (self.open_deadline + relativedelta(days=step[0]) for step in plan)
        ahead = [day for day in days if day >= today and day != self.last_urging]
        if ahead:
            return ahead[0]
        return today if self.last_urging != today else False

    def _is_urged(self):
        """Tell whether anything runs here that could be urged."""
        return bool(self.open_deadline)

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"last_urging", "urging_count"}

    # Whom -----------------------------------------------------------------------------

    @api.model
    def _get_addressee_sql(self, matters, level):
        """Return the query of the users that urgings at some level are addressed to.

        1: the handler (the head of the unit, where nobody handles it yet);
        2: and the head of the unit; 3: and who set the deadline. Never somebody who
        has stepped aside. One query for all matters, joined by sets: the cron asks
        for a thousand at a time.

        :param SQL matters: table or subquery, known as ``matter`` in the query
        :param SQL level: the level (``'1'`` … ``'3'``), maybe a column of ``matter``
        :return: query of ``res_id, user_id``
        :rtype: SQL
        """
        return SQL(
            """SELECT DISTINCT matter.id AS res_id, person.user_id
                 FROM %(matters)s matter
            LEFT JOIN hr_department unit ON unit.id = matter.lead_unit_id
            LEFT JOIN hr_employee head ON head.id = unit.manager_id
           CROSS JOIN LATERAL (
                      VALUES (matter.handler_id),
                             (CASE WHEN %(level)s >= '2' OR matter.handler_id IS NULL
                                   THEN head.user_id END),
                             (CASE WHEN %(level)s >= '3'
                                   THEN matter.deadline_owner_id END)
                      ) person (user_id)
                 JOIN res_users ON res_users.id = person.user_id AND res_users.active
                WHERE NOT %(recused)s""",
            matters=matters,
            level=level,
            recused=self.env["office.matter.access"]._get_recused_sql(
                SQL("person.user_id"), SQL("%s", self._name), SQL("matter.id")
            ),
        )

    def _get_urging_addressees(self, level):
        """Return whom an urging of this matter at a level is addressed to.

        :param str level: ``'1'``, ``'2'`` or ``'3'``
        :rtype: res.users
        """
        self.ensure_one()
        self.flush_recordset(["handler_id", "lead_unit_id", "deadline_owner_id"])
        self.env["hr.department"].flush_model(["manager_id"])
        self.env["hr.employee"].flush_model(["user_id"])
        self.env["office.matter.access"].flush_model()
        rows = self.env.execute_query(
            SQL(
                "%s ORDER BY user_id",
                self._get_addressee_sql(
                    SQL(
                        "(SELECT * FROM %s WHERE id = %s)",
                        SQL.identifier(self._table),
                        self.id,
                    ),
                    SQL("%s", level),
                ),
            )
        )
        return self.env["res.users"].browse(user_id for _res_id, user_id in rows)

    # By hand --------------------------------------------------------------------------

    def _explain_urging_refusal(self):
        """Return why this user may not urge this matter now.

        :rtype: list[str]
        """
        self.ensure_one()
        user = self.env.user
        reasons = []
        if user != self.sudo().deadline_owner_id and not any(
            user.has_group(group) for group in self._urging_groups
        ):
            reasons.append(self.env._("Only the office or who set the deadline urges."))
        if self.is_paused:
            reasons.append(
                self.env._("The clock is paused; nobody is urged meanwhile.")
            )
        elif not self._is_urged():
            reasons.append(self.env._("Nothing is running here that could be urged."))
        cap = self.company_id.sudo().office_urging_cap
        today = fields.Date.context_today(self)
        sent = sum(urging.date == today for urging in self.sudo().urging_ids)
        if sent >= cap:
            reasons.append(
                self.env._(
                    "It was urged %(sent)s times today, which is the most.", sent=sent
                )
            )
        return reasons

    def urge(self, text, level="1", reply_days=2):
        """Send a written urging notice by hand.

        :param str text: the urging opinion
        :param str level: ``'1'``, ``'2'`` or ``'3'``: how high it goes
        :param int reply_days: calendar days until the reply is due
        :return: the notice
        :rtype: office.urging
        :raise UserError: with all the reasons, when it may not be sent
        """
        self.ensure_one()
        self.check_access("read")
        problems = self._explain_urging_refusal()
        if not isinstance(text, str) or not text.strip():
            problems.append(self.env._("Please write the urging opinion."))
        if level not in ("1", "2", "3"):
            problems.append(self.env._("There is no such level of urging."))
        addressees = level in ("1", "2", "3") and self._get_urging_addressees(level)
        if not addressees:
            problems.append(
                self.env._("Nobody handles it yet and its unit has no head to urge.")
            )
        if problems:
            raise UserError("\n".join(problems))
        return self._send_urging(text, level, reply_days, addressees)

    def _send_urging(self, text, level, reply_days, addressees):
        """Write the notice and tell its addressees, after the checks of urge()."""
        today = fields.Date.context_today(self)
        urging = (
            self.env["office.urging"]
            .sudo()
            .create(
                {
                    "res_model": self._name,
                    "res_id": self.id,
                    "nth": self.urging_count + 1,
                    "level": level,
                    "date": today,
                    "date_deadline": self.open_deadline,
                    "text": text,
                    "sender_id": self.env.uid,
                    "date_reply_due": today + relativedelta(days=reply_days),
                    "company_id": self.company_id.id,
                }
            )
        )
        self.env["office.urging.addressee"].sudo().create(
            [
                {
                    "res_model": self._name,
                    "res_id": self.id,
                    "urging_id": urging.id,
                    "user_id": user.id,
                }
                for user in addressees
            ]
        )
        record = self.sudo()
        with permit(record):
            record.with_context(tracking_disable=True).write(
                {"urging_count": record.urging_count + 1, "last_urging": today}
            )
        self.env.ref("office_functions.ir_cron_urge")._trigger()
        return urging.with_env(self.env)

    def action_urge(self):
        """Open the dialog that shows the addressees before a notice is sent.

        :rtype: dict
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions.office_urging_send_action"
        )
        action["context"] = {
            "default_res_model": self._name,
            "default_res_id": self.id,
        }
        return action

    # By the plan ----------------------------------------------------------------------

    @api.model
    def _cron_urge(self, limit=1000):
        """Urge what is due, of every kind of matter, then tell the addressees.

        Each batch is one statement and one commit. It takes rows nobody else holds
        and moves them past today, so that it can be interrupted anywhere, run again,
        or run on two hosts at once without sending anything twice. What was urged by
        hand as often as a day allows is passed over.
        """
        cron = self.env["ir.cron"]
        for name in self._get_due_kinds():
            while taken := self.env[name]._urge_batch(limit):
                cron._commit_progress(taken)
        told = True
        while told:
            told = self.env["office.urging.addressee"]._tell_all()
            cron._commit_progress(told)

    @api.model
    def _get_due_kinds(self):
        """Return the kinds of matters of which some are to be urged today.

        One query, however many kinds there are: most have none.

        :rtype: list[str]
        """
        kinds = [
            name
            for name in self.env.registry.descendants(
                ["office.urging.mixin"], "_inherit"
            )
            if not self.env[name]._abstract
        ]
        self.env.flush_all()
        today = fields.Date.context_today(self)
        due = [
            SQL(
                "SELECT %s WHERE EXISTS (SELECT FROM %s WHERE next_urging <= %s)",
                name,
                SQL.identifier(self.env[name]._table),
                today,
            )
            for name in kinds
        ]
        rows = self.env.execute_query(SQL(" UNION ALL ").join(due))
        return [name for (name,) in rows]

    @api.model
    def _urge_batch(self, limit):
        """Urge up to ``limit`` matters of this kind that are due.

        :param int limit: how many
        :return: how many were taken
        :rtype: int
        """
        plan = self.env["office.urging.step"]._get_plan()
        if not plan:
            return 0
        self.env.flush_all()
        [(taken,)] = self.env.execute_query(self._get_urge_sql(plan, limit))
        self.env.invalidate_all()
        return taken

    @api.model
    def _get_urge_sql(self, plan, limit):
        today = fields.Date.context_today(self)
        return SQL(
            """
            WITH step (days, level, reply_days, repeat_days) AS (VALUES %(plan)s),
            due AS (
                SELECT id, open_deadline, COALESCE(urging_count, 0) AS urging_count,
                       company_id, handler_id, lead_unit_id, deadline_owner_id
                  FROM %(table)s
                 WHERE next_urging <= %(today)s
              ORDER BY next_urging, id
                 LIMIT %(limit)s
                   FOR NO KEY UPDATE SKIP LOCKED
            ),
            chosen AS (
                SELECT due.*, COALESCE(now.level, '1') AS level,
                       COALESCE(now.reply_days, 1) AS reply_days,
                       COALESCE(
                           (SELECT MIN(due.open_deadline + step.days) FROM step
                             WHERE due.open_deadline + step.days > %(today)s),
                           %(today)s + NULLIF(now.repeat_days, 0)
                       ) AS next_urging
                  FROM due
             LEFT JOIN LATERAL (
                           SELECT * FROM step
                            WHERE due.open_deadline + step.days <= %(today)s
                         ORDER BY step.days DESC LIMIT 1
                       ) now ON TRUE
            ),
            notice AS (
                INSERT INTO office_urging
                       (res_model, res_id, nth, level, date, date_deadline,
                        date_reply_due, company_id, create_date, write_date)
                SELECT %(model)s, id, urging_count + 1, level, %(today)s,
                       open_deadline, %(today)s + reply_days, company_id,
                       now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                  FROM chosen
                 WHERE (SELECT count(*) FROM office_urging sent
                         WHERE sent.res_model = %(model)s
                           AND sent.res_id = chosen.id
                           AND sent.date = %(today)s)
                     < (SELECT office_urging_cap FROM res_company
                         WHERE res_company.id = chosen.company_id)
           ON CONFLICT DO NOTHING
             RETURNING id, res_id, nth, level
            ),
            addressee AS (
                INSERT INTO office_urging_addressee
                       (res_model, res_id, urging_id, user_id)
                SELECT %(model)s, notice.res_id, notice.id, found.user_id
                  FROM notice
                  JOIN (%(addressees)s) found ON found.res_id = notice.res_id
            ),
            moved AS (
                UPDATE %(table)s matter
                   SET next_urging = chosen.next_urging,
                       last_urging = CASE WHEN notice.id IS NULL
                                          THEN matter.last_urging
                                          ELSE %(today)s END,
                       urging_count = COALESCE(notice.nth, matter.urging_count)
                  FROM chosen
             LEFT JOIN notice ON notice.res_id = chosen.id
                 WHERE chosen.id = matter.id
             RETURNING 1
            )
            SELECT count(*) FROM moved
            """,
            plan=SQL(", ").join(SQL("%s", step) for step in plan),
            table=SQL.identifier(self._table),
            today=SQL("%s::date", today),
            limit=limit,
            model=self._name,
            addressees=self._get_addressee_sql(
                SQL(
                    "(SELECT due.*, notice.level FROM notice "
                    "JOIN due ON due.id = notice.res_id)"
                ),
                SQL("matter.level"),
            ),
        )

    @api.model
    def _replan_urgings(self):
        """Let every running matter, of every kind, follow a plan that has changed."""
        for name in self.env.registry.descendants([self._name], "_inherit"):
            model = self.env[name].sudo().with_context(active_test=False)
            if not model._abstract:
                running = model.search([("open_deadline", "!=", False)])
                self.env.add_to_compute(model._fields["next_urging"], running)

    @api.model
    def _get_urged_domain(self):
        """Return the domain of matters with an urging that waits for a reply."""
        return Domain("urging_ids", "any", [("date_replied", "=", False)])

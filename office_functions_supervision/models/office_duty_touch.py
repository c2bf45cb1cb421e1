# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.office_functions.tools.transition import permit


class OfficeDutyTouch(models.Model):
    """Which matter touched which duty, and on which day (空白点与覆盖率).

    One table for all kinds of matters. A line without a date belongs to a matter that
    has not begun: a draft or a proposal touches nothing. Who may read the matter may
    read its lines; everybody else learns of them by their number alone.
    """

    _name = "office.duty.touch"
    _inherit = ["office.annex.mixin"]
    _description = "Duty Touched"
    _order = "date desc, id desc"
    _append_only = False

    duty_item_id = fields.Many2one(
        "office.duty.item",
        "Duty",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    date = fields.Date(
        "Touched On",
        readonly=True,
        help="The day on which the matter began; empty while it has not.",
    )
    date_end = fields.Date(
        "Touched Until",
        readonly=True,
        help="The day on which the matter ended; empty while it runs.",
    )

    res_label = fields.Char("Kind", compute="_compute_res_label")

    _pair_uniq = models.UniqueIndex("(res_model, res_id, duty_item_id)")
    _duty_idx = models.Index("(duty_item_id, date, date_end, res_model)")

    @api.depends("res_model")
    @api.depends_context("lang")
    def _compute_res_label(self):
        for touch in self:
            touch.res_label = self.env["ir.model"]._get_office_label(touch.res_model)

    @api.model
    def _assign(self, duties):
        """Let matters of one kind touch exactly these duties.

        :param dict duties: matter → its duties (``office.duty.item``)
        """
        matters = next(iter(duties)).browse(matter.id for matter in duties)
        pairs = [(m.id, duty.id) for m, items in duties.items() for duty in items]
        self.env.execute_query(
            SQL(
                """DELETE FROM office_duty_touch
                    WHERE res_model = %(model)s AND res_id = ANY(%(ids)s)
                      AND NOT EXISTS (
                          SELECT FROM unnest(%(matters)s::int[], %(duties)s::int[])
                                      AS pair (res_id, duty_id)
                           WHERE pair.res_id = office_duty_touch.res_id
                             AND pair.duty_id = office_duty_touch.duty_item_id)
                RETURNING id""",
                model=matters._name,
                ids=matters.ids,
                matters=[pair[0] for pair in pairs],
                duties=[pair[1] for pair in pairs],
            )
        )
        self._add(matters, pairs)

    @api.model
    def _add(self, matters, pairs):
        """Let matters of one kind touch more duties, since the day they began.

        :param matters: the matters
        :param list pairs: ``(id of a matter, id of a duty)``
        """
        begun = matters.filtered(lambda matter: matter._has_touched())
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """INSERT INTO office_duty_touch (res_model, res_id, duty_item_id, date,
                               create_uid, create_date, write_uid, write_date)
                   SELECT %(model)s, pair.res_id, pair.duty_id,
                          CASE WHEN pair.res_id = ANY(%(begun)s)
                          THEN COALESCE(
                              (SELECT (min(log.date) AT TIME ZONE 'UTC'
                                       AT TIME ZONE %(zone)s)::date
                                 FROM office_transition log
                                WHERE log.res_model = %(model)s
                                  AND log.res_id = pair.res_id
                                  AND log.state_to <> ALL(%(quiet)s)), %(today)s)
                          END,
                          %(uid)s, now() AT TIME ZONE 'UTC',
                          %(uid)s, now() AT TIME ZONE 'UTC'
                     FROM unnest(%(matters)s::int[], %(duties)s::int[])
                          AS pair (res_id, duty_id)
              ON CONFLICT DO NOTHING
                RETURNING id""",
                model=matters._name,
                begun=begun.ids,
                zone=self.env.user.tz or "Asia/Shanghai",
                quiet=sorted(matters._get_untouching_states()),
                today=fields.Date.context_today(self),
                uid=self.env.uid,
                matters=[pair[0] for pair in pairs],
                duties=[pair[1] for pair in pairs],
            )
        )
        self._mark(matters, {pair[0] for pair in pairs})
        self._settle_ends(matters)
        self._forget()

    @api.model
    def _mark(self, matters, touching_ids):
        """Note at the matters themselves whether they touch any duty."""
        for has_duties in (True, False):
            changed = matters.sudo().filtered(
                lambda matter, has=has_duties: (
                    (matter.id in touching_ids) == has and matter.has_duties != has
                )
            )
            if changed:
                with permit(changed):
                    changed.with_context(tracking_disable=True).write(
                        {"has_duties": has_duties}
                    )
        matters.invalidate_recordset(["duty_item_ids"])

    @api.model
    def _date(self, matters):
        """Note that matters of one kind began today, which touches their duties."""
        self.env.execute_query(
            SQL(
                """UPDATE office_duty_touch SET date = %s
                    WHERE res_model = %s AND res_id = ANY(%s) AND date IS NULL
                RETURNING id""",
                fields.Date.context_today(self),
                matters._name,
                matters.ids,
            )
        )
        self._forget()

    @api.model
    def _settle_ends(self, matters):
        """Note until when matters of one kind touch their duties.

        One whose clock never ran has no end of its own: it touches them on its day.
        """
        matters = matters.sudo()
        ends = {matter.id: matter.date_done or None for matter in matters}
        single = [m.id for m in matters if not (m.clock_start or m.date_done)]
        self.env.execute_query(
            SQL(
                """UPDATE office_duty_touch
                      SET date_end = CASE WHEN res_id = ANY(%(single)s)
                                     THEN office_duty_touch.date ELSE matter.date END
                     FROM unnest(%(ids)s::int[], %(ends)s::date[]) AS matter (id, date)
                    WHERE res_model = %(model)s AND res_id = matter.id
                      AND date_end IS DISTINCT FROM
                          CASE WHEN res_id = ANY(%(single)s)
                          THEN office_duty_touch.date ELSE matter.date END
                RETURNING office_duty_touch.id""",
                model=matters._name,
                single=single,
                ids=[*ends],
                ends=[*ends.values()],
            )
        )
        self._forget()

    @api.model
    def _get_last_sql(self, date_to, today):
        """Return the last day up to a date on which a line touched its duty.

        :param date date_to: the last day that is looked at
        :param date today: until then touches what runs
        :rtype: SQL
        """
        end = min(date_to, today)
        return SQL("GREATEST(date, LEAST(COALESCE(date_end, %s), %s))", end, end)

    @api.model
    def _forget(self):
        """Forget what was read of touches before they were written by SQL."""
        self.invalidate_model(flush=False)
        self.env["office.duty.item"].invalidate_model(["touch_ids"], flush=False)

    @api.model
    def _hand_down(self, sources, targets):
        """Let what matters gave rise to touch the same duties, unless it names its own.

        :param sources: matters of one kind
        :param targets: as many matters, in the same order
        """
        if "has_duties" not in sources or "has_duties" not in targets:
            return
        heirs = {
            target.id: source.id
            for source, target in zip(sources.sudo(), targets.sudo(), strict=True)
            if source.has_duties and not target.has_duties
        }
        if not heirs:
            return
        inherited = {}
        for touch in self.sudo().search_fetch(
            [("res_model", "=", sources._name), ("res_id", "in", [*heirs.values()])],
            ["res_id", "duty_item_id"],
        ):
            inherited.setdefault(touch.res_id, []).append(touch.duty_item_id.id)
        pairs = [
            (target_id, duty_id)
            for target_id, source_id in heirs.items()
            for duty_id in inherited.get(source_id, ())
        ]
        self._add(targets.sudo().browse(heirs), pairs)

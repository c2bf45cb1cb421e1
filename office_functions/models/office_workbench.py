# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.tools import SQL, format_date, format_time

from ..tools.counting import count_each

IN_FORCE = ("in_force", "=", True)


FUNCTIONS = ("advice", "coordination", "supervision", "service")
"""The four functions of an office, in the order in which they are always named."""


class OfficeWorkbench(models.AbstractModel):
    """The workbench (工作台): where everybody starts the day, in one read-only call.

    A panel a function; every figure carries the list behind it. An addon adds its
    panel by extending :meth:`_get_panels`; however many there are, one query counts.
    """

    _name = "office.workbench"
    _description = "Workbench"

    @api.model
    @api.readonly
    def get_workbench(self):
        """Return everything the workbench shows to the current user.

        :return: ``panels``: list of ``{key, title, icon, figures}``, each figure
            ``{label, value, tone, action}``; ``mine``: the user's most urgent
            matters; ``agenda``: today's meetings; ``delegations``: powers the user
            holds or lends today; ``today``: the date, written out
        :rtype: dict
        """
        return {
            "today": format_date(
                self.env, fields.Date.context_today(self), date_format="full"
            ),
            "panels": self._count_figures(
                sorted(
                    self._get_panels(), key=lambda panel: FUNCTIONS.index(panel["key"])
                )
            ),
            "mine": self._get_mine(),
            "agenda": self._get_agenda(),
            "delegations": self._get_delegations(),
        }

    @api.model
    def _get_panels(self):
        """Return the panels of the installed functions.

        Their figures say what is to be counted; :meth:`_count_figures` does it.
        """
        return [self._get_advice_panel(), self._get_coordination_panel()]

    @api.model
    def _get_advice_panel(self):
        action = "office_functions.office_regulation_action"
        return {
            "key": "advice",
            "title": self.env._("Staff Advice"),
            "icon": "fa-lightbulb-o",
            "figures": self._make_figures(
                "office.regulation",
                action,
                [
                    (
                        self.env._("Laws in Force"),
                        [("kind", "=", "law"), IN_FORCE],
                        "",
                    ),
                    (
                        self.env._("Policies in Force"),
                        [("kind", "=", "policy"), IN_FORCE],
                        "",
                    ),
                    (
                        self.env._("Internal Rules"),
                        [("kind", "=", "internal"), IN_FORCE],
                        "",
                    ),
                ],
            ),
        }

    @api.model
    def _get_coordination_panel(self):
        return {
            "key": "coordination",
            "title": self.env._("Coordination"),
            "icon": "fa-sitemap",
            "figures": self._make_light_figures(
                "office.directive",
                "office_functions.office_directive_action",
                self.env._("Directives Running"),
            )
            + self._make_figures(
                "office.meeting.decision",
                "office_functions.office_meeting_decision_action",
                [
                    (
                        self.env._("Decisions Not Disposed Of"),
                        [("state", "=", "pending")],
                        "warning",
                    )
                ],
            )
            + self._make_figures(
                "office.urging",
                "office_functions.office_urging_action_mine",
                [
                    (
                        self.env._("Urgings to Answer"),
                        [
                            ("addressee_ids.user_id", "=", self.env.uid),
                            ("date_replied", "=", False),
                            ("res_model", "in", self._get_deadline_models()),
                        ],
                        "danger",
                    )
                ],
            ),
        }

    # Building blocks ------------------------------------------------------------------

    @api.model
    def _get_deadline_models(self):
        """Return the kinds of matters with a deadline this user may read at all."""
        return [
            name
            for name in self.env["office.matter.mixin"]._get_concrete_matters()
            if self.env[name].has_access("read")
        ]

    @api.model
    def _make_figures(self, model, action, specs, within=None):
        """Return the figures of some lists of one model, which are counted together.

        Lists that one index finds belong together; others better stand apart.

        :param str model: what is counted; no figures where the user may not read it
        :param str action: external id of the window action behind the figures
        :param specs: ``(label, domain, tone)`` for each figure
        :param Domain within: in what all these lists lie; all figures that name the
            same are counted together
        :rtype: list[dict]
        """
        if not self.env[model].has_access("read"):
            return []
        counted = (model, within, object() if within is None else None)
        return [
            {
                "counted": counted,
                "label": label,
                "tone": tone,
                "action": action,
                "domain": domain,
            }
            for label, domain, tone in specs
        ]

    @api.model
    def _make_light_figures(self, model, action, label, within=None):
        """Return the figures of the running matters of a kind by their lights."""
        return self._make_figures(
            model,
            action,
            [
                (label, [("open_deadline", "!=", False)], ""),
                (self.env._("Overdue"), [("light", "=", "red")], "danger"),
                (self.env._("Due Soon"), [("light", "=", "yellow")], "warning"),
            ],
            within,
        )

    @api.model
    def _count_figures(self, panels):
        """Put the values into the figures of some panels, counted by one query.

        :return: the panels
        :rtype: list[dict]
        """
        together = {}
        for panel in panels:
            for figure in panel["figures"]:
                together.setdefault(figure.pop("counted"), []).append(figure)
        queries = [
            self._get_count_query(
                model, place, [figure["domain"] for figure in figures], within
            )
            for place, ((model, within, _apart), figures) in enumerate(together.items())
        ]
        if queries:
            counts = dict(self.env.execute_query(SQL(" UNION ALL ").join(queries)))
            for place, figures in enumerate(together.values()):
                for figure, value in zip(figures, counts[place], strict=True):
                    figure["value"] = value
                    figure["tone"] = figure["tone"] if value else ""
        return panels

    @api.model
    def _get_count_query(self, model, place, domains, within):
        """Return the query that counts some lists of one model while reading it once.

        :param int place: the query's own number
        :param within: the domain in which all of them lie, if one was named
        :return: query of one row: ``place, counts``
        :rtype: SQL
        """
        query, counts = count_each(self.env[model], domains, within)
        return query.select(SQL("%s", place), SQL("ARRAY[%s]", SQL(", ").join(counts)))

    @api.model
    def _get_mine(self, limit=8):
        """Return the user's own running matters of all kinds, the most urgent first."""
        Overview = self.env["office.matter.overview"]
        if not Overview.has_access("read"):
            return []
        lines = Overview.search_fetch(
            [("handler_id", "=", self.env.uid), ("open_deadline", "!=", False)],
            ["res_model", "res_id", "open_deadline", "light"],
            limit=limit,
            order="open_deadline, res_id",
        )
        lights = dict(lines._fields["light"]._description_selection(self.env))
        names = {
            (model, matter.id): matter.display_name
            for model, some in lines.grouped("res_model").items()
            for matter in self.env[model].browse(some.mapped("res_id"))
        }
        return [
            {
                "model": line.res_model,
                "id": line.res_id,
                "kind": self.env["ir.model"]._get_office_label(line.res_model),
                "name": names[line.res_model, line.res_id],
                "light": line.light,
                "light_label": lights[line.light],
                "deadline": format_date(self.env, line.open_deadline),
            }
            for line in lines
        ]

    @api.model
    def _get_agenda(self):
        """Return today's meetings of the user."""
        events = self.env["calendar.event"].search_fetch(
            [
                ("partner_ids", "in", self.env.user.partner_id.ids),
                ("start", ">=", "today"),
                ("start", "<", "today +1d"),
            ],
            ["name", "start", "location", "allday"],
            order="start",
        )
        return [
            {
                "id": event.id,
                "name": event.name,
                "time": ""
                if event.allday
                else format_time(self.env, event.start, time_format="short"),
                "place": event.location or "",
            }
            for event in events
        ]

    @api.model
    def _get_delegations(self):
        """Return in words which powers the user holds or lends today."""
        Delegation = self.env["office.delegation"]
        if not Delegation.has_access("read"):
            return []
        today = fields.Date.context_today(self)
        users = self.env["res.users"].sudo()
        return [
            self.env._(
                "You act on behalf of %(who)s until %(date)s.",
                who=users.browse(principal_id).name,
                date=format_date(self.env, date_to, date_format="long"),
            )
            if delegate_id == self.env.uid
            else self.env._(
                "%(who)s acts on your behalf until %(date)s.",
                who=users.browse(delegate_id).name,
                date=format_date(self.env, date_to, date_format="long"),
            )
            for principal_id, delegate_id, date_to in Delegation._get_concerning(
                self.env.uid, today
            )
        ]

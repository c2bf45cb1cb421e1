# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date, format_time

IN_FORCE = ("in_force", "=", True)


class OfficeWorkbench(models.AbstractModel):
    """The workbench (工作台): where everybody starts the day, in one read-only call.

    A panel a function; every figure carries the list behind it. An addon adds its
    panel by extending :meth:`_get_panels`.
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
            "panels": self._get_panels(),
            "mine": self._get_mine(),
            "agenda": self._get_agenda(),
            "delegations": self._get_delegations(),
        }

    @api.model
    def _get_panels(self):
        """Return the panels of the installed functions, in their order."""
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
    def _make_figures(self, model, action, specs):
        """Count some lists of one model.

        :param str model: what is counted; no figures where the user may not read it
        :param str action: external id of the window action behind the figures
        :param specs: ``(label, domain, tone)`` for each figure
        :rtype: list[dict]
        """
        if not self.env[model].has_access("read"):
            return []
        return [
            self._make_figure(
                label,
                self.env[model].search_count(domain, limit=10001),
                tone,
                action,
                domain,
            )
            for label, domain, tone in specs
        ]

    @api.model
    def _make_light_figures(self, model, action, label):
        """Count the running matters of a kind by their lights, in one query."""
        Model = self.env[model]
        if not Model.has_access("read"):
            return []
        running = Domain("open_deadline", "!=", False)
        lights = dict(Model._read_group(running, ["light"], ["__count"]))
        return [
            self._make_figure(
                label,
                sum(lights.values()),
                "",
                action,
                [("open_deadline", "!=", False)],
            ),
            self._make_figure(
                self.env._("Overdue"),
                lights.get("red", 0),
                "danger",
                action,
                [("light", "=", "red")],
            ),
            self._make_figure(
                self.env._("Due Soon"),
                lights.get("yellow", 0),
                "warning",
                action,
                [("light", "=", "yellow")],
            ),
        ]

    @api.model
    def _make_figure(self, label, value, tone, action, domain):
        return {
            "label": label,
            "value": value,
            "tone": tone if value else "",
            "action": action,
            "domain": domain,
        }

    @api.model
    def _get_mine(self, limit=8):
        """Return the user's own running matters of all kinds, the most urgent first."""
        mine = []
        for name in self._get_deadline_models():
            Model = self.env[name]
            kind = self.env["ir.model"]._get(name).name
            lights = dict(Model._fields["light"]._description_selection(self.env))
            matters = Model.search_fetch(
                Domain("handler_id", "=", self.env.uid)
                & Domain("open_deadline", "!=", False),
                ["display_name", "open_deadline", "light"],
                limit=limit,
                order="open_deadline, id",
            )
            mine += [
                {
                    "model": name,
                    "id": matter.id,
                    "kind": kind,
                    "name": matter.display_name,
                    "light": matter.light,
                    "light_label": lights[matter.light],
                    "sort": fields.Date.to_string(matter.open_deadline),
                    "deadline": format_date(self.env, matter.open_deadline),
                }
                for matter in matters
            ]
        return sorted(mine, key=lambda matter: matter["sort"])[:limit]

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
        if not self.env["office.delegation"].has_access("read"):
            return []
        today = fields.Date.context_today(self)
        running = (
            Domain("date_from", "<=", today)
            & Domain("date_to", ">=", today)
            & Domain("date_ended", "=", False)
        )
        mine = Domain("delegate_id", "=", self.env.uid)
        lent = Domain("principal_id", "=", self.env.uid)
        return [
            self.env._(
                "You act on behalf of %(who)s until %(date)s.",
                who=delegation.principal_id.sudo().name,
                date=format_date(self.env, delegation.date_to),
            )
            if delegation.delegate_id == self.env.user
            else self.env._(
                "%(who)s acts on your behalf until %(date)s.",
                who=delegation.delegate_id.sudo().name,
                date=format_date(self.env, delegation.date_to),
            )
            for delegation in self.env["office.delegation"].search(
                running & (mine | lent)
            )
        ]

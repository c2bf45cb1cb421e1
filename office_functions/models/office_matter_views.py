# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import json

from lxml.builder import E

from odoo import api, models

LIGHT_BADGE = {
    "name": "light",
    "widget": "badge",
    "decoration-danger": "light in ('red', 'late')",
    "decoration-warning": "light == 'yellow'",
    "decoration-success": "light in ('green', 'done')",
    "decoration-muted": "light == 'paused'",
}
LIGHT_BAR = {"red": "danger", "yellow": "warning", "green": "success"}
PERSON = "many2one_avatar_user"
WIDTHS = {
    "date": "105px",
    "datetime": "125px",
    "selection": "92px",
    "many2one": "95px",
}
"""Type of a field → the width of its column, so that the subject gets what is left."""


class OfficeMatterViews(models.AbstractModel):
    """The views that every kind of matter has until it brings its own.

    They look alike, so that who knows one list of the office knows all. A kind of
    matter names its columns, groups and filters here and writes its form; an addon
    that wants another list, board or search writes an ordinary view record.
    """

    _inherit = "office.matter.mixin"
    # Columns of the list after the subject; those that are words also stand on the card.
    _matter_list_fields = ()
    # Column → attributes that differ from those of other kinds.
    _matter_list_looks = {}
    # What one may search by and group by, beside what all matters have.
    _matter_group_fields = ()

    @api.model
    def _get_matter_filters(self):
        """Return the filters of this kind of matter, beside those that all have.

        :return: ``(label, name, domain as text)`` for each
        :rtype: list[tuple[str, str, str]]
        """
        return []

    @api.model
    def _get_default_search_view(self):
        domain = "['|', ('name', 'ilike', self), ('number', '=', self)]"
        own = [E.field(name=name) for name in self._matter_group_fields]
        filters = list(self._get_matter_filters())
        if "is_idle" in self._fields:
            filters.append(
                (self.env._("Idle Too Long"), "idle", "[('is_idle', '=', True)]")
            )
        # What stands together is an alternative; each further group narrows the list.
        groups = [
            [(self.env._("Not Finished"), "open", "[('date_done', '=', False)]")],
            [
                (self.env._("In My Hands"), "mine", "[('handler_id', '=', uid)]"),
                (
                    self.env._("Waits for Me"),
                    "waiting",
                    "[('is_waiting_for_me', '=', True)]",
                ),
            ],
            filters,
            [
                (self.env._("Overdue"), "red", "[('light', '=', 'red')]"),
                (self.env._("Due Soon"), "yellow", "[('light', '=', 'yellow')]"),
            ],
            [(self.env._("Archived"), "archived", "[('active', '=', False)]")],
        ]
        return E.search(
            E.field(name="name", filter_domain=domain),
            E.field(name="lead_unit_id", operator="child_of"),
            E.field(name="handler_id"),
            *own,
            *self._make_filters(groups),
            E.filter(name="deadline", date="date_deadline"),
            E.group(*self._make_groups()),
            E.searchpanel(
                E.field(name="lead_unit_id", icon="fa-sitemap", enable_counters="1"),
                E.field(
                    name="state", select="multi", icon="fa-tasks", enable_counters="1"
                ),
            ),
        )

    @staticmethod
    def _make_filters(groups):
        return [
            node
            for group in groups
            for node in (
                *(
                    E.filter(name=name, string=str(label), domain=domain)
                    for label, name, domain in group
                ),
                E.separator(),
            )
        ]

    @api.model
    def _make_groups(self):
        """Return the group-by filters: by light, state, unit, person, month …"""
        names = ["light", "state", "lead_unit_id", "handler_id"]
        names += [name for name in self._matter_group_fields if name not in names]
        labels = self.fields_get([*names, "date_deadline"], ["string"])
        return [
            E.filter(
                name=f"group_{name.partition(':')[0]}",
                string=labels[name.partition(":")[0]]["string"],
                context=f"{{'group_by': '{name}'}}",
            )
            for name in (*names, "date_deadline:month")
        ]

    @api.model
    def _get_default_list_view(self):
        own = [self._make_column(name) for name in self._matter_list_fields]
        company = {"groups": "base.group_multi_company", "optional": "hide"}
        view = E.list(
            E.field(LIGHT_BADGE, width="80px"),
            E.field(name="number", width="140px"),
            E.field(name="name"),
            *own,
            E.field(name="lead_unit_id", width="110px", optional="show"),
            E.field(name="handler_id", widget=PERSON, width="95px", optional="show"),
            E.field(name="date_deadline", width="105px"),
            E.field(name="date_deadline_original", width="105px", optional="hide"),
            E.field(name="urging_count", width="70px", optional="hide"),
            E.field(name="state", widget="badge", width="85px"),
            E.field(name="activity_ids", widget="list_activity", optional="hide"),
            E.field(company, name="company_id"),
            sample="1",
            count_limit="1000",
        )
        for name, looks in self._matter_list_looks.items():
            view.find(f"field[@name='{name}']").attrib.update(looks)
        return view

    def _make_column(self, name):
        """Return one of this kind's own columns of the list."""
        width = WIDTHS.get(self._fields[name].type)
        return E.field({"width": width} if width else {}, name=name, optional="show")

    @api.model
    def _get_default_kanban_view(self):
        # A number or a day says nothing without its heading; on a card there is none.
        own = [
            E.field(name=name)
            for name in self._matter_list_fields
            if self._fields[name].type
            not in ("integer", "float", "boolean", "date", "datetime")
        ]
        card = E.t(
            E.field({"class": "fw-bold"}, name="name"),
            E.field({"class": "text-muted"}, name="number"),
            E.field(name="lead_unit_id"),
            *own,
            E.footer(
                E.field(LIGHT_BADGE),
                E.field({"class": "ms-1"}, name="date_deadline"),
                E.field({"class": "ms-auto"}, name="handler_id", widget=PERSON),
            ),
            {"t-name": "card"},
        )
        return E.kanban(
            E.progressbar(field="light", colors=json.dumps(LIGHT_BAR)),
            E.templates(card),
            default_group_by="state",
            limit="20",
            sample="1",
            records_draggable="0",
            group_create="0",
            group_delete="0",
            group_edit="0",
        )

    @api.model
    def _get_default_calendar_view(self):
        return E.calendar(
            E.field(name="handler_id", avatar_field="avatar_128"),
            E.field(name="light"),
            E.field(name="state"),
            date_start="date_deadline",
            color="lead_unit_id",
            mode="month",
            quick_create="0",
            event_open_popup="1",
        )

    @api.model
    def _get_default_pivot_view(self):
        return E.pivot(
            E.field(name="lead_unit_id", type="row"),
            E.field(name="light", type="col"),
            sample="1",
        )

    @api.model
    def _get_default_graph_view(self):
        return E.graph(
            E.field(name="lead_unit_id"),
            E.field(name="light"),
            type="bar",
            stacked="1",
            sample="1",
        )

    @api.model
    def _get_default_activity_view(self):
        box = E.div(
            E.field(name="name", display="full"),
            E.field(name="number", muted="1"),
            {"t-name": "activity-box"},
        )
        return E.activity(E.templates(box), string=self._description)

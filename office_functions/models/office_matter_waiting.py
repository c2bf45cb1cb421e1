# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from lxml import etree

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date


class OfficeMatterWaiting(models.AbstractModel):
    """Whose next step it is, and who makes it in their place (代).

    A leader's list shows only what needs the leader: what is lent to somebody else by
    a running delegation is on that person's list instead, and in everybody's search as
    before.
    """

    _inherit = "office.matter.mixin"

    # Relation of the transition table → the way to its users. Others are answered by
    # the field named after them: “leader” by leader_id.
    _relation_paths = {
        "handler": ("handler_id",),
        "unit_head": ("lead_unit_id", "manager_id", "user_id"),
        "assisting_head": ("assisting_unit_ids", "manager_id", "user_id"),
        "creator": ("create_uid",),
    }

    is_waiting_for_me = fields.Boolean(
        "Waits for Me",
        compute="_compute_is_waiting_for_me",
        search="_search_is_waiting_for_me",
        help="The next regular step is mine to make, or mine on somebody's behalf.",
    )
    delegation_banner = fields.Char("Delegation", compute="_compute_delegation_banner")

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_is_waiting_for_me(self):
        waiting = self.with_context(active_test=False).search(
            Domain("id", "in", self.ids) & Domain("is_waiting_for_me", "=", True)
        )
        for record in self:
            record.is_waiting_for_me = record in waiting

    def _search_is_waiting_for_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        user = self.env.user
        domain = self._get_waiting_domain(user)
        for delegation in self.env["office.delegation"]._get_running(self._name):
            lent = delegation._get_scope_domain() & ~self._get_recused_domain(
                delegation.delegate_id
            )
            if delegation.principal_id == user:
                domain &= ~lent
            elif delegation.delegate_id == user:
                domain |= lent & self._get_waiting_domain(delegation.principal_id)
        return domain

    @api.model
    def _get_recused_domain(self, user):
        """Return the matters of this kind that a user has stepped aside from."""
        Access = self.env["office.matter.access"]
        return Domain("id", "in", Access._get_named_ids(user.id, self._name, "recused"))

    @api.model
    def _get_waiting_domain(self, users):
        """Return the matters whose next regular step is up to some persons.

        Read from the transition table: the rows of the straight road (primary style)
        that belong to persons, not to a whole group. Of several persons who may, the
        first one named counts: the head of a unit where nobody handles it.

        :param res.users users: the persons
        :rtype: Domain
        """
        waiting = Domain.FALSE
        for row in self._get_transitions():
            if row.style != "primary" or any("." in who for who in row.by):
                continue
            earlier = Domain.TRUE
            for who in row.by:
                path = self._get_relation_path(who)
                if not path:
                    break
                named = self._follow(path, Domain(path[-1], "in", users.ids))
                waiting |= Domain("state", "in", row.sources) & earlier & named
                earlier &= ~self._follow(path, Domain(path[-1], "!=", False))
        return waiting & Domain("date_done", "=", False)

    @api.model
    def _get_relation_path(self, relation):
        """Return the fields that lead to the users of a relation, if any do."""
        own = self._fields.get(f"{relation}_id")
        if relation not in self._relation_paths and own is not None:
            return (own.name,) if own.store and own.comodel_name == "res.users" else ()
        return self._relation_paths.get(relation, ())

    @api.model
    def _follow(self, path, domain):
        for name in reversed(path[:-1]):
            domain = Domain(name, "any!", domain)
        return domain

    # The banner -----------------------------------------------------------------------

    @api.depends("state")
    @api.depends_context("lang")
    def _compute_delegation_banner(self):
        running = self.env["office.delegation"]._get_running(self._name)
        for record in self:
            matter = record.sudo()
            record.delegation_banner = (
                matter._describe_delegations(running)
                if running and matter.id and not matter.date_done
                else False
            )

    def _describe_delegations(self, running):
        """Return in words who acts for whom in this matter, or ``False``."""
        self.ensure_one()
        Access = self.env["office.matter.access"]
        persons = self.handler_id.union(
            *(self.mapped(name) for name in self._party_user_fields)
        )
        lines = [
            self.env._(
                "%(delegate)s acts on behalf of %(principal)s until %(date)s.",
                delegate=delegation.delegate_id.name,
                principal=delegation.principal_id.name,
                date=format_date(self.env, delegation.date_to),
            )
            for delegation in running
            if delegation.principal_id in persons
            and self.filtered_domain(delegation._get_scope_domain())
            and self.id
            not in Access._get_named_ids(
                delegation.delegate_id.id, self._name, "recused"
            )
        ]
        return " ".join(lines) or False

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Put the banner on the form of every kind of matter."""
        arch, view = super()._get_view(view_id, view_type, **options)
        sheet = arch.find("sheet") if view_type == "form" else None
        if sheet is not None:
            banner = etree.Element(
                "div",
                {
                    "class": "alert alert-info mb-0",
                    "role": "status",
                    "invisible": "not delegation_banner",
                },
            )
            etree.SubElement(banner, "field", name="delegation_banner", nolabel="1")
            sheet.addprevious(banner)
        return arch, view

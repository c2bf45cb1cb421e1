# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain


class OfficeDelegationHandover(models.Model):
    """Open matters go over to the delegate, and come back when it ends.

    A delegate who could not see a matter is admitted to it by name for the time. What
    they stepped aside from, had a part in, or what is restricted, stays where it is;
    all of it is written down.
    """

    _inherit = "office.delegation"

    item_ids = fields.One2many(
        "office.delegation.item", "delegation_id", "Matters", readonly=True
    )
    open_item_count = fields.Integer(
        "Matters Taken Over", compute="_compute_open_item_count"
    )

    @api.depends("item_ids")
    def _compute_open_item_count(self):
        for delegation in self:
            delegation.open_item_count = len(delegation._get_taken())

    def _get_taken(self):
        """Return the items taken over that were not given back yet."""
        items = self.sudo().item_ids
        back = {
            (item.delegation_id.id, item.res_model, item.res_id)
            for item in items
            if item.kind == "returned"
        }
        return items.filtered(
            lambda item: (
                item.kind == "taken"
                and (item.delegation_id.id, item.res_model, item.res_id) not in back
            )
        )

    @api.model
    def _cron_hand_over(self):
        """Hand over what is open under running delegations, give back what ended."""
        today = fields.Date.context_today(self)
        self.search(self._get_running_domain(today))._take_over()
        ended = Domain("date_to", "<", today) | Domain("date_ended", "!=", False)
        taken = Domain("item_ids", "any", [("kind", "=", "taken")])
        self.search(ended & taken)._give_back()

    def action_take_over(self):
        """Take over, now, what is open under running delegations.

        :return: the action that lists the matters
        :rtype: dict
        """
        self.check_access("read")
        today = fields.Date.context_today(self)
        self.filtered_domain(self._get_running_domain(today))._take_over()
        return self.action_open_items()

    def action_open_items(self):
        """Open the list of what was taken over and given back.

        :rtype: dict
        """
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Matters under the Delegation"),
            "res_model": "office.delegation.item",
            "views": [(False, "list")],
            "domain": [("delegation_id", "in", self.ids)],
        }

    def _take_over(self):
        """Write down, for each delegation, the open matters that wait for its principal.

        Harmless when called again: only what is new is added.
        """
        kinds = self.env["office.matter.mixin"]._get_concrete_matters()
        for delegation in self.sudo():
            scope = delegation.model_id.model
            for model in [scope] if scope else kinds:
                if model in kinds:
                    delegation._take_over_kind(self.env[model].sudo())

    def _take_over_kind(self, Matter):
        """Take over the open matters of one kind."""
        known = self.item_ids.filtered(lambda item: item.res_model == Matter._name)
        matters = Matter.search(
            Matter._get_waiting_domain(self.principal_id)
            & self._get_scope_domain()
            & Domain("id", "not in", known.mapped("res_id"))
        )
        if not matters:
            return
        fates = {matter: self._judge(matter) for matter in matters}
        taken = matters.filtered(lambda matter: fates[matter] == "taken")
        admitted = self._admit_delegate(taken)
        self.env["office.delegation.item"].sudo().create(
            [
                {
                    "delegation_id": self.id,
                    "res_model": matter._name,
                    "res_id": matter.id,
                    "kind": fates[matter],
                    "access_id": admitted.get(matter.id),
                }
                for matter in matters
            ]
        )

    def _judge(self, matter):
        """Tell whether a matter may go over to the delegate, or why not."""
        delegate = self.delegate_id
        Access = self.env["office.matter.access"]
        if matter.id in Access._get_named_ids(delegate.id, matter._name, "recused"):
            return "recused"
        rows = [
            row
            for row in matter._get_transitions()
            if matter.state in row.sources
            and row.style == "primary"
            and any(
                "." not in who and self.principal_id in matter._get_relation_users(who)
                for who in row.by
            )
        ]
        if rows and all(delegate in matter._get_barred_users(row) for row in rows):
            return "part"
        if matter.is_restricted and not matter.with_user(delegate).has_access("read"):
            return "restricted"
        return "taken"

    def _admit_delegate(self, matters):
        """Let the delegate see the matters, by name, that they could not see.

        :return: matter id → id of the admission
        :rtype: dict[int, int]
        """
        mine = matters.with_user(self.delegate_id)
        if not mine.browse().has_access("read"):
            return {}
        hidden = matters - matters.browse(mine._filtered_access("read").ids)
        admissions = (
            self.env["office.matter.access"]
            .sudo()
            .create(
                [
                    {
                        "res_model": matter._name,
                        "res_id": matter.id,
                        "kind": "granted",
                        "user_id": self.delegate_id.id,
                        "reason": self.env._(
                            "Acts on behalf of %(who)s", who=self.principal_id.name
                        ),
                    }
                    for matter in hidden
                ]
            )
        )
        return dict(zip(hidden.ids, admissions.ids, strict=True))

    def _give_back(self):
        """Give back what was taken over, and end the admissions that came with it."""
        taken = self._get_taken()
        taken.access_id.filtered(lambda access: not access.date_lifted).write(
            {"date_lifted": fields.Datetime.now(), "lifted_by_id": self.env.uid}
        )
        self.env["office.delegation.item"].sudo().create(
            [
                {
                    "delegation_id": item.delegation_id.id,
                    "res_model": item.res_model,
                    "res_id": item.res_id,
                    "kind": "returned",
                }
                for item in taken
            ]
        )

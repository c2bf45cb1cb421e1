# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.transition import permit


class OfficeMatterMixin(models.AbstractModel):
    """A matter (事项): whatever an office handles.

    Brings together declared transitions and their log, deadline and light, urging,
    number, chatter and activities, the units and persons in charge, links to other
    matters, recusal and confidentiality. A kind of matter adds its fields, states,
    transition table and guards.

    Who may see a matter is decided here, once for all kinds (see
    :meth:`_get_need_to_know_domain`): those named in it, the heads of its units, and
    the groups in ``_see_all_groups``.
    """

    _name = "office.matter.mixin"
    _inherit = [
        "office.number.mixin",
        "office.urging.mixin",
        "office.origin.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Matter"
    _order = "open_deadline, id"
    _rec_names_search = ["name", "number"]
    _mail_post_access = "read"
    _check_company_auto = True
    _see_all_groups = (
        "office_functions.group_office_director",
        "office_functions.group_office_leader",
    )
    _party_unit_fields = ("lead_unit_id", "assisting_unit_ids")
    # Beside the handler and who recorded it, who are always concerned.
    _party_user_fields = ()
    # What figures and prints are made of: it stays once all is said and done …
    _settled_fields = ("name", "lead_unit_id", "assisting_unit_ids", "handler_id")
    # … in these states; empty: in those that stop the clock.
    _final_states = ()
    # Whether who sees it on the portal also reads its log, urgings, links and persons.
    _portal_reads_annexes = True

    name = fields.Char("Subject", required=True, index="trigram")
    active = fields.Boolean(default=True)
    lead_unit_id = fields.Many2one(
        "hr.department",
        index=True,
        check_company=True,
        help="Answers for the whole (牵头单位).",
    )
    assisting_unit_ids = fields.Many2many(
        "hr.department",
        string="Assisting Units",
        check_company=True,
        help="Answer for a part (协办单位).",
    )
    handler_id = fields.Many2one(
        "res.users",
        help="The person who does the work (承办人).",
    )
    office_parties = fields.Json(
        "Parties",
        compute="_compute_office_parties",
        store=True,
        precompute=True,
        copy=False,
        help="Who is concerned, for the rights: d… units, u… persons.",
    )
    is_restricted = fields.Boolean(
        "Restricted",
        readonly=True,
        copy=False,
        help="Only persons admitted by name see it.",
    )
    access_ids = fields.One2many(
        "office.matter.access",
        "res_id",
        "Named Persons",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
        copy=False,
    )
    link_count = fields.Integer("Linked Matters", compute="_compute_link_count")

    _parties_idx = models.Index("USING gin (office_parties jsonb_path_ops)")
    _order_idx = models.Index("(open_deadline, id)")
    _state_idx = models.Index("(state, open_deadline, id)")
    _handler_idx = models.Index("(handler_id, open_deadline, id)")
    _open_idx = models.Index(
        "(company_id, open_deadline, date_warn) WHERE open_deadline IS NOT NULL"
    )

    @api.depends(
        lambda self: ("handler_id", *self._party_unit_fields, *self._party_user_fields)
    )
    def _compute_office_parties(self):
        for record in self:
            record.office_parties = sorted(record._get_parties())

    def _get_parties(self):
        """Return the tokens of the units and persons concerned.

        :return: e.g. ``{"d3", "u7"}`` for the unit 3 and the user 7
        :rtype: set[str]
        """
        self.ensure_one()
        creator = self.create_uid.id or self.env.uid
        return (
            {f"u{creator}"}
            | {
                f"d{u}"
                for name in self._party_unit_fields
                for u in self.mapped(name).ids
            }
            | {
                f"u{u}"
                for name in ("handler_id", *self._party_user_fields)
                for u in self.mapped(name).ids
            }
        )

    @api.depends_context("uid")
    def _compute_link_count(self):
        Link = self.env["office.matter.link"]
        mine = Domain("res_model", "=", self._name) & Domain("res_id", "in", self.ids)
        theirs = Domain("target_model", "=", self._name) & Domain(
            "target_id", "in", self.ids
        )
        down = dict(Link._read_group(mine, ["res_id"], ["__count"]))
        up = dict(Link._read_group(theirs, ["target_id"], ["__count"]))
        for record in self:
            record.link_count = down.get(record.id, 0) + up.get(record.id, 0)

    @api.depends("name", "number")
    def _compute_display_name(self):
        for record in self:
            record.display_name = " ".join(filter(None, [record.number, record.name]))

    @api.depends("active")
    def _compute_next_urging(self):
        return super()._compute_next_urging()

    def _is_urged(self):
        """Keep silent about what was put into the archive."""
        return self.active and super()._is_urged()

    @api.model
    def _get_concrete_matters(self):
        """Return the names of all kinds of matters that are installed.

        :rtype: list[str]
        """
        return [
            name
            for name in self.env.registry.descendants([self._name], "_inherit")
            if not self.env[name]._abstract
        ]

    @api.model
    def _get_matter_domain(self):
        """Return which records are matters: all, unless another addon's model is
        extended that knows others too.

        :rtype: Domain
        """
        return Domain.TRUE

    # Who sees it ----------------------------------------------------------------------

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Return which matters of this kind the current user may see or change.

        Read by ``ir.rule`` for every model of this mixin, beside the record rules
        that are data. Restriction and recusal bind everybody, leaders included.

        :param str operation: ``read``, ``write``, ``create`` or ``unlink``
        :rtype: Domain
        """
        Access = self.env["office.matter.access"]
        admitted = Access._get_named_ids(self.env.uid, self._name, "granted")
        recused = Access._get_named_ids(self.env.uid, self._name, "recused")
        domain = Domain("company_id", "in", self.env.companies.ids)
        if not self._sees_all(operation):
            known = self._get_parties_domain(self.env.user._get_office_tokens())
            linked = self._get_linked_domain(operation)
            domain &= known | linked | Domain("id", "in", admitted)
        domain &= Domain("is_restricted", "=", False) | Domain("id", "in", admitted)
        if recused:
            domain &= Domain("id", "not in", recused)
        return domain

    @api.model
    def _get_linked_domain(self, operation):
        """Return matters that another function's work lets the current user see.

        :param str operation: ``read``, ``write``, ``create`` or ``unlink``
        :rtype: Domain
        """
        return Domain.FALSE

    @api.model
    def _get_visibility_fields(self):
        return [
            *super()._get_visibility_fields(),
            "company_id",
            "is_restricted",
            "office_parties",
        ]

    @api.model
    def _sees_all(self, operation):
        """Tell whether the current user sees every matter of this kind."""
        return any(self.env.user.has_group(group) for group in self._see_all_groups)

    @api.model
    def _reads_annexes(self):
        """Tell whether the current user reads the annexes of such matters they see."""
        return self._portal_reads_annexes or self.env.user._is_internal()

    @api.model
    def _get_parties_domain(self, tokens):
        """Return the matters that concern any of some units and persons.

        :param tokens: e.g. ``("u7", "d3")``
        :rtype: Domain
        """
        tokens = tuple(tokens)

        def to_sql(model, alias, query):
            column = SQL.identifier(
                alias, "office_parties", to_flush=model._fields["office_parties"]
            )
            return SQL(
                "(%s)",
                SQL(" OR ").join(
                    SQL("%s @> %s::jsonb", column, f'["{token}"]') for token in tokens
                ),
            )

        def predicate(record):
            return not set(tokens).isdisjoint(record.office_parties or ())

        return Domain.custom(to_sql=to_sql, predicate=predicate)

    # Recusal and admission ------------------------------------------------------------

    def _may_name_persons(self):
        """Tell whether this user admits or recuses others."""
        return self.env.user.has_group("office_functions.group_office_director") or (
            self.env.user.has_group("office_functions.group_office_leader")
        )

    def recuse(self, user=None, reason=""):
        """Take a person off this matter: they no longer see, handle or hear of it.

        :param user: who steps aside (``res.users`` or id); nobody given: oneself
        :param str reason: the direct interest
        :raise UserError: without a reason, or for another person without the right
        """
        self.ensure_one()
        self.check_access("read")
        users = self.env["res.users"]
        user = users.browse(user if isinstance(user, int) else user and user.id)
        user = user or self.env.user
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Please write down the reason."))
        if user != self.env.user and not self._may_name_persons():
            raise UserError(
                self.env._("Only a director or leader recuses somebody else.")
            )
        self._name_person("recused", user, reason)
        record = self.sudo()
        if record.handler_id == user:
            with permit(record):
                record.with_context(tracking_disable=True).handler_id = False
        record.activity_ids.filtered(lambda a: a.user_id == user).unlink()
        record.message_unsubscribe(user.partner_id.ids)

    def admit(self, user, reason=""):
        """Let a person see this matter by name.

        :param user: ``res.users`` or id
        :raise UserError: without the right
        """
        self.ensure_one()
        self.check_access("read")
        if not self._may_name_persons():
            raise UserError(self.env._("Only a director or leader admits somebody."))
        user = self.env["res.users"].browse(user if isinstance(user, int) else user.id)
        self._name_person("granted", user, reason)

    def restrict(self):
        """Close this matter to all but those admitted by name (first: oneself).

        :raise UserError: without the right
        """
        self.check_access("read")
        for record in self:
            if not record._may_name_persons():
                raise UserError(
                    self.env._("Only a director or leader restricts a matter.")
                )
            record._name_person("granted", self.env.user, "")
            with permit(record):
                record.sudo().with_context(tracking_disable=True).is_restricted = True

    def _name_person(self, kind, user, reason):
        """Record a person by name, once."""
        Access = self.env["office.matter.access"].sudo()
        vals = {
            "res_model": self._name,
            "res_id": self.id,
            "kind": kind,
            "user_id": user.id,
        }
        domain = [(name, "=", value) for name, value in vals.items()]
        if not Access.search_count([*domain, ("date_lifted", "=", False)], limit=1):
            Access.create(
                dict(vals, reason=reason, is_self_declared=user == self.env.user)
            )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"is_restricted"}

    @api.model
    def _get_frozen_fields(self):
        final = self._final_states or self._clock_stop_states
        states = self._fields["state"].get_values(self.env)
        before = tuple(state for state in states if state not in final)
        return super()._get_frozen_fields() | dict.fromkeys(
            self._settled_fields, before
        )

    def _get_relation_users(self, relation):
        """Leave out who stepped aside, so that nobody acts in their name either."""
        users = super()._get_relation_users(relation)
        Access = self.env["office.matter.access"]
        return users.filtered(
            lambda user: (
                self.id not in Access._get_named_ids(user.id, self._name, "recused")
            )
        )

    # Relations that transition tables name --------------------------------------------

    def _relation_handler(self):
        return self.handler_id

    def _relation_unit_head(self):
        return self.lead_unit_id.manager_id.user_id

    def _relation_assisting_head(self):
        return self.assisting_unit_ids.manager_id.user_id

    # The registry clerk never follows what he registers; notices go out in batches ----

    @api.model_create_multi
    def create(self, vals_list):
        silent = self._silence(vals_list)
        return super(OfficeMatterMixin, silent).create(vals_list).with_env(self.env)

    @api.model
    def _silence(self, vals_list):
        """Return this model with a context in which a creation is not announced."""
        return self.with_context(tracking_disable=True)

    def action_open_links(self):
        """Open the list of matters this one came from and gave rise to.

        :rtype: dict
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions.office_matter_link_action"
        )
        mine = Domain("res_model", "=", self._name) & Domain("res_id", "=", self.id)
        theirs = Domain("target_model", "=", self._name) & Domain(
            "target_id", "=", self.id
        )
        action["domain"] = list(mine | theirs)
        return action

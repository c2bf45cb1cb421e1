# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, Query, ormcache

from ..tools.transition import is_permitted, permit


class LockingQuery(Query):
    """A query whose rows stay taken until the transaction ends."""

    def select(self, *args):
        return SQL("%s FOR NO KEY UPDATE", super().select(*args))


class OfficeWorkflowMixin(models.AbstractModel):
    """States that change by declared transitions and on no other road.

    A model declares ``state`` and :meth:`_get_transitions`. Buttons, checks of
    rights, the log and the tests all read that table. ``create`` only accepts the
    first state, ``write`` only accepts what a running transition permits (see
    :func:`..tools.transition.permit`), whoever asks and by whichever road:
    import, RPC, copy, an x2many command or superuser code.
    """

    _name = "office.workflow.mixin"
    _description = "Declared Transitions"

    state_since = fields.Datetime(
        "In This State Since",
        readonly=True,
        copy=False,
        default=fields.Datetime.now,
    )
    open_transitions = fields.Json(
        compute="_compute_open_transitions",
        help="The transitions this user may make now, for the buttons of the form.",
    )
    transition_ids = fields.One2many(
        "office.transition",
        "res_id",
        "Transition Log",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
        copy=False,
    )

    # The table ------------------------------------------------------------------------

    @api.model
    def _get_transitions(self):
        """Return the declared transitions of this model, in the order of buttons.

        Another addon extends the list with ``super()``, never by a copy.

        :rtype: list[Transition]
        """
        return []

    @api.model
    def _get_transition(self, name):
        """Return one row of the table.

        :raise UserError: when the model declares no such transition
        :rtype: Transition
        """
        for row in self._get_transitions():
            if row.name == name:
                return row
        raise UserError(
            self.env._(
                "“%(model)s” knows no transition “%(name)s”.",
                model=self.env["ir.model"]._get_office_label(self._name),
                name=name,
            )
        )

    @api.model
    def _get_initial_state(self):
        """Return the state every record is born in: the first of the selection."""
        return self._fields["state"].get_values(self.env)[0]

    @api.model
    def _get_matter_models(self):
        """Return the names of all concrete models with declared transitions."""
        return [
            name
            for name in self.env.registry.descendants([self._name], "_inherit")
            if not self.env[name]._abstract and not self.env[name]._transient
        ]

    def _read_group_orderby(self, order, groupby_terms, query):
        """Let states follow each other as the work does, not by their letters."""
        term = groupby_terms.get("state")
        if not term:
            return super()._read_group_orderby(order, groupby_terms, query)
        states = self._fields["state"].get_values(self.env)
        places = SQL("array_position(%s::varchar[], %s)", states, term)
        groupby_terms["state"] = places
        try:
            return super()._read_group_orderby(order, groupby_terms, query)
        finally:
            groupby_terms["state"] = term

    # Who may --------------------------------------------------------------------------

    def _get_relation_users(self, relation):
        """Return the users who stand in a relation to this record.

        :param str relation: e.g. ``"leader"``, answered by ``_relation_leader()``
        :rtype: res.users
        """
        self.ensure_one()
        return getattr(self.sudo(), f"_relation_{relation}")()

    def _relation_creator(self):
        return self.create_uid or self.env.user

    def _get_barred_users(self, row):
        """Return who may never make a transition here: one does, another decides (A2).

        :param Transition row: a row of the table
        :rtype: res.users
        """
        nobody = self.env["res.users"]
        return nobody.union(*(self._get_relation_users(who) for who in row.never))

    def _get_authority(self, row):
        """Tell by whose authority the current user may make a transition here.

        :param Transition row: a row of the table
        :return: ``None`` if the user may not; an empty ``res.users`` if in their own
            right; the principal if by delegation
        """
        self.ensure_one()
        user = self.env.user
        nobody = self.env["res.users"]
        barred = self._get_barred_users(row)
        if user in barred:
            return None
        # Groups first: they are known without a query.
        if any(user.has_group(who) for who in row.by if "." in who):
            return nobody
        principals = nobody
        for who in row.by:
            if "." not in who:
                users = self._get_relation_users(who)
                if user in users:
                    return nobody
                principals |= users
        principal = self.env["office.delegation"]._find_principal(
            user, principals - barred, self._name, self
        )
        return principal or None

    def _may_pass(self, row):
        """Tell whether this user may make a transition here now.

        :param Transition row: a row of the table
        :rtype: bool
        """
        self.ensure_one()
        return bool(
            self.state in row.sources
            and row.by
            and not self._explain_closed(row)
            and self._get_authority(row) is not None
        )

    def _explain_closed(self, row):
        """Return why a transition is open to nobody here, whatever the table says.

        Neither offered as a button nor made by another road.

        :param Transition row: a row of the table
        :return: the reasons in the user's language; empty where the table holds
        :rtype: list[str]
        """
        return []

    def _explain_ahead(self, row):
        """Return what a transition still lacks that its button says beforehand.

        The button of a transition open to this user is then shown, but cannot be
        pressed. The guard says the same to whoever comes by another road.

        :param Transition row: a row of the table
        :return: the reasons in the user's language
        :rtype: list[str]
        """
        return []

    def _explain_refusal(self, row):
        """Return the reasons why this user may not make a transition here now.

        All of them at once, in the user's language; empty when it may be made.

        :param Transition row: a row of the table
        :rtype: list[str]
        """
        if self._may_pass(row):
            return []
        closed = self._explain_closed(row)
        if closed:
            return closed
        if self.state not in row.sources:
            states = dict(self._fields["state"]._description_selection(self.env))
            return [
                self.env._(
                    "“%(transition)s” does not start from the state “%(state)s”.",
                    transition=row.label,
                    state=states[self.state],
                )
            ]
        if not row.by:
            return [
                self.env._(
                    "“%(transition)s” is made by the system itself.",
                    transition=row.label,
                )
            ]
        if self.env.user in self._get_barred_users(row):
            return [
                self.env._(
                    "You had a part in this yourself: “%(transition)s” is for "
                    "somebody else to make.",
                    transition=row.label,
                )
            ]
        return [
            self.env._(
                "“%(transition)s” is not yours to make. It belongs to: %(who)s.",
                transition=row.label,
                who=self._describe_actors(row),
            )
        ]

    def _explain_gaps(self, row, note):
        """Return what is still missing for a transition, all at once.

        :param Transition row: a row of the table
        :param str note: the written reason, if any
        :rtype: list[str]
        """
        self.ensure_one()
        gaps = []
        missing = [name for name in row.needs if not self[name]]
        if missing:
            labels = self.fields_get(missing, ["string"])
            gaps.append(
                self.env._(
                    "Please fill in: %(fields)s.",
                    fields=", ".join(labels[name]["string"] for name in missing),
                )
            )
        if row.note and not (note or "").strip():
            gaps.append(self.env._("Please write down the reason."))
        if row.guard:
            gaps += getattr(self, row.guard)(row, note)
        return gaps

    def _describe_actors(self, row):
        """Return in words who may make a transition (groups' and persons' names)."""
        names = []
        for who in row.by:
            if "." in who:
                names.append(self.env.ref(who).sudo().name)
            else:
                users = self._get_relation_users(who) - self._get_barred_users(row)
                names += users.mapped("name")
        return ", ".join(dict.fromkeys(names)) or self.env._("nobody yet")

    @api.depends("state")
    @api.depends_context("uid", "lang")
    def _compute_open_transitions(self):
        for record in self:
            record.open_transitions = [
                {
                    "name": row.name,
                    "label": str(row.label),
                    "style": row.style,
                    "note": row.note,
                    "gaps": record._explain_ahead(row),
                }
                for row in record._get_transitions()
                if record._may_pass(row)
            ]

    @api.model
    def _get_transition_lines(self, row):
        """Return the x2many fields that a transition looks at, to be read at once.

        A guard sees of them what the user may read, all that follows sees all.

        :param Transition row: a row of the table
        :rtype: list[str]
        """
        return []

    def _get_form_action(self):
        """Return the action that opens this record.

        :rtype: dict
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    # The one door ---------------------------------------------------------------------

    def do_transition(self, name, note=False):
        """Make a declared transition as the current user.

        The user needs to be able to read the records, not to write them: what a
        transition changes is declared, checked and logged.

        :param str name: the transition's technical name
        :param str note: the written reason or opinion, kept in the log
        :return: what the transition's hook returns (an action), else ``True``
        :raise UserError: with all the reasons, when any record may not pass;
            then none of them has
        :raise AccessError: when a record may not be read
        """
        self._lock_for_transition()
        self.check_access("read")
        row = self._get_transition(name)
        if note and not isinstance(note, str):
            raise UserError(self.env._("The reason must be a text."))
        if row.guard:
            self.fetch(self._get_transition_lines(row))
        problems = {}
        for record in self:
            reasons = record._explain_refusal(row)
            if not reasons:
                reasons = record._explain_gaps(row, note)
            if reasons:
                problems[record] = reasons
        if problems:
            self._raise_problems(problems)
        principals = {record.id: record._get_authority(row) for record in self}
        if row.wizard:
            return self._open_transition_wizard(row)
        return self._apply_transition(row, note, principals)

    def _lock_for_transition(self):
        """Take the rows, so that two people cannot make the same step at once.

        The statement that takes them also reads them, as they are by then. Rows that
        the user may not read are left alone.
        """
        if not self:
            return
        self.flush_recordset()
        self.invalidate_recordset(flush=False)
        readable = self._search([("id", "in", self.ids)], active_test=False)
        query = LockingQuery(self.env, self._table)
        query.add_where(
            SQL("%s IN %s", SQL.identifier(self._table, "id"), readable.subselect())
        )
        self._fetch_query(query, self._determine_fields_to_fetch())

    def _raise_problems(self, problems):
        """Raise one error that names every record and every reason."""
        if len(problems) == 1 and len(self) == 1:
            lines = problems[self]
        else:
            lines = [
                f"{record.display_name}: {reason}"
                for record, reasons in problems.items()
                for reason in reasons
            ]
        raise UserError("\n".join(lines))

    def _open_transition_wizard(self, row):
        """Return the action that asks for what the transition needs."""
        action = self.env["ir.actions.act_window"]._for_xml_id(row.wizard)
        action["context"] = {
            "active_model": self._name,
            "active_ids": self.ids,
            "active_id": self.id if len(self) == 1 else False,
            "office_transition": row.name,
        }
        return action

    def _apply_transition(self, row, note=False, principals=None, **vals):
        """Pass, log, and call the hook, in superuser mode; rights were checked.

        :param Transition row: a row of the table
        :param str note: kept in the log
        :param dict principals: record id → ``res.users`` on whose behalf (or empty)
        :param vals: other values written with the state
        """
        now = fields.Datetime.now()
        records = self.sudo()
        records.fetch(records._get_transition_lines(row))
        log = self.env["office.transition"]
        with log._gather():
            log._put_on_record(records._prepare_log(row, note, principals, now))
            values = dict(
                vals,
                state=row.target,
                state_since=now,
                **records._prepare_transition_vals(row),
            )
            with permit(records, row.target):
                records.with_context(tracking_disable=True).write(values)
            records.invalidate_recordset(["open_transitions"])
            result = records._after_transition(row, note)
            hook = getattr(records, f"_after_{row.name}", None)
            if hook:
                result = hook(note) or result
        return result or True

    def _prepare_log(self, row, note, principals, now):
        """Return the lines of the log on a transition about to be made.

        :rtype: list[dict]
        """
        return [
            {
                "res_model": self._name,
                "res_id": record.id,
                "name": row.name,
                "state_from": record.state,
                "state_to": row.target,
                "user_id": self.env.uid,
                "principal_id": principals[record.id].id if principals else False,
                "date": now,
                "seconds": max(
                    0, int((now - (record.state_since or now)).total_seconds())
                ),
                "note": note,
                "company_id": record.company_id.id if "company_id" in record else False,
            }
            for record in self
        ]

    def _pass_by_system(self, name, note=False):
        """Make a transition that follows from facts, not from somebody's click.

        The actor in the log is the user whose action brought it about.
        """
        row = self._get_transition(name)
        due = self.filtered(lambda record: record.state in row.sources)
        if due:
            due._apply_transition(row, note)

    def _prepare_transition_vals(self, row):
        """Return values that the mixins write together with the new state."""
        return {}

    def _after_transition(self, row, note):
        """Act on a transition just made, for all records of it at once."""

    # The closed roads -----------------------------------------------------------------

    @api.model
    def _get_guarded_fields(self):
        """Return the names of fields that only the suite's own code may write.

        Among them all that is computed and stored: the ORM would take such a value
        from a client.

        :rtype: set[str]
        """
        return {"state", "state_since"} | {
            name
            for name, field in self._fields.items()
            if field.store and field.compute and field.readonly
        }

    @api.model
    @ormcache("self._name")
    def _get_guarded_names(self):
        """Return the names of :meth:`_get_guarded_fields`, found out once."""
        return frozenset(self._get_guarded_fields())

    @api.model
    def _get_frozen_fields(self):
        """Return the fields that stop being editable when a matter moves on.

        :return: field name → the states in which it may still be changed
        :rtype: dict[str, tuple[str]]
        """
        return {}

    def _check_frozen(self, vals):
        """Refuse to change what was settled by an earlier step.

        :raise ValidationError: naming the fields
        """
        frozen = {
            name
            for name, states in self._get_frozen_fields().items()
            if name in vals and any(record.state not in states for record in self)
        }
        if frozen and not is_permitted(self, vals):
            labels = self.fields_get(frozen, ["string"])
            raise ValidationError(
                self.env._(
                    "This was settled by an earlier step and cannot be edited any "
                    "more: %(fields)s.",
                    fields=", ".join(
                        sorted(label["string"] for label in labels.values())
                    ),
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        guarded = self._get_guarded_names()
        if is_permitted(self.browse(), {}):
            # Our own code gives birth to a record with a fact of its own.
            guarded = {"state"}
        first = self._get_initial_state()
        for vals in vals_list:
            taken = {name for name in guarded - {"state"} if vals.get(name)}
            if vals.get("state", first) != first:
                taken.add("state")
            if taken:
                self._refuse_guarded(taken)
        return super().create(
            [
                {name: value for name, value in vals.items() if name not in guarded}
                for vals in vals_list
            ]
        )

    @api.model
    def default_get(self, fields):
        """Give guarded fields what the model says, whatever a client would like.

        Contexts (``default_state``) and defaults saved by users do not count.
        """
        guarded = self._get_guarded_names()
        defaults = super().default_get([name for name in fields if name not in guarded])
        for name in guarded.intersection(fields):
            default = self._fields[name].default
            if name == "state":
                defaults[name] = self._get_initial_state()
            elif default:
                defaults[name] = default(self)
        return defaults

    def write(self, vals):
        taken = self._get_guarded_names() & vals.keys()
        if taken and self and not is_permitted(self, vals):
            self._refuse_guarded(taken)
        self._check_frozen(vals)
        return super().write(vals)

    def _refuse_guarded(self, names):
        """Raise the error for an attempt to write guarded fields.

        :raise ValidationError: always
        """
        labels = self.fields_get(names, ["string"])
        raise ValidationError(
            self.env._(
                "These change by their declared steps only, please use the buttons of "
                "the form: %(fields)s.",
                fields=", ".join(sorted(label["string"] for label in labels.values())),
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        first = self._get_initial_state()
        begun = self.filtered(
            lambda rec: rec.state != first or rec.sudo().transition_ids
        )
        if begun:
            raise UserError(
                self.env._(
                    "Only what was never submitted can be deleted. Withdraw, cancel "
                    "or archive it instead."
                )
            )

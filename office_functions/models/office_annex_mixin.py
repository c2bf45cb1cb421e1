# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from contextlib import contextmanager
from contextvars import ContextVar

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.orm.domains import DomainAnd, DomainCondition
from odoo.orm.utils import COLLECTION_TYPES
from odoo.tools import SQL

_gathered = ContextVar("office_annex_gathered", default=(None, None))


class OfficeAnnexMixin(models.AbstractModel):
    """A row that belongs to some matter: a log line, an urging, a link …

    Whoever may read the matter may read its annexes, and nobody else. Nobody
    creates them but the suite's own code (in superuser mode, after its checks).
    Rows of an append-only model are never changed or deleted, administrators
    included.
    """

    _name = "office.annex.mixin"
    _description = "Annex of a Matter"
    _append_only = True
    # The matter's one2many field that shows these annexes.
    _matter_field = ""
    _allow_sudo_commands = False

    res_model = fields.Char("Kind of Matter", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Matter", model_field="res_model", required=True, readonly=True, index=True
    )
    res_name = fields.Char("Matter Name", compute="_compute_res_name")

    @api.depends("res_model", "res_id")
    @api.depends_context("uid", "lang")
    def _compute_res_name(self):
        for model, annexes in self.grouped("res_model").items():
            matters = self.env[model].browse(annexes.mapped("res_id")).exists()
            readable = matters._filtered_access("read")
            names = {matter.id: matter.display_name for matter in readable}
            for annex in annexes:
                annex.res_name = names.get(annex.res_id, False)

    def write(self, vals):
        if self and self._append_only:
            raise UserError(
                self.env._(
                    "%(kind)s is an append-only record and cannot be changed.",
                    kind=self.env["ir.model"]._get(self._name).name,
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_annex(self):
        raise UserError(
            self.env._(
                "%(kind)s belongs to the record of what was done and cannot be "
                "deleted.",
                kind=self.env["ir.model"]._get(self._name).name,
            )
        )

    def _get_matter(self):
        """Return the matter this annex belongs to (a record of ``res_model``)."""
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id)

    def action_open_matter(self):
        """Open the form of the matter.

        :rtype: dict
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    # Written and read together ------------------------------------------------------

    @api.model
    @contextmanager
    def _gather(self):
        """Let all that is put on record while the block runs be written at its end.

        One step makes others follow, and each is put on record: one statement for each
        kind of annex, written by the outermost block, in their order. What was put on
        record inside the block cannot be read there.
        """
        cr, _lines = _gathered.get()
        if cr is self.env.cr:
            yield
            return
        lines = {}
        token = _gathered.set((self.env.cr, lines))
        try:
            yield
        finally:
            _gathered.reset(token)
        for name, vals_list in lines.items():
            self.env[name]._write_down(vals_list)

    @api.model
    def _put_on_record(self, vals_list):
        """Create annexes, at the end of the block of :meth:`_gather` if there is one.

        :param list vals_list: as ``create`` takes it
        """
        cr, lines = _gathered.get()
        if cr is self.env.cr:
            lines.setdefault(self._name, []).extend(vals_list)
        else:
            self._write_down(vals_list)

    @api.model
    def _write_down(self, vals_list):
        self.sudo().create(vals_list)
        for model in {vals["res_model"] for vals in vals_list}:
            self.env[model].invalidate_model([self._matter_field], flush=False)

    def _fetch_query(self, query, fields):
        """Read the lines of a matter whole: they are short, and shown so."""
        if self._matter_field and self._fields["res_id"] in fields:
            fields = self._determine_fields_to_fetch()
        return super()._fetch_query(query, fields)

    # Who may read the matter may read the annex -----------------------------------

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result or self.env.su or not any(self._ids):
            return result
        forbidden = self.browse()
        for model, annexes in self.sudo().grouped("res_model").items():
            if model not in self.env or not self._are_open(model):
                forbidden += annexes
                continue
            matters = self.env[model].browse(annexes.mapped("res_id")).exists()
            readable = set(matters._filtered_access("read").ids)
            forbidden += annexes.filtered(lambda a, ok=readable: a.res_id not in ok)
        if not forbidden:
            return None
        return forbidden.with_env(self.env), lambda: AccessError(
            self.env._("You cannot read the matter that this record belongs to.")
        )

    @api.model
    def _are_open(self, model):
        """Tell whether who sees a matter of one kind sees its annexes too."""
        matter = self.env[model]
        return not hasattr(matter, "_reads_annexes") or matter._reads_annexes()

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & self._get_readable_domain(Domain(domain))
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _get_readable_domain(self, domain):
        """Return the domain of the annexes of matters this user may read.

        :param Domain domain: what is searched; the kinds of matter it names, or those
            of the annexes it names, are the only ones looked into
        :rtype: Domain
        """
        named = self._get_named_kinds(domain)
        kinds = [
            model
            for model in self.env["office.workflow.mixin"]._get_matter_models()
            if (named is None or model in named)
            and self.env[model].has_access("read")
            and self._are_open(model)
        ]
        return Domain.OR(
            Domain("res_model", "=", model) & self._get_readable_kind_domain(model)
            for model in kinds
        )

    @api.model
    def _get_named_kinds(self, domain):
        """Return the kinds of matter that a search is limited to.

        :param Domain domain: what is searched
        :return: names of models, or ``None`` for no limit
        :rtype: set[str] or None
        """
        named = set()
        for condition in domain.iter_conditions():
            if condition.field_expr == "res_model" and condition.operator in (
                "=",
                "in",
            ):
                value = condition.value
                named.update([value] if isinstance(value, str) else value)
        if named:
            return named
        for condition in domain.children if isinstance(domain, DomainAnd) else [domain]:
            if (
                isinstance(condition, DomainCondition)
                and condition.field_expr == "id"
                and condition.operator == "in"
                and isinstance(condition.value, COLLECTION_TYPES)
            ):
                annexes = self.sudo().browse(filter(None, condition.value))
                return set(annexes.exists().mapped("res_model"))
        return None

    @api.model
    def _get_readable_kind_domain(self, model):
        """Return the domain of the annexes whose matter, of one kind, may be read.

        It asks of each annex whether its matter is readable: among alternatives
        PostgreSQL would turn ``IN`` into a list of all matters the user may read.

        :param str model: the kind of matter
        :rtype: Domain
        """

        def to_sql(annexes, alias, query):
            matters = self.env[model]._search([], active_test=False)
            if matters.is_empty():
                return SQL("FALSE")
            res_id = annexes._field_to_sql(alias, "res_id", query)
            matter_id = SQL.identifier(matters.table, "id")
            matters.add_where(SQL("%s = %s", matter_id, res_id))
            return SQL("EXISTS (%s)", matters.select(SQL("1")))

        return Domain.custom(to_sql=to_sql)

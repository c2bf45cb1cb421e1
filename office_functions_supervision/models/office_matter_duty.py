# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from lxml import etree

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain
from odoo.tools import SQL

from odoo.addons.office_functions.tools.similarity import compare

LIKELY = 0.3
"""From here on the words of a duty are those of a matter."""
CANDIDATES = 500
"""Duties of the same units that are looked at while somebody types."""
NEVER_BEGUN = frozenset(
    ("withdrawn", "terminated", "cancelled", "refused", "dismissed", "dropped")
)


class OfficeMatterDuty(models.AbstractModel):
    """Any matter may say which duties it touches; those nobody touches are blank spots."""

    _inherit = "office.matter.mixin"
    # States, beside the first, in which a matter has not touched anything yet.
    _untouching_states = ("requested",)

    duty_item_ids = fields.Many2many(
        "office.duty.item",
        string="Duties Touched",
        compute="_compute_duty_item_ids",
        inverse="_inverse_duty_item_ids",
        search="_search_duty_item_ids",
        groups="office_functions.group_office_user",
        help="The duties that this matter is about. A duty that no matter touches for "
        "long is a blank spot.",
    )
    has_duties = fields.Boolean("Touches a Duty", readonly=True, copy=False)
    duty_hint_ids = fields.Many2many(
        "office.duty.item",
        string="Likely Duties",
        compute="_compute_duty_hint_ids",
        groups="office_functions.group_office_user",
        help="Duties of the units concerned, in words like those of the subject.",
    )

    @api.depends("has_duties")
    def _compute_duty_item_ids(self):
        touched = {}
        if any(self.mapped("has_duties")):
            for touch in (
                self.env["office.duty.touch"]
                .sudo()
                .search_fetch(
                    [
                        ("res_model", "=", self._name),
                        ("res_id", "in", self._origin.ids),
                    ],
                    ["res_id", "duty_item_id"],
                    order="id",
                )
            ):
                touched.setdefault(touch.res_id, []).append(touch.duty_item_id.id)
        for matter in self:
            matter.duty_item_ids = [Command.set(touched.get(matter._origin.id, []))]

    def _inverse_duty_item_ids(self):
        duties = {matter: matter.duty_item_ids for matter in self}
        for matter, items in duties.items():
            strange = items.sudo().filtered(
                lambda item, matter=matter: item.company_id != matter.company_id
            )
            if strange:
                raise ValidationError(
                    self.env._(
                        "These are duties of another company: %(names)s.",
                        names=", ".join(strange.mapped("name")),
                    )
                )
        if self:
            self.env["office.duty.touch"]._assign(duties)

    def _search_duty_item_ids(self, operator, value):
        if operator not in ("in", "any", "any!"):
            return NotImplemented
        found = Domain.FALSE
        if operator == "in":
            if False in value:
                found = Domain("has_duties", "=", False)
            value = [duty_id for duty_id in value if duty_id]
        Touch = self.env["office.duty.touch"].sudo()
        touches = Touch._search(
            Domain("res_model", "=", self._name)
            & Domain("duty_item_id", operator, value)
        )
        ids = touches.select(SQL.identifier(touches.table, "res_id"))
        return found | Domain("id", "in", SQL("(%s)", ids))

    @api.depends(
        lambda self: (
            "name",
            "company_id",
            "has_duties",
            "duty_item_ids",
            "lead_unit_id",
            "assisting_unit_ids",
        )
    )
    def _compute_duty_hint_ids(self):
        Duty = self.env["office.duty.item"]
        for matter in self:
            units = (matter.lead_unit_id | matter.assisting_unit_ids)._origin
            if matter.duty_item_ids or not (matter.name and units):
                matter.duty_hint_ids = Duty
                continue
            candidates = Duty.search_fetch(
                [
                    ("lead_unit_id", "in", units.ids),
                    ("company_id", "=", matter.company_id.id),
                ],
                ["name"],
                limit=CANDIDATES,
            )
            likeness = {duty: compare(matter.name, duty.name) for duty in candidates}
            likely = candidates.filtered(lambda d, of=likeness: of[d] >= LIKELY)
            matter.duty_hint_ids = likely.sorted(likeness.get, reverse=True)[:3]

    def action_take_duty_hints(self):
        """Name the likely duties as those that these matters touch.

        :raise AccessError: for who may not change them
        """
        for matter in self.filtered("duty_hint_ids"):
            matter.duty_item_ids = matter.duty_hint_ids

    # When it touches them -------------------------------------------------------------

    @api.model
    def _get_untouching_states(self):
        """Return the states in which a matter has not touched its duties yet.

        :rtype: set[str]
        """
        first = self._get_initial_state()
        return {first, *self._untouching_states} | NEVER_BEGUN

    def _has_touched(self):
        """Tell whether this matter has begun, so that its duties count as touched."""
        self.ensure_one()
        return self.state not in self._get_untouching_states()

    def _apply_transition(self, row, note=False, principals=None, **vals):
        result = super()._apply_transition(row, note, principals, **vals)
        touching = self.sudo().filtered("has_duties")
        if touching:
            Touch = self.env["office.duty.touch"]
            quiet = self._get_untouching_states()
            if row.target not in quiet and quiet.intersection(row.sources):
                Touch._date(touching)
            Touch._settle_ends(touching)
        return result

    def unlink(self):
        """Forget, with a draft that is deleted, which duties it would have touched."""
        touching = self.sudo().filtered("has_duties")
        if touching:
            nothing = self.env["office.duty.item"]
            self.env["office.duty.touch"]._assign(dict.fromkeys(touching, nothing))
        return super().unlink()

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"has_duties"}

    # On the form of every kind --------------------------------------------------------

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Put the duties above the log of every kind of matter."""
        arch, view = super()._get_view(view_id, view_type, **options)
        panel = arch.find(".//widget[@name='office_matter_panel']")
        if view_type == "form" and panel is not None and self._shows_duties(arch):
            panel.addprevious(self._make_duty_element())
        return arch, view

    @api.model
    def _shows_duties(self, arch):
        """Tell whether the form has no place of its own for the duties.

        :param arch: the form
        :rtype: bool
        """
        return arch.find(".//field[@name='duty_item_ids']") is None

    @api.model
    def _make_duty_element(self):
        group = etree.Element(
            "group",
            {"name": "office_duties", "groups": "office_functions.group_office_user"},
        )
        etree.SubElement(group, "field", name="company_id", invisible="1")
        etree.SubElement(
            group,
            "field",
            name="duty_item_ids",
            widget="many2many_tags",
            options="{'no_create': True}",
            domain="[('company_id', '=', company_id)]",
        )
        etree.SubElement(
            group,
            "field",
            name="duty_hint_ids",
            widget="many2many_tags",
            readonly="1",
            invisible="not duty_hint_ids",
        )
        etree.SubElement(
            group,
            "button",
            name="action_take_duty_hints",
            type="object",
            string=self.env._("Take the Likely Duties"),
            invisible="not duty_hint_ids",
            **{"class": "btn-secondary", "colspan": "2"},
        )
        return group

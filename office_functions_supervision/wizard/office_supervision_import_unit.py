# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .unit_names import NameIndex, essence, guess_kind


class OfficeSupervisionImportUnit(models.TransientModel):
    """A name of a unit in the document, and the unit it stands for."""

    _name = "office.supervision.import.unit"
    _description = "Unit Named in an Import"
    _order = "id"
    _check_company_auto = True
    _transient_max_hours = 24.0

    import_id = fields.Many2one(
        "office.supervision.import",
        "Belongs To",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="import_id.company_id")
    name = fields.Char("As Written", required=True, readonly=True)
    line_count = fields.Integer("Tasks", readonly=True)
    is_known = fields.Boolean(readonly=True)
    department_id = fields.Many2one(
        "hr.department",
        "Existing Unit",
        check_company=True,
        help="The nearest existing unit is proposed; choose another one if need be.",
    )
    decision = fields.Selection(
        [
            ("map", "Is the Existing Unit"),
            ("create", "Create the Unit"),
            ("skip", "Leave Empty"),
        ],
        compute="_compute_decision",
        store=True,
        readonly=False,
        help="The existing unit chosen here is remembered for the next import.",
    )
    unit_kind = fields.Selection(
        [("agency", "Agency"), ("section", "Section"), ("school", "School")],
        "Kind of New Unit",
    )

    @api.depends("department_id")
    def _compute_decision(self):
        """Choosing a unit is a decision for it."""
        for row in self:
            row.decision = "map" if row.department_id else row.decision

    def _get_units(self):
        """Return the existing units that these names were decided to stand for."""
        return self.filtered(lambda row: row.decision == "map").department_id


class OfficeSupervisionImport(models.TransientModel):
    # One file for each theme, on purpose.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "office.supervision.import"

    def _create_unit_rows(self, source):
        """Note each unit that the document names, known or not.

        Names that differ in spaces, brackets and punctuation only are one unit.

        :param list[SourceLine] source: what was read
        :return: essence of a name → its row
        :rtype: dict
        """
        written = {}
        counts = Counter()
        for line in source:
            names = {essence(name): name for name in (line.lead, *line.assisting)}
            names.pop("", None)
            counts.update(names.keys())
            for key, name in names.items():
                written.setdefault(key, name)
        units, index = self._match_units(written)
        vals_list = []
        for key, name in written.items():
            unit = units.get(key)
            vals_list.append(
                {
                    "import_id": self.id,
                    "name": name,
                    "line_count": counts[key],
                    "is_known": bool(unit),
                    "department_id": (unit or index(name)).id,
                    "decision": "map" if unit else False,
                    "unit_kind": guess_kind(name),
                }
            )
        rows = self.env["office.supervision.import.unit"].create(vals_list)
        return dict(zip(written, rows, strict=True))

    def _match_units(self, written):
        """Return the units known under some names, and a finder of near ones.

        :param dict written: essence of a name → the name
        :return: essence → ``hr.department``; a function from a name to the nearest
            ``hr.department``, which may be empty
        :rtype: tuple
        """
        Department = self.env["hr.department"]
        Alias = self.env["office.unit.alias"]
        found = Alias._find_units(written.values(), self.company_id)
        units = {key: found[name] for key, name in written.items() if found[name]}
        if len(units) == len(written):
            return units, lambda name: Department
        ours = [("company_id", "in", (self.company_id.id, False))]
        named = {unit.name: unit for unit in Department.search(ours)}
        for alias in Alias.search([("company_id", "=", self.company_id.id)]):
            named[alias.name] = alias.department_id
        alike = {essence(name): unit for name, unit in named.items()}
        names = NameIndex(named)
        return alike | units, lambda name: named.get(names.nearest(name), Department)

    def _check_decided(self, lines):
        """Refuse to go on while it is open what an unknown name stands for.

        :raise UserError: naming the units
        """
        rows = lines.lead_row_id | lines.assisting_row_ids
        undecided = rows.filtered(
            lambda row: (
                not row.decision or (row.decision == "map" and not row.department_id)
            )
        )
        if undecided:
            raise UserError(
                self.env._(
                    "Please decide on the unknown units first, whether each is an "
                    "existing unit, is created or is left empty: %(names)s.",
                    names=", ".join(undecided.mapped("name")),
                )
            )

    def _settle_units(self, lines):
        """Create the units to be created, and remember what names stand for.

        :return: row → the ``hr.department`` made for it
        :rtype: dict
        :raise AccessError: for who may neither supervise nor direct
        """
        rows = (lines.lead_row_id | lines.assisting_row_ids) & self.unknown_unit_ids
        new = rows.filtered(lambda row: row.decision == "create")
        if new and not self.env.user.has_groups(
            "office_functions_supervision.group_office_supervisor,"
            "office_functions.group_office_director"
        ):
            raise AccessError(
                self.env._("Only supervisors and directors create units here.")
            )
        # Creating units is otherwise for officers of human resources; those who import
        # may, by name and kind alone, and were checked above.
        units = (
            self.env["hr.department"]
            .sudo()
            .create(
                [
                    {
                        "name": row.name,
                        "unit_kind": row.unit_kind,
                        "company_id": self.company_id.id,
                    }
                    for row in new
                ]
            )
        )
        for row in rows.filtered(lambda row: row.decision == "map"):
            self.env["office.unit.alias"]._remember(
                row.name, row.department_id, self.company_id
            )
        return dict(zip(new, units.with_env(self.env), strict=True))

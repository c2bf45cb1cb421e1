# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

MARKS = re.compile(r"[\n,，、;；.。/|()（）:：]+")
WORDS = re.compile(r"以及|和|与|及")
"""What stands between names; the words stand in names, too."""


class OfficePetitionAccused(models.Model):
    """Who is complained of in a petition, kept apart from it (R-PET-10, A4).

    Read by petition officers who see the petition and by those admitted to it by name.
    Whoever is meant here is kept from the petition on every road: see
    ``OfficePetitionExcluded``.
    """

    _name = "office.petition.accused"
    _inherit = ["office.part.mixin"]
    _description = "Complained Of"
    _order = "id"
    _whole = "petition_id"

    petition_id = fields.Many2one(
        "office.petition", required=True, index=True, ondelete="cascade"
    )
    employee_id = fields.Many2one("hr.employee", "Person of the House")
    user_id = fields.Many2one("res.users", "Login")
    unit_id = fields.Many2one("hr.department")
    name = fields.Char("As It Is Written", help="Who is no person or unit known here.")
    role = fields.Char(
        "Post or Part", help="The post or part in it, as the petition says."
    )

    _says_who = models.Constraint(
        "CHECK(num_nonnulls(employee_id, user_id, unit_id) > 0 OR COALESCE(name, '') <> '')",
        "Say who is complained of: a person, a unit, or the name as it is written.",
    )

    @api.model
    def _get_need_to_know_domain(self, operation):
        domain = super()._get_need_to_know_domain(operation)
        if self.env.user.has_group("office_functions.group_office_petition"):
            return domain
        admitted = self.env["office.matter.access"]._get_named_ids(
            self.env.uid, "office.petition", "granted"
        )
        return domain & Domain("petition_id", "in", admitted)

    @api.depends("employee_id", "user_id", "unit_id", "name")
    def _compute_display_name(self):
        for accused in self:
            raw = accused.sudo()
            named = raw.employee_id or raw.user_id or raw.unit_id
            accused.display_name = raw.name or named.display_name

    def _get_tokens(self):
        """Return what stands for those meant, as users carry it.

        :rtype: set[str]
        """
        return (
            {f"e{employee_id}" for employee_id in self.employee_id.ids}
            | {f"u{user_id}" for user_id in self.user_id.ids}
            | {f"d{unit_id}" for unit_id in self.unit_id.ids}
        )

    # Known by the name that is written ------------------------------------------------

    def _add_who_is_written(self):
        """Add everybody of the house whose name stands in the written ones.

        Exactly, and all who bear it: rather one namesake too many is kept from it than
        the one whom it is about is the first to read it (信访工作条例 第30条). Nobody
        is told whether a name was found.
        """
        written = self.sudo().filtered(
            lambda line: (
                line.name and not (line.employee_id or line.user_id or line.unit_id)
            )
        )
        found = []
        for line in written:
            petition = line.petition_id
            known = petition.accused_ids
            for name, meant in self._find_written(line.name, petition.company_id):
                found += [
                    {"petition_id": petition.id, name: id_}
                    for id_ in (meant - known[name]).ids
                ]
        if found:
            self.sudo().create(found)

    @api.model
    def _get_written_parts(self, text):
        """Return what stands between marks and words that part names.

        :rtype: set[str]
        """
        parts = {text, *MARKS.split(text)}
        parts |= {part for whole in parts for part in WORDS.split(whole)}
        return {part for part in parts if part.strip()}

    @api.model
    def _get_written_names(self, text):
        """Return all that may be a name in a text: its parts, and the words of them.

        :rtype: set[str]
        """
        return {
            name
            for part in self._get_written_parts(text)
            for name in (part.strip(), "".join(part.split()), *part.split())
        }

    @api.model
    def _find_written(self, text, company):
        """Return who of a company is written by name in a text.

        :param str text: names, parted by commas, spaces or other marks
        :param res.company company: of the petition
        :return: field of the line → employees, units, or users who are no employees
        :rtype: list[tuple]
        """
        same = Domain("name", "in", sorted(self._get_written_names(text)))
        here = Domain("company_id", "in", (False, company.id))

        def find(model, domain):
            found = self.env[model].sudo().with_context(active_test=False)
            return found.search(domain)

        return [
            ("employee_id", find("hr.employee", same & here)),
            ("unit_id", find("hr.department", same & here)),
            (
                "user_id",
                find(
                    "res.users",
                    same
                    & Domain("company_ids", "in", company.ids)
                    & Domain("share", "=", False)
                    & Domain("employee_ids", "=", False),
                ),
            ),
        ]

    @api.model_create_multi
    def create(self, vals_list):
        accused = super().create(vals_list)
        accused._add_who_is_written()
        accused.sudo().petition_id._shut_out()
        return accused

    def write(self, vals):
        if "petition_id" in vals and any(
            accused.petition_id.id != vals["petition_id"] for accused in self.sudo()
        ):
            raise ValidationError(
                self.env._("Who is complained of stays with the petition that says so.")
            )
        result = super().write(vals)
        if "name" in vals:
            self._add_who_is_written()
        self.sudo().petition_id._shut_out()
        return result

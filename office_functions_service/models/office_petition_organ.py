# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OfficePetition(models.Model):
    """To which other organ a petition may go (信访工作条例 第22、23、30条; R-PET-10).

    Never to whom it concerns, report or not; and a report only to who is competent for
    those it accuses, by the authority that manages them (按管理权限).
    """

    _inherit = "office.petition"

    competent_by = fields.Selection(
        [
            ("discipline", "Discipline Inspection and Supervision"),
            ("power", "Power to Deal With It by Law"),
            ("cadre", "Management of the Cadre"),
        ],
        copy=False,
        help="By what the proper organ is competent for those a report accuses.",
    )

    def _explain_organ(self, *names):
        """Return why a petition may not go to the organs that some fields name.

        :param str names: of the fields
        :return: reasons that tell nobody whom the petition concerns
        :rtype: list[str]
        """
        wrong = [name for name in names if self._concerns(self[name])]
        if not wrong:
            return []
        labels = self.fields_get(wrong, ["string"])
        return [
            self.env._(
                "It must not go to whom it concerns, nor to a unit that contains them. "
                "Please name another: %(fields)s.",
                fields=", ".join(labels[name]["string"] for name in wrong),
            )
        ]

    def _concerns(self, text):
        """Tell whether a text names somebody complained of, or a unit with them in it.

        By the names written in the petition, and by those of the house.

        :param str text: as somebody wrote it
        :rtype: bool
        """
        self.ensure_one()
        if not text:
            return False
        Accused = self.env["office.petition.accused"].sudo()
        petition = self.sudo()
        named = {name.casefold() for name in Accused._get_written_names(text)}
        if any(
            "".join(part.split()).casefold() in named
            for name in petition.accused_ids.mapped("name")
            for part in Accused._get_written_parts(name or "")
        ):
            return True
        if not petition.office_accused:
            return False
        found = dict(Accused._find_written(text, petition.company_id))
        return bool(
            found["unit_id"] & petition._get_barred_units()
            or found["employee_id"] & petition._get_accused_employees()
            or found["user_id"] & petition._get_excluded_users()
        )

    def _guard_forward(self, row, note):
        """Let a report go to nobody but who is competent (第22、30条)."""
        reasons = self._explain_organ("proper_organ")
        if self.is_report and not self.competent_by:
            reasons.append(
                self.env._(
                    "A report or accusation goes only to the organ that is competent "
                    "for those it accuses: please say by what."
                )
            )
        return reasons

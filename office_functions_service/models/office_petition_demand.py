# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.office_functions.tools.transition import is_permitted

from .office_petition import OPEN_STATES

ASKED = {"text", "petition_id"}
OF_SUGGESTIONS = ("adopted", "partly")


class OfficePetitionDemand(models.Model):
    """One of the things that a petitioner asks for (诉求), and its outcome."""

    _name = "office.petition.demand"
    _inherit = ["office.part.mixin"]
    _description = "Demand"
    _order = "petition_id, number, id"
    _rec_name = "text"
    _whole = "petition_id"

    petition_id = fields.Many2one(
        "office.petition", required=True, index=True, ondelete="cascade"
    )
    number = fields.Integer("Demand No.", readonly=True, copy=False, aggregator=None)
    text = fields.Text("What Is Demanded", required=True)
    outcome = fields.Selection(
        [
            ("supported", "Supported"),
            ("explained", "Explained"),
            ("not_supported", "Not Supported"),
            ("adopted", "Adopted Wholly"),
            ("partly", "Adopted Partly"),
        ],
        "Outcome of the Demand",
        copy=False,
    )
    facts = fields.Text("Facts and Reasons", copy=False)
    basis = fields.Char("Legal Basis of the Outcome", copy=False)
    is_answered = fields.Boolean("Demand Answered", compute="_compute_is_answered")

    @api.depends("outcome", "facts", "basis", "petition_id.petition_class")
    def _compute_is_answered(self):
        for demand in self:
            demand.is_answered = not demand._get_missing()

    def _get_missing(self):
        """Return the names of the fields without which a demand is not answered.

        Whether a claim is supported or not, its reply names facts, reasons and law
        (信访工作条例 第32条); a suggestion is adopted or explained (第29条).

        :rtype: list[str]
        """
        wanted = ["outcome", "facts"]
        if self.petition_id.petition_class == "claim":
            wanted.append("basis")
        return [name for name in wanted if not (self[name] or "").strip()]

    @api.constrains("outcome")
    def _check_outcome(self):
        for demand in self:
            suggested = demand.petition_id.petition_class == "suggestion"
            if demand.outcome in ("supported", "not_supported") and suggested:
                raise ValidationError(
                    self.env._(
                        "A suggestion is adopted, in part or whole, or explained."
                    )
                )
            if demand.outcome in OF_SUGGESTIONS and not suggested:
                raise ValidationError(self.env._("Only suggestions are adopted."))

    @api.constrains("text")
    def _check_text(self):
        if any(not demand.text.strip() for demand in self):
            raise ValidationError(self.env._("Please write down what is demanded."))

    # What may be changed, when --------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Number the demands of each petition from one."""
        petitions = self.env["office.petition"].browse(
            {vals["petition_id"] for vals in vals_list if vals.get("petition_id")}
        )
        self._check_open(petitions, OPEN_STATES)
        last = dict(
            self.sudo()._read_group(
                [("petition_id", "in", petitions.ids)], ["petition_id"], ["number:max"]
            )
        )
        numbered = []
        for vals in vals_list:
            petition = petitions.browse(vals.get("petition_id"))
            last[petition] = (last.get(petition) or 0) + 1
            numbered.append({**vals, "number": last[petition]})
        return super().create(numbered)

    def write(self, vals):
        if "number" in vals and not is_permitted(self, {}):
            raise ValidationError(self.env._("Demands are numbered as they come."))
        if "petition_id" in vals:
            petitions = self.petition_id
            if petitions.ids != [vals["petition_id"]]:
                raise ValidationError(
                    self.env._("A demand stays with the petition that made it.")
                )
        if ASKED & vals.keys():
            self._check_open(self.petition_id, ("registered", "judged"))
        if {"outcome", "facts", "basis"} & vals.keys():
            self._check_open(self.petition_id, (*OPEN_STATES, "merged"))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_settled(self):
        self._check_open(self.petition_id, ("registered", "judged"))

    @api.model
    def _check_open(self, petitions, states):
        """Refuse to change demands once the petition has gone on.

        :raise ValidationError: naming the petitions
        """
        closed = petitions.sudo().filtered(lambda record: record.state not in states)
        if closed and not is_permitted(closed, {}):
            raise ValidationError(
                self.env._(
                    "The demands of %(names)s were settled by an earlier step.",
                    names=", ".join(closed.mapped("display_name")),
                )
            )


class OfficePetition(models.Model):
    _inherit = "office.petition"

    demand_ids = fields.One2many(
        "office.petition.demand", "petition_id", "Demands", copy=False
    )

    def _guard_reply(self, row, note):
        """Name every demand that is unanswered, of this petition and those joined."""
        reasons = []
        mine = self.sudo()
        joined = mine.joined_ids.filtered(lambda record: record.state == "merged")
        if any(one._meets_accused(mine) for one in joined):
            reasons.append(self._get_meeting_words())
        # No union: it would forget the batch whose demands are read together.
        for petition in (mine, *joined):
            shown = petition == mine or petition.sudo(False).has_access("read")
            for demand in petition.demand_ids:
                missing = demand._get_missing()
                if missing:
                    labels = demand.fields_get(missing, ["string"])
                    reasons.append(
                        self.env._(
                            "%(petition)s, demand %(number)s lacks: %(fields)s.",
                            petition=petition.number if shown else "—",
                            number=demand.number,
                            fields=", ".join(
                                labels[name]["string"] for name in missing
                            ),
                        )
                    )
        return reasons + self._explain_second_look()

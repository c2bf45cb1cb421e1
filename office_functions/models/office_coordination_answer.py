# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError

STARS = ("1", "2", "3", "4", "5")


class OfficeCoordinationParty(models.Model):
    """How a party answers, and who answers for it."""

    _inherit = "office.coordination.party"

    def answer(self, kind, statement="", rating=False):
        """Say, for one's own unit, what one thinks of the matter.

        :param str kind: ``agree`` or ``dissent`` (with the proposal, while parties
            are asked), ``confirm`` (our part is done) or ``rate`` (once, 1 to 5)
        :param str statement: kept between the party and the office; needed to dissent
        :param str rating: ``"1"`` … ``"5"``
        :raise UserError: with all the reasons, when this is not the user's or not now
        """
        self.ensure_one()
        self.check_access("read")
        matter = self.sudo().coordination_id
        matter._lock_for_transition()
        statement = statement.strip() if isinstance(statement, str) else ""
        reasons = self._explain_answer_refusal(kind, statement, rating)
        if reasons:
            raise UserError("\n".join(reasons))
        party = self.sudo()
        party._set(**self._prepare_answer_vals(kind, statement, rating))
        answers = dict(self._get_answers())
        matter._message_log(body=f"{party.display_name}：{answers[kind]}")
        matter._answer_came()

    @api.model
    def _get_answers(self):
        """Return the kinds of answers with what they are called."""
        answers = {
            "agree": self.env._("We agree"),
            "dissent": self.env._("We dissent"),
            "confirm": self.env._("Our part is done"),
            "rate": self.env._("We rate the coordination"),
        }
        return list(answers.items())

    def _explain_answer_refusal(self, kind, statement, rating):
        """Return all the reasons why this answer is not the user's to give now."""
        times = {
            "agree": ("consulting",),
            "dissent": ("consulting",),
            "confirm": ("executing",),
            "rate": ("executing", "confirmed", "closed"),
        }
        if kind not in times:
            return [self.env._("There is no such answer.")]
        reasons = []
        if not self._stands_for():
            reasons.append(
                self.env._(
                    "You do not answer for %(party)s.", party=self.sudo().display_name
                )
            )
        if self.sudo().coordination_id.state not in times[kind]:
            reasons.append(self.env._("This is not asked at the present step."))
        if kind == "confirm" and self.date_confirmed:
            reasons.append(self.env._("This party has confirmed already."))
        needs_words = kind == "dissent" or (
            self.outside and kind in ("agree", "confirm")
        )
        if needs_words and not statement:
            reasons.append(
                self.env._("Please write down the reason.")
                if kind == "dissent"
                else self.env._("Please write down how and when the body said so.")
            )
        if kind == "rate" and rating not in STARS:
            reasons.append(self.env._("Please give one to five stars."))
        if rating and rating != "0" and self.date_rated:
            reasons.append(self.env._("This party has rated already."))
        return reasons

    def _prepare_answer_vals(self, kind, statement, rating):
        """Return the values that keep an answer.

        :rtype: dict
        """
        now = fields.Datetime.now()
        vals = {}
        if kind in ("agree", "dissent"):
            vals["agreement"] = "agreed" if kind == "agree" else "dissent"
            vals |= {"date_answered": now, "answered_by_id": self.env.uid}
        elif kind == "confirm":
            vals |= {"date_confirmed": now, "confirmed_by_id": self.env.uid}
        if statement:
            vals["own_statement"] = statement
        if kind in ("confirm", "rate") and rating in STARS:
            vals |= {"rating": rating, "date_rated": now}
        return vals

    def action_answer(self):
        """Open the dialog in which this party answers.

        :rtype: dict
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions.office_coordination_answer_action"
        )
        action["context"] = {"default_party_id": self.id}
        return action

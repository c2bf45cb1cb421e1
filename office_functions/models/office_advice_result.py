# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.transition import Transition
from .office_advice import DIRECTOR, INTERNAL, OFFICE

LEADER = "office_functions.group_office_leader"
DOCUMENT = "office.document.outgoing"


class OfficeAdviceResult(models.Model):
    """What comes of an advice: a directive, a document, a rule, and the effect."""

    _inherit = "office.advice"

    can_make_document = fields.Boolean(compute="_compute_can_make_document")
    effect = fields.Selection(
        [
            ("good", "Reached Its Goal"),
            ("fair", "Reached It in Part"),
            ("none", "Had No Effect"),
        ],
        copy=False,
        groups=INTERNAL,
    )
    effect_text = fields.Text("Evaluation of the Effect", copy=False, groups=INTERNAL)
    forecast_result = fields.Selection(
        [
            ("open", "Not Known Yet"),
            ("came", "It Came"),
            ("averted", "Averted"),
            ("never", "It Did Not Come"),
        ],
        "What Became of the Risk",
        default="open",
        copy=False,
        groups=INTERNAL,
    )

    @api.model
    def _get_result_transitions(self):
        """Return the rows that follow a decision to adopt."""
        return [
            Transition(
                name="implement",
                label=self.env._("Put into Effect"),
                sources=("adopted", "partly"),
                target="implementing",
                by=("handler", "unit_head", OFFICE),
                style="primary",
            ),
            Transition(
                name="evaluate",
                label=self.env._("Evaluate the Effect"),
                sources=("implementing",),
                target="evaluated",
                by=(DIRECTOR, "leader"),
                never=("drafter",),
                needs=("effect", "effect_text"),
                style="primary",
            ),
            Transition(
                name="close",
                label=self.env._("Finish"),
                sources=("evaluated",),
                target="closed",
                by=(OFFICE, "leader"),
                style="primary",
            ),
        ]

    @api.model
    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | dict.fromkeys(
            ("effect", "effect_text"), ("implementing",)
        )

    @api.depends_context("uid")
    def _compute_can_make_document(self):
        self.can_make_document = DOCUMENT in self.env and self.env[DOCUMENT].has_access(
            "create"
        )

    # Conversion -----------------------------------------------------------------------

    def action_make_directive(self):
        """Let an adopted advice become a directive of the leader who adopted it.

        :return: the action that opens it
        :raise UserError: before it is adopted, or for others than office and leader
        :rtype: dict
        """
        return self._make_result("office.directive", self._prepare_directive_vals)

    def action_make_document(self):
        """Let an adopted advice become the draft of an outgoing document.

        :return: the action that opens it
        :raise UserError: as above, and where no documents are written here
        :rtype: dict
        """
        if DOCUMENT not in self.env:
            raise UserError(self.env._("Outgoing documents are not installed."))
        return self._make_result(DOCUMENT, self._prepare_document_vals)

    def action_make_regulation(self):
        """Let an adopted advice become a rule of the house.

        :return: the action that opens it
        :raise UserError: as above
        :rtype: dict
        """
        return self._make_result("office.regulation", self._prepare_regulation_vals)

    def _make_result(self, model, prepare):
        """Create what an advice becomes, link the two, and open it.

        :param str model: what it becomes
        :param prepare: function that returns its values
        """
        self.ensure_one()
        self.check_access("read")
        advice = self.sudo()
        user = self.env.user
        if not (user.has_group(OFFICE) or user in self._get_relation_users("leader")):
            raise UserError(
                self.env._(
                    "The office, or the leader who decided, turns advice into work."
                )
            )
        if advice.state not in ("adopted", "partly", "implementing"):
            raise UserError(
                self.env._("Only adopted advice is put into effect, and only once.")
            )
        creator = self._get_result_creator(model)
        result = advice.env[model].with_user(creator).sudo().create(prepare())
        self.env["office.matter.link"].sudo()._link(advice, result)
        advice.with_user(user).sudo()._pass_by_system("implement")
        return result._get_form_action()

    def _get_result_creator(self, model):
        """Return in whose name a result is begun: who works on it must find it.

        A document is drafted by who has the advice in hand, so that office and leader
        may review and sign it. A leader's directive is recorded by the office.

        :param str model: what the advice becomes
        :rtype: res.users
        """
        advice, user = self.sudo(), self.env.user
        if model == DOCUMENT:
            return advice.handler_id or user
        if user.has_group(OFFICE):
            return user
        log = advice.transition_ids.filtered(lambda line: line.name == "present")
        return log.sorted("id")[-1:].user_id or user

    def _prepare_directive_vals(self):
        """Return the values of the directive that this advice becomes.

        :rtype: dict
        """
        advice = self.sudo()
        option = advice.chosen_option_id
        words = [advice.decision_reason, option.name, advice.text]
        return {
            "name": advice.name,
            "kind": "written",
            "leader_id": advice.leader_id.id,
            "date": fields.Date.context_today(self),
            "text": "\n".join(filter(None, words)),
            "source": advice.display_name,
            "lead_unit_id": advice.lead_unit_id.id,
            "assisting_unit_ids": [fields.Command.set(advice.plan_unit_ids.ids)],
            "handler_id": advice.handler_id.id,
            "company_id": advice.company_id.id,
        }

    def _prepare_document_vals(self):
        """Return the values of the document that this advice becomes.

        :rtype: dict
        """
        advice = self.sudo()
        return {
            "name": advice.name,
            "lead_unit_id": advice.lead_unit_id.id,
            "handler_id": advice.handler_id.id,
            "company_id": advice.company_id.id,
        }

    def _prepare_regulation_vals(self):
        """Return the values of the rule that this advice becomes.

        :rtype: dict
        """
        advice = self.sudo()
        return {
            "name": advice.name,
            "kind": "internal",
            "summary": advice.text,
            "issuer": advice.company_id.name,
            "company_id": advice.company_id.id,
        }

    # Foretold -------------------------------------------------------------------------

    def _mark_foretold(self, event):
        """Record that what these forecasts warned of has come.

        :param event: the emergency (one matter)
        """
        forecasts = self.sudo().filtered(lambda advice: advice.kind == "risk")
        forecasts.write({"forecast_result": "came"})
        self.env["office.matter.link"].sudo()._link(
            forecasts, event.browse(event.ids * len(forecasts)), "related"
        )

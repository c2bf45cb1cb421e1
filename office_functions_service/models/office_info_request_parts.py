# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.office_functions.tools.transition import is_permitted

from .office_open_file import CLERK

GUARDED = {"date_asked", "date_due", "date_answered"}


class OfficeInfoRequestIdentity(models.Model):
    """Who asks for information."""

    _name = "office.info.request.identity"
    _inherit = ["office.identity.mixin"]
    _description = "Requester"
    _whole = "request_id"

    request_id = fields.Many2one(
        "office.info.request",
        "Request for Information",
        required=True,
        index=True,
        ondelete="cascade",
    )

    def _may_reveal(self):
        """Let those who answer know whom: the clerk, and who has it in hand."""
        request = self.request_id.sudo()
        doers = request.handler_id | request._relation_unit_head()
        return (
            super()._may_reveal()
            or self.env.user.has_group(CLERK)
            or self.env.user in doers
        )


class OfficeInfoRequestOpinion(models.Model):
    """Whose opinion is asked before information is opened (art. 32, 34).

    Fifteen working days to answer. Of a third party that is silent the organ decides;
    a co-maker that is silent has agreed.
    """

    _name = "office.info.request.opinion"
    _inherit = ["office.part.mixin"]
    _description = "Opinion on a Request for Information"
    _order = "id"
    _whole = "request_id"
    _allow_sudo_commands = False

    request_id = fields.Many2one(
        "office.info.request",
        "Request for Information",
        required=True,
        index=True,
        ondelete="cascade",
    )
    kind = fields.Selection(
        [("third_party", "Third Party"), ("co_maker", "Organ That Made It Jointly")],
        "Asked As",
        required=True,
        default="third_party",
    )
    name = fields.Char("Who Is Asked", required=True)
    date_asked = fields.Date("Opinion Asked On", readonly=True, copy=False)
    date_due = fields.Date("Answer Until", readonly=True, copy=False)
    answer = fields.Selection(
        [("agree", "Agrees"), ("refuse", "Does Not Agree")],
        "Opinion Given",
        copy=False,
    )
    reason = fields.Text("Reasons Given", copy=False)
    date_answered = fields.Date("Opinion Came On", readonly=True, copy=False)
    outcome = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("agree", "Agrees"),
            ("refuse", "Does Not Agree"),
            ("silent_agree", "Silent: Taken as Agreed"),
            ("silent_organ", "Silent: This Organ Decides"),
        ],
        compute="_compute_outcome",
    )

    @api.depends("kind", "answer", "date_due")
    @api.depends_context("tz")
    def _compute_outcome(self):
        today = fields.Date.context_today(self)
        for opinion in self:
            if opinion.answer:
                opinion.outcome = opinion.answer
            elif not opinion.date_due or today <= opinion.date_due:
                opinion.outcome = "waiting"
            elif opinion.kind == "co_maker":
                opinion.outcome = "silent_agree"
            else:
                opinion.outcome = "silent_organ"

    def _check_open(self):
        """Refuse what comes after the reply, or is not the user's to write.

        :raise UserError: when the request has moved on
        """
        requests = self.sudo().request_id
        if any(one.state not in ("received", "consulting") for one in requests):
            raise UserError(
                self.env._("Opinions belong to requests that are being worked on.")
            )
        requests.sudo(self.env.su).check_access("write")

    @api.model
    def _refuse_guarded(self, vals):
        if any(vals.get(name) for name in GUARDED):
            raise ValidationError(
                self.env._("These days are set by asking and by answering.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
            vals["date_answered"] = (
                fields.Date.context_today(self) if vals.get("answer") else False
            )
        opinions = super().create(vals_list)
        opinions._check_open()
        return opinions

    def write(self, vals):
        if not self or is_permitted(self, vals):
            return super().write(vals)
        if GUARDED & vals.keys():
            self._refuse_guarded(dict.fromkeys(GUARDED & vals.keys(), True))
        if "request_id" in vals:
            raise ValidationError(self.env._("An opinion stays with its request."))
        self._check_open()
        asked = self.filtered("date_asked")
        if asked and {"kind", "name"} & vals.keys():
            raise UserError(
                self.env._("They have been asked already: add another line.")
            )
        if "answer" not in vals:
            return super().write(vals)
        if not vals["answer"] and asked.filtered("answer"):
            raise UserError(self.env._("An opinion that came stays on record."))
        # The day on which it came stays, since the clock runs again from it.
        heard = asked.filtered("date_answered")
        super(OfficeInfoRequestOpinion, heard).write(vals)
        today = fields.Date.context_today(self)
        return super(OfficeInfoRequestOpinion, self - heard).write(
            dict(vals, date_answered=vals["answer"] and today)
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        self._check_open()
        if self.filtered("date_asked"):
            raise UserError(self.env._("Who has been asked stays on record."))

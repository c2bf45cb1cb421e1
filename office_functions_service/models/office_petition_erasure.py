# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

from odoo.addons.office_functions.tools.transition import is_permitted

from .office_consultation import ANSWERED

KINDS = ("petition_ids", "consultation_ids", "request_ids")
"""Fields of a list, each with one kind of matter."""
ENDED = ("closed", "finalised", "withdrawn", "not_accepted", "forwarded", "guided")


class ResCompany(models.Model):
    _inherit = "res.company"

    office_petition_years = fields.Integer(
        "Years Identities of Petitioners Are Kept",
        default=5,
        help="Counted from the end of a petition (个人信息保护法 第19、47条).",
    )
    office_report_years = fields.Integer(
        "Years Identities of Reporters Are Kept", default=10
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    office_petition_years = fields.Integer(
        related="company_id.office_petition_years", readonly=False
    )
    office_report_years = fields.Integer(
        related="company_id.office_report_years", readonly=False
    )


class OfficePetition(models.Model):
    """When it is forgotten who petitioned."""

    _inherit = "office.petition"

    _erasure_states = ENDED

    @api.depends(
        "is_report",
        "company_id.office_petition_years",
        "company_id.office_report_years",
    )
    def _compute_date_erase(self):
        return super()._compute_date_erase()

    def _get_erasure_years(self):
        company = self.company_id
        if self.is_report:
            return company.office_report_years
        return company.office_petition_years


class OfficeConsultation(models.Model):
    """When it is forgotten who asked a question."""

    _inherit = "office.consultation"
    _erasure_states = (*ANSWERED, "published", "guided")


class OfficePetitionErasure(models.Model):
    """A list of identities to be erased, proposed by rule and approved by a director.

    Approved, it is worked off in batches that may be interrupted anywhere.
    """

    _name = "office.petition.erasure"
    _description = "Erasure of Identities"
    _order = "id desc"
    _rec_name = "date_proposed"

    date_proposed = fields.Date(
        "Proposed On", readonly=True, default=fields.Date.context_today
    )
    petition_ids = fields.Many2many(
        "office.petition", string="Petitions", readonly=True
    )
    consultation_ids = fields.Many2many(
        "office.consultation", string="Consultations", readonly=True
    )
    request_ids = fields.Many2many(
        "office.info.request", string="Requests for Information", readonly=True
    )
    number = fields.Integer("Number of Matters", readonly=True)
    state = fields.Selection(
        [("proposed", "To Be Approved"), ("approved", "Approved"), ("done", "Erased")],
        default="proposed",
        required=True,
        readonly=True,
    )
    approved_by_id = fields.Many2one("res.users", readonly=True)
    date_approved = fields.Datetime("Approved On", readonly=True)
    date_done = fields.Datetime("Erased On", readonly=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )

    @api.model
    def _get_need_to_know_domain(self, operation):
        return Domain("company_id", "in", self.env.companies.ids)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_own_code({})
        return super().create(vals_list)

    def write(self, vals):
        self._check_own_code(vals)
        return super().write(vals)

    def _check_own_code(self, vals):
        if not (self.env.su or is_permitted(self, vals)):
            raise ValidationError(
                self.env._("Lists of erasures are proposed by rule and approved.")
            )

    @api.model
    def _cron_propose(self):
        """Propose what is due and stands on no open list, one list a company."""
        today = fields.Date.context_today(self)
        open_lists = self.sudo().search([("state", "!=", "done")])
        proposed = {}
        for name in KINDS:
            due = self.env[self._fields[name].comodel_name].sudo()
            due = due.with_context(active_test=False).search(
                Domain("date_erase", "<=", today)
                & Domain("id", "not in", open_lists[name].ids)
            )
            for company, matters in due.grouped("company_id").items():
                proposed.setdefault(company, {})[name] = matters
        self.sudo().create(
            [
                {
                    **{name: [Command.set(some.ids)] for name, some in found.items()},
                    "number": sum(map(len, found.values())),
                    "company_id": company.id,
                }
                for company, found in proposed.items()
            ]
        )

    def action_approve(self):
        """Approve the list as a director; the erasing begins at once.

        :raise UserError: for anybody else, or for a list that is not proposed
        """
        self.check_access("read")
        if not self.env.user.has_group("office_functions.group_office_director"):
            raise UserError(self.env._("Only a director approves an erasure."))
        if any(line.state != "proposed" for line in self):
            raise UserError(self.env._("This list was approved already."))
        self.sudo().write(
            {
                "state": "approved",
                "approved_by_id": self.env.uid,
                "date_approved": fields.Datetime.now(),
            }
        )
        self.env.ref("office_functions_service.ir_cron_petition_erase")._trigger()

    @api.model
    def _cron_erase(self, limit=100):
        """Erase what was approved, batch by batch; each batch is kept.

        :param int limit: matters in a batch
        """
        cron = self.env["ir.cron"]
        for line in self.sudo().search([("state", "=", "approved")], order="id"):
            for name in KINDS:
                left = (
                    line[name]
                    .filtered(
                        lambda one: not all(one.identity_ids.mapped("date_erased"))
                    )
                    .sorted("id")
                )
                while left:
                    left[:limit]._erase_identity()
                    cron._commit_progress(len(left[:limit]))
                    left = left[limit:]
            line.write({"state": "done", "date_done": fields.Datetime.now()})
            cron._commit_progress(1)

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import re

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

from odoo.addons.office_functions.tools.transition import is_permitted, permit

from .office_identity_mixin import RAW_FIELDS

ENDED = ("closed", "finalised", "withdrawn", "not_accepted", "forwarded", "guided")
BLOCK = "■"


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

    words_to_erase = fields.Char(
        "Names in the Text",
        copy=False,
        help="Names that stand in subject and text, by commas. They are blackened when "
        "the identity is erased.",
    )
    date_erase = fields.Date(
        "Identity Is Erased From",
        compute="_compute_date_erase",
        store=True,
        index="btree_not_null",
        help="Proposed from this day on; a director approves it.",
    )

    @api.depends(
        "state",
        "state_since",
        "is_report",
        "company_id.office_petition_years",
        "company_id.office_report_years",
        "identity_ids.date_erased",
    )
    def _compute_date_erase(self):
        for petition in self:
            day = False
            live = petition.sudo().identity_ids.filtered(
                lambda identity: not identity.date_erased
            )
            if petition.state in ENDED and live and petition.state_since:
                company = petition.company_id
                years = (
                    company.office_report_years
                    if petition.is_report
                    else company.office_petition_years
                )
                day = petition.state_since.date() + relativedelta(years=years)
            petition.date_erase = day

    def _erase_identity(self):
        """Forget who petitioned: values, hashes, and the names marked in the texts.

        Subject and text keep the blocks, so that everybody sees that something stood
        there; the log of steps and looks stays. Harmless when called again.
        """
        for petition in self.sudo():
            identities = petition.identity_ids.filtered(lambda one: not one.date_erased)
            words = {one.person for one in identities if one.person} | {
                word.strip()
                for word in re.split(r"[,，、;；]", petition.words_to_erase or "")
                if word.strip()
            }
            with permit(petition):
                petition.with_context(tracking_disable=True).write(
                    {
                        "name": self._blacken(petition.name, words),
                        "text": self._blacken(petition.text, words),
                        "words_to_erase": False,
                    }
                )
            for message in petition._get_all_messages():
                body = self._blacken(message.body, words)
                if body != message.body:
                    message.body = body
            identities.write(
                dict.fromkeys(RAW_FIELDS, False)
                | {"date_erased": fields.Datetime.now()}
            )

    @api.model
    def _blacken(self, text, words):
        """Put blocks in the place of some words.

        :param str text: may be empty
        :param words: what must go
        :rtype: str
        """
        for word in sorted(words, key=len, reverse=True):
            text = (text or "").replace(word, BLOCK * len(word))
        return text


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
    number = fields.Integer("Number of Petitions", readonly=True)
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
        due = self.env["office.petition"].sudo().with_context(active_test=False)
        due = due.search(
            Domain("date_erase", "<=", today)
            & Domain("id", "not in", open_lists.petition_ids.ids)
        )
        self.sudo().create(
            [
                {
                    "petition_ids": [Command.set(petitions.ids)],
                    "number": len(petitions),
                    "company_id": company.id,
                }
                for company, petitions in due.grouped("company_id").items()
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

        :param int limit: petitions in a batch
        """
        cron = self.env["ir.cron"]
        for line in self.sudo().search([("state", "=", "approved")], order="id"):
            left = line.petition_ids.identity_ids.filtered(
                lambda one: not one.date_erased
            ).petition_id.sorted("id")
            while left:
                left[:limit]._erase_identity()
                cron._commit_progress(len(left[:limit]))
                left = left[limit:]
            line.write({"state": "done", "date_done": fields.Datetime.now()})
            cron._commit_progress(1)

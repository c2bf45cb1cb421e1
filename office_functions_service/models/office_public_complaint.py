# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.office_functions.tools.transition import permit

from .office_petition import OFFICER

OPEN = ("draft", "open", "reported")


class OfficeServiceCorrection(models.Model):
    _inherit = "office.service.correction"

    date_complained = fields.Date(
        "Complaint Received On",
        readonly=True,
        copy=False,
        help="When the citizen said so last in the service hall.",
    )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"date_complained"}

    def _keep_from(self, users):
        """Keep a complaint from those it may be about: they neither read nor judge it."""
        self.ensure_one()
        for user in users:
            self._name_person("recused", user, self.env._("May be whom it is about"))


class OfficePublicMixin(models.AbstractModel):
    """Who follows a matter complains of how they were treated (态度投诉, S4.13)."""

    _inherit = "office.public.mixin"

    def _get_public_page(self):
        page = super()._get_public_page()
        return page | {"may_complain": not self.sudo()._explain_no_complaint()}

    @api.private
    def complain_publicly(self, problem, name=""):
        """Complain of somebody's attitude as the person who brought the matter.

        It goes to the petition office, once for each matter and day; what is said on
        another day is put down in the complaint that is open still. Whom it may be about
        does not get to read it: those who are named, and where nobody is found under
        that name, all who have the matter in hand or recorded it.

        :param str problem: what happened
        :param str name: whom it is about, as far as the person knows
        :return: the correction
        :rtype: office.service.correction
        :raise UserError: with all the reasons against it
        """
        self.ensure_one()
        record = self._as_public()
        reasons = record._explain_no_complaint()
        if not problem:
            reasons.append(self.env._("Please say what happened."))
        record._take_turn()
        known = self.env["office.service.correction"].sudo()
        known = known.search(
            Domain("res_model", "=", self._name)
            & Domain("res_id", "=", self.id)
            & Domain("kind", "=", "attitude")
        )
        today = fields.Date.context_today(self)
        if today in known.mapped("date_complained"):
            reasons.append(
                self.env._("You complained of this today already. It is looked into.")
            )
        named, involved = record._find_complained_of(name)
        waiting = known.filtered(lambda one: one.state in OPEN)
        officer = record._find_complaint_officer(involved | waiting.blamed_id)
        if not officer:
            reasons.append(
                self.env._("Nobody can look into it here. Please come or call.")
            )
        if reasons:
            raise UserError("\n".join(reasons))
        said = "\n".join(filter(None, [name, problem]))
        if waiting:
            with permit(waiting):
                waiting.date_complained = today
                if waiting.handler_id in involved:
                    waiting.handler_id = officer
            waiting._message_log(body=said)
        else:
            waiting = record._open_complaint(
                said, named, officer, date_complained=today
            )
        waiting._keep_from(involved)
        return waiting

    def _take_turn(self):
        """Let whoever complains at the same moment begin anew, and see this one."""
        self.env.execute_query(
            SQL(
                "UPDATE %s SET write_date = write_date WHERE id = %s RETURNING id",
                SQL.identifier(self._table),
                self.id,
            )
        )

    def _find_complained_of(self, name):
        """Return whom a complaint names, and all from whom it is kept.

        :param str name: as the citizen wrote it
        :return: the one who is named beyond doubt, if any; and who may be meant
        :rtype: tuple[res.users, res.users]
        """
        self.ensure_one()
        Users = self.env["res.users"]
        found = Users
        for _field, meant in self.env["office.petition.accused"]._find_written(
            name, self.company_id
        ):
            if meant._name == "hr.department":
                found |= meant.manager_id.user_id | meant.member_ids.user_id
            else:
                found |= meant if meant._name == "res.users" else meant.user_id
        found = found.filtered(lambda user: user._is_internal())
        had_it = (self.handler_id or self.first_contact_id) | self.create_uid
        had_it = had_it.filtered(lambda user: user._is_internal())
        return (found if len(found) == 1 else Users), found or had_it

    def _find_complaint_officer(self, involved):
        """Return who looks into a complaint: a petition officer, else the director.

        :param res.users involved: who does not get it
        :rtype: res.users
        """
        self.ensure_one()
        company = self.company_id
        officers = (
            self.env.ref(OFFICER)
            .sudo()
            .user_ids.filtered(lambda user: user.active and company in user.company_ids)
        )
        director = self.env["res.users"]._get_office_director(company)
        return (officers.sorted("id") | director - officers).filtered(
            lambda user: user not in involved
        )[:1]

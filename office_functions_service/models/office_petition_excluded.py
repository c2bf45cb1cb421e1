# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain
from odoo.orm.models import NO_ACCESS
from odoo.tools import email_normalize

from odoo.addons.office_functions.tools.transition import permit

COMPLAINED_FIELDS = ("complained_employee_ids", "complained_unit_ids")
TOKENS = {
    "hr.employee": "e",
    "hr.employee.public": "e",
    "hr.department": "d",
    "res.users": "u",
}


class OfficePetitionExcluded(models.Model):
    """Whoever is complained of neither handles, reads nor hears of it (A2, A4).

    (信访工作条例 第30条.) Report or not. Who belongs to a unit that is complained of is
    meant too, whatever their role, and whoever would act in their name.
    """

    _inherit = "office.petition"

    accused_ids = fields.One2many(
        "office.petition.accused", "petition_id", "Complained Of", copy=False
    )
    office_accused = fields.Json(
        compute="_compute_office_accused",
        store=True,
        copy=False,
        groups=NO_ACCESS,
        help="Whom it is kept from: e… employees, u… users, d… units.",
    )

    _accused_idx = models.Index(
        "USING gin (office_accused) WHERE office_accused IS NOT NULL"
    )

    @api.model
    def _get_complained_fields(self):
        """Return the fields of the petition itself that name who is complained of."""
        return [name for name in COMPLAINED_FIELDS if name in self._fields]

    @api.depends(
        lambda self: [
            *(f"accused_ids.{name}" for name in ("employee_id", "user_id", "unit_id")),
            *self._get_complained_fields(),
        ]
    )
    def _compute_office_accused(self):
        for petition in self:
            tokens = petition.accused_ids._get_tokens()
            for name in self._get_complained_fields():
                named = petition[name]
                tokens |= {f"{TOKENS[named._name]}{id_}" for id_ in named.ids}
            petition.office_accused = sorted(tokens) or False

    def _is_against(self, user):
        """Tell whether a user is among those complained of.

        :rtype: bool
        """
        self.ensure_one()
        return not set(user._get_membership_tokens()).isdisjoint(
            self.sudo().office_accused or ()
        )

    def _get_excluded_users(self):
        """Return all users who are meant by those complained of.

        :rtype: res.users
        """
        self.ensure_one()
        return self.env["res.users"]._get_members(self.sudo().office_accused or ())

    def _get_accused_employees(self):
        self.ensure_one()
        tokens = self.sudo().office_accused or ()
        ids = [int(token[1:]) for token in tokens if token[0] == "e"]
        users = [int(token[1:]) for token in tokens if token[0] == "u"]
        Employee = self.env["hr.employee"].sudo().with_context(active_test=False)
        return Employee.search(Domain("id", "in", ids) | Domain("user_id", "in", users))

    def _get_barred_units(self):
        """Return the units to which it must not go: those complained of, all within
        them, and every unit that contains them or a person complained of.

        :rtype: hr.department
        """
        self.ensure_one()
        homes, units = self._get_home_units()
        if not homes:
            return homes
        Unit = homes
        return Unit.search(
            Domain("id", "child_of", units.ids) | Domain("id", "parent_of", homes.ids)
        )

    def _get_home_units(self):
        """Return the units complained of or of persons complained of, and the former.

        :rtype: tuple[hr.department, hr.department]
        """
        Unit = self.env["hr.department"].sudo().with_context(active_test=False)
        tokens = self.sudo().office_accused or ()
        units = Unit.browse(int(token[1:]) for token in tokens if token[0] == "d")
        persons = self._get_accused_employees()
        led = Unit.search([("manager_id", "in", persons.ids)])
        return units | persons.department_id | led, units

    def _fetch_query(self, query, fields):
        """Fetch with any columns whom a petition is kept from.

        It is looked at for every record that is checked, and no user may read it.
        """
        columns = [field for field in fields if field.column_type]
        if self.env.su or not columns:
            return super()._fetch_query(query, fields)
        records = super(OfficePetitionExcluded, self.sudo())._fetch_query(
            query,
            dict.fromkeys(
                [
                    *columns,
                    *(self._fields[name] for name in self._get_visibility_fields()),
                    self._fields["office_accused"],
                ]
            ),
        )
        records = records.with_env(self.env)
        others = [field for field in fields if field not in columns]
        if others and records:
            super()._fetch_query(records._as_query(ordered=False), others)
        return records

    # Guards ---------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        petitions = super().create(vals_list)
        complained = self._get_complained_fields()
        for petition, vals in zip(petitions, vals_list, strict=True):
            if "accused_ids" in vals or not vals.keys().isdisjoint(complained):
                petition._check_nobody_accused()
                petition.sudo()._shut_out()
        return petitions

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(self._get_complained_fields()):
            self.sudo()._shut_out()
        if not vals.keys().isdisjoint(("handler_id", *self._party_unit_fields)):
            self._check_nobody_accused()
        return result

    def _check_nobody_accused(self):
        """Let it not be handed to a person or unit complained of.

        :raise ValidationError: naming the fields, never whom it is against
        """
        for petition in self.sudo():
            if not petition.office_accused:
                continue
            barred = petition._get_barred_units()
            wrong = [
                name for name in self._party_unit_fields if petition[name] & barred
            ]
            # Who replied first did so before it was known whom it is about.
            if petition.handler_id and petition._is_against(petition.handler_id):
                wrong.insert(0, "handler_id")
            if wrong:
                labels = self.fields_get(wrong, ["string"])
                raise ValidationError(
                    self.env._(
                        "This petition must not go to whom it concerns, nor to a unit "
                        "that contains them. Please choose others: %(fields)s.",
                        fields=", ".join(label["string"] for label in labels.values()),
                    )
                )

    def _get_relation_users(self, relation):
        """Leave out those complained of, so that nobody acts in their name either."""
        users = super()._get_relation_users(relation)
        if not self.sudo().office_accused:
            return users
        return users.filtered(lambda user: not self._is_against(user))

    @api.model
    def _get_waiting_domain(self, users):
        """Let nothing wait for those complained of, nor for their delegates."""
        domain = super()._get_waiting_domain(users)
        for user in users:
            domain &= self.with_user(user)._get_known_domain()
        return domain

    # What follows when somebody is found to be meant ----------------------------------

    def _shut_out(self):
        """Take everybody this is hidden from off it: tasks, posts, mails, admissions."""
        for petition in self.sudo():
            petition.flush_recordset(["office_accused", "is_report"])
            petition._shut_out_parties()
            petition._shut_out_listeners()
            petition._shut_out_of_results()

    def _shut_out_parties(self):
        self.ensure_one()
        vals = {}
        if self.handler_id and self._is_against(self.handler_id):
            vals["handler_id"] = False
        barred = self._get_barred_units() if self.office_accused else None
        if barred and not self.date_done:
            if self.lead_unit_id in barred:
                vals["lead_unit_id"] = False
            wrong = self.assisting_unit_ids & barred
            if wrong:
                vals["assisting_unit_ids"] = [Command.unlink(id_) for id_ in wrong.ids]
        if vals:
            with permit(self):
                self.with_context(tracking_disable=True).write(vals)
        self.access_ids.filtered(
            lambda access: (
                access.kind == "granted"
                and not access.date_lifted
                and self._is_against(access.user_id)
            )
        ).write({"date_lifted": fields.Datetime.now(), "lifted_by_id": self.env.uid})

    def _shut_out_listeners(self):
        """Take those it is hidden from off followers, activities, mails and links."""
        self.ensure_one()
        gone = self.activity_ids.filtered(lambda act: self._is_hidden_from(act.user_id))
        gone.unlink()
        messages = self._get_all_messages()
        told = (
            messages.notification_ids.res_partner_id
            | messages.partner_ids
            | self.message_follower_ids.partner_id
        )
        barred = told - self._filter_informable(told)
        if barred:
            self.message_unsubscribe(barred.ids)
            messages.notification_ids.filtered(
                lambda line: line.res_partner_id in barred
            ).unlink()
            for message in messages.filtered(lambda line: line.partner_ids & barred):
                message.partner_ids -= barred
            self._withdraw_mails(messages, barred)
        files = self.env["ir.attachment"].search(
            Domain("access_token", "!=", False)
            & Domain("res_model", "=", self._name)
            & Domain("res_id", "=", self.id)
        )
        files.write({"access_token": False})

    def _get_all_messages(self):
        """Return the messages on this petition and on its urging notices."""
        urgings = self.urging_ids.ids
        return self.env["mail.message"].search(
            Domain("model", "=", self._name) & Domain("res_id", "=", self.id)
            | Domain("model", "=", "office.urging") & Domain("res_id", "in", urgings)
        )

    def _withdraw_mails(self, messages, barred):
        """Take some recipients off the mails that were not sent yet."""
        mails = self.env["mail.mail"].search(
            Domain("mail_message_id", "in", messages.ids)
            & Domain("state", "in", ("outgoing", "exception"))
            & Domain("recipient_ids", "in", barred.ids)
        )
        for mail in mails:
            mail.recipient_ids -= barred
        mails.filtered(lambda mail: not (mail.recipient_ids or mail.email_to)).unlink()

    def _shut_out_of_results(self):
        """Recuse those complained of from what this petition gave rise to."""
        self.ensure_one()
        excluded = self._get_excluded_users()
        if not excluded:
            return
        for link in self.env["office.matter.link"]._get_links(self):
            for model, id_ in (
                (link.res_model, link.res_id),
                (link.target_model, link.target_id),
            ):
                if model == self._name or not hasattr(self.env[model], "_name_person"):
                    continue
                matter = self.env[model].browse(id_).exists()
                if matter and self._is_in_hands_barred(matter):
                    self._close_result(matter)
                for user in excluded:
                    if matter and matter.with_user(user).has_access("read"):
                        matter._name_person("recused", user, "")

    # Chatter --------------------------------------------------------------------------

    def _filter_informable(self, partners):
        """Return those of some partners who may hear of this petition.

        Not those complained of, by login, by employee or by e-mail address; of a
        report, nobody but who is admitted by name.

        :param res.partner partners: whom somebody wants to inform
        :rtype: res.partner
        """
        self.ensure_one()
        petition = self.sudo()
        partners = partners.sudo()
        excluded = petition._get_excluded_users() if petition.office_accused else None
        persons = petition._get_accused_employees() if petition.office_accused else None
        addresses, own = set(), partners.browse()
        if excluded or persons:
            own = excluded.partner_id | persons.work_contact_id
            addresses = {
                email_normalize(address)
                for address in [*own.mapped("email"), *persons.mapped("work_email")]
                if address
            }

        def may_hear(partner):
            users = partner.with_context(active_test=False).user_ids
            if partner in own or any(petition._is_hidden_from(user) for user in users):
                return False
            if petition.is_report and not users:
                return False
            return email_normalize(partner.email or "") not in addresses

        return partners.filtered(may_hear).sudo(False)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Leave out, without a word, who may not hear of a petition."""
        for petition in self:
            partners = self.env["res.partner"].browse(partner_ids or ())
            heard = petition._filter_informable(partners)
            super(OfficePetitionExcluded, petition).message_subscribe(
                heard.ids, subtype_ids
            )
        return True

    def message_post(self, *, partner_ids=None, **kwargs):
        """Post as ever, but address nobody who may not hear of it."""
        if partner_ids:
            partners = self.env["res.partner"].browse(partner_ids)
            partner_ids = self._filter_informable(partners).ids
        return super().message_post(partner_ids=partner_ids, **kwargs)

    def _message_update_content(self, message, /, *, body, partner_ids=None, **kwargs):
        """Let an edited message mention nobody who may not hear of it either."""
        if partner_ids:
            partners = self.env["res.partner"].browse(map(int, partner_ids))
            partner_ids = self._filter_informable(partners).ids
        return super()._message_update_content(
            message, body=body, partner_ids=partner_ids, **kwargs
        )

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        if not self or not recipients:
            return recipients
        partners = self.env["res.partner"].browse(
            line["id"] for line in recipients if line["id"]
        )
        heard = set(self._filter_informable(partners).ids)
        return [line for line in recipients if line["id"] in heard]

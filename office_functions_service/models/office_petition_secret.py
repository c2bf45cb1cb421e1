# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.office_functions.tools.transition import is_permitted, permit

from .office_petition import OFFICER

CONFIDENTIAL = "office_functions_service.group_office_petition_confidential"
DIRECTOR = "office_functions.group_office_director"
LEADER = "office_functions.group_office_leader"


class OfficePetitionSecret(models.Model):
    """Reports and accusations are for those admitted by name, and for nobody else.

    (信访工作条例 第30条; R-PET-10, A4.) To others such a petition does not exist: not in
    lists, names, errors or numbers, whatever their role.
    """

    _inherit = "office.petition"

    is_report = fields.Boolean(
        "May Be a Report or Accusation",
        copy=False,
        help="From now on only persons admitted by name see it, directors, leaders and "
        "administrators included. It cannot simply be unchecked.",
    )

    _report_idx = models.Index("(id) WHERE is_report")

    # Kept secret ----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [
            {**vals, "is_report": True}
            if vals.get("petition_class") == "report"
            else vals
            for vals in vals_list
        ]
        petitions = super().create(vals_list)
        petitions.filtered("is_report")._keep_secret()
        return petitions

    def write(self, vals):
        if vals.get("petition_class") == "report":
            vals = {**vals, "is_report": True}
        self._check_stays_secret(vals)
        new = self.browse()
        if vals.get("is_report"):
            new = self.filtered(lambda petition: not petition.is_report)
        result = super().write(vals)
        new._keep_secret()
        return result

    def _check_stays_secret(self, vals):
        """Refuse to open a report by editing it.

        :raise ValidationError: naming the way it is done
        """
        opened = "is_report" in vals and not vals["is_report"]
        opened |= "petition_class" in vals and vals["petition_class"] != "report"
        if not opened or is_permitted(self, vals):
            return
        if any(
            petition.is_report
            if "is_report" in vals and not vals["is_report"]
            else petition.petition_class == "report"
            for petition in self.sudo()
        ):
            raise ValidationError(
                self.env._(
                    "A report or accusation becomes an ordinary petition only by a "
                    "director admitted to it, with a written reason."
                )
            )

    def _keep_secret(self):
        """Restrict reports to the first persons admitted by name."""
        officer = self.env.user if self.env.user.has_group(OFFICER) else None
        for petition in self.sudo():
            named = petition._get_first_admitted(officer)
            for user in named:
                petition._name_person("granted", user, "")
            with permit(petition):
                petition.with_context(tracking_disable=True).is_restricted = True
        self.sudo()._shut_out()

    def _get_first_admitted(self, officer):
        """Return who is admitted to a report when it is registered.

        The registering officer and the officers of the confidential group; where there
        is none, the directors, else the leaders, so that no report lies unseen. Never
        somebody it is against, nor who administers the system.

        :param res.users officer: who registers it, or nobody
        :rtype: res.users
        """
        self.ensure_one()

        def get_group(name):
            users = self.env.ref(name).sudo().all_user_ids
            return users.filtered(
                lambda user: (
                    user.active
                    and self.company_id in user.company_ids
                    and self._may_be_admitted(user)
                    and not self._is_against(user)
                )
            )

        registrars = self.create_uid | (officer or self.create_uid)
        named = get_group(CONFIDENTIAL) | registrars.filtered(
            lambda user: (
                user.has_group(OFFICER)
                and self._may_be_admitted(user)
                and not self._is_against(user)
            )
        )
        return named or get_group(DIRECTOR) or get_group(LEADER)

    def make_ordinary(self, reason, petition_class=False):
        """Open what turned out to be no report, as a director admitted to it.

        Put on record in the audit log. Those complained of stay excluded.

        :param str reason: why it is none
        :param str petition_class: ``suggestion`` or ``claim``, where it was judged
        :raise UserError: with all the reasons against it
        """
        self.ensure_one()
        self.check_access("read")
        problems = []
        if not self.env.user.has_group(DIRECTOR):
            problems.append(self.env._("Only a director admitted to it decides this."))
        if not self.is_report:
            problems.append(self.env._("This is an ordinary petition already."))
        if not isinstance(reason, str) or not reason.strip():
            problems.append(self.env._("Please write down the reason."))
        was_class = self.petition_class
        if petition_class not in ("suggestion", "claim", False) or (
            was_class == "report" and not petition_class
        ):
            problems.append(
                self.env._("Say what it is instead: a suggestion or a claim.")
            )
        if problems:
            raise UserError("\n".join(problems))
        petition = self.sudo()
        self.env["office.audit.log"]._note("open", self, reason.strip())
        with permit(petition):
            petition.with_context(tracking_disable=True).write(
                {
                    "is_report": False,
                    "is_restricted": False,
                    "petition_class": petition_class or was_class,
                }
            )
        petition._number_as_ordinary()

    def _number_as_ordinary(self):
        """Give a number of the ordinary series to what is no report any more.

        The confidential series keeps the one before, which the audit log alone tells.
        """
        before = self.number
        if not before:
            return
        with permit(self):
            self.with_context(tracking_disable=True).number = False
        self._give_numbers()
        self.env["office.audit.log"]._note("number", self, f"{before} → {self.number}")

    def _get_number_series(self):
        """Number what is a report from the start in a series of its own.

        What is found to be one later keeps its number, which is on the letters to the
        petitioner; as numbers are scattered, no gap tells of it (A4).
        """
        return "petition_report" if self.is_report else super()._get_number_series()

    def _get_notice_series(self):
        """Number the notices of reports apart, too (A4)."""
        if self.is_report:
            return "petition_report_notice"
        return super()._get_notice_series()

    def _may_name_persons(self):
        """Let those admitted to a report name others: nobody else can see it."""
        if self.is_report and self.env.user.has_group(CONFIDENTIAL):
            return True
        return super()._may_name_persons()

    # Hidden from everybody else -------------------------------------------------------

    @api.model
    def _get_need_to_know_domain(self, operation):
        domain = super()._get_need_to_know_domain(operation)
        user = self.env.user
        if operation == "write" and user.has_group(DIRECTOR):
            # Directors admitted to a report decide by its steps; officers write.
            if not user.has_group(OFFICER):
                domain &= Domain("is_report", "=", False) | Domain(
                    "handler_id", "=", user.id
                )
        return domain & self._get_known_domain()

    @api.model
    def _get_visibility_fields(self):
        return [*super()._get_visibility_fields(), "is_report"]

    @api.model
    def _get_known_domain(self):
        """Return the petitions that are not hidden from the current user.

        Kept by ``ir.rule``: the condition holds no query.

        :rtype: Domain
        """
        admitted = self._get_admitted_ids(self.env.user)
        tokens = self.env.user._get_membership_tokens()

        def to_sql(model, alias, query):
            hidden = model._get_hidden_sql(alias, admitted, tokens)
            return SQL("%s IS NOT TRUE", hidden)

        def predicate(petition):
            return not petition.sudo()._is_hidden(admitted, tokens)

        return Domain.custom(to_sql=to_sql, predicate=predicate)

    @api.model
    def _get_admitted_ids(self, user):
        """Return the ids of petitions to which a user is admitted by name."""
        return self.env["office.matter.access"]._get_named_ids(
            user.id, "office.petition", "granted"
        )

    @api.model
    def _get_hidden_sql(self, alias, admitted, tokens):
        """Return the condition that a petition is hidden from somebody.

        Where it is not, the condition may be unknown (SQL's NULL), so that the few
        hidden ones are found by their indexes.

        :param str alias: of the table
        :param admitted: ids of petitions to which they are admitted
        :param tokens: by which they are meant
        :rtype: SQL
        """
        report, closed = (
            SQL.identifier(alias, name, to_flush=self._fields[name])
            for name in ("is_report", "is_restricted")
        )
        accused = SQL.identifier(
            alias, "office_accused", to_flush=self._fields["office_accused"]
        )
        return SQL(
            "((%s AND %s AND %s <> ALL(%s)) OR %s ?| %s)",
            report,
            closed,
            SQL.identifier(alias, "id"),
            list(admitted),
            accused,
            list(tokens),
        )

    def _is_hidden(self, admitted, tokens):
        """Tell the same of one record in memory (in superuser mode).

        A report is closed as soon as the first persons are admitted to it: whoever
        registers it may finish that.
        """
        closed = self.is_report and self.is_restricted
        return (closed and self.id not in admitted) or (
            not set(tokens).isdisjoint(self.office_accused or ())
        )

    def _is_hidden_from(self, user):
        """Tell whether this petition does not exist for a user.

        :rtype: bool
        """
        self.ensure_one()
        return bool(
            self.sudo()._is_hidden(
                self._get_admitted_ids(user), user._get_membership_tokens()
            )
        )

    @api.depends("is_report", "office_accused")
    @api.depends_context("uid")
    def _compute_display_name(self):
        """Give no name, even where the host reads names as superuser."""
        super()._compute_display_name()
        user = self.env.user
        if user._is_superuser():
            return
        for petition in self:
            if petition.id and petition._is_hidden_from(user):
                if user._is_internal() or petition._is_against(user):
                    petition.display_name = "—"

# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What the office's own rows say of petitions, and to whom."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

PETITION = "office.petition"


class OfficeMatterAccess(models.Model):
    _inherit = "office.matter.access"

    @api.model_create_multi
    def create(self, vals_list):
        """Admit nobody who is complained of, and to reports only who may ever be.

        :raise ValidationError: without saying why
        """
        named = super().create(vals_list)
        for access in named.sudo():
            if access.res_model != PETITION or access.kind != "granted":
                continue
            petition = self.env[PETITION].sudo().browse(access.res_id)
            if petition._is_against(access.user_id) or (
                petition.is_report and not petition._may_be_admitted(access.user_id)
            ):
                raise ValidationError(
                    self.env._(
                        "%(who)s cannot be admitted to this petition.",
                        who=access.user_id.name,
                    )
                )
        return named

    @api.model
    def _get_recused_sql(self, user, model, res_id):
        """Take those a petition is hidden from for recused: no urging reaches them."""
        recused = super()._get_recused_sql(user, model, res_id)
        return SQL(
            """(%(recused)s OR (
                %(model)s = 'office.petition' AND EXISTS (
                    SELECT FROM office_petition petition
                     WHERE petition.id = %(res_id)s
                       AND (petition.is_report OR petition.office_accused IS NOT NULL)
                       AND ((petition.is_report AND NOT EXISTS (
                                SELECT FROM office_matter_access admitted
                                 WHERE admitted.res_model = 'office.petition'
                                   AND admitted.res_id = petition.id
                                   AND admitted.user_id = %(user)s
                                   AND admitted.kind = 'granted'
                                   AND admitted.date_lifted IS NULL))
                         OR EXISTS (
                                SELECT FROM (%(members)s) membership
                                 WHERE membership.user_id = %(user)s
                                   AND petition.office_accused ? membership.token))
                )))""",
            recused=recused,
            model=model,
            res_id=res_id,
            user=user,
            members=self.env["res.users"]._get_membership_sql(),
        )


class OfficePetition(models.Model):
    _inherit = PETITION

    @api.model
    def _may_be_admitted(self, user):
        """Tell whether somebody may be admitted to a report at all (section 4).

        Who administers the system may not: they could admit themselves to all.
        """
        return not user.has_group("base.group_system") and any(
            user.has_group(group)
            for group in (
                "office_functions.group_office_petition",
                "office_functions.group_office_director",
                "office_functions.group_office_leader",
            )
        )


class OfficeMatterLink(models.Model):
    """A link to a petition that is hidden from a user is hidden too."""

    _inherit = "office.matter.link"

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Return the links with no end that is hidden from the current user.

        :param str operation: ``read``, ``write``, ``create`` or ``unlink``
        :rtype: Domain
        """
        uid = self.env.uid

        def to_sql(links, alias, query):
            user = links.env["res.users"].browse(uid)
            petition = links.env[PETITION]
            hidden = petition._get_hidden_sql(
                "petition",
                petition._get_admitted_ids(user),
                user._get_membership_tokens(),
            )
            return SQL(
                """NOT EXISTS (SELECT FROM office_petition petition
                    WHERE ((%(source)s = %(kind)s AND %(source_id)s = petition.id)
                        OR (%(target)s = %(kind)s AND %(target_id)s = petition.id))
                      AND %(hidden)s)""",
                kind=PETITION,
                hidden=hidden,
                **{
                    key: SQL.identifier(alias, name, to_flush=links._fields[name])
                    for key, name in (
                        ("source", "res_model"),
                        ("source_id", "res_id"),
                        ("target", "target_model"),
                        ("target_id", "target_id"),
                    )
                },
            )

        def predicate(link):
            user = link.env["res.users"].browse(uid)
            ends = ((link.res_model, link.res_id), (link.target_model, link.target_id))
            return not any(
                model == PETITION
                and link.env[PETITION].sudo().browse(res_id)._is_hidden_from(user)
                for model, res_id in ends
            )

        return Domain.custom(to_sql=to_sql, predicate=predicate)

    @api.model
    def _link(self, sources, targets, kind="result"):
        """Let nothing grow out of a petition that those complained of could read.

        They are recused from it at once, lest it be handed to them later.

        :raise UserError: naming what to do
        """
        for source, target in zip(sources, targets, strict=True):
            for one, other in ((source, target), (target, source)):
                if one._name == PETITION:
                    one._check_result_is_kept_from(other)
                    one._keep_result_from_excluded(other)
        return super()._link(sources, targets, kind)


class OfficePetitionResult(models.Model):
    _inherit = PETITION
    # What the ledger of supervision shows as the source of a ticket on a petition.
    _supervision_source = "petition"

    def _is_kept_close(self):
        """Let nothing that follows say what a report, or a complaint of somebody, says."""
        return super()._is_kept_close() or any(
            petition.is_report or petition.office_accused for petition in self.sudo()
        )

    def _get_kept_out_users(self):
        users = super()._get_kept_out_users()
        for petition in self.sudo().filtered("office_accused"):
            users |= petition._get_excluded_users()
        return users

    def _keep_result_from_excluded(self, other):
        """Recuse those complained of from what follows, or it followed from.

        :param other: the matter at the other end
        """
        if other._name != PETITION and hasattr(other, "_name_person"):
            for user in self._get_kept_out_users():
                other.sudo()._name_person("recused", user, "")

    def _check_result_is_kept_from(self, other):
        """Refuse what those may read who must not know of this petition.

        :param other: the matter at the other end
        :raise UserError: where it would become known
        """
        petition = self.sudo()
        if other._name == PETITION or not (
            petition.is_report or petition.office_accused
        ):
            return
        users = petition._get_excluded_users()
        if petition._is_in_hands_barred(other) or any(
            other.with_user(user).has_access("read") for user in users
        ):
            raise UserError(
                self.env._(
                    "Whom this petition concerns could read what would follow from it. "
                    "Give that to another unit, or restrict it first."
                )
            )
        if petition.is_report and not other.sudo()["is_restricted"]:
            raise UserError(
                self.env._(
                    "What follows from a report or accusation is restricted first to "
                    "those admitted by name."
                )
            )


class OfficeDelegation(models.Model):
    _inherit = "office.delegation"

    def _judge(self, matter):
        """Hand nothing over to who is complained of, nor in their place."""
        if matter._name == PETITION and (
            matter._is_against(self.delegate_id)
            or matter._is_against(self.principal_id)
        ):
            return "recused"
        return super()._judge(matter)


class OfficeAuditLog(models.Model):
    """Who is complained of does not learn of a petition by who looked at it."""

    _inherit = "office.audit.log"

    kind = fields.Selection(
        selection_add=[("open", "Made Ordinary"), ("number", "Numbered Anew")],
        ondelete={"open": "cascade", "number": "cascade"},
    )

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Return the lines on no petition that is against the current user.

        Of reports a director sees that they were looked at, not what they say (A13).

        :param str operation: ``read``, ``write``, ``create`` or ``unlink``
        :rtype: Domain
        """
        uid = self.env.uid

        def get_tokens(lines):
            user = lines.env["res.users"].browse(uid)
            return list(user._get_membership_tokens())

        def to_sql(lines, alias, query):
            petition = lines.env[PETITION]
            return SQL(
                """NOT EXISTS (SELECT FROM (%s) part
                                 JOIN office_petition petition
                                   ON petition.id = part.petition_id
                                WHERE %s = part.res_model
                                  AND %s @> to_jsonb(part.res_id)
                                  AND %s ?| %s)""",
                petition._get_parts_sql(),
                SQL.identifier(alias, "res_model", to_flush=lines._fields["res_model"]),
                SQL.identifier(alias, "res_ids", to_flush=lines._fields["res_ids"]),
                SQL.identifier(
                    "petition",
                    "office_accused",
                    to_flush=petition._fields["office_accused"],
                ),
                get_tokens(lines),
            )

        def predicate(line):
            user = line.env["res.users"].browse(uid)
            Petition = line.env[PETITION].sudo()
            if line.res_model != PETITION and (
                line.res_model not in Petition._get_part_models()
            ):
                return True
            return not any(
                petition._is_against(user)
                for res_id in line.res_ids or ()
                if (petition := Petition._find_whole(line.res_model, res_id))
            )

        return Domain.custom(to_sql=to_sql, predicate=predicate)

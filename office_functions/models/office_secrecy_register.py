# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

KNOWN_LEVELS = ("confidential", "top_secret")
"""Levels of which it is put down who knows (保密法 第21条)."""


class OfficeSecrecyRegister(models.AbstractModel):
    """Who knows of a secret paper, and which copies of it are out (保密法 第21、27条).

    Of 机密 and above whoever registers the paper or takes a step with it is put down
    at once; others when they are let know. Copies are counted, numbered, signed for,
    and taken back before the paper is filed.
    """

    _inherit = "office.secrecy.mixin"

    secrecy_reader_ids = fields.One2many(
        "office.secrecy.reader",
        "res_id",
        "Who Knows of It",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
        copy=False,
    )

    @api.model_create_multi
    def create(self, vals_list):
        papers = super().create(vals_list)
        papers._record_knowledge()
        return papers

    def write(self, vals):
        result = super().write(vals)
        if "secrecy_level" in vals:
            self._record_knowledge()
        return result

    def _after_transition(self, row, note):
        result = super()._after_transition(row, note)
        self._record_knowledge()
        return result

    def _record_knowledge(self):
        """Put down the current user as one who knows, where the level asks for it."""
        papers = self.filtered(lambda paper: paper.secrecy_level in KNOWN_LEVELS)
        if not papers or self.env.uid == SUPERUSER_ID:
            return
        Reader = self.env["office.secrecy.reader"]
        lines = Reader.sudo().search_fetch(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", papers.ids),
                ("user_id", "=", self.env.uid),
            ],
            ["res_id"],
        )
        known = set(lines.mapped("res_id"))
        if new := papers.filtered(lambda paper: paper.id not in known):
            reason = self.env._("Registered or handled it")
            Reader._put_on_record(
                [paper._prepare_reader(self.env.user, reason) for paper in new]
            )

    def _prepare_reader(self, user, reason, copy_number=False, outsider=False):
        return {
            "res_model": self._name,
            "res_id": self.id,
            "user_id": user.id,
            "outsider": outsider,
            "date": fields.Datetime.now(),
            "reason": reason,
            "copy_number": copy_number,
            "recorded_by_id": self.env.uid,
            "company_id": self.company_id.id,
        }

    def _get_copy_count(self):
        """Return how many copies of the paper there are.

        :rtype: int
        """
        return 1

    def let_know(self, user, reason, copy_number=False, outsider=False):
        """Put down that a person is let know of a secret paper, with or without a copy.

        The person sees the register entry from now on, and signs there for the copy.
        Somebody from outside is put down by name alone, and signs on paper.

        :param user: ``res.users`` or id; nobody for a person from outside
        :param str reason: why the person has to know
        :param str copy_number: number of the copy handed out (份号)
        :param str outsider: name and organization of a person without an account
        :raise AccessError: for whoever does not keep the register
        :raise UserError: with all that stands against it
        """
        self.ensure_one()
        self._check_keeps_secrets()
        user_id = getattr(user, "id", user)
        user = self.env["res.users"].browse(isinstance(user_id, int) and user_id)
        user = user.exists()
        copy_number = isinstance(copy_number, str) and copy_number.strip()
        outsider = isinstance(outsider, str) and outsider.strip() or False
        gaps = self._explain_person(user, outsider)
        gaps += self._explain_let_know(user, reason, copy_number, outsider)
        if gaps:
            raise UserError("\n".join(gaps))
        self.env["office.secrecy.reader"]._put_on_record(
            [self._prepare_reader(user, reason, copy_number, outsider)]
        )
        if user and not self.with_user(user).has_access("read"):
            self._name_person("granted", user, reason)

    def _explain_person(self, user, outsider):
        """Return what stands against a person: from outside, or with an account here.

        :rtype: list[str]
        """
        if outsider:
            if user:
                return [
                    self.env._(
                        "Name one person: with an account here, or from outside."
                    )
                ]
            return []
        sudo_user = user.sudo()
        gaps = []
        if (
            not sudo_user.active
            or sudo_user.share
            or self.company_id not in sudo_user.company_ids
        ):
            gaps.append(
                self.env._(
                    "Name a person of this organization, or somebody from outside by "
                    "name and organization."
                )
            )
        recused = self.env["office.matter.access"]._get_named_ids(
            user.id, self._name, "recused"
        )
        if self.id in recused:
            gaps.append(self.env._("%(name)s has stepped aside.", name=sudo_user.name))
        return gaps

    def _explain_let_know(self, user, reason, copy_number, outsider):
        """Return what stands against letting a person know.

        :rtype: list[str]
        """
        gaps = []
        if not isinstance(reason, str) or not reason.strip():
            gaps.append(self.env._("Please write down the reason."))
        lines = self.secrecy_reader_ids
        out = lines._filter_out()
        known = lines.filtered(
            lambda line: line.user_id == user and line.outsider == outsider
        )
        if not copy_number and known:
            gaps.append(
                self.env._("%(name)s is put down already.", name=known[0].display_name)
            )
        if copy_number and (not copy_number.isdecimal() or len(copy_number) > 6):
            gaps.append(self.env._("The number of a copy has up to six digits."))
        taken = out.filtered(lambda line: line.copy_number == copy_number)
        if copy_number and taken:
            gaps.append(
                self.env._(
                    "Copy %(number)s is with %(name)s.",
                    number=copy_number,
                    name=taken.display_name,
                )
            )
        elif copy_number and len(out) >= self._get_copy_count():
            gaps.append(
                self.env._(
                    "All copies are out: there are %(count)s.",
                    count=self._get_copy_count(),
                )
            )
        return gaps

    def _explain_gaps(self, row, note):
        """Let no secret paper be filed of which copies are out."""
        gaps = super()._explain_gaps(row, note)
        if row.target == "archived" and self.is_secret:
            out = self.sudo().secrecy_reader_ids._filter_out()
            if out:
                gaps.append(
                    self.env._(
                        "Take back the copies that are out: %(copies)s.",
                        copies=", ".join(
                            f"{line.copy_number} ({line.display_name})" for line in out
                        ),
                    )
                )
        return gaps

    def action_let_know(self):
        """Open the entry of who is let know.

        :rtype: dict
        """
        self.ensure_one()
        self._check_keeps_secrets()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions.office_secrecy_reader_make_action"
        )
        return action | {
            "context": {"default_res_model": self._name, "default_res_id": self.id}
        }

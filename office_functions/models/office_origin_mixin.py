# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models


class OfficeOriginMixin(models.AbstractModel):
    """What gives rise to matters: a matter, a decision of a meeting, planned work."""

    _name = "office.origin.mixin"
    _description = "Gives Rise to Matters"

    def _begin_result(self, model, vals):
        """Create as the user what this gives rise to, link the two, and open it.

        :param str model: the kind of matter that it becomes
        :param dict vals: its values
        :return: the action that opens it
        :raise AccessError: for who may not read the one, or create the other
        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        result = self.env[model].create(vals)
        self.env["office.matter.link"].sudo()._link(self.sudo(), result.sudo())
        return result._get_form_action()

    def _is_kept_close(self):
        """Tell whether fewer people may know of this than of what follows from it.

        :rtype: bool
        """
        return bool(
            ("is_restricted" in self and self.is_restricted)
            or ("secrecy_level" in self and self.secrecy_level != "none")
        )

    def _get_neutral_name(self):
        """Return a subject that gives nothing away.

        :rtype: str
        """
        number = self.number if "number" in self else ""
        return self.env._(
            "Kept to those concerned: %(kind)s %(number)s",
            kind=self.env["ir.model"]._get_office_label(self._name),
            number=number or "",
        ).strip()

    def _get_result_name(self):
        """Return the subject by which what follows from this is known to others.

        :rtype: str
        """
        return self._get_neutral_name() if self._is_kept_close() else self.name

    def _get_kept_out_users(self):
        """Return who must not learn of what follows from this either.

        :rtype: res.users
        """
        return self.env["res.users"]

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class OfficeSecrecyReader(models.Model):
    """A person who knows of a secret paper, and the copy they hold of it.

    Lines are written and signed by methods alone, and never deleted (保密法 第21、27条).
    """

    _name = "office.secrecy.reader"
    _inherit = ["office.annex.mixin"]
    _description = "Person Who Knows of a Secret"
    _order = "id desc"
    _rec_name = "user_id"
    _matter_field = "secrecy_reader_ids"
    _append_only = False

    user_id = fields.Many2one("res.users", "Person", readonly=True, index=True)
    outsider = fields.Char(
        "Person from Outside",
        readonly=True,
        help="Name and organization of somebody who has no account here.",
    )
    date = fields.Datetime(
        "Let Know On", required=True, readonly=True, default=fields.Datetime.now
    )
    recorded_by_id = fields.Many2one(
        "res.users", "Let Know By", required=True, readonly=True
    )
    reason = fields.Char(readonly=True)
    copy_number = fields.Char(readonly=True, help="Number of the copy handed out.")
    date_signed = fields.Datetime("Signed For On", readonly=True)
    date_returned = fields.Datetime("Copy Returned On", readonly=True)
    returned_to_id = fields.Many2one("res.users", "Copy Returned To", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)

    _copy_out_uniq = models.UniqueIndex(
        "(res_model, res_id, copy_number) "
        "WHERE copy_number IS NOT NULL AND date_returned IS NULL",
        "This copy is out already.",
    )
    _one_person = models.Constraint(
        "CHECK ((user_id IS NULL) = (outsider IS NOT NULL))",
        "A line is about one person: with an account here, or from outside.",
    )

    @api.depends("user_id", "outsider")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.outsider or line.user_id.sudo().name

    def _filter_out(self):
        """Return the lines of copies that are not back yet."""
        return self.filtered(lambda line: line.copy_number and not line.date_returned)

    def action_sign(self):
        """Sign for a copy: each for the copy in their own hands.

        Who is from outside signs on paper, and whoever keeps the register notes it.

        :raise AccessError: for anybody else
        :raise UserError: where there is no copy to sign for
        """
        self.check_access("read")
        if self.outsider:
            self._get_matter()._check_keeps_secrets()
        elif self.user_id != self.env.user:
            raise AccessError(self.env._("Each signs for the copy in their own hands."))
        if self._filter_out().filtered(lambda line: not line.date_signed) != self:
            raise UserError(self.env._("There is no copy to sign for."))
        self.sudo().write({"date_signed": fields.Datetime.now()})

    def action_take_back(self):
        """Put down that a copy came back to the register.

        :raise AccessError: for whoever does not keep the register
        :raise UserError: where no copy is out
        """
        self.check_access("read")
        for line in self:
            line._get_matter()._check_keeps_secrets()
        if self._filter_out() != self:
            raise UserError(self.env._("No copy of this line is out."))
        self.sudo().write(
            {"date_returned": fields.Datetime.now(), "returned_to_id": self.env.uid}
        )

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import float_compare

from ..tools.transition import is_permitted, permit
from .office_information import CLERK, DRAFTING


class OfficeInformationFigure(models.Model):
    """A figure quoted in an information report, its source, and what a check found.

    Achievements are not inflated, problems are not made smaller (S1.34).
    """

    _name = "office.information.figure"
    _inherit = ["office.part.mixin"]
    _description = "Quoted Figure"
    _order = "information_id, id"
    _whole = "information_id"

    information_id = fields.Many2one(
        "office.information", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char("What It Counts", required=True)
    value = fields.Float("Figure Reported", required=True, aggregator=None)
    unit = fields.Char(help="Percent, persons, schools …")
    attachment_ids = fields.Many2many(
        "ir.attachment", "office_figure_attachment_rel", string="Source"
    )
    actual = fields.Float("Found by the Check", readonly=True, copy=False)
    date_checked = fields.Date("Figure Checked On", readonly=True, copy=False)
    checker_id = fields.Many2one(
        "res.users", "Figure Checked By", readonly=True, copy=False
    )
    result = fields.Selection(
        [
            ("exact", "As Reported"),
            ("inflated", "Inflated"),
            ("understated", "Understated"),
        ],
        "Result of the Comparison",
        compute="_compute_result",
        store=True,
    )

    @api.depends("value", "actual", "date_checked")
    def _compute_result(self):
        results = {0: "exact", 1: "inflated", -1: "understated"}
        for figure in self:
            order = float_compare(figure.value, figure.actual, precision_digits=4)
            figure.result = figure.date_checked and results[order]

    def _has_source(self):
        return bool(self.sudo().attachment_ids)

    def check_figure(self, actual):
        """Compare a figure with what a check found.

        :param float actual: the figure found
        :raise UserError: for anybody but the office, or for who reported it
        """
        self.check_access("read")
        if isinstance(actual, bool) or not isinstance(actual, int | float):
            raise UserError(self.env._("Please give the figure that was found."))
        for figure in self:
            report = figure.sudo().information_id
            doers = report.handler_id | report.drafter_id
            if not self.env.user.has_group(CLERK) or self.env.user in doers:
                raise UserError(
                    self.env._("The office checks figures, never who reported them.")
                )
            if report.state in DRAFTING:
                raise UserError(self.env._("It has not been submitted yet."))
        vals = {
            "actual": actual,
            "date_checked": fields.Date.context_today(self),
            "checker_id": self.env.uid,
        }
        with permit(self):
            self.sudo().write(vals)

    # Closed roads ---------------------------------------------------------------------

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Return the figures of reports that the user may see, or change.

        :rtype: Domain
        """
        if operation == "read":
            return super()._get_need_to_know_domain(operation)
        may = self.env["ir.rule"]._compute_domain("office.information", "write")
        return Domain("information_id", "any!", may)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_checked(vals)
        figures = super().create(vals_list)
        figures._check_drafting()
        return figures

    def write(self, vals):
        if is_permitted(self, vals):
            return super().write(vals)
        self._refuse_checked(vals)
        self._check_drafting()
        return super().write(vals)

    def _refuse_checked(self, vals):
        if {"actual", "date_checked", "checker_id", "result"} & vals.keys():
            raise ValidationError(
                self.env._("The result of a check is noted by checking the figure.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        self._check_drafting()

    def _check_drafting(self):
        if any(r.state not in DRAFTING for r in self.sudo().information_id):
            raise ValidationError(
                self.env._("Figures that were reported are not changed any more.")
            )

    def action_open_check(self):
        """Open the dialog that asks for the figure a check found.

        :rtype: dict
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions.office_information_check_action"
        )
        return {**action, "context": {"default_figure_id": self.id}}

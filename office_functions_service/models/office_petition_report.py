# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import io
from base64 import b64encode

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.office_functions.tools.transition import Transition

from ..report.canteen_workbook import Ledger, write_ledgers
from .office_petition import DIRECTOR, LEADER, OFFICER

READERS = (OFFICER, DIRECTOR, LEADER)
WIDTHS = (40, 18)
"""Widths of the first column of a sheet, and of the others."""


class OfficePetitionReport(models.Model):
    """The annual report on petitions (信访年度报告), F18.

    Its tables are counted from the register (信访工作条例 第39、41条), and stay as they
    are from the moment it is approved, by somebody else than who drafted it. Nobody is
    named in it; of reports and accusations it holds nothing but numbers.
    """

    _name = "office.petition.report"
    _inherit = ["office.yearly.report.mixin", "office.workflow.mixin"]
    _description = "Annual Report on Petitions"
    _order = "year desc, id desc"

    name = fields.Char(
        "Title of the Report",
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        copy=False,
    )
    proposals = fields.Text(
        "Proposals to Improve Policy",
        help="提出的完善政策、改进工作建议及被采纳情况（信访工作条例 第39、41条）",
    )
    workbook = fields.Binary(compute="_compute_workbook")
    state = fields.Selection(
        [("draft", "Draft"), ("approved", "Approved")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )

    @api.depends("year", "company_id")
    def _compute_name(self):
        for report in self:
            report.name = f"{report.company_id.name}{report.year}年信访工作年度报告"

    # Drafted, then approved -----------------------------------------------------------

    @api.model
    def _get_transitions(self):
        return [
            Transition(
                "approve",
                self.env._("Approve"),
                sources=("draft",),
                target="approved",
                by=(DIRECTOR, LEADER),
                never=("creator",),
                needs=("general",),
                guard="_guard_approve",
                style="primary",
            ),
        ]

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"figures"}

    @api.model
    def _get_frozen_fields(self):
        names = ("name", "year", "company_id", "general", "problems", "proposals")
        return super()._get_frozen_fields() | dict.fromkeys(names, ("draft",))

    def _guard_approve(self, row, note):
        """Let no year be reported on before it is over."""
        if self.year < fields.Date.context_today(self).year:
            return []
        return [self.env._("The year is not over yet: its figures still change.")]

    def _after_approve(self, note):
        for report in self:
            report._freeze()

    # On paper, and as a workbook ------------------------------------------------------

    def _check_reader(self):
        """Let nobody but those who answer for petitions take the figures out.

        :raise AccessError: for others, and for reports of other companies
        """
        self.check_access("read")
        if not self.env.su and not any(map(self.env.user.has_group, READERS)):
            raise AccessError(
                self.env._("Petition officers, directors and leaders read this report.")
            )

    def _compute_workbook(self):
        for report in self:
            report.workbook = b64encode(report._make_workbook())

    def _make_workbook(self):
        self._check_reader()
        ledgers = [
            Ledger(
                table["title"],
                tuple(
                    (head, WIDTHS[bool(place)])
                    for place, head in enumerate(table["heads"])
                ),
                map(tuple, table["rows"]),
            )
            for table in self._get_tables()
        ]
        file = io.BytesIO()
        write_ledgers(file, ledgers, self.company_id.name, self._get_period())
        return file.getvalue()

    def action_download(self):
        """Download the tables as a workbook; the audit log notes it.

        :return: the download
        :rtype: dict
        :raise AccessError: for who may not read the report
        """
        self.ensure_one()
        self._check_reader()
        self.env["office.audit.log"]._note("export", self, "F18 信访年度报告")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/workbook/"
            f"信访年度报告{self.year}.xlsx?download=true",
            "target": "download",
        }

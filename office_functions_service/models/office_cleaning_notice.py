# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import UTC

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.office_functions.tools.transition import is_permitted, permit

from .office_service_correction import LOGISTICS

DIRECTOR = "office_functions.group_office_director"
SETTLED = {
    "number",
    "date",
    "area_id",
    "contractor_id",
    "partner_id",
    "company_id",
    "inspection_ids",
    "date_due",
    "date_sent",
    "is_handed_over",
}
FAILURES = 2
"""So many failures of an area within the time limit bring a notice (M13)."""


class OfficeCleaningNotice(models.Model):
    """A demand on a contractor to put right what failed again (整改通知, M13).

    Written once for every two failures of an area within the time limit
    ``cleaning_notice``; a failure that a notice names is in no other.
    """

    _name = "office.cleaning.notice"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Notice to a Contractor"
    _order = "date desc, id desc"
    _rec_name = "number"

    number = fields.Char(readonly=True, copy=False, index=True)
    date = fields.Date(
        "Written On", required=True, readonly=True, default=fields.Date.context_today
    )
    area_id = fields.Many2one(
        "office.cleaning.area",
        "Cleaning Area",
        required=True,
        readonly=True,
        index=True,
    )
    contractor_id = fields.Many2one(
        "res.partner", required=True, readonly=True, index=True
    )
    partner_id = fields.Many2one("res.partner", "Addressed To", readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    inspection_ids = fields.One2many(
        "office.cleaning.inspection", "notice_id", "Failed Inspections", readonly=True
    )
    date_due = fields.Date("To Be Put Right By", readonly=True)
    date_sent = fields.Datetime("Sent On", readonly=True, copy=False)
    is_handed_over = fields.Boolean(
        "Handed Over on Paper",
        readonly=True,
        copy=False,
        help="The contractor has no mail address; the print was given to it.",
    )

    _unsent_idx = models.Index("(id) WHERE date_sent IS NULL")

    @api.model_create_multi
    def create(self, vals_list):
        if not is_permitted(self.browse(), {}):
            raise UserError(
                self.env._("The system writes a notice when an area fails again.")
            )
        return super().create(vals_list)

    def write(self, vals):
        if self and SETTLED & vals.keys() and not is_permitted(self, {}):
            raise UserError(self.env._("A notice is not changed once it is written."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        raise UserError(self.env._("A notice is not deleted: its number stays."))

    # Written once ---------------------------------------------------------------------

    @api.model
    def _send_after(self, inspections):
        """Write the notices that some failed inspections bring about (M13).

        Counted by one query while the areas are held, so that two inspectors at once
        bring one notice.

        :param inspections: ``office.cleaning.inspection`` that have just failed
        :return: the new notices
        :rtype: office.cleaning.notice
        """
        areas = inspections.sudo().filtered("contractor_id").area_id
        if not areas:
            return self.browse()
        areas.lock_for_update()
        inspections.flush_model()
        today = fields.Date.context_today(self)
        found = []
        for company, held in areas.grouped("company_id").items():
            since = self._get_first_day(company)
            found += self.env.execute_query(
                SQL(
                    """SELECT area_id, contractor_id, array_agg(id ORDER BY id)
                         FROM office_cleaning_inspection
                        WHERE area_id IN %s
                          AND contractor_id IS NOT NULL
                          AND correction_id IS NOT NULL
                          AND NOT COALESCE(is_unfounded, FALSE)
                          AND notice_id IS NULL
                          AND date_inspected >= %s
                     GROUP BY area_id, contractor_id
                       HAVING count(*) >= %s""",
                    held._ids,
                    since,
                    FAILURES,
                )
            )
        return self._write_notices(found, today)

    @api.model
    def _get_first_day(self, company):
        """Return since when failures count together, by the time limit of M13.

        :rtype: date
        """
        limit = self.env["office.time.limit"]._get("cleaning_notice", company)
        begin = limit._get_begin(fields.Datetime.now(), company, rolls=False)
        zone = self.env["office.calendar.day"]._get_zone(company)
        return begin.replace(tzinfo=UTC).astimezone(zone).date()

    @api.model
    def _write_notices(self, found, today):
        """Create a notice for each area and contractor, and set the mail on its way.

        :param list found: ``(area id, contractor id, inspection ids)``
        :rtype: office.cleaning.notice
        """
        # The system writes it: nobody follows it for that, nor is there news to log.
        Notice = self.sudo().with_context(tracking_disable=True)
        Inspection = self.env["office.cleaning.inspection"].sudo()
        Area = self.env["office.cleaning.area"].sudo()
        vals_list = []
        for area_id, contractor_id, ids in found:
            area = Area.browse(area_id)
            corrections = Inspection.browse(ids).correction_id
            vals_list.append(
                {
                    "area_id": area_id,
                    "contractor_id": contractor_id,
                    "partner_id": (
                        area._get_notice_partner().id
                        if area.contractor_id.id == contractor_id
                        else contractor_id
                    ),
                    "company_id": area.company_id.id,
                    "date": today,
                    "date_due": max(
                        filter(None, corrections.mapped("date_deadline")), default=today
                    ),
                }
            )
        self._give_numbers(vals_list, today)
        with permit(Notice):
            notices = Notice.create(vals_list)
        for notice, (_area, _contractor, ids) in zip(notices, found, strict=True):
            Inspection.browse(ids)._set(notice_id=notice.id)
        notices._tell_director()
        if notices:
            self.env.ref(
                "office_functions_service.ir_cron_send_cleaning_notices"
            ).sudo()._trigger()
        return notices

    @api.model
    def _give_numbers(self, vals_list, today):
        """Number the notices that are about to be created, company by company."""
        Series = self.env["office.number.series"]
        companies = {vals["company_id"] for vals in vals_list}
        for company in self.env["res.company"].sudo().browse(companies):
            theirs = [vals for vals in vals_list if vals["company_id"] == company.id]
            numbers = Series._take("cleaning_notice", company, today.year, len(theirs))
            for vals, number in zip(theirs, numbers, strict=True):
                vals["number"] = number

    def _tell_director(self):
        """Put each notice on the desk of the office director of its company."""
        for notice in self:
            director = notice.company_id.office_director_id
            if director:
                words = notice.with_context(lang=director.lang).env
                notice.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=words._(
                        "%(area)s failed again: see that %(contractor)s puts it right",
                        area=notice.area_id.name,
                        contractor=notice.contractor_id.name,
                    ),
                    user_id=director.id,
                )

    # On its way -----------------------------------------------------------------------

    @api.model
    def _cron_send(self):
        """Mail the notices that are not out yet, each with its print, one by one.

        Those whose contractor has no mail address wait to be handed over.
        """
        unsent = self.search(
            [("date_sent", "=", False), ("partner_id.email", "!=", False)], order="id"
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(0, remaining=len(unsent))
        for notice in unsent:
            if notice.try_lock_for_update().filtered(lambda n: not n.date_sent):
                notice._send()
            cron._commit_progress(1)

    def _send(self):
        """Queue the mail of one notice, the print with it."""
        self.ensure_one()
        template = self.env.ref(
            "office_functions_service.mail_template_cleaning_notice"
        )
        template.send_mail(self.id, force_send=False)
        with permit(self):
            self.date_sent = fields.Datetime.now()

    def action_handed_over(self):
        """Record that the print of these notices was given to the contractor.

        :raise UserError: where a notice is out already
        """
        self.check_access("read")
        if not self.env.user.has_group(LOGISTICS) and not self.env.user.has_group(
            DIRECTOR
        ):
            raise UserError(self.env._("Logistics or the director hands it over."))
        self.lock_for_update()
        if any(notice.date_sent for notice in self):
            raise UserError(self.env._("This notice is out already."))
        notices = self.sudo()
        with permit(notices):
            notices.write({"date_sent": fields.Datetime.now(), "is_handed_over": True})

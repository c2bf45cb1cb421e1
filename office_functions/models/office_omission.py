# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.omission import Omission


class OfficeOmission(models.Model):
    """What the nightly check found left lying (遗漏), and when it was made good.

    A kind of record adds its own check by extending :meth:`_get_omissions`.
    """

    _name = "office.omission"
    _inherit = ["office.annex.mixin"]
    _description = "Omission"
    _order = "date_found desc, id desc"
    _append_only = False

    code = fields.Char(required=True, readonly=True)
    label = fields.Char("What Was Left Out", compute="_compute_label")
    date_found = fields.Date("Found On", required=True, readonly=True)
    date_cleared = fields.Date("Made Good On", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, index=True)

    _open_uniq = models.UniqueIndex(
        "(code, res_model, res_id) WHERE date_cleared IS NULL",
        "This omission is known already.",
    )
    _found_idx = models.Index("(date_found)")

    @api.model
    def _get_omissions(self):
        """Return the checks of the installed functions.

        :rtype: list[..tools.omission.Omission]
        """
        return [
            Omission(
                "decision_pending",
                self.env._("Decision without a disposition"),
                "office.meeting.decision",
                "_get_omitted_domain",
            ),
            Omission(
                "meeting_without_minutes",
                self.env._("Meeting without minutes"),
                "office.meeting",
                "_get_omitted_domain",
            ),
            Omission(
                "document_without_outcome",
                self.env._("Document without an outcome"),
                "office.document.incoming",
                "_get_no_outcome_domain",
            ),
            Omission(
                "document_not_filed",
                self.env._("Document not filed in the archive"),
                "office.document.incoming",
                "_get_not_filed_domain",
            ),
            Omission(
                "outgoing_not_filed",
                self.env._("Issued document not filed in the archive"),
                "office.document.outgoing",
                "_get_not_filed_domain",
            ),
            Omission(
                "document_not_handed_over",
                self.env._("Document not handed over for filing"),
                "office.document.incoming",
                "_get_not_handed_over_domain",
            ),
            Omission(
                "outgoing_not_handed_over",
                self.env._("Issued document not handed over for filing"),
                "office.document.outgoing",
                "_get_not_handed_over_domain",
            ),
            Omission(
                "document_not_transferred",
                self.env._("Document not moved to the state archives"),
                "office.document.incoming",
                "_get_transfer_due_domain",
            ),
            Omission(
                "outgoing_not_transferred",
                self.env._("Issued document not moved to the state archives"),
                "office.document.outgoing",
                "_get_transfer_due_domain",
            ),
            Omission(
                "incoming_secrecy_unreviewed",
                self.env._("Secret paper received, not reviewed this year"),
                "office.document.incoming",
                "_get_secrecy_unreviewed_domain",
            ),
            Omission(
                "outgoing_secrecy_unreviewed",
                self.env._("Secret paper of our own, not reviewed this year"),
                "office.document.outgoing",
                "_get_secrecy_unreviewed_domain",
            ),
            Omission(
                "oral_unconfirmed",
                self.env._("Oral instruction not confirmed in time"),
                "office.directive",
                "_get_unconfirmed_late_domain",
            ),
        ]

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_label(self):
        labels = {check.code: str(check.label) for check in self._get_omissions()}
        for omission in self:
            omission.label = labels.get(omission.code, omission.code)

    @api.model
    def _cron_check(self):
        """Find what was left lying, note what was made good, tell the directors."""
        today = fields.Date.context_today(self)
        found = self.browse()
        for check in self._get_omissions():
            found |= self._check(check, today)
        if found:
            self._tell_directors(found)

    @api.model
    def _check(self, check, today):
        """Run one check.

        :param Omission check: which
        :param date today: when
        :return: what is new
        :rtype: office.omission
        """
        model = self.env[check.model].sudo()
        lying = model.search(getattr(model, check.domain)())
        known = self.sudo().search(
            Domain("code", "=", check.code) & Domain("date_cleared", "=", False)
        )
        known.filtered(lambda omission: omission.res_id not in lying._ids).write(
            {"date_cleared": today}
        )
        new = lying - lying.browse(known.mapped("res_id"))
        return self.sudo().create(
            [
                {
                    "code": check.code,
                    "res_model": check.model,
                    "res_id": record.id,
                    "date_found": today,
                    "company_id": record.company_id.id,
                }
                for record in new
            ]
        )

    @api.model
    def _filter_late(self, records, code, since="state_since"):
        """Return the records that have waited longer than a time limit allows.

        :param records: with a company each
        :param str code: of the time limit
        :param str since: field of the moment from which they wait
        """
        now = fields.Datetime.now()
        late = records.browse()
        for company, theirs in records.grouped("company_id").items():
            limit = self.env["office.time.limit"]._get(code, company)
            late |= theirs.filtered(
                lambda record, c=company, lim=limit: (
                    lim._get_due(record[since], c) < now
                )
            )
        return late

    @api.model
    def _tell_directors(self, found):
        """Send the directors one message about what of tonight's they may see."""
        group = self.env.ref("office_functions.group_office_director")
        for director in group.sudo().all_user_ids:
            theirs = (
                found.with_user(director)
                .with_context(allowed_company_ids=director.company_ids.ids)
                ._filtered_access("read")
            )
            if theirs:
                spoken = self.with_context(lang=director.lang)
                self.env["mail.thread"].sudo().message_notify(
                    partner_ids=director.partner_id.ids,
                    subject=spoken.env._("Omissions found: %s", len(theirs)),
                    body=spoken.env._(
                        "The nightly check found what was left lying. Please open the "
                        "list of omissions and dispose of each."
                    ),
                    force_send=False,
                )

    @api.model
    def _get_found_domain(self, date_from, date_to):
        """Return the omissions that were found in a period."""
        return Domain("date_found", ">=", date_from) & Domain(
            "date_found", "<=", date_to
        )

    @api.model
    def _measure_found(self, date_from, date_to):
        """Return the rows of the number of omissions."""
        number = self.search_count(self._get_found_domain(date_from, date_to))
        return [(None, None, number, 0)] if number else []

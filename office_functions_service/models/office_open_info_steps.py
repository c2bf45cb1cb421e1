# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.office_functions.tools.transition import Transition, permit

from ..tools.personal_data import find_personal_data
from .office_open_info import CLERK, PUBLIC

COPIED = (
    "name",
    "category_id",
    "subject_id",
    "publisher",
    "document_number",
    "summary",
    "way",
    "disclosure",
    "lead_unit_id",
    "handler_id",
    "company_id",
)
"""What a newer version takes over."""


class OfficeOpenInfoSteps(models.Model):
    """What each step of an entry asks for, and what follows from it."""

    _inherit = "office.open.info"

    def _set(self, **vals):
        """Write guarded fields."""
        if self:
            with permit(self):
                self.with_context(tracking_disable=True).write(vals)

    def _get_first_day(self, today):
        """Count from the day on which it was formed or changed (art. 26)."""
        return self.date_formed or today

    @api.model
    def _get_transitions(self):
        return [
            *super()._get_transitions(),
            Transition(
                "reexamine",
                label=self.env._("Examined Again: Still Withheld"),
                sources=("approved",),
                target="approved",
                by=(CLERK,),
                never=("author",),
                guard="_guard_reexamine",
                note=True,
            ),
        ]

    # Guards ---------------------------------------------------------------------------

    def _guard_reexamine(self, row, note):
        """Only what is withheld is examined again (art. 18)."""
        if self.disclosure == "active":
            return [self.env._("This is published proactively: please release it.")]
        return []

    def _guard_classify(self, row, note):
        reasons = self._explain_withheld()
        today = fields.Date.context_today(self)
        if self.date_formed and self.date_formed > today:
            reasons.append(self.env._("It cannot have been formed in the future."))
        return reasons + self._explain_personal()

    def _explain_withheld(self):
        """Return what is missing where it is not opened: a ground, with its article."""
        if self.disclosure != "none":
            return []
        names = ("withheld_ground", "withheld_article", "withheld_reason")
        missing = [name for name in names if not (self[name] or "").strip()]
        if not missing:
            return []
        labels = self.fields_get(missing, ["string"])
        return [
            self.env._(
                "What is not disclosed needs its reason in law. Please fill in: "
                "%(fields)s.",
                fields=", ".join(labels[name]["string"] for name in missing),
            )
        ]

    def _explain_personal(self):
        """Return the personal data in what the page itself would show."""
        text = "\n".join(filter(None, (self.name, self.summary, self.document_number)))
        found = [
            datum.masked for datum in find_personal_data(text) if datum.kind != "email"
        ]
        if not found:
            return []
        return [
            self.env._(
                "Please take personal data out of title and summary: %(found)s.",
                found=", ".join(found),
            )
        ]

    def _guard_release(self, row, note):
        """Each file to be opened was read by the gate and reviewed (art. 17)."""
        return self.sudo().file_ids._explain_release_refusal() + (
            self._explain_personal()
        )

    def _guard_publish(self, row, note):
        reasons = self._guard_release(row, note)
        if self.disclosure != "active":
            reasons.append(
                self.env._("Only what is published proactively goes on the pages.")
            )
        today = fields.Date.context_today(self)
        if self.date_valid_until and self.date_valid_until < today:
            reasons.append(self.env._("It is valid no longer."))
        files = self.sudo().file_ids
        if not (self.summary or "").strip() and not files._get_released():
            reasons.append(
                self.env._("There is nothing to read: add a summary or a file.")
            )
        return reasons

    # What follows ---------------------------------------------------------------------

    def _after_check(self, note):
        self._set(checker_id=self.env.uid)

    def _after_approve(self, note):
        """Let the clock of what is not published stand; it is examined again."""
        self._set(approver_id=self.env.uid)
        withheld = self.filtered(lambda info: info.disclosure != "active")
        withheld._set(date_done=fields.Date.context_today(self))
        withheld._set_next_examination()

    def _after_reexamine(self, note):
        self._set_next_examination()

    def _set_next_examination(self):
        """Say when what is withheld is examined again (art. 18)."""
        today = fields.Date.context_today(self)
        for company, records in self.grouped("company_id").items():
            limit = self.env["office.time.limit"]._get("open_reexamine", company)
            records._set(date_reexamine=limit._count(today, company).deadline)

    def _after_send_back(self, note):
        self._set(checker_id=False, approver_id=False, date_reexamine=False)

    def _after_publish(self, note):
        """Put it on the pages, in place of the version before."""
        today = fields.Date.context_today(self)
        now = fields.Datetime.now()
        late = self.browse()
        for (company, formed), records in self.grouped(
            lambda info: (info.company_id, info.date_formed)
        ).items():
            limit = self.env["office.time.limit"]._get("open_publish", company)
            if today > limit._count(formed, company).deadline:
                late |= records
        (self - late)._set(date_published=now, is_timely=True)
        late._set(date_published=now, is_timely=False)
        self.previous_id._pass_by_system("replace")

    def _after_withdraw(self, note):
        self._set(withdrawal_reason=note)

    @api.model
    def _cron_expire(self):
        """Mark what is valid no longer."""
        today = fields.Date.context_today(self)
        self.sudo().search(
            [("state", "=", "published"), ("date_valid_until", "<", today)]
        )._pass_by_system("expire")

    # Versions -------------------------------------------------------------------------

    def action_new_version(self):
        """Begin a newer version; the present one stays on the pages until it is out.

        :return: the action that opens it
        :rtype: dict
        :raise UserError: for what is not on the pages, or changed by another already
        """
        self.ensure_one()
        self.check_access("read")
        self._lock_for_transition()
        successor = self.sudo().search_count(
            [("previous_id", "=", self.id), ("state", "!=", "withdrawn")], limit=1
        )
        if self.state not in PUBLIC or successor:
            raise UserError(
                self.env._(
                    "Only the newest version that is on the pages is changed, and by "
                    "one new version at a time."
                )
            )
        vals = {
            name: self[name].id if self._fields[name].relational else self[name]
            for name in COPIED
        }
        vals |= {
            "previous_id": self.id,
            "root_id": (self.root_id or self).id,
            "version": self.version + 1,
        }
        with permit(self.browse()):
            newer = self.create(vals)
        self.env["office.open.file"].create(
            [
                {
                    "info_id": newer.id,
                    "sequence": file.sequence,
                    "name": file.name,
                    "content": file.content,
                    "visibility": file.visibility,
                    "is_redacted": file.is_redacted,
                }
                for file in self.file_ids.with_context(bin_size=False)
            ]
        )
        self.env["office.matter.link"]._link(self, newer, "related")
        return newer._get_form_action()

    # Left lying -----------------------------------------------------------------------

    @api.model
    def _get_omitted_domain(self):
        """Return what should have been published or examined again by now."""
        today = fields.Date.context_today(self)
        late = (
            Domain("disclosure", "=", "active")
            & Domain("state", "in", ("classified", "checked", "approved"))
            & Domain("open_deadline", "<", today)
        )
        forgotten = Domain("state", "=", "draft") & Domain(
            "date_formed", "<", today - timedelta(days=30)
        )
        withheld = Domain("state", "=", "approved") & Domain(
            "date_reexamine", "<", today
        )
        return late | forgotten | withheld

    # Indicator ------------------------------------------------------------------------

    @api.model
    def _get_published_domain(self, date_from, date_to):
        """Return what was published in a period."""
        end = date_to + timedelta(days=1)
        return Domain("date_published", ">=", date_from) & Domain(
            "date_published", "<", end
        )

    @api.model
    def _measure_timely(self, date_from, date_to):
        """Return published within 20 working days ÷ published (K28)."""
        sums = {}
        for unit, user, timely, number in self._read_group(
            self._get_published_domain(date_from, date_to),
            ["lead_unit_id", "handler_id", "is_timely"],
            ["__count"],
        ):
            row = sums.setdefault((unit.id, user.id), [0, 0])
            row[0] += number if timely else 0
            row[1] += number
        return [(*key, *row) for key, row in sums.items()]


class OfficeDocumentOutgoing(models.Model):
    """A document that was sent out becomes an entry of the catalogue."""

    _inherit = "office.document.outgoing"

    open_info_ids = fields.One2many(
        "office.open.info", "document_id", "Open Information", readonly=True
    )

    def action_make_open_info(self):
        """Open the entry of the catalogue made of this document; make it first.

        :rtype: dict
        :raise UserError: for what has not been dispatched, is secret, or was settled as
            not to be published
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group(CLERK):
            raise UserError(self.env._("The office makes entries of documents."))
        self._lock_for_transition()
        document = self.sudo()
        entry = document.open_info_ids.filtered(lambda one: one.state != "withdrawn")
        if not entry:
            problems = []
            if document.state not in ("issued", "archived"):
                problems.append(self.env._("The document has not been dispatched."))
            if document.is_secret:
                problems.append(self.env._("A secret document is not published."))
            if not document.disclosure:
                problems.append(
                    self.env._("The disclosure attribute has not been settled.")
                )
            if problems:
                raise UserError("\n".join(problems))
            Info = self.env["office.open.info"]
            with permit(Info):
                entry = Info.create(
                    {
                        "name": document.name,
                        "document_id": self.id,
                        "document_number": document.number,
                        "date_formed": document.date_issued or document.date_signed,
                        "disclosure": document.disclosure,
                        "withheld_reason": document.disclosure_reason,
                        "lead_unit_id": document.lead_unit_id.id,
                    }
                )
            self.env["office.matter.link"]._link(self, entry)
        return entry.sudo(False)._get_form_action()

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from datetime import date, timedelta

from lxml.builder import E

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools.transition import Transition, permit

HANDED_OVER_BY = 3
"""By the end of which month of the next year the sections hand over (R-DOC-7)."""

FILED_BY = 6
"""By the end of which month of the next year the archive of a year is closed."""

OFFICE = (
    "office_functions.group_office_clerk",
    "office_functions.group_office_director",
)


class OfficeArchiveMixin(models.AbstractModel):
    """A document that is filed: handed over, numbered, and one day transferred.

    The archive of a year is made in the next one: the sections hand over by the end of
    March, the office files by the end of June. What is kept for good or for 30 years
    goes to the state archives in the end (档案法实施条例 第20条).
    A kind of document has a transition ``archive``.
    """

    _name = "office.archive.mixin"
    _inherit = ["office.matter.mixin"]
    _description = "Filing"
    # In which state a section hands over what it has done.
    _handed_over_state = ""

    retention = fields.Selection(
        [("permanent", "Permanent"), ("30", "30 Years"), ("10", "10 Years")],
        "Retention Period",
        copy=False,
        help="How long it is kept (R-DOC-7).",
    )
    archive_number = fields.Char(readonly=True, copy=False)
    date_handed_over = fields.Date(
        "Handed Over for Filing On", readonly=True, copy=False
    )
    date_hand_over_reminded = fields.Date(
        "Reminded to Hand Over On", readonly=True, copy=False
    )
    date_transferred = fields.Date(
        "Moved to the State Archives On", readonly=True, copy=False, tracking=True
    )

    _archive_number_uniq = models.UniqueIndex(
        "(archive_number, company_id) WHERE archive_number IS NOT NULL",
        "This archive number is taken already.",
    )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "archive_number",
            "date_hand_over_reminded",
            "date_handed_over",
            "date_transferred",
        }

    @api.model
    def _get_frozen_fields(self):
        states = self._fields["state"].get_values(self.env)
        before = tuple(state for state in states if state != "archived")
        return super()._get_frozen_fields() | {"retention": before}

    # Handing over and filing ----------------------------------------------------------

    @api.model
    def _make_hand_over(self):
        """Return the step by which a section hands over what it has done.

        :rtype: Transition
        """
        return Transition(
            "hand_over",
            self.env._("Hand Over for Filing"),
            sources=(self._handed_over_state,),
            target=self._handed_over_state,
            by=("handler", "unit_head", *OFFICE),
        )

    def _explain_closed(self, row):
        """Hand over once only."""
        if row.name == "hand_over" and self.date_handed_over:
            return [self.env._("It was handed over for filing already.")]
        return super()._explain_closed(row)

    def _prepare_transition_vals(self, row):
        vals = super()._prepare_transition_vals(row)
        if row.name == "hand_over":
            vals["date_handed_over"] = fields.Date.context_today(self)
        return vals

    def _after_archive(self, note):
        self._give_archive_numbers()

    def _give_archive_numbers(self):
        """Number what is filed: by year and retention period, without gaps."""
        year = fields.Date.context_today(self).year
        kinds = self.grouped(lambda doc: (doc.company_id, doc.retention))
        for (company, retention), documents in kinds.items():
            numbers = self.env["office.number.series"]._take(
                f"document_archive_{retention}", company, year, len(documents)
            )
            for document, number in zip(documents, numbers, strict=True):
                with permit(document):
                    document.with_context(tracking_disable=True).write(
                        {"archive_number": number}
                    )

    # The state archives ---------------------------------------------------------------

    def action_transfer_out(self):
        """Note that filed documents were moved to the state archives.

        :raise UserError: when it is not this user's to note, or one is not there to move
        """
        self.check_access("read")
        if not any(self.env.user.has_group(group) for group in OFFICE):
            raise UserError(
                self.env._("A clerk or director moves documents to the state archives.")
            )
        away = self.filtered(
            lambda document: document.state != "archived" or document.date_transferred
        )
        if away:
            raise UserError(
                self.env._(
                    "Not in the archive, or moved already: %(names)s. Please leave "
                    "them out.",
                    names=", ".join(away.mapped("display_name")),
                )
            )
        documents = self.sudo()
        with permit(documents):
            documents.write({"date_transferred": fields.Date.context_today(self)})

    def action_hand_over(self):
        """Hand over a year's documents at once, as chosen in the list."""
        self.do_transition("hand_over")

    # The reminder in March ------------------------------------------------------------

    @api.model
    def _cron_remind_hand_over(self):
        """Tell everybody in March, once a year, what they still have to hand over."""
        today = fields.Date.context_today(self)
        if today.month != HANDED_OVER_BY:
            return
        waiting = {}
        for name in self.env.registry.descendants([self._name], "_inherit"):
            model = self.env[name].sudo()
            if model._abstract:
                continue
            documents = model.search(model._get_to_remind_domain(today))
            for person, theirs in documents.grouped(self._get_reminded).items():
                waiting.setdefault(person, []).append((name, len(theirs)))
            with permit(documents):
                documents.with_context(tracking_disable=True).write(
                    {"date_hand_over_reminded": today}
                )
        for person, kinds in waiting.items():
            if person:
                self._tell_to_hand_over(person, kinds)

    @api.model
    def _get_to_remind_domain(self, today):
        """Return what was done in earlier years and nobody was reminded of this year."""
        new_year = date(today.year, 1, 1)
        reminded = Domain("date_hand_over_reminded", ">=", new_year)
        return (
            Domain("state", "=", self._handed_over_state)
            & Domain("date_handed_over", "=", False)
            & Domain("date_done", "<", new_year)
            & ~reminded
        )

    @api.model
    def _get_reminded(self, document):
        """Return who hands a document over: its handler, or the head of the unit.

        :rtype: res.users
        """
        return (
            document.handler_id.filtered("active")
            or document.lead_unit_id.manager_id.user_id
        )

    @api.model
    def _tell_to_hand_over(self, person, kinds):
        """Send one person the message about what they have to hand over.

        :param list kinds: ``(model, number)``
        """
        spoken = self.with_context(lang=person.lang)
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=person.partner_id.ids,
            subject=spoken.env._("To hand over for filing by 31 March"),
            body=spoken.env._(
                "These of earlier years are still with you: %(names)s. Please filter "
                "the lists by “To Hand Over for Filing”, choose all and hand them over.",
                names=spoken.env["ir.model"]._list_office_counts(kinds),
            ),
            force_send=False,
        )

    # What was forgotten ---------------------------------------------------------------

    @api.model
    def _get_done_before(self, month):
        """Return what was done in a year whose documents are due by now.

        :param int month: of the next year, by whose end they are due
        :rtype: Domain
        """
        today = fields.Date.context_today(self)
        year = today.year - (1 if today.month > month else 2)
        return Domain("date_done", "<=", date(year, 12, 31))

    @api.model
    def _get_not_handed_over_domain(self):
        """Return what a section should have handed over by the end of March."""
        return (
            Domain("state", "=", self._handed_over_state)
            & Domain("date_handed_over", "=", False)
            & self._get_done_before(HANDED_OVER_BY)
        )

    @api.model
    def _get_not_filed_domain(self):
        """Return what is done and not filed by the end of June of the next year."""
        done = self._get_transition("archive").sources
        return Domain("state", "in", done) & self._get_done_before(FILED_BY)

    @api.model
    def _get_transfer_due_domain(self):
        """Return what is kept so long that it belongs to the state archives by now."""
        TimeLimit = self.env["office.time.limit"]
        today = fields.Date.context_today(self)
        old = Domain.FALSE
        for company in self.env["res.company"].sudo().search(Domain.TRUE):
            days = TimeLimit._get("archive_transfer", company).amount
            old |= Domain("company_id", "=", company.id) & Domain(
                "date_done", "<=", today - timedelta(days=days)
            )
        return (
            Domain("state", "=", "archived")
            & Domain("retention", "in", ("permanent", "30"))
            & Domain("date_transferred", "=", False)
            & old
        )

    # The list -------------------------------------------------------------------------

    @api.model
    def _get_matter_filters(self):
        waiting = (
            f"[('state', '=', '{self._handed_over_state}'), "
            "('date_handed_over', '=', False), "
            "('date_done', '<', context_today().strftime('%Y-01-01'))]"
        )
        return [
            *super()._get_matter_filters(),
            (self.env._("To Hand Over for Filing"), "hand_over", waiting),
        ]

    @api.model
    def _get_default_list_view(self):
        view = super()._get_default_list_view()
        office = {"groups": ",".join(OFFICE)}
        header = E.header(
            E.button(
                name="action_hand_over",
                type="object",
                string=self.env._("Hand Over for Filing"),
            ),
            E.button(
                office,
                name="action_transfer_out",
                type="object",
                string=self.env._("Move to the State Archives"),
            ),
        )
        view.insert(0, header)
        return view

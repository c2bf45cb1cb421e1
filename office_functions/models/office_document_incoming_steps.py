# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command

from ..tools.transition import permit
from .office_document_incoming import OFFICE_STATES
from .office_document_incoming_table import OFFICE

HEAD = "office_functions.group_office_section_head"
WAYS = {"submit": "propose", "section": "propose", "merge": "merge"}
"""What the screening found → the step that follows from it."""

UNIT_FIELDS = {"result", "reply_text", "no_reply_needed"}
"""What a handling unit fills in; who handles it, its head alone."""


class OfficeDocumentIncoming(models.Model):
    """Who holds a document and may change what of it, and what its steps bring about."""

    _inherit = "office.document.incoming"

    # What the form lets this user type; the server checks again.
    may_edit = fields.Boolean(compute="_compute_may_edit")
    may_name_handler = fields.Boolean(compute="_compute_may_edit")

    @api.depends_context("uid")
    def _compute_may_edit(self):
        user = self.env.user
        office = user.has_group(OFFICE[0])
        self.may_edit = office
        self.may_name_handler = office or user.has_group(HEAD)

    @api.depends("kind", "screening")
    def _compute_open_transitions(self):
        """Stress the step that follows from the screening; the others stay in reach."""
        result = super()._compute_open_transitions()
        for document in self.filtered(lambda doc: doc.state == "screened"):
            reading = document.kind == "reading" and document.screening == "submit"
            way = "circulate" if reading else WAYS.get(document.screening)
            document.open_transitions = [
                {**button, "style": document._get_button_style(button, way)}
                for button in document.open_transitions or []
            ]
        return result

    @api.model
    def _get_button_style(self, button, way):
        """Return how a button looks if the screening points to a step.

        :param dict button: see ``open_transitions``
        :param str way: name of the step
        :rtype: str
        """
        if button["style"] == "danger":
            return "danger"
        return "primary" if button["name"] == way else "secondary"

    @api.model
    def _get_frozen_fields(self):
        paper = ("received", "registered")
        open_states = (*paper, "screened")
        return (
            super()._get_frozen_fields()
            | dict.fromkeys(
                ("date_received", "sender", "sender_number", "date_document"), paper
            )
            | dict.fromkeys(
                (
                    "kind",
                    "screening",
                    "screening_reason",
                    "return_reason",
                    "merged_into_id",
                    "proposal",
                ),
                open_states,
            )
            | dict.fromkeys(
                ("leader_id", "urgency", "lead_unit_id", "assisting_unit_ids"),
                OFFICE_STATES,
            )
            | {"circulation_mode": OFFICE_STATES}
            | dict.fromkeys(
                ("result", "reply_text", "no_reply_needed"),
                (*OFFICE_STATES, "handling"),
            )
        )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "date_instructed",
            "date_opened",
            "date_opening_reminded",
            "directive_id",
            "instructed_by_id",
            "instruction",
            "given_back_unit_id",
            "is_given_back",
            "is_slip_frozen",
            "omission",
            "opening_hours",
            "return_count",
            "scan_note",
        }

    def write(self, vals):
        self._check_own_step(vals)
        return super().write(vals)

    def _check_own_step(self, vals):
        """Let a handling unit change nothing but what its own step fills in.

        :raise AccessError: naming the fields
        """
        user = self.env.user
        if self.env.su or user.has_group(OFFICE[0]):
            return
        may = UNIT_FIELDS
        if user.has_group(HEAD):
            may = may | {"handler_id"}
        foreign = vals.keys() - may
        if self and foreign:
            labels = self.fields_get(foreign, ["string"])
            raise AccessError(
                self.env._(
                    "A handling unit fills in its result and reply. The office keeps "
                    "the rest: %(fields)s.",
                    fields=", ".join(
                        sorted(label["string"] for label in labels.values())
                    ),
                )
            )

    # Who holds it ---------------------------------------------------------------------

    def _get_holder(self):
        nobody = self.env["res.users"]
        if self.state in ("archived", "returned"):
            return nobody
        if self.state == "handling":
            return self.handler_id or self.lead_unit_id.sudo().manager_id.user_id
        if self.state == "proposed":
            asks_leader = self.screening == "submit" and not self.is_given_back
            if asks_leader and self.leader_id:
                return self.leader_id
            return self.company_id._get_office_director() or self.clerk_id
        readers = nobody
        if self.state == "circulating":
            readers = self.circulation_ids._get_unread()[:1].user_id
        return readers or self.clerk_id

    def _get_step_limit(self, state):
        """Of urgent documents each step in the office takes hours, not days."""
        code = super()._get_step_limit(state)
        if code and self.is_urgent:
            return "document_step_urgent"
        return code

    def _relation_leader(self):
        return self.leader_id

    def _relation_reader(self):
        return self._get_due_readings().user_id

    def _get_due_readings(self):
        """Return whose turn it is to read: the next one, or all who have not.

        :rtype: office.document.circulation
        """
        unread = self.circulation_ids._get_unread()
        return unread if self.circulation_mode == "parallel" else unread[:1]

    def _get_deadline_owner(self):
        """A date that goes with a leader's instruction is the leader's."""
        return self.instructed_by_id or super()._get_deadline_owner()

    def _explain_closed(self, row):
        """Let the director insist only where a unit gave it back (S2.25)."""
        proposed = self.state == "proposed"
        if row.name == "insist" and proposed and not self.is_given_back:
            return [self.env._("No unit gave it back.")]
        return super()._explain_closed(row)

    # Hooks ----------------------------------------------------------------------------

    def _prepare_transition_vals(self, row):
        given_back = {"is_given_back": row.name == "give_back"}
        if row.name == "give_back":
            given_back["return_count"] = 1
        return super()._prepare_transition_vals(row) | given_back | {"omission": False}

    def _after_give_back(self, note):
        for unit, documents in self.grouped("lead_unit_id").items():
            with permit(documents):
                documents.with_context(tracking_disable=True).write(
                    {"given_back_unit_id": unit.id}
                )

    def _after_merge(self, note):
        targets = self.browse([document.merged_into_id.id for document in self])
        self.env["office.matter.link"]._link(self, targets)

    def _after_instruct(self, note):
        """Record the leader's words as a directive, in the clerk's name (M3)."""
        now = fields.Datetime.now()
        with permit(self):
            self.with_context(tracking_disable=True).write(
                {"instruction": note, "date_instructed": now}
            )
        for clerk, documents in self.grouped("clerk_id").items():
            creator = clerk or self.env.user
            directives = (
                self.env["office.directive"]
                .with_user(creator)
                .sudo()
                .create([doc._prepare_directive_vals(note) for doc in documents])
            )
            directives._settle_wording()
            self.env["office.matter.link"]._link(documents, directives)
            for document, directive in zip(documents, directives, strict=True):
                with permit(document):
                    document.with_context(tracking_disable=True).write(
                        {
                            "directive_id": directive.id,
                            "instructed_by_id": document.leader_id.id,
                        }
                    )

    def _prepare_directive_vals(self, text):
        """Return the values of the directive that an instruction becomes.

        :param str text: the leader's words
        :rtype: dict
        """
        return {
            "name": self.name,
            "kind": "written",
            "leader_id": self.leader_id.id,
            "date": fields.Date.context_today(self),
            "text": text,
            "source": " ".join(filter(None, [self.number, self.sender_number])),
            "lead_unit_id": self.lead_unit_id.id,
            "assisting_unit_ids": [Command.set(self.assisting_unit_ids.ids)],
            "handler_id": self.handler_id.id,
            "date_deadline": self.date_deadline,
            "company_id": self.company_id.id,
        }

    def _after_read(self, note):
        self._sign_readings(note)

    def _after_remark(self, note):
        self._sign_readings(note)

    def _sign_readings(self, note):
        """Sign for who reads it now: the user, or in whose name the user acts."""
        lines = self.env["office.document.circulation"].sudo()
        for document in self:
            due = document._get_due_readings()
            own = due.filtered(lambda line: line.user_id == self.env.user)
            if not own:
                principal = self.env["office.delegation"]._find_principal(
                    self.env.user, due.user_id, self._name
                )
                own = due.filtered(lambda line, who=principal: line.user_id == who)
            lines |= own
        with permit(lines):
            lines.write({"date_read": fields.Datetime.now(), "note": note})

    def _after_archive_read(self, note):
        self._give_archive_numbers()

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command

from ..tools.transition import Transition, permit
from .office_document_incoming import OFFICE_STATES

OFFICE = ("office_functions.group_office_clerk",)
DIRECTOR = ("office_functions.group_office_director",)
UNIT = ("handler", "unit_head")
UNIT_FIELDS = {"result", "reply_text", "no_reply_needed"}
"""What a handling unit fills in; who handles it, its head alone."""


class OfficeDocumentIncoming(models.Model):
    """The steps of a document (M1), who makes them, and what they ask for."""

    _inherit = "office.document.incoming"

    @api.model
    def _get_transitions(self):
        return [
            *self._get_office_transitions(),
            *self._get_decision_transitions(),
            *self._get_unit_transitions(),
            *self._get_reader_transitions(),
            *self._get_end_transitions(),
        ]

    def _get_office_transitions(self):
        """Return the steps of the office: register, screen, and what follows of it."""
        return [
            Transition(
                "register",
                label=self.env._("Register"),
                sources=("received",),
                target="registered",
                by=OFFICE,
                needs=("sender",),
                guard="_guard_register",
                style="primary",
            ),
            Transition(
                "screen",
                label=self.env._("Screen"),
                sources=("registered",),
                target="screened",
                by=OFFICE,
                needs=("screening", "screening_reason"),
                style="primary",
            ),
            Transition(
                "propose",
                label=self.env._("Propose Handling"),
                sources=("screened",),
                target="proposed",
                by=OFFICE,
                needs=("proposal",),
                guard="_guard_propose",
                style="primary",
            ),
            Transition(
                "circulate",
                label=self.env._("Circulate"),
                sources=("screened",),
                target="circulating",
                by=OFFICE,
                needs=("circulation_ids",),
                guard="_guard_circulate",
            ),
            Transition(
                "merge",
                label=self.env._("Merge"),
                sources=("screened",),
                target="closed",
                by=OFFICE,
                needs=("merged_into_id",),
                guard="_guard_merge",
            ),
            Transition(
                "send_back",
                label=self.env._("Return to Sender"),
                sources=("screened",),
                target="returned",
                by=OFFICE,
                needs=("return_reason",),
                guard="_guard_send_back",
                note=True,
                style="danger",
            ),
        ]

    def _get_decision_transitions(self):
        """Return the steps by which it is decided who handles it."""
        return [
            Transition(
                "instruct",
                label=self.env._("Write Instruction"),
                sources=("proposed",),
                target="instructed",
                by=("leader",),
                note=True,
                style="primary",
            ),
            Transition(
                "entrust",
                label=self.env._("Leave to the Section"),
                sources=("proposed",),
                target="handling",
                by=("leader",),
                needs=("lead_unit_id",),
                guard="_guard_handling",
            ),
            Transition(
                "transfer",
                label=self.env._("Hand to a Section"),
                sources=("screened", "proposed"),
                target="handling",
                by=DIRECTOR,
                needs=("lead_unit_id",),
                guard="_guard_transfer",
            ),
            Transition(
                "assign",
                label=self.env._("Hand to the Handling Unit"),
                sources=("instructed",),
                target="handling",
                by=OFFICE,
                needs=("lead_unit_id",),
                guard="_guard_handling",
                style="primary",
            ),
        ]

    def _get_unit_transitions(self):
        """Return the steps of the unit that handles it."""
        return [
            Transition(
                "reply",
                label=self.env._("Handled and Replied"),
                sources=("handling",),
                target="replied",
                by=(*UNIT, *OFFICE),
                guard="_guard_reply",
                style="primary",
            ),
            Transition(
                "give_back",
                label=self.env._("Give Back to the Office"),
                sources=("handling",),
                target="proposed",
                by=UNIT,
                guard="_guard_give_back",
                note=True,
                style="danger",
            ),
        ]

    def _get_reader_transitions(self):
        """Return the steps of who reads it now: each signs, with a remark or without.

        A step from reader to reader is a step: it is logged, and its clock is new.
        """
        circulating = ("circulating",)
        return [
            Transition(
                "read",
                label=self.env._("Have Read"),
                sources=circulating,
                target="circulating",
                by=("reader",),
                style="primary",
            ),
            Transition(
                "remark",
                label=self.env._("Read with a Remark"),
                sources=circulating,
                target="circulating",
                by=("reader",),
                note=True,
            ),
        ]

    def _get_end_transitions(self):
        """Return the steps by which it is closed and filed."""
        return [
            Transition(
                "close",
                label=self.env._("Close"),
                sources=("instructed", "circulating"),
                target="closed",
                by=OFFICE,
                guard="_guard_all_read",
                note=True,
            ),
            Transition(
                "archive_read",
                label=self.env._("File in the Archive"),
                sources=("circulating",),
                target="archived",
                by=OFFICE,
                needs=("retention",),
                guard="_guard_all_read",
                style="primary",
            ),
            Transition(
                "archive",
                label=self.env._("File in the Archive"),
                sources=("replied", "closed"),
                target="archived",
                by=OFFICE,
                needs=("retention",),
                style="primary",
            ),
        ]

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
            "archive_number",
            "date_instructed",
            "date_opened",
            "date_opening_reminded",
            "directive_id",
            "instructed_by_id",
            "instruction",
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
        if user.has_group("office_functions.group_office_section_head"):
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

    # Guards ---------------------------------------------------------------------------

    def _guard_register(self, row, note):
        twin = self._find_twins().get(self)
        return [self._describe_twin(twin)] if twin else []

    def _guard_propose(self, row, note):
        gaps = []
        if self.kind != "action":
            gaps.append(
                self.env._("A document for reading is circulated, not proposed.")
            )
        if self.screening not in ("submit", "section"):
            gaps.append(self._explain_screening())
        if self.screening == "submit" and not self.leader_id:
            gaps.append(self.env._("Please name the leader it is submitted to."))
        return gaps + self._guard_handling(row, note)

    def _explain_screening(self):
        """Return the sentence that another way was found right by the screening."""
        found = dict(self._fields["screening"]._description_selection(self.env))
        return self.env._(
            "The screening found: “%(found)s”. Change it first if that is wrong.",
            found=found.get(self.screening, ""),
        )

    def _guard_circulate(self, row, note):
        gaps = []
        if self.kind != "reading":
            gaps.append(
                self.env._(
                    "A document for action needs its handling proposed. Choose “For "
                    "Reading” to circulate it."
                )
            )
        return gaps + self.circulation_ids._explain_unable()

    def _guard_merge(self, row, note):
        gaps = [] if self.screening == "merge" else [self._explain_screening()]
        if self.merged_into_id == self:
            gaps.append(self.env._("A document cannot be merged with itself."))
        if self.merged_into_id.state in ("received", "returned"):
            gaps.append(self.env._("The other document is not registered."))
        return gaps

    def _guard_send_back(self, row, note):
        return [] if self.screening == "return" else [self._explain_screening()]

    def _guard_transfer(self, row, note):
        gaps = self._guard_handling(row, note)
        if self.screening != "section" and not self.is_given_back:
            gaps.append(
                self.env._(
                    "It is submitted to %(leader)s, who decides or delegates it.",
                    leader=self.leader_id.name or self.env._("a leader"),
                )
            )
        return gaps

    def _guard_handling(self, row, note):
        """Ask for one lead unit, and for the deadline of what is urgent (第24条)."""
        gaps = []
        document = self.sudo()
        lead, assisting = document.lead_unit_id, document.assisting_unit_ids
        if assisting and not lead:
            gaps.append(
                self.env._(
                    "Of two or more units one is the lead unit and answers for the "
                    "whole: please name it."
                )
            )
        if lead and lead in assisting:
            gaps.append(self.env._("The lead unit does not assist itself."))
        if self.is_urgent and not self.date_deadline:
            gaps.append(
                self.env._("An urgent document states its deadline: please set it.")
            )
        return gaps

    def _guard_reply(self, row, note):
        # Of a state secret nothing may be written here: it is answered on paper.
        if self.reply_text or self.no_reply_needed or self.is_secret:
            return []
        return [
            self.env._(
                "Please write the reply to the sender, or tick “No Reply Needed”."
            )
        ]

    def _guard_give_back(self, row, note):
        if not self.return_count:
            return []
        return [
            self.env._(
                "It was given back once already, and the director has ruled. Please "
                "handle it, or speak to the director."
            )
        ]

    def _guard_all_read(self, row, note):
        names = self.unread_names if self.state == "circulating" else False
        if not names:
            return []
        return [
            self.env._("Nobody is skipped; not yet read by: %(names)s.", names=names)
        ]

    # Hooks ----------------------------------------------------------------------------

    def _prepare_transition_vals(self, row):
        given_back = {"is_given_back": row.name == "give_back"}
        if row.name == "give_back":
            given_back["return_count"] = 1
        return super()._prepare_transition_vals(row) | given_back | {"omission": False}

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

    def _after_archive(self, note):
        self._give_archive_numbers()

    def _after_archive_read(self, note):
        self._give_archive_numbers()

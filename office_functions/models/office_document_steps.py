# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from ..tools.document_text import digest
from ..tools.transition import Transition, permit
from .office_document_outgoing import WRITING

CLERK = "office_functions.group_office_clerk"
DIRECTOR = "office_functions.group_office_director"
LEADER = "office_functions.group_office_leader"


class OfficeDocumentSteps(models.Model):
    """The steps of an outgoing document: who makes them and what they leave behind."""

    _inherit = "office.document.outgoing"

    @api.model
    def _get_transitions(self):
        return self._get_drafting_steps() + self._get_issuing_steps()

    @api.model
    def _get_drafting_steps(self):
        """Return the steps of making a document (公文拟制): draft, review, signature."""
        review = {"by": ("reviewer", DIRECTOR), "never": ("drafter",)}
        countersigning = ("countersigning",)
        return [
            Transition(
                "submit",
                self.env._("Approve in the Section"),
                sources=("drafting",),
                target="reviewing",
                by=("unit_head", DIRECTOR),
                never=("drafter",),
                needs=("lead_unit_id", "handler_id", "reviewer_id"),
                guard="_guard_complete",
                style="primary",
            ),
            Transition(
                "resubmit",
                self.env._("Submit Again"),
                sources=("revising",),
                target="reviewing",
                by=("handler",),
                needs=("reviewer_id",),
                guard="_guard_revised",
                style="primary",
            ),
            Transition(
                "pass_review",
                self.env._("Pass the Review"),
                sources=("reviewing",),
                target="signing",
                needs=("signer_id",),
                guard="_guard_reviewed",
                style="primary",
                **review,
            ),
            Transition(
                "ask_countersign",
                self.env._("Send for Countersigning"),
                sources=("reviewing",),
                target="countersigning",
                needs=("countersign_unit_ids",),
                guard="_guard_findings",
                style="primary",
                **review,
            ),
            Transition(
                "return_draft",
                self.env._("Return the Draft"),
                sources=("reviewing",),
                target="revising",
                guard="_guard_return",
                style="danger",
                **review,
            ),
            Transition(
                "agree",
                self.env._("Countersign"),
                sources=countersigning,
                target="countersigning",
                by=("countersigner",),
                style="primary",
            ),
            Transition(
                "differ",
                self.env._("Record a Difference"),
                sources=countersigning,
                target="countersigning",
                by=("countersigner",),
                note=True,
            ),
            Transition(
                "send_to_sign",
                self.env._("Send for Signature"),
                sources=countersigning,
                target="signing",
                needs=("signer_id",),
                guard="_guard_countersigned",
                style="primary",
                **review,
            ),
            Transition(
                "sign",
                self.env._("Sign"),
                sources=("signing",),
                target="verified",
                by=("signer",),
                never=("drafter", "reviewer"),
                guard="_guard_signer",
                note=True,
                style="primary",
            ),
            Transition(
                "send_back",
                self.env._("Send Back to the Drafter"),
                sources=("signing",),
                target="revising",
                by=("signer",),
                note=True,
                style="danger",
            ),
        ]

    @api.model
    def _get_issuing_steps(self):
        """Return the steps of issuing a document (发文办理), and its end."""
        office = (CLERK, DIRECTOR)
        return [
            Transition(
                "register",
                self.env._("Verified: Register"),
                sources=("verified",),
                target="registered",
                by=office,
                needs=("print_copies",),
                guard="_guard_unchanged",
                style="primary",
            ),
            Transition(
                "back_to_signer",
                self.env._("Back to the Signer"),
                sources=("verified",),
                target="signing",
                by=office,
                note=True,
                style="danger",
            ),
            Transition(
                "print",
                self.env._("Send to Print"),
                sources=("registered",),
                target="printing",
                by=office,
                style="primary",
            ),
            Transition(
                "ask_seal",
                self.env._("Send for Sealing"),
                sources=("printing",),
                target="sealing",
                by=office,
                needs=("proofreader_id",),
                guard="_guard_sealed",
                style="primary",
            ),
            Transition(
                "issue_unsealed",
                self.env._("Dispatch without Seal"),
                sources=("printing",),
                target="issued",
                by=office,
                needs=("proofreader_id",),
                guard="_guard_unsealed",
                style="primary",
            ),
            Transition(
                "approve_seal",
                self.env._("Approve the Seal"),
                sources=("sealing",),
                target="sealing",
                by=("signer", LEADER),
                never=("drafter",),
                style="primary",
            ),
            Transition(
                "seal",
                self.env._("Log the Seal"),
                sources=("sealing",),
                target="sealing",
                by=office,
                needs=("seal_copies",),
                guard="_guard_seal_approved",
                style="primary",
            ),
            Transition(
                "issue",
                self.env._("Dispatch"),
                sources=("sealing",),
                target="issued",
                by=office,
                guard="_guard_seal_used",
                style="primary",
            ),
            self._make_hand_over(),
            Transition(
                "archive",
                self.env._("File in the Archive"),
                sources=("issued",),
                target="archived",
                by=office,
                needs=("retention",),
            ),
            Transition(
                "revoke",
                self.env._("Revoke"),
                sources=("issued", "archived"),
                target="revoked",
                by=(LEADER,),
                note=True,
                style="danger",
            ),
            Transition(
                "repeal",
                self.env._("Repeal"),
                sources=("issued", "archived"),
                target="repealed",
                by=(LEADER,),
                note=True,
                style="danger",
            ),
            Transition(
                "cancel",
                self.env._("Void the Draft"),
                sources=(
                    "drafting",
                    "revising",
                    "reviewing",
                    "countersigning",
                    "signing",
                ),
                target="cancelled",
                by=("handler", DIRECTOR),
                note=True,
                style="danger",
            ),
            Transition(
                "cancel_signed",
                self.env._("Void before Dispatch"),
                sources=("verified", "registered", "printing", "sealing"),
                target="cancelled",
                by=(DIRECTOR, LEADER),
                note=True,
                style="danger",
            ),
        ]

    # Who ------------------------------------------------------------------------------

    def _relation_drafter(self):
        users = self.env["res.users"].browse(self.drafters or [])
        return users | self.create_uid | self.handler_id

    def _relation_reviewer(self):
        return self.reviewer_id

    def _relation_signer(self):
        return self.signer_id

    def _relation_countersigner(self):
        return self._get_pending_countersigns().department_id.manager_id.user_id

    def _get_pending_countersigns(self):
        """Return the countersignatures that are still waited for."""
        return self.countersign_ids.filtered(lambda line: line.result == "pending")

    def _add_drafters(self, users):
        """Remember who wrote the text: none of them reviews or signs it (A2)."""
        known = set(self.drafters or [])
        added = set(users.ids) - known
        if added:
            record = self.sudo()
            with permit(record):
                record.with_context(tracking_disable=True).write(
                    {"drafters": sorted(known | added)}
                )

    def _get_holder(self):
        if self.state in WRITING:
            return self.handler_id
        if self.state == "signing" or (
            self.state == "sealing" and not self.seal_approver_id
        ):
            return self.signer_id
        if self.state == "countersigning":
            return self._relation_countersigner()[:1] or self.reviewer_id
        if self.state in self._step_limits:
            return self.reviewer_id
        return self.env["res.users"]

    def _explain_closed(self, row):
        """Offer the approval of the seal once only."""
        if row.name == "approve_seal" and self.seal_approver_id:
            return [self.env._("The seal has been approved already.")]
        return super()._explain_closed(row)

    def _explain_gaps(self, row, note):
        """Look at all that belongs to the document, whoever asks: rights were checked."""
        document = self.sudo()
        return super(OfficeDocumentSteps, document)._explain_gaps(row, note)

    def _apply_transition(self, row, note=False, principals=None, **vals):
        result = super()._apply_transition(row, note, principals, **vals)
        if row.name in ("agree", "differ"):
            self.sudo()._answer_countersign(row, note, principals or {})
        return result

    @api.model
    def _get_transition_lines(self, row):
        lines = super()._get_transition_lines(row)
        if row.name in ("issue", "issue_unsealed"):
            # The addressees, and all who are told anew that it concerns them.
            return [
                *lines,
                "main_unit_ids",
                "copy_unit_ids",
                "receipt_ids",
                "seal_use_ids",
                *("assisting_unit_ids", "countersign_unit_ids"),
            ]
        if row.sources == ("reviewing",):
            return [
                *lines,
                "countersign_ids",
                "countersign_unit_ids",
                "open_finding_ids",
                "policy_basis_ids",
            ]
        return lines

    # What a step writes ---------------------------------------------------------------

    def _prepare_transition_vals(self, row):
        vals = super()._prepare_transition_vals(row)
        today = fields.Date.context_today(self)
        unsigned = {
            "signed_by_id": False,
            "date_signed": False,
            "signing_opinion": False,
            "signed_digest": False,
        }
        vals |= {
            "ask_countersign": {"has_difference": False},
            "pass_review": {"has_difference": False},
            "differ": {"has_difference": True},
            "sign": {"signed_by_id": self.env.uid, "date_signed": today},
            "send_back": unsigned,
            "back_to_signer": unsigned,
            "ask_seal": {"seal_approver_id": False},
            "approve_seal": {"seal_approver_id": self.env.uid},
            "issue": {"date_issued": today},
            "issue_unsealed": {"date_issued": today},
            "repeal": {"date_void": today},
        }.get(row.name, {})
        return vals

    def _after_transition(self, row, note):
        result = super()._after_transition(row, note)
        if row.sources == ("reviewing",):
            self._note_review(returned=row.target == "revising")
        return result

    def _note_review(self, returned):
        """Keep when the draft was first reviewed, and how often it was returned (K04)."""
        today = fields.Date.context_today(self)
        for document in self:
            with permit(document):
                document.with_context(tracking_disable=True).write(
                    {
                        "date_reviewed": document.date_reviewed or today,
                        "return_count": document.return_count + int(returned),
                    }
                )

    def _after_sign(self, note):
        for document in self:
            with permit(document):
                document.with_context(tracking_disable=True).write(
                    {
                        "signing_opinion": not document.is_secret and note,
                        "signed_digest": digest(document.name, document.body),
                    }
                )

    def _after_ask_countersign(self, note):
        """Ask each unit anew; answers to an earlier wording count no more."""
        Countersign = self.env["office.document.countersign"].sudo()
        self.countersign_ids.write({"result": "superseded"})
        Countersign.create(
            [
                {
                    "res_model": self._name,
                    "res_id": document.id,
                    "department_id": unit.id,
                }
                for document in self
                for unit in document.countersign_unit_ids
            ]
        )
        self.env.add_to_compute(self._fields["holder_id"], self)

    def _answer_countersign(self, row, note, principals):
        """Answer for the units that the acting user, or who they act for, heads."""
        nobody = self.env["res.users"]
        answer = {
            "result": "agreed" if row.name == "agree" else "differed",
            "opinion": note,
            "user_id": self.env.uid,
            "date": fields.Datetime.now(),
        }
        for document in self:
            principal = principals.get(document.id, nobody)
            head = principal or self.env.user
            document._get_pending_countersigns().filtered(
                lambda line, head=head: line.department_id.manager_id.user_id == head
            ).write({**answer, "principal_id": principal.id})
        self.env.add_to_compute(self._fields["holder_id"], self)

    def _after_approve_seal(self, note):
        self.env.add_to_compute(self._fields["holder_id"], self)

    def _after_seal(self, note):
        """Log each use of the seal (R-DOC-8)."""
        self.env["office.seal.use"].sudo().create(
            [
                {
                    "res_model": self._name,
                    "res_id": document.id,
                    "date": fields.Datetime.now(),
                    "copies": document.seal_copies,
                    "user_id": self.env.uid,
                    "approver_id": document.seal_approver_id.id,
                    "note": note,
                    "company_id": document.company_id.id,
                }
                for document in self
            ]
        )

    def _after_issue(self, note):
        addressed = self.grouped(lambda doc: doc.main_unit_ids | doc.copy_unit_ids)
        for units, documents in addressed.items():
            documents._send_receipts(units)

    def _after_issue_unsealed(self, note):
        self._after_issue(note)

    def _after_revoke(self, note):
        """A revoked document was void from its first day; all who have it are told."""
        for document in self:
            with permit(document):
                document.with_context(tracking_disable=True).write(
                    {"date_void": document.date_issued}
                )
        self._ask_receipts_again()

    def _after_repeal(self, note):
        self._ask_receipts_again()

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.exceptions import ValidationError

from ..tools.document_text import (
    digest,
    find_persons,
    find_requests,
    has_blanks,
    split_organs,
)


class OfficeDocumentRules(models.Model):
    """What each type of document asks for, and what each step must find (R-DOC)."""

    _inherit = "office.document.outgoing"

    @api.constrains("copy_number")
    def _check_copy_number(self):
        for document in self:
            if document.copy_number and not document.copy_number.isdecimal():
                raise ValidationError(
                    self.env._("The number of a copy is made of digits only.")
                )

    @api.constrains("document_type", "direction")
    def _check_direction(self):
        for document in self:
            if document.document_type in ("request", "report"):
                if document.direction != "up":
                    raise ValidationError(
                        self.env._("A request or report goes to a superior: upward.")
                    )

    # Before the review ----------------------------------------------------------------

    def _guard_complete(self, row, note):
        """Return all that keeps a draft from the office's review."""
        return [
            *self._explain_basis(),
            *self._explain_addressees(),
            *self._explain_text(),
            *self._explain_people(),
        ]

    def _explain_basis(self):
        reasons = []
        if not self.disclosure:
            reasons.append(self.env._("Choose the disclosure attribute."))
        elif self.disclosure != "active" and not self.disclosure_reason:
            reasons.append(self.env._("Say why it is not published."))
        if not self.policy_basis_ids:
            reasons.append(self.env._("Name the policy or law it is founded on."))
        return reasons

    def _explain_addressees(self):
        reasons = []
        if self.document_type == "request":
            count = len(split_organs(self.main_organs)) + len(self.main_unit_ids)
            if count != 1:
                reasons.append(
                    self.env._("A request has one main addressee; here are %s.", count)
                )
        elif self.document_type in ("report", "reply", "letter"):
            if not self.main_text:
                reasons.append(self.env._("Name the main addressee."))
        persons = find_persons(self.main_organs) + find_persons(self.main_text)
        if persons and not self.is_leader_order:
            reasons.append(
                self.env._(
                    "Documents go to organs and not to leaders in person: %s. If the "
                    "leader ordered it so, tick “Ordered by the Leader”.",
                    "、".join(dict.fromkeys(persons)),
                )
            )
        return reasons

    def _explain_text(self):
        reasons = []
        if not self.is_secret and not self.body:
            reasons.append(self.env._("Write the text."))
        if has_blanks(self.body):
            reasons.append(self.env._("Fill in the blanks of the template."))
        requests = self.document_type == "report" and find_requests(self.body)
        if requests:
            reasons.append(
                self.env._(
                    "A report holds no request; take out: %s. Write a request instead.",
                    "、".join(requests),
                )
            )
        if self.document_type == "request":
            if not self.is_single_matter:
                reasons.append(
                    self.env._("A request asks for one matter; tick “One Matter Only”.")
                )
            if self.is_passed_on and not (self.is_secret or self.own_view):
                reasons.append(
                    self.env._(
                        "A subordinate's request is passed on with our own view (第15条); "
                        "write it down."
                    )
                )
            if not (self.contact_name and self.contact_phone):
                reasons.append(
                    self.env._("A request names a contact person and a phone number.")
                )
        return reasons

    def _explain_people(self):
        reasons = []
        drafters = self._relation_drafter()
        if self.reviewer_id in drafters:
            reasons.append(self.env._("Who drafted it does not review it."))
        if self.signer_id and self.signer_id in drafters | self.reviewer_id:
            reasons.append(self.env._("Who drafted or reviewed it does not sign it."))
        return reasons

    # Review and countersigning --------------------------------------------------------

    def _guard_revised(self, row, note):
        return self._guard_complete(row, note) + self._guard_findings(row, note)

    def _guard_findings(self, row, note):
        if self.open_finding_ids:
            return [
                self.env._(
                    "Review findings are not resolved yet: %s.",
                    "；".join(self.open_finding_ids.mapped("name")),
                )
            ]
        return []

    def _guard_return(self, row, note):
        if self.open_finding_ids:
            return []
        return [
            self.env._("Write down at least one review finding before you return it.")
        ]

    def _guard_reviewed(self, row, note):
        reasons = self._guard_complete(row, note) + self._guard_findings(row, note)
        if self.countersign_unit_ids:
            reasons.append(
                self.env._(
                    "It has to be countersigned first by: %s.",
                    "、".join(self.countersign_unit_ids.mapped("name")),
                )
            )
        return reasons + self._guard_signer(row, note)

    def _guard_countersigned(self, row, note):
        pending = self._get_pending_countersigns()
        reasons = self._guard_signer(row, note)
        if pending:
            reasons.append(
                self.env._(
                    "Countersignatures are missing: %s.",
                    "、".join(pending.department_id.mapped("name")),
                )
            )
        return reasons

    # Signature ------------------------------------------------------------------------

    def _guard_signer(self, row, note):
        """Upward and important documents: the principal leader alone (第22条)."""
        reasons = []
        if self.signer_id and self.signer_id in (
            self._relation_drafter() | self.reviewer_id
        ):
            reasons.append(self.env._("Who drafted or reviewed it does not sign it."))
        if self._needs_principal_leader():
            principal = self.company_id.office_principal_leader_id
            if not principal:
                reasons.append(
                    self.env._(
                        "Only the principal leader signs this. An administrator names "
                        "them under Office / Configuration / Settings."
                    )
                )
            elif self.signer_id and self.signer_id != principal:
                reasons.append(
                    self.env._(
                        "Upward and important documents are signed by the principal "
                        "leader only: %s.",
                        principal.name,
                    )
                )
        return reasons

    # Verification, seal, issue --------------------------------------------------------

    def _guard_unchanged(self, row, note):
        """A change of substance after the signature goes back to the signer (第25条)."""
        reasons = []
        if digest(self.name, self.body) != self.signed_digest:
            reasons.append(
                self.env._(
                    "The text is not the one that was signed. A change of substance "
                    "goes back to the signer."
                )
            )
        if not (self.main_text or self.copy_unit_ids or self.copy_organs):
            if self.document_type not in (
                "announcement",
                "public_notice",
                "communique",
                "order",
                "resolution",
                "decision",
            ):
                reasons.append(self.env._("Say to whom it goes."))
        return reasons

    def _guard_sealed(self, row, note):
        if self.with_seal:
            return []
        return [self.env._("It bears no seal: dispatch it without.")]

    def _guard_unsealed(self, row, note):
        if self.with_seal:
            return [self.env._("It has to be sealed before it is dispatched.")]
        return []

    def _guard_seal_approved(self, row, note):
        reasons = []
        if not self.signed_by_id:
            reasons.append(self.env._("It has not been signed."))
        if not self.seal_approver_id:
            reasons.append(
                self.env._(
                    "No seal without a leader's approval (国发〔1999〕25号 第25条)."
                )
            )
        return reasons

    def _guard_seal_used(self, row, note):
        reasons = self._guard_seal_approved(row, note)
        if not self.seal_use_ids:
            reasons.append(self.env._("The use of the seal has not been logged."))
        return reasons

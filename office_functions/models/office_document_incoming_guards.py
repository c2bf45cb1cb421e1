# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models


class OfficeDocumentIncoming(models.Model):
    """What a step of a document asks for; each guard tells all that is missing."""

    _inherit = "office.document.incoming"

    def _guard_register(self, row, note):
        # Found for all documents of the batch at once; the index is the last resort.
        return [self.duplicate_warning] if self.duplicate_warning else []

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
        if self.is_given_back and self.lead_unit_id == self.given_back_unit_id:
            gaps.append(
                self.env._(
                    "%(unit)s gave it back. Please name another unit, or choose "
                    "“Insist” if there was no ground for it.",
                    unit=self.given_back_unit_id.name,
                )
            )
        if self.screening != "section" and not self.is_given_back:
            gaps.append(
                self.env._(
                    "It is submitted to %(leader)s, who decides or delegates it.",
                    leader=self.leader_id.name or self.env._("a leader"),
                )
            )
        return gaps

    def _guard_insist(self, row, note):
        gaps = self._guard_handling(row, note)
        if self.lead_unit_id != self.given_back_unit_id:
            gaps.append(
                self.env._(
                    "It was %(unit)s that gave it back. “Hand to a Section” gives it "
                    "to another one.",
                    unit=self.given_back_unit_id.name,
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

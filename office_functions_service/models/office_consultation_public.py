# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from .office_answered_mixin import CLERK
from .office_consultation import ANSWERED


class OfficeConsultation(models.Model):
    """Asked by somebody without an account, in the service hall (M14)."""

    _inherit = "office.consultation"
    _public_kind = "consultation"
    _public_form_fields = ("topic_id", "name", "text", "person", "person_phone")
    _public_required_fields = _public_form_fields
    _public_offers = True

    identity_ids = fields.One2many(
        "office.consultation.identity", "consultation_id", "Who Asks", copy=False
    )

    @api.model
    def _get_public_title(self):
        return self.env._("Consultation")

    @api.model
    def _get_public_words(self):
        words = super()._get_public_words()
        words["text"] |= {
            "label": self.env._("Your Question"),
            "help": self.env._(
                "A complaint is a petition and goes another way; what is asked here is "
                "what the rules say."
            ),
        }
        topics = self.env["office.service.topic"]._get_offered("consultation", True)
        return words | {
            "topic_id": {
                "label": self.env._("Service Topic"),
                "help": self.env._("It tells which section answers, and by when."),
                "widget": "select",
                "options": [(str(topic.id), topic.name) for topic in topics],
            }
        }

    @api.model
    def _prepare_public_vals(self, given):
        vals = super()._prepare_public_vals(given)
        return vals | {"topic_id": int(vals["topic_id"])}

    def _after_public_filing(self):
        self.do_transition("submit")
        return super()._after_public_filing()

    def _get_public_answer(self):
        if self.state == "guided":
            return self.guided_text or ""
        if self.state not in (*ANSWERED, "published"):
            return ""
        return "\n\n".join([self.answer or "", *self._get_cited()])

    def _after_solved(self, solved, score, comment):
        """What is not solved is put right, whatever the stars say."""
        result = super()._after_solved(solved, score, comment)
        if solved == "no" and score >= 3:
            self._after_low_rating(score, comment)
        return result

    def _get_asker_words(self):
        """Return what tells who asked, so that none of it is published.

        :rtype: list[str]
        """
        self.ensure_one()
        record = self.sudo()
        words = [record.school_id.name]
        if record.create_uid.share and not record.create_uid._is_public():
            words.append(record.create_uid.name)
        for identity in record.identity_ids:
            words += identity._get_raw_words()
        return [word for word in words if word]


class OfficeConsultationIdentity(models.Model):
    """Who asks."""

    _name = "office.consultation.identity"
    _inherit = ["office.identity.mixin"]
    _description = "Person Who Asks"
    _whole = "consultation_id"

    consultation_id = fields.Many2one(
        "office.consultation", required=True, index=True, ondelete="cascade"
    )

    def _may_reveal(self):
        """Let who answers call back, and the clerk."""
        handlers = self.consultation_id.handler_id
        return self.env.user in handlers or self.env.user.has_group(CLERK)

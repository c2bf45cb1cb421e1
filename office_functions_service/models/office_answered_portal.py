# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class OfficeAnsweredPortal(models.AbstractModel):
    """The pages on which one asks, follows, reads the answer and rates it."""

    _inherit = "office.answered.mixin"
    _portal_form_fields = ("name", "topic_id", "text")
    _portal_fields = ("text", "guided_text", "answer")

    @api.model
    def _get_portal_domain(self):
        """Show what one's own school asked, or oneself, whatever else one may read."""
        mine = Domain("school_id", "in", self._get_portal_units().ids)
        mine |= Domain("school_id", "=", False) & Domain(
            "create_uid", "=", self.env.uid
        )
        return [*super()._get_portal_domain(), *mine]

    @api.model
    def _get_portal_form(self):
        words = self._get_portal_words()
        form = []
        for field in super()._get_portal_form():
            field |= words.get(field["name"], {})
            if field["name"] == "topic_id":
                field |= {
                    "widget": "select",
                    "options": [
                        (str(topic.id), topic.name)
                        for topic in self._get_portal_topics()
                    ],
                }
            form.append(field)
        return form

    @api.model
    def _get_portal_words(self):
        """Return the labels and explanations of the form.

        :return: field → attributes of it, as the template draws them
        :rtype: dict[str, dict]
        """
        return {
            "name": {
                "label": self.env._("What is it about?"),
                "help": self.env._("In one sentence."),
            },
            "topic_id": {
                "help": self.env._("It tells which section answers, and by when."),
            },
        }

    @api.model
    def _get_portal_topics(self):
        """Return the topics that the current user may choose on the portal."""
        public = not self._get_portal_units()
        return self.env["office.service.topic"]._get_offered(self._topic_kind, public)

    @api.model
    def _prepare_portal_vals(self, unit):
        return {"school_id": unit.id}

    @api.model
    def _read_portal_texts(self, texts):
        values = super()._read_portal_texts(texts)
        offered = {str(topic.id): topic.id for topic in self._get_portal_topics()}
        if values["topic_id"] not in offered:
            raise UserError(self.env._("Please choose one of the topics."))
        return values | {"topic_id": offered[values["topic_id"]]}

    def _submit_portal(self):
        self.do_transition("submit")

    def _get_portal_values(self):
        values = super()._get_portal_values()
        return values | {"date": self.sudo().date_submitted or values["date"]}

    def _get_portal_page(self):
        """Return the page of what was asked.

        :return: beside the values of the list: ``topic``, ``section``,
            ``deadline`` (while unanswered), ``person`` and ``date_answered`` (of the
            answer), ``cited`` (titles of regulations), ``may_rate`` and ``stars``
            (one's own), and ``scale``: what each number of them means
        :rtype: dict
        """
        record = self.sudo()
        return super()._get_portal_page() | {
            "topic": record.topic_id.name,
            "section": record.lead_unit_id.name,
            "deadline": not record.date_done and record.date_deadline,
            "person": record.answered_by_id.name,
            "date_answered": record.date_answered,
            "cited": record._get_cited(),
            "may_rate": not self._explain_rating_refusal(),
            "stars": record.score,
            "scale": self._get_portal_scale(),
        }

    def _get_cited(self):
        """Return the titles of the regulations that the answer stands on."""
        return []

    def _get_explanation_lines(self):
        """Keep from who asked why the office let the time stand still."""
        return super()._get_explanation_lines() if self._reads_annexes() else []

    # News -----------------------------------------------------------------------------

    def _get_news_people(self, step):
        """Return who asked: the school's own users, else who sent it in."""
        own = self.school_id.office_user_ids.filtered("share")
        return own or self.create_uid - self.handler_id - self.answered_by_id

    def _say_news(self, step):
        name, number = self.name, self.number
        if step == "guide":
            return (
                self.env._("Another office answers this: “%(name)s”", name=name),
                self.env._(
                    "%(number)s: %(text)s", number=number, text=self.guided_text
                ),
            )
        return (
            self.env._("Answered: “%(name)s”", name=name),
            self.env._(
                "%(number)s was answered by %(section)s. You may read the answer, and "
                "rate it until %(date)s.",
                number=number,
                section=self.lead_unit_id.name,
                date=fields.Date.to_string(self.date_rating_due),
            ),
        )

    def _get_news_url(self, user):
        if user.share:
            return f"{self.get_base_url()}/my/office/{self._portal_kind}/{self.id}"
        return super()._get_news_url(user)

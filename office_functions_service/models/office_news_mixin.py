# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from markupsafe import Markup

from odoo import api, fields, models

from odoo.addons.office_functions.tools.transition import permit


class OfficeNewsMixin(models.AbstractModel):
    """Whoever waits for a step hears of it: who asked, and who is to do it.

    The step only notes that there is news; a job tells, so that no request waits for
    mails, and steps that follow each other at once are told as the last of them.
    """

    _name = "office.news.mixin"
    _description = "News to Whoever Waits"

    _news_steps = ()
    """The transitions that somebody is told of."""

    untold_step = fields.Char(
        "Step Not Told Yet", readonly=True, copy=False, groups="base.group_user"
    )

    _untold_idx = models.Index("(id) WHERE untold_step IS NOT NULL")

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"untold_step"}

    def _prepare_transition_vals(self, row):
        vals = super()._prepare_transition_vals(row)
        if row.name in self._news_steps:
            vals["untold_step"] = row.name
        return vals

    def _get_news_people(self, step):
        """Return who is told of a step.

        :param str step: name of the transition
        :rtype: res.users
        """
        self.ensure_one()
        return self.env["res.users"]

    def _say_news(self, step):
        """Return what they are told, in the language of the context.

        :param str step: name of the transition
        :return: subject, and a sentence
        :rtype: tuple[str, str]
        """
        raise NotImplementedError

    def _get_news_url(self, user):
        """Return the address at which a user finds this record.

        :rtype: str
        """
        return f"{self.get_base_url()}/mail/view?model={self._name}&res_id={self.id}"

    @api.model
    def _cron_tell_news(self):
        """Tell the news of every kind, in batches that may be interrupted."""
        for name in self.env.registry.descendants([self._name], "_inherit"):
            if not self.env[name]._abstract:
                while told := self.env[name]._tell_news():
                    self.env["ir.cron"]._commit_progress(told)

    @api.model
    def _tell_news(self, limit=100):
        """Tell of some steps; the mails go out by the queue.

        What was told is marked in the same transaction, and two hosts take different
        rows.

        :param int limit: of how many records
        :return: of how many was told
        :rtype: int
        """
        waiting = (
            self.sudo()
            .with_context(active_test=False)
            .search([("untold_step", "!=", False)], limit=limit, order="id")
            .try_lock_for_update()
        )
        for record in waiting:
            people = record._get_news_people(record.untold_step)
            for lang, users in people.filtered("active").grouped("lang").items():
                record.with_context(lang=lang)._send_news(users)
        with permit(waiting):
            waiting.with_context(tracking_disable=True).write({"untold_step": False})
        return len(waiting)

    def _send_news(self, users):
        """Send the message of one step to some users of one language."""
        self.ensure_one()
        subject, text = self._say_news(self.untold_step)
        link = self._get_news_url(users[0])
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=users.partner_id.ids,
            subject=subject,
            body=Markup('<p>%s</p><p><a href="%s">%s</a></p>')
            % (text, link, self.env._("Open it")),
            force_send=False,
        )

# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from odoo.addons.office_functions.tools.transition import permit


class OfficeSupervisionConclusionMixin(models.AbstractModel):
    """A conclusion about a unit, to which that unit may object (异议).

    A kind of conclusion says when it was made, by whom, about which units, and what
    follows when an objection to it is upheld. The objection's field that points to it
    stands in ``_get_conclusion_fields`` of ``office.supervision.objection``.
    """

    _name = "office.supervision.conclusion.mixin"
    _inherit = ["office.workflow.mixin"]
    _description = "Conclusion about a Unit"

    conclusion_makers = fields.Json(
        "Who Took Part",
        readonly=True,
        copy=False,
        help="Ids of the users who took part in the conclusion.",
    )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"conclusion_makers"}

    def _keep_conclusion_makers(self):
        """Keep who took part, at the step that makes it a conclusion."""
        for conclusion in self:
            makers = conclusion._find_conclusion_makers()
            with permit(conclusion):
                conclusion.with_context(tracking_disable=True).write(
                    {"conclusion_makers": makers.ids}
                )

    def _get_conclusion_makers(self):
        """Return everybody who took part in it: they decide no objection to it.

        :rtype: res.users
        """
        makers = self.env["res.users"].browse(self.conclusion_makers or ())
        return makers or self._find_conclusion_makers()

    def _find_conclusion_makers(self):
        """Return who takes part in it, for :meth:`_keep_conclusion_makers`.

        :rtype: res.users
        """
        raise NotImplementedError

    def _get_conclusion_date(self):
        """Return when the units came to know it; nothing while it is none yet.

        :rtype: date
        """
        raise NotImplementedError

    def _concludes_about(self, unit):
        """Tell whether it is about a unit.

        :param hr.department unit: who objects
        :rtype: bool
        """
        raise NotImplementedError

    def _get_conclusion_ticket(self):
        """Return the ticket it belongs to, if to any.

        :rtype: office.supervision.ticket
        """
        raise NotImplementedError

    def _annul_conclusions(self, note):
        """Correct them all, since objections to them were upheld.

        :param str note: the reason of the decision
        """
        raise NotImplementedError

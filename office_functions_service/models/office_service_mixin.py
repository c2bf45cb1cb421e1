# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.office_functions.tools.transition import permit

TARGETS = [
    ("leader", "Leaders"),
    ("agency", "Agency"),
    ("school", "Schools"),
    ("public", "Public"),
]
LOW = 3
"""A rating below it is a complaint: something is to be put right."""


class OfficeServiceMixin(models.AbstractModel):
    """A record of service, which belongs to exactly one of four targets (S4.2).

    Those it was done for rate it, once, with one to five stars. A low rating has
    consequences: see :meth:`_after_low_rating`.
    """

    _name = "office.service.mixin"
    _inherit = ["rating.mixin"]
    _description = "Service"

    _service_target = None
    """Whom such records serve: a key of ``TARGETS``. A kind whose records serve
    different targets overrides :meth:`_compute_service_target`."""

    service_target = fields.Selection(
        TARGETS,
        "Served",
        compute="_compute_service_target",
        store=True,
        precompute=True,
        index=True,
    )

    def _compute_service_target(self):
        for record in self:
            record.service_target = record._service_target

    def _compute_rating_last_value(self):
        """Let the stars of a rating that was given just now count.

        Odoo finds them by a column that is written later than the others.
        """
        self.env["rating.rating"].flush_model(["res_model", "res_id"])
        return super()._compute_rating_last_value()

    @api.model
    def _get_service_models(self):
        """Return the names of all kinds of service that are installed.

        :rtype: list[str]
        """
        return [
            name
            for name in self.env.registry.descendants(
                ["office.service.mixin"], "_inherit"
            )
            if not self.env[name]._abstract
        ]

    # Rating ---------------------------------------------------------------------------

    def _get_raters(self):
        """Return who may rate this record: those it was done for.

        :rtype: res.users
        """
        self.ensure_one()
        return self.create_uid

    def _get_rated_person(self):
        """Return whose work is rated, or nobody.

        :rtype: res.users
        """
        return self.env["res.users"]

    def _explain_rating_refusal(self):
        """Return why the current user may not rate this record now.

        :rtype: list[str]
        """
        self.ensure_one()
        reasons = []
        if self.env.user not in self.sudo()._get_raters():
            reasons.append(self.env._("Only whom it was done for rates it."))
        if self._get_own_rating():
            reasons.append(self.env._("You have rated it already."))
        return reasons

    def _get_own_rating(self):
        """Return the rating that the current user has given, if any."""
        self.ensure_one()
        return (
            self.env["rating.rating"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("partner_id", "=", self.env.user.partner_id.id),
                    ("consumed", "=", True),
                ],
                limit=1,
            )
        )

    def rate(self, score, comment=""):
        """Rate what was done, once and for all.

        :param int score: one to five stars
        :param str comment: what was good, or what was not
        :return: the rating
        :rtype: rating.rating
        :raise UserError: with all the reasons against it
        """
        self.ensure_one()
        self.check_access("read")
        self._take_turns()
        problems = self._explain_rating_refusal()
        if isinstance(score, bool) or score not in (1, 2, 3, 4, 5):
            problems.append(self.env._("Please give one to five stars."))
        if not isinstance(comment, str):
            problems.append(self.env._("The comment is a text."))
        if problems:
            raise UserError("\n".join(problems))
        Rating = self.env["rating.rating"].sudo()
        with permit(Rating):
            rating = Rating.create(
                {
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": self.id,
                    "partner_id": self.env.user.partner_id.id,
                    "rated_partner_id": self._get_rated_person().partner_id.id,
                    "rating": score,
                    "feedback": comment.strip(),
                    "consumed": True,
                }
            )
        self._after_rating(score)
        if score < LOW:
            self._after_low_rating(score, comment.strip())
        return rating

    def _take_turns(self):
        """Let two taps, or two persons, at the same moment follow each other.

        The later one waits, begins anew and sees what the first has done.
        """
        self.env.execute_query(
            SQL(
                "UPDATE %s SET write_date = write_date WHERE id = %s RETURNING id",
                SQL.identifier(self._table),
                self.id,
            )
        )

    def _after_rating(self, score):
        """Do what follows from a rating."""

    def _after_low_rating(self, score, comment):
        """Do what follows from a rating below ``LOW``."""

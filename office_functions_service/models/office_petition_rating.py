# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.office_functions.tools.transition import permit

from .office_petition import DIRECTOR, OFFICER

MOST_COMMENT = 2000


class OfficePetition(models.Model):
    """What the petitioner thinks of the reply (R-PET-1, 信访工作条例 第21条).

    Who says that it is not solved gets a second look, by somebody else, once; after
    that there is the review.
    """

    _inherit = "office.petition"
    _party_user_fields = ("first_handler_id",)

    score = fields.Integer("Stars", readonly=True, copy=False, aggregator="avg")
    is_solved = fields.Boolean("Solved", readonly=True, copy=False)
    first_solved = fields.Selection(
        [("yes", "Solved at Once"), ("no", "Not Solved at Once")],
        "Solved by the First Reply",
        readonly=True,
        copy=False,
    )
    first_score = fields.Integer(
        "Stars of the First Reply", readonly=True, copy=False, aggregator="avg"
    )
    date_first_rated = fields.Datetime(
        "First Reply Rated On", readonly=True, copy=False, index="btree_not_null"
    )
    date_rated = fields.Datetime("Rated On", readonly=True, copy=False)
    rating_way = fields.Selection(
        [("online", "Rated Online"), ("phone", "Rated by Phone")],
        "Way of Rating",
        readonly=True,
        copy=False,
    )
    rated_handler_id = fields.Many2one(
        "res.users", "Handler of the First Rated Reply", readonly=True, copy=False
    )
    rating_comment = fields.Text("What the Petitioner Says", readonly=True, copy=False)
    times_rated = fields.Integer(readonly=True, copy=False, aggregator=None)
    second_looks = fields.Integer(readonly=True, copy=False, aggregator=None)
    opinions_before = fields.Integer(
        "Opinions Before the Second Look", readonly=True, copy=False, aggregator=None
    )
    first_handler_id = fields.Many2one(
        "res.users", "Handler of the First Reply", readonly=True, copy=False
    )

    past_handlers = fields.Json(
        readonly=True,
        copy=False,
        help="Users whose reply was not accepted, or revoked: none handles it again.",
    )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "past_handlers",
            "date_first_rated",
            "date_rated",
            "first_handler_id",
            "first_score",
            "first_solved",
            "is_solved",
            "opinions_before",
            "rated_handler_id",
            "rating_comment",
            "rating_way",
            "score",
            "second_looks",
            "times_rated",
        }

    def _get_raters(self):
        """Let nobody inside rate as a user: the petitioner rates, or tells it."""
        return self.env["res.users"]

    def _get_rated_person(self):
        return self.sudo().handler_id

    def _explain_petitioner_refusal(self, way="online"):
        """Return why the petitioner may not rate now.

        What an officer heard on the phone does not take the petitioner's own word.

        :param str way: see ``rating_way``
        :rtype: list[str]
        """
        if self.state not in ("replied", "closed") or not self.date_opinion_delivered:
            return [self.env._("It is rated when the opinion has been delivered.")]
        if self.times_rated > self.second_looks and not self._is_superseding(way):
            return [self.env._("It has been rated already.")]
        return []

    def _is_superseding(self, way):
        """Tell whether a rating takes the place of one that was noted by phone.

        :rtype: bool
        """
        return (
            self.times_rated > self.second_looks
            and way == "online"
            and self.rating_way == "phone"
        )

    def _rate_publicly(self, score, solved, comment=""):
        """Keep what the petitioner says on the page where it is followed.

        :param int score: one to five stars
        :param bool solved: whether the matter is solved
        :param str comment: in the petitioner's words
        :return: the rating
        :rtype: rating.rating
        :raise UserError: with all the reasons against it
        """
        return self._rate_as_petitioner(score, solved, comment, "online")

    def rate_by_phone(self, score, solved, comment=""):
        """Keep what the petitioner told a petition officer on the phone.

        :param int score: one to five stars
        :param bool solved: whether the matter is solved
        :param str comment: in the petitioner's words
        :raise AccessError: for others than petition officers
        :raise UserError: with all the reasons against it
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group(OFFICER):
            raise AccessError(
                self.env._("Petition officers write down what petitioners tell them.")
            )
        if self.env.user == self.sudo().handler_id:
            raise UserError(
                self.env._("Who handled it does not ask what the petitioner thinks.")
            )
        self._rate_as_petitioner(score, solved, comment, "phone")
        return True

    def _rate_as_petitioner(self, score, solved, comment, way):
        self.ensure_one()
        self._take_turns()
        record = self.sudo()
        problems = record._explain_petitioner_refusal(way)
        if isinstance(score, bool) or score not in (1, 2, 3, 4, 5):
            problems.append(self.env._("Please give one to five stars."))
        if not isinstance(solved, bool):
            problems.append(self.env._("Please say whether it is solved."))
        if not isinstance(comment, str) or len(comment) > MOST_COMMENT:
            problems.append(self.env._("The comment is a text, and not too long."))
        if problems:
            raise UserError("\n".join(problems))
        comment = comment.strip()
        Rating = self.env["rating.rating"].sudo()
        with permit(Rating):
            rating = Rating.create(
                {
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": record.id,
                    "rated_partner_id": record._get_rated_person().partner_id.id,
                    "rating": score,
                    "feedback": comment,
                    "consumed": True,
                }
            )
        times = record.times_rated + (0 if record._is_superseding(way) else 1)
        facts = {
            "score": score,
            "is_solved": solved,
            "date_rated": fields.Datetime.now(),
            "rating_way": way,
            "rating_comment": comment,
            "times_rated": times,
        }
        if times == 1:
            facts |= {
                "first_score": score,
                "first_solved": "yes" if solved else "no",
                "date_first_rated": record.date_first_rated or facts["date_rated"],
                "rated_handler_id": record.handler_id.id,
            }
        record._set(**facts)
        if not solved:
            record._open_second_look(comment)
        return rating

    def _open_second_look(self, comment):
        """Let somebody else look again, and tell handler, unit head and director."""
        told = (
            self.handler_id
            | self._relation_unit_head()
            | self._get_overseers(self.company_id, (DIRECTOR,))
        )
        if self.second_looks:
            summary = self.env._("Not solved after a second look: review remains")
        else:
            summary = self.env._("Not solved: somebody else looks again")
            self._pass_by_system("look_again", comment)
        self._alert(told, summary, comment)

    def _after_look_again(self, note):
        for petition in self:
            opinions = petition.notice_ids.filtered(lambda one: one.kind == "opinion")
            petition._set(opinions_before=len(opinions))
        self._take_from_handler()
        reason = self.env._("The petitioner says that it is not solved.")
        for company, petitions in self.grouped("company_id").items():
            limit = self.env["office.time.limit"]._get("petition_second_look", company)
            petitions._set(time_limit_id=limit.id, warn_days=limit.warn_days)
            petitions._move_deadline("restart", reason)

    def _take_from_handler(self):
        """Let somebody handle it who has not done so before, once more."""
        for (first, past, looks), petitions in self.grouped(
            lambda one: (
                one.first_handler_id or one.handler_id,
                (*(one.sudo().past_handlers or ()), *one.handler_id.ids),
                one.second_looks,
            )
        ).items():
            petitions._set(
                first_handler_id=first.id,
                past_handlers=list(past),
                handler_id=False,
                second_looks=looks + 1,
            )

    def _get_past_handlers(self):
        """Return who handled it before, and never does so again.

        :rtype: res.users
        """
        self.ensure_one()
        record = self.sudo()
        return record.first_handler_id | record.first_handler_id.browse(
            record.past_handlers or ()
        )

    def _get_parties(self):
        """Let those who handled it before go on reading it."""
        return super()._get_parties() | {
            f"u{user_id}" for user_id in self.past_handlers or ()
        }

    @api.constrains("handler_id", "first_handler_id", "past_handlers")
    def _check_second_handler(self):
        for petition in self:
            if petition.handler_id & petition._get_past_handlers():
                raise ValidationError(
                    self.env._(
                        "%(name)s: the second look is somebody else's.",
                        name=petition.display_name,
                    )
                )

    def _explain_second_look(self):
        """Return why the current user may not reply a second time."""
        if self.env.user in self._get_past_handlers():
            return [self.env._("The second look is somebody else's.")]
        return []

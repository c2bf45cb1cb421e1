# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL

from odoo.addons.office_functions.models.office_matter_figures import HOUR
from odoo.addons.office_functions.tools.transition import Transition, permit

from .office_service_correction import LOGISTICS, OFFICE


class OfficeServiceRequest(models.Model):
    """Something asked of the service desk that is neither repair nor consultation (S4.9).

    Who asks sees where it stands, rates what was done, and may send it back. A low
    rating becomes a correction.
    """

    _name = "office.service.request"
    _inherit = [
        "office.photo.mixin",
        "office.news.mixin",
        "office.service.mixin",
        "office.matter.mixin",
    ]
    _news_steps = ("submit", "finish", "reject")
    _closing_limits = {"rated": None, "done": "service_request_rating"}
    _description = "Service Request"
    _service_target = "agency"
    _number_series = "service_request"
    _number_states = ("submitted",)
    _clock_start_states = ("submitted",)
    _clock_stop_states = ("done", "rated", "closed", "rejected")
    _see_all_groups = (
        LOGISTICS,
        "office_functions.group_office_director",
        "office_functions.group_office_leader",
    )
    _matter_list_fields = ("kind_id", "place", "asking_unit_id")
    _matter_group_fields = ("kind_id", "asking_unit_id")

    name = fields.Char("What Is Wanted")
    kind_id = fields.Many2one(
        "office.service.kind",
        "Service Wanted",
        required=True,
        index=True,
        domain=[("res_model", "=", "office.service.request")],
    )
    place = fields.Char("Where", required=True)
    text = fields.Text("More about It")
    photo_ids = fields.Many2many(
        "ir.attachment",
        "office_service_request_photo_rel",
        "request_id",
        "attachment_id",
        "Photos",
        copy=False,
    )
    asking_unit_id = fields.Many2one(
        "hr.department",
        check_company=True,
        default=lambda self: self.env.user.sudo().employee_ids[:1].department_id,
    )
    doing_group_id = fields.Many2one(
        "res.groups",
        compute="_compute_doing_group_id",
        compute_sudo=True,
        store=True,
        precompute=True,
        copy=False,
        index="btree_not_null",
    )
    time_limit_id = fields.Many2one(
        compute="_compute_time_limit_id",
        compute_sudo=True,
        store=True,
        readonly=False,
        precompute=True,
    )
    date_submitted = fields.Datetime("Asked On", readonly=True, copy=False)
    date_accepted = fields.Datetime("Accepted On", readonly=True, copy=False)
    outcome = fields.Text("Result of the Request", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Waiting to Be Accepted"),
            ("accepted", "Being Done"),
            ("done", "Done"),
            ("rated", "Rated"),
            ("closed", "Closed"),
            ("rejected", "Rejected"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    _accepted_idx = models.Index("(date_accepted) WHERE date_accepted IS NOT NULL")

    @api.model
    def _get_transitions(self):
        doers = ("handler", "doer", "unit_head", LOGISTICS)
        return [
            Transition(
                "submit",
                label=self.env._("Send to the Service Desk"),
                sources=("draft",),
                target="submitted",
                by=("creator",),
                style="primary",
            ),
            Transition(
                "accept",
                label=self.env._("Accept Request"),
                sources=("submitted",),
                target="accepted",
                by=doers,
                style="primary",
            ),
            Transition(
                "reject",
                label=self.env._("Reject Request"),
                sources=("submitted",),
                target="rejected",
                by=doers,
                note=True,
                style="danger",
            ),
            Transition(
                "finish",
                label=self.env._("Report as Done"),
                sources=("accepted",),
                target="done",
                by=("handler", "unit_head", LOGISTICS),
                note=True,
                style="primary",
            ),
            Transition(
                "reopen",
                label=self.env._("It Is Not Done Yet"),
                sources=("done",),
                target="accepted",
                by=("creator",),
                note=True,
            ),
            Transition(
                "rate",
                label=self.env._("Rate"),
                sources=("done",),
                target="rated",
            ),
            Transition(
                "close",
                label=self.env._("Close Request"),
                sources=("done", "rated"),
                target="closed",
                by=("creator", *OFFICE),
            ),
        ]

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "date_submitted",
            "date_accepted",
            "outcome",
        }

    @api.model
    def _get_frozen_fields(self):
        asked = dict.fromkeys(
            ("name", "kind_id", "place", "text", "photo_ids", "asking_unit_id"),
            ("draft",),
        )
        return super()._get_frozen_fields() | asked

    @api.depends("kind_id.group_id")
    def _compute_doing_group_id(self):
        for request in self:
            request.doing_group_id = request.kind_id.group_id

    @api.depends("kind_id")
    def _compute_time_limit_id(self):
        for request in self:
            request.time_limit_id = request.kind_id.time_limit_id

    # Who sees and does it -------------------------------------------------------------

    @api.model
    def _get_linked_domain(self, operation):
        """Let those who may accept a request see it."""
        mine = self.env.user._get_group_ids()
        return super()._get_linked_domain(operation) | (
            Domain("doing_group_id", "in", mine) & Domain("state", "!=", "draft")
        )

    @api.model
    def _get_visibility_fields(self):
        return [*super()._get_visibility_fields(), "doing_group_id", "state"]

    def _relation_doer(self):
        """Whoever may take it on: the person, else the group, of its kind."""
        kind = self.kind_id
        return kind.user_id or kind.group_id.all_user_ids

    # What follows ---------------------------------------------------------------------

    def _set(self, **vals):
        with permit(self):
            self.with_context(tracking_disable=True).write(vals)

    def _after_submit(self, note):
        now = fields.Datetime.now()
        for kind, requests in self.grouped("kind_id").items():
            requests._set(date_submitted=now)
            if kind.user_id:
                requests.filtered(lambda r: not r.handler_id)._set(
                    handler_id=kind.user_id.id
                )
            if kind.unit_id:
                requests.filtered(lambda r: not r.lead_unit_id)._set(
                    lead_unit_id=kind.unit_id.id
                )

    def _after_accept(self, note):
        self.filtered(lambda r: not r.handler_id)._set(handler_id=self.env.uid)
        self._set(date_accepted=fields.Datetime.now())

    def _after_finish(self, note):
        self._set(outcome=note)

    def _get_news_people(self, step):
        if step == "submit":
            return self.handler_id - self.create_uid
        return self.create_uid - self.handler_id

    def _say_news(self, step):
        name = self.name
        if step == "submit":
            subject = self.env._("Asked of you: “%(name)s”", name=name)
            text = self.env._(
                "%(number)s, %(place)s. Asked for by %(who)s.",
                number=self.number,
                place=self.place,
                who=self.create_uid.name,
            )
        elif step == "finish":
            subject = self.env._("Done: “%(name)s”", name=name)
            text = self.outcome
        else:
            subject = self.env._("Not taken on: “%(name)s”", name=name)
            text = self.env._("The reason stands on its form.")
        return subject, text

    # Rating ---------------------------------------------------------------------------

    def _get_rated_person(self):
        return self.handler_id

    def _explain_rating_refusal(self):
        reasons = super()._explain_rating_refusal()
        if self.state != "done":
            reasons.append(self.env._("It is rated when it is done."))
        if self.handler_id == self.env.user:
            reasons.append(self.env._("Nobody rates their own work."))
        return reasons

    def _after_rating(self, score):
        result = super()._after_rating(score)
        self.sudo()._pass_by_system("rate")
        return result

    def _after_low_rating(self, score, comment):
        result = super()._after_low_rating(score, comment)
        request = self.sudo()
        self.env["office.service.correction"]._open_for(
            request,
            "desk",
            lambda row: {
                "name": row.name,
                "problem": comment
                or self.env._("%(score)s of five stars, without a word.", score=score),
                "lead_unit_id": row.lead_unit_id.id,
                "handler_id": row.handler_id.id,
            },
        )
        return result

    # The door of the service desk -----------------------------------------------------

    @api.model
    def _ask_from_desk(self, values):
        """Take a request at the desk: created and sent in one step, as the user.

        :param dict values: ``kind_id``, ``name``, ``place``, and ``text`` and
            ``photo_ids`` (ids of attachments) if there are any
        :raise UserError: naming what is missing
        :rtype: office.service.request
        """
        given = {
            name: value.strip() if isinstance(value, str) else value
            for name, value in values.items()
        }
        missing = [
            self._fields[name]._description_string(self.env)
            for name in ("kind_id", "name", "place")
            if not given.get(name)
        ]
        if missing:
            raise UserError(
                self.env._("Please fill in: %(fields)s.", fields=", ".join(missing))
            )
        request = self.create(
            {
                "kind_id": given["kind_id"],
                "name": given["name"],
                "place": given["place"],
                "text": given.get("text"),
                "photo_ids": [Command.set(given.get("photo_ids") or [])],
            }
        )
        request.do_transition("submit")
        return request

    def _get_desk_sql(self):
        return self._make_desk_sql(
            {
                "place": "place",
                "asker_id": "create_uid",
                "handler_id": "handler_id",
                "lead_unit_id": "lead_unit_id",
                "open_deadline": "open_deadline",
            }
        )

    # Figures --------------------------------------------------------------------------

    @api.model
    def _get_accepted_domain(self, date_from, date_to):
        end = fields.Date.add(date_to, days=1)
        return Domain("date_accepted", ">=", date_from) & Domain(
            "date_accepted", "<", end
        )

    @api.model
    def _measure_response(self, date_from, date_to):
        """Return the hours until a request was accepted, and how many were (S4.9)."""
        domain = self._get_accepted_domain(date_from, date_to)
        return self._measure_span(domain, "date_submitted", "date_accepted", HOUR)

    @api.model
    def _measure_rating(self, date_from, date_to):
        """Return stars and ratings of the requests that were done in a period."""
        query = self._search(self._get_done_domain(date_from, date_to))
        self.env["rating.rating"].flush_model()
        return self.env.execute_query(
            SQL(
                """SELECT request.lead_unit_id, request.handler_id,
                          sum(rating.rating), count(*)
                     FROM office_service_request request
                     JOIN rating_rating rating
                       ON rating.res_model = %s AND rating.res_id = request.id
                      AND rating.consumed
                    WHERE request.id IN %s
                 GROUP BY request.lead_unit_id, request.handler_id""",
                self._name,
                query.subselect(),
            )
        )

    @api.model
    def _get_done_domain(self, date_from, date_to):
        return Domain("date_done", ">=", date_from) & Domain("date_done", "<=", date_to)

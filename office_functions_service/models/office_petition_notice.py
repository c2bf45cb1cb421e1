# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.office_functions.tools.transition import is_permitted, permit

from ..tools.petition_law import GROUNDS, get_article
from .office_petition import PERSON

DELIVERY = {"date_delivered", "delivery_way", "delivery_note", "delivery_reason"}
SERVED = {"date_delivered", "delivery_way"}
"""What of a delivery is put down once."""
DECISIONS = (
    "acceptance",
    "assignment",
    "forwarding",
    "guidance",
    "refusal",
    "joining",
)
"""The notices that tell a petitioner what becomes of the petition."""


class OfficePetitionNotice(models.Model):
    """A written notice to a petitioner: F9 in its variants, or the opinion F10.

    It comes about with the decision that it tells of and is never changed. A wrong
    decision's notice is superseded; it stays.
    """

    _name = "office.petition.notice"
    _inherit = ["office.part.mixin"]
    _description = "Notice to a Petitioner"
    _order = "id desc"
    _rec_name = "number"
    _whole = "petition_id"
    _allow_sudo_commands = False

    petition_id = fields.Many2one(
        "office.petition", required=True, readonly=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("acceptance", "Notice of Acceptance"),
            ("assignment", "Notice of Assignment"),
            ("forwarding", "Notice of Forwarding"),
            ("guidance", "Notice of the Statutory Way"),
            ("refusal", "Notice of Non-Acceptance"),
            ("objection", "Objection to the Sending Organ"),
            ("joining", "Notice of Joining"),
            ("postponement", "Notice of Postponement"),
            ("opinion", "Written Opinion"),
        ],
        "Kind of Notice",
        required=True,
        readonly=True,
    )
    number = fields.Char(readonly=True)
    date = fields.Date("Date of Notice", readonly=True)
    reason = fields.Text(readonly=True)
    organ = fields.Char("Organ or Way Named", readonly=True)
    ground = fields.Selection(
        [(ground, row.label) for ground, row in GROUNDS.items()],
        "Ground Named",
        readonly=True,
    )
    date_due = fields.Date("Deadline Named", readonly=True)
    user_id = fields.Many2one("res.users", "Notice By", readonly=True)
    is_exempt = fields.Boolean(
        "Need Not Be Delivered",
        readonly=True,
        help="Name or address of the petitioner is unclear (信访工作条例 第23条).",
    )
    date_delivered = fields.Date("Served On")
    delivery_way = fields.Selection(
        [
            ("hand", "Served in Person"),
            ("post", "By Registered Post"),
            ("online", "Read Online"),
            ("left", "Left With a Witness"),
        ],
        "Way of Delivery",
    )
    delivery_note = fields.Char(
        "Delivery Receipt", help="Who signed, or the number of the posted letter."
    )
    delivered_by_id = fields.Many2one(
        "res.users", "Delivery Put Down By", readonly=True
    )
    delivery_reason = fields.Char(
        "Why the Delivery Is Corrected",
        help="By somebody else than who put it down. It is kept on record.",
    )
    is_superseded = fields.Boolean("Corrected Later", readonly=True)
    superseded_reason = fields.Text("Why Corrected", readonly=True)
    superseded_by_id = fields.Many2one("res.users", "Corrected By", readonly=True)
    date_superseded = fields.Datetime("Corrected On", readonly=True)

    _number_uniq = models.UniqueIndex("(number, petition_id)")

    @api.model_create_multi
    def create(self, vals_list):
        """Let notices come about by the decisions they tell of only."""
        if not is_permitted(self.browse(), {}):
            raise ValidationError(
                self.env._("A notice is written by the decision that it tells of.")
            )
        return super().create(vals_list)

    def write(self, vals):
        if not vals.keys() <= DELIVERY and not is_permitted(self, {}):
            raise ValidationError(
                self.env._("Of a notice only the delivery is written down.")
            )
        if vals.keys() & DELIVERY and not is_permitted(self, {}):
            if any(notice.is_superseded for notice in self):
                raise ValidationError(self.env._("This notice was superseded."))
            self._check_delivery_correction(vals)
            if not SERVED.isdisjoint(vals):
                vals = {**vals, "delivered_by_id": self.env.uid}
        return super().write(vals)

    def _check_delivery_correction(self, vals):
        """Let a delivery be put down once, and corrected by somebody else only.

        The correction is told on the petition: from this day the time for a review
        runs (信访工作条例 第35条).

        :raise ValidationError: for who put it down, and without a reason
        """
        served = self.filtered("date_delivered")
        if not served or vals.keys() <= {"delivery_note"}:
            return
        reason = (vals.get("delivery_reason") or "").strip()
        if not reason or self.env.user in served.delivered_by_id:
            raise ValidationError(
                self.env._(
                    "A delivery is put down once. Somebody else corrects it, with the "
                    "reason in writing."
                )
            )
        for notice in served:
            notice.petition_id.message_post(
                body=self.env._(
                    "Delivery of %(number)s corrected: it was %(before)s, it is "
                    "%(after)s. Reason: %(reason)s",
                    number=notice.number,
                    before=notice.date_delivered,
                    after=vals.get("date_delivered", notice.date_delivered),
                    reason=reason,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_notice(self):
        if self:
            raise ValidationError(self.env._("A notice stays on record."))

    @api.constrains("date_delivered", "delivery_way")
    def _check_delivery(self):
        today = fields.Date.context_today(self)
        problems = []
        for notice in self:
            if bool(notice.date_delivered) != bool(notice.delivery_way):
                problems.append(
                    self.env._(
                        "%(number)s: please give the day and the way of delivery.",
                        number=notice.number,
                    )
                )
            elif notice.date_delivered and not (
                notice.date <= notice.date_delivered <= today
            ):
                problems.append(
                    self.env._(
                        "%(number)s: delivered after it was written, and not in the "
                        "future.",
                        number=notice.number,
                    )
                )
        if problems:
            raise ValidationError("\n".join(problems))

    def _get_article(self):
        """Return the article of the regulation (信访工作条例) that it rests on.

        :rtype: str
        """
        self.ensure_one()
        return get_article(self.kind, self.ground)

    def _get_printed_ground(self):
        """Return why a petition was not accepted, as the paper says it (F9).

        :rtype: str
        """
        self.ensure_one()
        return GROUNDS[self.ground].words if self.ground else ""

    def _get_day_met(self):
        """Return the day on which the duty to tell was met by this notice.

        An objection goes to the organ that sent it; it counts from its own day.

        :return: a day, or false while it is not delivered
        :rtype: date
        """
        self.ensure_one()
        if self.kind == "objection" or self.is_exempt:
            return self.date_delivered or self.date
        return self.date_delivered

    def _supersede(self, reason):
        """Keep notices of a decision that was wrong, and say so on them."""
        standing = self.filtered(lambda notice: not notice.is_superseded)
        if standing:
            with permit(standing):
                standing.write(
                    {
                        "is_superseded": True,
                        "superseded_reason": reason,
                        "superseded_by_id": self.env.uid,
                        "date_superseded": fields.Datetime.now(),
                    }
                )


class OfficePetition(models.Model):
    _inherit = "office.petition"

    notice_ids = fields.One2many(
        "office.petition.notice", "petition_id", "Notices", copy=False
    )
    date_notified = fields.Date(
        "Notified On",
        compute="_compute_date_notified",
        store=True,
        copy=False,
        help="When the petitioner first had it in writing what becomes of it.",
    )
    date_notice_met = fields.Date(
        "Petitioner Told On",
        compute="_compute_date_notified",
        store=True,
        copy=False,
        help="When the petitioner had it in writing, or it was written where it need "
        "not be delivered.",
    )
    date_opinion_delivered = fields.Date(
        "Opinion Delivered On",
        compute="_compute_date_notified",
        store=True,
        copy=False,
        help="Of the opinion that stands; after a second look, of the second one.",
    )

    @api.depends(
        "notice_ids.date_delivered", "notice_ids.is_superseded", "opinions_before"
    )
    def _compute_date_notified(self):
        for petition in self:
            # An objection that was not agreed to tells nobody what becomes of it.
            told = petition.notice_ids.filtered(
                lambda notice: (
                    notice.kind in DECISIONS
                    or (notice.kind == "objection" and not notice.is_superseded)
                )
            )
            met = [notice._get_day_met() for notice in told]
            petition.date_notice_met = min(filter(None, met), default=False)
            first = told.filtered(lambda notice: notice.kind != "objection")
            petition.date_notified = min(
                filter(None, first.mapped("date_delivered")), default=False
            )
            petition.date_opinion_delivered = (
                petition._get_standing_opinion().date_delivered
            )

    def _get_standing_opinion(self):
        """Return the notice of the opinion that stands, if there is one by now.

        While somebody looks a second time there is none.

        :rtype: office.petition.notice
        """
        opinions = self.notice_ids.filtered(lambda notice: notice.kind == "opinion")
        fresh = opinions.sorted("id")[self.opinions_before :]
        return fresh.filtered(lambda notice: not notice.is_superseded)[-1:]

    # Who is known stays known ---------------------------------------------------------

    def write(self, vals):
        """Let nobody be made unknown, so that no notice need be delivered (第23条).

        :raise ValidationError: where name or address of a known petitioner are emptied
        """
        known = self.browse()
        if not set(PERSON).isdisjoint(vals):
            known = self.filtered(lambda record: not record._is_unknown())
        result = super().write(vals)
        if any(petition._is_unknown() for petition in known):
            raise ValidationError(
                self.env._(
                    "Who is known is told in writing: name, and phone or address, are "
                    "corrected, but not emptied."
                )
            )
        return result

    def _is_unknown(self):
        """Tell whether nobody knows whom, or where, to notify."""
        identity = self.sudo().identity_ids[:1]
        reach = identity.phone or identity.address or identity.email
        return not (identity.person and reach)

    def _get_named_organ(self, kind):
        """Return the organ or way that a notice names."""
        if kind == "guidance":
            return self.statutory_way
        if kind == "forwarding":
            return self.proper_organ
        if kind == "refusal":
            ground = GROUNDS.get(self.refusal_ground)
            return ground and ground.names_organ and self.proper_organ
        if kind == "objection":
            return self.source_organ
        # The opinion and its postponement are those of the whole organ.
        return kind not in ("opinion", "postponement") and self.lead_unit_id.name

    def _get_notice_series(self):
        """Return the number series of the notices on this petition.

        :rtype: str
        """
        return "petition_notice"

    def _make_notices(self, kind, reason):
        """Write one notice for each petition, numbered in the order of the recordset.

        :param str kind: see ``office.petition.notice``
        :param str reason: what it says beside the decision
        """
        Notice = self.env["office.petition.notice"].sudo()
        today = fields.Date.context_today(self)
        vals_list = []
        groups = self.grouped(
            lambda record: (record.company_id, record._get_notice_series())
        )
        for (company, series), petitions in groups.items():
            numbers = self.env["office.number.series"]._take(
                series, company, today.year, len(petitions)
            )
            vals_list += [
                {
                    "petition_id": petition.id,
                    "kind": kind,
                    "number": number,
                    "date": today,
                    "reason": reason,
                    "organ": petition._get_named_organ(kind),
                    "ground": kind == "refusal" and petition.refusal_ground,
                    "date_due": petition.date_deadline,
                    "user_id": self.env.uid,
                    "is_exempt": kind != "objection" and petition._is_unknown(),
                }
                for petition, number in zip(petitions, numbers, strict=True)
            ]
        with permit(Notice):
            return Notice.create(vals_list)

    def _guard_close(self, row, note):
        """Let nothing be closed that the petitioner has not had in writing."""
        waiting = self.notice_ids.filtered(
            lambda notice: (
                not (notice.is_exempt or notice.is_superseded or notice.date_delivered)
            )
        )
        if not waiting:
            return []
        return [
            self.env._(
                "These are not delivered yet: %(numbers)s.",
                numbers=", ".join(waiting.sorted("id").mapped("number")),
            )
        ]

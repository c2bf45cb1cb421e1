# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .office_supervision_bottleneck import ENDED
from .office_supervision_stall import TASK, TICKET, UNREPORTED

RUNNING = ("assigned", "accepted", "handling", "feedback", "verifying")
ABOVE = (
    "office_functions_supervision.group_office_supervisor,"
    "office_functions.group_office_director,office_functions.group_office_leader"
)
"""Who knows where the ladder stands: never the unit, whom a proposal may concern."""


class OfficeSupervisionTicket(models.Model):
    """The ladder 催办 → 约谈 → 通报 → 问责建议, pursued to the end (一抓到底).

    A step is offered when the one before was used without effect. None of them closes
    the ticket: it ends verified, or terminated by the authorising leader.
    """

    _inherit = "office.supervision.ticket"

    bottleneck_ids = fields.One2many(
        "office.supervision.bottleneck", "ticket_id", "Bottlenecks"
    )
    bottleneck_count = fields.Integer(
        "Open Bottlenecks", compute="_compute_bottleneck_count"
    )
    talk_ids = fields.One2many("office.supervision.talk", "ticket_id", "Talks")
    bulletin_ids = fields.Many2many(
        "office.supervision.bulletin",
        "office_supervision_bulletin_ticket_rel",
        "ticket_id",
        "bulletin_id",
        "Bulletins",
        readonly=True,
        copy=False,
    )
    accountability_ids = fields.One2many(
        "office.supervision.accountability", "ticket_id", "Accountability Proposals"
    )
    unanswered_count = fields.Integer(
        "Notices Unanswered in Time",
        compute="_compute_ladder",
        groups=ABOVE,
        help="Of the one matter, the ticket or a task, about which most are unanswered.",
    )
    ladder_offer = fields.Selection(
        [
            ("urging", "Urging"),
            ("talk", "Admonitory Talk"),
            ("bulletin", "Bulletin of Criticism"),
            ("accountability", "Accountability Proposal"),
        ],
        "Next Step Offered",
        compute="_compute_ladder",
        groups=ABOVE,
        help="Offered when the step before was used without effect.",
    )
    ladder_reason = fields.Char(
        "Why It Is Offered", compute="_compute_ladder", groups=ABOVE
    )

    @api.depends("bottleneck_ids.state")
    @api.depends_context("uid")
    def _compute_bottleneck_count(self):
        # What was read before may have been read with other rights.
        readable = self.bottleneck_ids._filtered_access("read")
        running = readable.filtered(lambda one: one.state not in ENDED)
        for ticket in self:
            ticket.bottleneck_count = len(ticket.bottleneck_ids & running)

    # Where the ladder stands ----------------------------------------------------------

    @api.depends("state")
    @api.depends_context("lang")
    def _compute_ladder(self):
        unanswered = self._count_unanswered()
        for ticket in self:
            ladder = ticket.sudo()._get_ladder(unanswered[ticket._origin.id])
            ticket.unanswered_count = ladder["unanswered"]
            ticket.ladder_offer, ticket.ladder_reason = ticket._offer_step(ladder)

    def _count_unanswered(self):
        """Return how many notices were ignored about each ticket and each task of it.

        Of a matter that was reported nobody is silent any more.

        :return: ticket id → the matter, a ticket or task, → number
        :rtype: dict[int, dict]
        """
        tickets = self.sudo()._origin
        matters = {
            (matter._name, matter.id): matter
            for matter in (*tickets, *tickets.task_ids)
            if matter.state in UNREPORTED[matter._name]
        }
        Urging = self.env["office.urging"]
        Urging.flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT res_model, res_id, count(*)::int FROM office_urging
                    WHERE (res_model = %s AND res_id = ANY(%s)
                        OR res_model = %s AND res_id = ANY(%s)) AND %s
                 GROUP BY res_model, res_id""",
                TICKET,
                [res_id for kind, res_id in matters if kind == TICKET],
                TASK,
                [res_id for kind, res_id in matters if kind == TASK],
                Urging._get_ignored_sql(),
            )
        )
        numbers = defaultdict(dict)
        for kind, res_id, number in rows:
            matter = matters[kind, res_id]
            ticket = matter.ticket_id if kind == TASK else matter
            numbers[ticket.id][matter] = number
        return numbers

    def _get_ladder(self, of_each=None):
        """Return which steps were used on this ticket, and whether they helped.

        The notices about several matters are not added up: who was asked once each
        is not one who was asked three times.

        :param dict of_each: matter → notices ignored; counted where not given
        :rtype: dict
        """
        self.ensure_one()
        today = fields.Date.context_today(self)
        if of_each is None:
            of_each = self._count_unanswered()[self._origin.id]
        unanswered = max(of_each.values(), default=0)
        company = self.company_id
        most = max(1, company.office_ladder_notices)
        is_late = any(
            matter.urging_count
            and matter.open_deadline
            and matter.open_deadline < today
            for matter in (self, *self.task_ids)
        )
        held = self.talk_ids.filtered(
            lambda talk: talk.state in ("held", "kept", "broken")
        )
        broken = held.filtered(
            lambda talk: (
                talk.state == "broken"
                or (talk.state == "held" and talk.date_promised < today)
            )
        )
        bulletins = self.bulletin_ids.filtered(
            lambda bulletin: (
                bulletin.kind == "criticism" and bulletin.state != "revoked"
            )
        )
        issued = bulletins.filtered("date_issued")
        patience = relativedelta(days=company.office_ladder_days)
        is_unreported = self.state in UNREPORTED[TICKET]
        silent = [matter for matter, number in of_each.items() if number >= most]
        return {
            "unanswered": unanswered,
            "is_urged_in_vain": is_late
            or unanswered >= max(1, company.office_stall_notices),
            "is_silent": bool(silent) and is_unreported,
            "silent_units": self.lead_unit_id.browse().union(
                *(matter.lead_unit_id for matter in silent)
            ),
            "has_open_talk": any(
                talk.state in ("draft", "asked", "approved") for talk in self.talk_ids
            ),
            "has_talked": bool(held),
            "is_promise_broken": bool(broken) and is_unreported,
            "promising_units": broken.lead_unit_id,
            "has_bulletin": bool(bulletins),
            "is_bulletin_in_vain": is_unreported
            and any(one.date_issued + patience <= today for one in issued),
            "is_admonished": bool(held or issued),
            "has_proposal": any(
                proposal.state != "refused" for proposal in self.accountability_ids
            ),
        }

    def _offer_step(self, ladder):
        """Return the next step of the ladder and why it is offered.

        :param dict ladder: see :meth:`_get_ladder`
        :return: value of ``ladder_offer`` and the reason, or twice ``False``
        :rtype: tuple
        """
        if self.state not in RUNNING or ladder["has_proposal"]:
            return False, False
        number = ladder["unanswered"]
        silent = self.env._(
            "%(number)s urging notices were not answered in time.", number=number
        )
        if ladder["is_bulletin_in_vain"]:
            return "accountability", self.env._(
                "The bulletin was issued and nothing was reported since."
            )
        if not ladder["has_bulletin"]:
            if ladder["is_promise_broken"]:
                return "bulletin", self.env._("What the talk promised was not kept.")
            if ladder["is_silent"]:
                return "bulletin", silent
            if not ladder["has_talked"] and not ladder["has_open_talk"]:
                if number:
                    return "talk", silent
                if ladder["is_urged_in_vain"]:
                    return "talk", self.env._(
                        "It was urged and is overdue all the same."
                    )
        if self.light == "red" and not ladder["has_open_talk"]:
            return "urging", self.env._("It is overdue.")
        return False, False

    def _explain_not_running(self):
        """Return why no step of the ladder can be taken on this ticket now.

        :rtype: list[str]
        """
        if self.state in RUNNING:
            return []
        return [
            self.env._(
                "The ticket is not being worked on: no step of the ladder fits here."
            )
        ]

    # Where it ends --------------------------------------------------------------------

    def _after_close(self, note):
        result = super()._after_close(note)
        self._lapse_bottlenecks()
        return result

    def _after_terminate(self, note):
        result = super()._after_terminate(note)
        self._lapse_bottlenecks()
        return result

    def _lapse_bottlenecks(self):
        """Let lapse what held the tickets up: they have come to their end."""
        self.bottleneck_ids.filtered(lambda one: one.state not in ENDED)._lapse()

    # Buttons --------------------------------------------------------------------------

    def action_propose_talk(self):
        """Open the dialog that proposes an admonitory talk.

        :rtype: dict
        """
        self.ensure_one()
        return self._get_dialog_action(
            "office.supervision.talk",
            self.env._("Admonitory Talk"),
            default_reason=self.ladder_reason,
        )

    def action_propose_bulletin(self):
        """Begin the draft of a bulletin of criticism, which a leader approves.

        :return: the action that opens it
        :raise UserError: before three urgings went unanswered or a promise was broken
        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        ladder = self.sudo()._get_ladder()
        reasons = self._explain_not_running()
        if not (reasons or ladder["is_silent"] or ladder["is_promise_broken"]):
            reasons = [
                self.env._(
                    "A bulletin comes after %(number)s notices that nobody answered in "
                    "time, or after a broken promise.",
                    number=self.company_id.sudo().office_ladder_notices,
                )
            ]
        if reasons:
            raise UserError("\n".join(reasons))
        reason = self.ladder_reason or self.env._("Urged and spoken to in vain.")
        units = ladder["silent_units"] if ladder["is_silent"] else self.lead_unit_id
        if ladder["is_promise_broken"]:
            units = ladder["promising_units"]
        Bulletin = self.env["office.supervision.bulletin"]
        bulletin = Bulletin._begin_for_ticket(self, "criticism", reason, units)
        return bulletin._get_form_action()

    def action_propose_accountability(self):
        """Open the dialog that proposes to hold somebody to account.

        :rtype: dict
        """
        self.ensure_one()
        return self._get_dialog_action(
            "office.supervision.accountability", self.env._("Accountability Proposal")
        )

    def action_record_bottleneck(self):
        """Open the dialog in which a supervisor records a bottleneck by hand.

        :rtype: dict
        """
        self.ensure_one()
        return self._get_dialog_action(
            "office.supervision.bottleneck", self.env._("Bottleneck")
        )

    def action_open_bottlenecks(self):
        """Open the bottlenecks of this ticket.

        :rtype: dict
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions_supervision.office_supervision_bottleneck_action"
        )
        action["domain"] = [("ticket_id", "=", self.id)]
        action["context"] = {"default_ticket_id": self.id}
        return action

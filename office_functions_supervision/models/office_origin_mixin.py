# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from odoo.addons.office_functions.tools.transition import permit

from .office_supervision_ticket import OPEN_STATES

TICKET = "office.supervision.ticket"
THIS_ADDON = "office_functions_supervision"
OPENERS = (
    "office_functions.group_office_leader",
    "office_functions.group_office_director",
    "office_functions_supervision.group_office_supervisor",
)


class OfficeOriginMixin(models.AbstractModel):
    """Whatever can be put under supervision (转督办), by one button and one method.

    Every kind of matter is, known here or not, and so are planned work and decisions of
    meetings. What comes of it is a proposal: filing it asks for the leader's
    directive and a basis, as of any other ticket (政府督查工作条例 第11条, by analogy).
    """

    _inherit = "office.origin.mixin"
    # What the ledger shows as the source of such a ticket.
    _supervision_source = "own_directive"
    # The declared transition that is the road to a ticket, where there is one.
    _supervision_transition = None
    _supervision_deadline_field = "date_deadline"

    can_be_supervised = fields.Boolean(
        compute="_compute_can_be_supervised",
        help="Whether this user may propose a ticket for it now.",
    )
    supervision_ticket_count = fields.Integer(
        "Tickets on It", compute="_compute_supervision_ticket_count"
    )
    supervision_proof_count = fields.Integer(
        "Proof Files", compute="_compute_supervision_ticket_count"
    )

    # Its tickets ----------------------------------------------------------------------

    def _get_tickets_of_each(self):
        """Return the tickets of each record: begun by it, or on its directive.

        :return: record id → the tickets that the current user may read
        :rtype: dict
        """
        Ticket = self.env[TICKET]
        if not self.ids or not Ticket.has_access("read"):
            return dict.fromkeys(self.ids, Ticket)
        links = (
            self.env["office.matter.link"]
            .sudo()
            .search_fetch(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("target_model", "=", TICKET),
                ],
                ["res_id", "target_id"],
            )
        )
        directives = {
            record._origin.id: record._get_own_directive().id for record in self.sudo()
        }
        tickets = Ticket.search_fetch(
            Domain("id", "in", links.mapped("target_id"))
            | Domain("directive_id", "in", list(filter(None, directives.values()))),
            ["directive_id", "state"],
        )
        begun = links.grouped("res_id")
        standing = tickets.sudo().grouped(lambda ticket: ticket.directive_id.id)
        result = {}
        for record_id, directive_id in directives.items():
            ids = set(
                begun[record_id].mapped("target_id") if record_id in begun else ()
            )
            if directive_id in standing and directive_id:
                ids.update(standing[directive_id].ids)
            result[record_id] = tickets.filtered(lambda t, ids=ids: t.id in ids)
        return result

    def _get_own_directive(self):
        """Return the directive that this is, or has become.

        :rtype: office.directive
        """
        directives = self.env["office.directive"]
        if self._name == directives._name:
            return self
        field = self._fields.get("directive_id")
        return self.directive_id if field else directives

    def _find_authority(self):
        """Return the directive that this matter stands on, if there is one.

        Its own, or else one that gave rise to it. Filing asks whether it is in force.

        :rtype: office.directive
        """
        self.ensure_one()
        directive = self.sudo()._get_own_directive()
        if not directive:
            up = self.env["office.matter.link"]._get_links(self)
            directive = directive.browse(
                up.filtered(
                    lambda link: (
                        link.res_model == directive._name
                        and (link.target_model, link.target_id) == (self._name, self.id)
                    )
                ).mapped("res_id")
            )
        return directive.filtered(lambda one: one.state != "withdrawn")[:1]

    @api.depends_context("uid")
    def _compute_supervision_ticket_count(self):
        of_each = self._get_tickets_of_each()
        tickets = self.env[TICKET].union(*of_each.values())
        proof = tickets._get_proof_of_each() if tickets else {}
        for record in self:
            tickets = of_each.get(record._origin.id, ())
            record.supervision_ticket_count = len(tickets)
            record.supervision_proof_count = sum(
                len(proof[ticket.id]) for ticket in tickets
            )

    def action_open_supervision_tickets(self):
        """Open the ticket on this matter, or the list where there are several.

        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        tickets = self._get_tickets_of_each()[self.id]
        if len(tickets) == 1:
            return tickets._get_form_action()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions_supervision.office_supervision_ticket_action"
        )
        return action | {"domain": [("id", "in", tickets.ids)], "context": {}}

    def action_open_proof(self):
        """Open the files that prove what became of this matter (S3.2).

        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        return self._get_tickets_of_each()[self.id].action_open_proof()

    # Putting it under supervision -----------------------------------------------------

    @api.model
    def _belongs_to_supervision(self):
        """Tell whether this kind is itself a means of supervision, or a part of one."""
        return self._original_module == THIS_ADDON

    def _explain_supervision_refusal(self):
        """Return why this user may not put this under supervision now.

        :rtype: list[str]
        """
        self.ensure_one()
        reasons = []
        if self._belongs_to_supervision():
            reasons.append(
                self.env._("This is a part of supervision, not what is supervised.")
            )
        if not any(self.env.user.has_group(group) for group in OPENERS):
            reasons.append(
                self.env._(
                    "Leaders, the director and supervisors put a matter under "
                    "supervision."
                )
            )
        if "is_secret" in self and self.is_secret:
            reasons.append(
                self.env._(
                    "A state secret is supervised on paper: nothing of it is written "
                    "here."
                )
            )
        return reasons

    @api.depends_context("uid")
    def _compute_can_be_supervised(self):
        tickets = self.sudo()._get_tickets_of_each()
        for record in self:
            record.can_be_supervised = bool(
                record._origin.id
                and not record._explain_supervision_refusal()
                and not record._get_supervision_road()
                and not tickets[record._origin.id].filtered(
                    lambda ticket: ticket.state in OPEN_STATES
                )
            )

    def _get_supervision_road(self):
        """Return the declared transition that leads to a ticket from this state.

        Its button stands in the form already.

        :return: a row of the table, or ``None``
        """
        if not self._supervision_transition:
            return None
        row = self._get_transition(self._supervision_transition)
        return row if self.state in row.sources else None

    def action_supervise(self):
        """Propose a ticket for this matter, and open it.

        Asked again, or by a second person, it opens the one that is there.

        :return: the action that opens the ticket
        :rtype: dict
        :raise AccessError: for who may not read the matter
        :raise UserError: with all the reasons, for who may not put it under supervision
        :raise ValidationError: when somebody else did so at the same moment
        """
        self.ensure_one()
        self.check_access("read")
        road = self._get_supervision_road()
        if road:
            result = self.do_transition(road.name)
            return result if isinstance(result, dict) else self._open_its_ticket()
        reasons = self._explain_supervision_refusal()
        if reasons:
            raise UserError("\n".join(reasons))
        self._propose_tickets()
        return self._open_its_ticket()

    def _open_its_ticket(self):
        """Return the action of the open ticket, for who may read it."""
        tickets = self._get_tickets_of_each()[self.id]
        ticket = tickets.filtered(lambda ticket: ticket.state in OPEN_STATES)[:1]
        if not ticket:
            raise UserError(self.env._("This matter is under supervision already."))
        return ticket._get_form_action()

    def _filter_unsupervised(self):
        """Return those that have no open ticket."""
        tickets = self._get_tickets_of_each()
        return self.filtered(
            lambda matter: (
                not tickets[matter.id].filtered(
                    lambda ticket: ticket.state in OPEN_STATES
                )
            )
        )

    def _propose_tickets(self):
        """Propose a ticket for each matter that has none open; rights were checked.

        :return: the new tickets, as superuser
        """
        bare = self.sudo()._filter_unsupervised()
        proposed = self.env[TICKET].sudo()
        if not bare:
            return proposed
        # One that has just ended makes room for the next.
        proposed.flush_model(["state"])
        with permit(proposed):
            proposed = proposed.create(
                [
                    matter._prepare_ticket_vals()
                    | {"supervised_key": f"{matter._name},{matter.id}"}
                    for matter in bare
                ]
            )
        for matter, ticket in zip(bare, proposed, strict=True):
            matter._keep_close(ticket)
        # Two people at once: the second is told here, not after all is done.
        proposed.flush_recordset(["supervised_key"])
        Link = self.env["office.matter.link"].sudo()
        Link._link(bare, proposed)
        standing = proposed.filtered("directive_id")
        directives = standing.directive_id.browse(
            ticket.directive_id.id for ticket in standing
        )
        if bare._name != directives._name:
            Link._link(directives, standing)
        return proposed

    def _prepare_ticket_vals(self):
        """Return the values of the ticket that supervises this.

        Of what few may know it says no more than where it is registered.

        :rtype: dict
        """
        self.ensure_one()
        directive = self._find_authority()
        close = self._is_kept_close() or directive._is_kept_close()
        handler = self.handler_id if "handler_id" in self else self.env["res.users"]
        if handler and "access_ids" in self:
            handler -= self._get_named_persons("recused").user_id
        assisting = self.assisting_unit_ids if "assisting_unit_ids" in self else ()
        return {
            "name": self._get_neutral_name() if close else self._get_result_name(),
            "directive_id": directive.id,
            "source_type": self._get_supervision_source(),
            "requirement": False if close else directive.text,
            "lead_unit_id": self.lead_unit_id.id,
            "assisting_unit_ids": [Command.set([unit.id for unit in assisting])],
            "handler_id": handler.id,
            "date_deadline": self[self._supervision_deadline_field],
            "company_id": self.company_id.id,
        }

    def _get_supervision_source(self):
        """Return what the ledger shows as the source of the ticket.

        :return: a value of ``source_type``
        :rtype: str
        """
        return self._supervision_source

    def _get_named_persons(self, kind):
        """Return the lines that admit persons by name, or keep them out."""
        return self.access_ids.filtered(
            lambda access: access.kind == kind and not access.date_lifted
        )

    def _keep_close(self, ticket):
        """Let a ticket be closed to whom the matter, or its directive, is closed."""
        for source in (self, self._find_authority()):
            if not source or "access_ids" not in source:
                continue
            named = source._get_named_persons("recused")
            if source.is_restricted:
                named |= source._get_named_persons("granted")
                ticket._name_person("granted", self.env.user, "")
                with permit(ticket):
                    ticket.with_context(tracking_disable=True).is_restricted = True
            for line in named:
                ticket._name_person(line.kind, line.user_id, line.reason or "")
            for user in source._get_kept_out_users():
                ticket._name_person("recused", user, "")

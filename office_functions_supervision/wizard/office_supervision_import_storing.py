# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from collections import Counter

from odoo import models
from odoo.exceptions import UserError

from ..models.office_supervision_ticket import OPEN_STATES

PREPARED_STATES = ("proposed", "filed")


def split_weight(count):
    """Return equal weights that add up to 100, exact to the hundredth.

    :param int count: how many, at least 1
    :rtype: list[float]
    """
    share, rest = divmod(100_00, count)
    return [(share + (index < rest)) / 100 for index in range(count)]


class OfficeSupervisionImport(models.TransientModel):
    # One file for each theme, on purpose.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "office.supervision.import"

    # What is there already ------------------------------------------------------------

    def _find_imported(self, keys):
        """Return the tickets that hold tasks under some keys.

        The target counts whatever its state, other tickets only while they are open:
        what was struck off last year may come again this year.

        :param keys: ``import_key`` values
        :return: key → ``office.supervision.ticket``
        :rtype: dict
        """
        tasks = (
            self.env["office.supervision.task"]
            .with_context(active_test=False)
            .search_fetch(
                [
                    ("import_key", "in", tuple(keys)),
                    ("company_id", "=", self.company_id.id),
                ],
                ["import_key", "ticket_id", "state"],
                order="id",
            )
        )
        target = self._get_target()
        found = {
            task.import_key: task.ticket_id
            for task in tasks
            if task.state != "cancelled" and task.ticket_id.state in OPEN_STATES
        }
        mine = tasks.filtered(lambda task: task.ticket_id == target)
        return found | dict.fromkeys(mine.mapped("import_key"), target)

    def _get_target(self):
        """Return the chosen ticket; empty if a new one is wanted."""
        return self.ticket_id if self.target == "existing" else self.ticket_id.browse()

    def _mark_imported(self):
        """Note on each line the ticket that holds it already."""
        found = self._find_imported(self.line_ids.mapped("import_key"))
        none = self.ticket_id.browse()
        for ticket, lines in self.line_ids.grouped(
            lambda line: found.get(line.import_key, none)
        ).items():
            lines.present_ticket_id = ticket

    def _propose_ticket(self):
        """Propose, for a file imported before, the ticket that its tasks went to."""
        if self.target == "new" and self.grouping == "file":
            self._mark_imported()
            ticket = self._find_home(self.line_ids)
            if ticket:
                self.write({"target": "existing", "ticket_id": ticket.id})

    def _find_home(self, lines):
        """Return the ticket in preparation that holds most of some lines already."""
        counts = Counter(line.present_ticket_id for line in lines)
        for ticket, _count in counts.most_common():
            if ticket.state in PREPARED_STATES and ticket.has_access("write"):
                return ticket
        return self.ticket_id.browse()

    # Storing --------------------------------------------------------------------------

    def action_apply(self):
        """Make the lines into draft tasks, and open their ticket.

        :return: action of the ticket, or of the list of several
        :rtype: dict
        :raise UserError: if nothing is left to import into, or a unit is undecided
        """
        self.ensure_one()
        self.check_access("write")
        self._check_target()
        self._mark_imported()
        lines = self._get_new_lines()
        if not lines:
            return self._open_imported()
        self._check_decided(lines)
        created = self._settle_units(lines)
        tickets = self._share_out(lines)
        self._create_tasks(tickets, created)
        self._refresh_preview()
        return self._open_tickets(self.ticket_id.browse().union(*tickets))

    def _check_target(self):
        """Refuse a target that takes no tasks.

        :raise UserError: saying what to choose
        """
        if self.target == "existing":
            if not self.ticket_id:
                raise UserError(self.env._("Choose the ticket to import into."))
            self.ticket_id.check_access("write")
            if self.ticket_id.state not in PREPARED_STATES:
                raise UserError(
                    self.env._(
                        "The tasks of %(ticket)s are assigned already. Choose a new "
                        "ticket, or one that is proposed or filed.",
                        ticket=self.ticket_id.display_name,
                    )
                )
        elif not (self.name or "").strip():
            raise UserError(self.env._("Write down the subject of the new ticket."))

    def _share_out(self, lines):
        """Return which ticket takes which lines; new tickets are made where needed.

        With a ticket for each group, new lines join the ticket in preparation that the
        others of their group are in.

        :return: ``office.supervision.ticket`` → lines
        :rtype: dict
        """
        if self.target == "existing":
            return {self.ticket_id: lines}
        by_group = {"": lines}
        homes = {}
        if self.grouping != "file":
            name = "area" if self.grouping == "area" else "task_group"
            by_group = lines.grouped(lambda line: line[name] or "")
            every = self.line_ids.grouped(lambda line: line[name] or "")
            homes = {group: self._find_home(every[group]) for group in by_group}
        missing = [group for group in by_group if not homes.get(group)]
        new = self.env["office.supervision.ticket"].create(
            [self._prepare_ticket_vals(group) for group in missing]
        )
        homes.update(zip(missing, new, strict=True))
        return lines.grouped(
            {line: homes[group] for group in by_group for line in by_group[group]}.get
        )

    def _prepare_ticket_vals(self, group):
        """Return the values of a new ticket.

        :param str group: name of its group of tasks, or ``""``
        :rtype: dict
        """
        name = self.name
        if group:
            name = self.env._(
                "%(document)s: %(group)s", document=name, group=group.rstrip("。")
            )
        vals = self.directive_id._prepare_ticket_vals() if self.directive_id else {}
        return vals | {
            "name": name,
            "company_id": self.company_id.id,
            "source_type": "key_work" if self.kind == "ledger" else "upper_document",
            "basis_reference": self._get_source_name() or self.name,
        }

    def _create_tasks(self, tickets, created):
        """Create the tasks of all tickets at once, equally weighted in each.

        :param dict tickets: ``office.supervision.ticket`` → lines
        :param dict created: row of an unknown unit → the ``hr.department`` just made
        """
        vals_list = []
        for ticket, lines in tickets.items():
            present = ticket.task_ids.filtered(
                lambda task: task.kind == "task" and task.state == "draft"
            )
            weights = split_weight(len(present) + len(lines))
            weight_of = dict(zip((*present, *lines), weights, strict=True))
            for weight, tasks in present.grouped(weight_of.get).items():
                tasks.weight = weight
            vals_list += [
                line._prepare_task_vals(ticket, weight_of[line], created)
                for line in lines
            ]
        self.env["office.supervision.task"].create(vals_list)
        for ticket, lines in tickets.items():
            self._finish_ticket(ticket, lines)

    def _finish_ticket(self, ticket, lines):
        """Give a ticket without deadline that of its last task, and note the import."""
        days = [day for day in lines.mapped("date_deadline") if day]
        if days and not ticket.date_deadline:
            ticket.date_deadline = max(days)
        ticket._message_log(
            body=self.env._(
                "%(count)s tasks were imported from %(document)s.",
                count=len(lines),
                document=self._get_source_name() or self.env._("pasted text"),
            )
        )

    def _open_imported(self):
        """Open the tickets of a file of which nothing is new.

        :raise UserError: if nothing was chosen at all
        """
        tickets = self._get_target() or self.line_ids.present_ticket_id
        if not tickets:
            raise UserError(self.env._("Tick at least one task to import."))
        return self._open_tickets(tickets)

    def _open_tickets(self, tickets):
        """Return the action that shows some tickets.

        :rtype: dict
        """
        if len(tickets) == 1:
            return tickets._get_form_action()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "office_functions_supervision.office_supervision_ticket_action"
        )
        action["domain"] = [("id", "in", tickets.ids)]
        return action

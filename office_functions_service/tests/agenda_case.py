# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What the tests of leaders' diaries begin with."""

from odoo.fields import Command


class AgendaFixture:
    """Makes items of the diary of the role ``leader``; tomorrow is Wednesday."""

    def make_item(self, role="clerk", **vals):
        """Enter an item: Thursday, 12 March 2026, nine in the morning in China.

        :return: the item, as that role
        """
        return (
            self.env["calendar.event"]
            .with_user(self.users[role])
            .create(
                {
                    "name": "School visit",
                    "office_leader_id": self.users["leader"].id,
                    "start": "2026-03-12 01:00:00",
                    "stop": "2026-03-12 03:00:00",
                    "location": "First Primary School",
                    "office_meals": "Two work meals",
                    "description": "Talk about the roof",
                    "office_companion_ids": [Command.set(self.users["canteen"].ids)],
                    **vals,
                }
            )
        )

    def make_paper(self, item, role="staff", **vals):
        """Enter a paper which that role prepares."""
        return self.env["office.agenda.material"].create(
            {
                "name": "Report on the roof",
                "event_id": item.id,
                "owner_id": self.users[role].id,
                **vals,
            }
        )

    def see(self, record, role):
        """Return a record as a role reads it, nothing being known before."""
        self.env.flush_all()
        self.env.invalidate_all()
        return record.with_user(self.users[role])

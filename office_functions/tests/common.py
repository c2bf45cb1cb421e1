# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""An office to test in: its units, one user for each role, and a stopped clock."""

from contextlib import contextmanager, suppress
from datetime import date, timedelta
from unittest import TestCase
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import api
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, HttpCase, TransactionCase, freeze_time
from odoo.tests.common import get_db_name
from odoo.tools import SQL, mute_logger

ROLES = {
    "leader": "office_functions.group_office_leader",
    "director": "office_functions.group_office_director",
    "clerk": "office_functions.group_office_clerk",
    "section_head": "office_functions.group_office_section_head",
    "staff": "office_functions.group_office_staff",
    "liaison": "office_functions.group_office_liaison",
    "petition_officer": "office_functions.group_office_petition",
    "logistics": "office_functions.group_office_logistics",
    "canteen": "office_functions.group_office_canteen",
    "school": "office_functions.group_office_school",
    "citizen": "base.group_portal",
    "admin": "base.group_system,office_functions.group_office_manager",
    "outsider": "base.group_user",
}
"""Role → its groups. Each role has one user whose login is the role's name."""

TODAY = date(2026, 3, 10)
"""The day on which the clock stands: a Tuesday, with no holiday for three weeks."""


UNITS = ("unit", "other_unit", "school", "subunit")


def get_last_ids(cr):
    """Return table → the last id it gave."""
    cr.execute(
        """SELECT table_name, COALESCE(last_value, 0)
             FROM pg_sequences
             JOIN information_schema.tables
               ON table_schema = schemaname
              AND sequencename = table_name || '_id_seq'
            WHERE schemaname = 'public'
              AND table_name NOT LIKE 'orm_signaling_%'"""
    )
    return dict(cr.fetchall())


class Undo(Exception):
    """Leaves a block and takes back what was done in it."""


class OfficeFixture:
    """The units and users of an office, for any kind of test case.

    ``users`` is role → ``res.users``. The section head leads ``unit``, where the
    staff member works; ``subunit`` is below it; ``school`` is served by the liaison
    and owns the school's login; ``other_unit`` is led by nobody.
    """

    may_sign_in = True
    """Whether users get a password, which takes a while to hash."""

    login_prefix = "test"
    """What stands before the role in a login."""

    kept = {}
    """The office that :meth:`keep_office` left, for all classes of this process: name
    of an attribute → ids, and ``rows``, table → ids."""

    @classmethod
    def set_up_office(cls):
        """Find the units and users in ``cls.env``, or create them."""
        cls.company = cls.env.company
        cls.company.resource_calendar_id.tz = "Asia/Shanghai"
        if cls.kept and cls.login_prefix == "test":
            cls.wake_office()
        else:
            cls.make_office()

    @classmethod
    def make_office(cls):
        """Create the units and users."""
        logins = {f"{cls.login_prefix}_{role}": ROLES[role] for role in ROLES}
        cls.users = dict(zip(ROLES, cls.make_users(logins), strict=True))
        cls.unit, cls.other_unit, cls.school = cls.env["hr.department"].create(
            [
                {"name": "Test Section", "company_id": False},
                {"name": "Test Other Section", "company_id": False},
                {"name": "Test School", "company_id": False, "unit_kind": "school"},
            ]
        )
        cls.subunit = cls.env["hr.department"].create(
            {"name": "Test Group", "parent_id": cls.unit.id, "company_id": False}
        )
        with cls.no_portraits():
            head, _staff = cls.env["hr.employee"].create(
                [
                    {
                        "name": cls.users[role].name,
                        "user_id": cls.users[role].id,
                        "department_id": cls.unit.id,
                    }
                    for role in ("section_head", "staff")
                ]
            )
        cls.unit.manager_id = head
        served = cls.users["liaison"] | cls.users["school"]
        cls.school.office_user_ids = [Command.set(served.ids)]
        cls.env.flush_all()

    @classmethod
    def wake_office(cls):
        """Let the office that was kept be there until the transaction is undone."""
        for table, ids in cls.kept["rows"].items():
            cls.env.cr.execute(
                SQL(
                    "UPDATE %s SET active = TRUE WHERE id IN %s",
                    SQL.identifier(table),
                    tuple(ids),
                )
            )
        cls.env.invalidate_all()
        cls.env.registry.clear_cache()
        users = cls.env["res.users"].browse(cls.kept["users"])
        cls.users = dict(zip(ROLES, users, strict=True))
        for name in UNITS:
            setattr(cls, name, cls.env["hr.department"].browse(cls.kept[name]))

    @classmethod
    @contextmanager
    def keep_office(cls):
        """Create an office once for all classes: setting it up takes half a second.

        It stands in the database archived, where those find nothing of it that do not
        ask for it. Only for a database that is thrown away.
        """
        with Registry(get_db_name()).cursor() as cr, freeze_time(f"{TODAY} 02:00:00"):
            maker = type("Kept", (OfficeFixture,), {"may_sign_in": False})
            maker.env = api.Environment(cr, api.SUPERUSER_ID, {})
            before = get_last_ids(cr)
            maker.set_up_office()
            cr.execute(
                "UPDATE res_users SET password = login WHERE login LIKE 'test_%'"
            )
            kept = {"users": [user.id for user in maker.users.values()], "rows": {}}
            kept.update({name: getattr(maker, name).id for name in UNITS})
            cr.execute(
                """SELECT table_name FROM information_schema.columns
                    WHERE table_schema = 'public' AND column_name = 'active'"""
            )
            for (table,) in cr.fetchall():
                if table not in before:
                    continue
                cr.execute(
                    SQL(
                        "UPDATE %s SET active = FALSE WHERE id > %s AND active"
                        " RETURNING id",
                        SQL.identifier(table),
                        before[table],
                    )
                )
                ids = [id_ for (id_,) in cr.fetchall()]
                if ids:
                    kept["rows"][table] = ids
            maker.env.invalidate_all()
            maker.env.registry.clear_cache()
        OfficeFixture.kept = kept
        yield
        OfficeFixture.kept = {}

    @classmethod
    def make_user(cls, login, groups, **vals):
        """Create a user who lives by China's time.

        :param str login: login, and name
        :param str groups: external ids, by commas
        :rtype: res.users
        """
        return cls.make_users({login: groups}, **vals)

    @classmethod
    def make_users(cls, logins, **vals):
        """Create users who live by China's time, at once.

        :param dict logins: login, which is the password too → groups, by commas
        :rtype: res.users
        """
        vals_list = [
            {
                "login": login,
                "name": login.replace("_", " ").title(),
                "email": f"{login}@example.com",
                "tz": "Asia/Shanghai",
                "group_ids": [
                    Command.set([cls.env.ref(name).id for name in groups.split(",")])
                ],
                **({"password": login} if cls.may_sign_in else {}),
                **vals,
            }
            for login, groups in logins.items()
        ]
        silent = {"no_reset_password": True, "tracking_disable": True}
        with cls.no_portraits():
            users = cls.env["res.users"].with_context(**silent).create(vals_list)
            cls.env.flush_all()
        return users.with_env(cls.env)

    @classmethod
    def no_portraits(cls):
        """Let nobody be drawn: half of the time that a new user takes."""
        partner = cls.env.registry["res.partner"]
        return patch.object(partner, "_avatar_generate_svg", lambda self: False)

    def assertSays(self, message, *words):
        """Assert that a message holds all of some words."""
        for word in words:
            self.assertIn(str(word), str(message))

    def refuses(self, error, **kwargs):
        """Like ``assertRaises``, for what is refused before anything is written.

        No savepoint is taken, so what a late refusal leaves behind stays to be seen.
        """
        return TestCase.assertRaises(self, error, **kwargs)

    @contextmanager
    def undone(self):
        """Run a block, then take back all it did, in the database and in caches."""
        registry = self.env.registry
        before = set(registry.cache_invalidated)
        registry.cache_invalidated.clear()
        with suppress(Undo), self.env.cr.savepoint():
            yield
            raise Undo
        # What changed settings emptied a cache, and it may hold again what is undone.
        if registry.cache_invalidated:
            registry.clear_cache(*registry.cache_invalidated)
        registry.cache_invalidated.update(before)


class OfficeCase(OfficeFixture, TransactionCase):
    """Tests at a stopped clock: Tuesday, 10 March 2026, ten in the morning in China.

    ``clock.move_to`` moves it; each test finds it where it was.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clock = cls.enterClassContext(freeze_time())
        cls.clock.move_to(cls.moment(TODAY))
        cls.set_up_office()

    def setUp(self):
        super().setUp()
        self.to_day(TODAY)

    @staticmethod
    def moment(day):
        """Return ten in the morning of a day in China, as UTC text."""
        return f"{day.isoformat()} 02:00:00"

    def to_day(self, day):
        """Let it be another day.

        :param day: ``date``, or the number of days from TODAY
        """
        if isinstance(day, int):
            day = TODAY + timedelta(days=day)
        self.clock.move_to(self.moment(day))
        self.env.invalidate_all()


class OfficeHttpCase(OfficeFixture, HttpCase):
    """Tests that speak to the server as a browser does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_office()


class OfficeRaceCase(OfficeFixture, BaseCase):
    """Tests with real transactions, which are committed, and removed in the end.

    Its office is its own: what is committed about it would stay.
    """

    may_sign_in = False
    login_prefix = "race"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        cls.cr = cls.registry.cursor()
        cls.addClassCleanup(cls.cr.close)
        cls.env = api.Environment(cls.cr, api.SUPERUSER_ID, {})
        cls._before = get_last_ids(cls.cr)
        cls.env.cr.execute("SELECT id, last FROM office_number_counter")
        cls._counters = cls.env.cr.fetchall()
        cls.addClassCleanup(cls._remove_rows)
        cls.set_up_office()
        cls.cr.commit()

    @classmethod
    def _remove_rows(cls):
        """Delete every row that came since, in whatever order keys allow."""
        cls.cr.rollback()
        grown = {
            table
            for table, last in get_last_ids(cls.cr).items()
            if last > cls._before.get(table, last)
        }
        while grown:
            done = {table for table in grown if cls._try_remove_rows(table)}
            if not done:
                raise AssertionError(f"These tables keep test rows: {sorted(grown)}")
            grown -= done
        for counter_id, last in cls._counters:
            cls.cr.execute(
                "UPDATE office_number_counter SET last = %s WHERE id = %s",
                (last, counter_id),
            )
        cls.env.registry.clear_cache()
        cls.cr.commit()

    @classmethod
    def _try_remove_rows(cls, table):
        with suppress(IntegrityError), mute_logger("odoo.sql_db"), cls.cr.savepoint():
            cls.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE id > %s",
                    SQL.identifier(table),
                    cls._before[table],
                )
            )
            return True
        return False


class MatterFixture:
    """How the generic tests get records of one model.

    A model's own test class sets the attributes and gives :meth:`sample_vals`; see
    CONTRIBUTING.md, step 6.
    """

    model_name = ""
    """The model under test."""

    creator_role = "clerk"
    """The role that records such matters."""

    closed_at_first = ()
    """Transitions that the model closes to everybody until something has happened."""

    relations = {}
    """Relation of the transition table → the roles, by spaces, whose users stand in it
    as :meth:`sample_vals` arranges it."""

    readers = "leader director clerk section_head staff"
    """The roles, by spaces, that read a matter of :meth:`sample_vals`."""

    admitted_role = "canteen"
    """A role that may read such matters, but not this one until admitted by name."""

    @classmethod
    def sample_vals(cls):
        """Return the values of a record that may walk through all its states.

        :rtype: dict
        """
        raise NotImplementedError

    def prepare(self, record, row):
        """Bring about what the guard of a transition asks for.

        :param record: one record (superuser), in a state the transition starts from
        :param Transition row: a row of the table
        """

    @property
    def model(self):
        """The model under test, as superuser."""
        return self.env[self.model_name]

    def make(self, state=None, **vals):
        """Create a record and lead it to a state through its declared transitions.

        :param str state: where to; ``None``: it stays where it was born
        :param vals: other values than the sample's
        :return: the record, as superuser
        """
        creator = self.users[self.creator_role]
        model = self.model.with_user(creator).sudo()
        record = model.create({**self.sample_vals(), **vals})
        self.lead_to(record, {state or record.state})
        return record.with_user(api.SUPERUSER_ID)

    def lead_to(self, records, states):
        """Lead records that are in one state to the nearest of some states."""
        for row in self.find_path(records[0].state, states):
            self.walk(records, row)

    def walk(self, records, row):
        """Make one transition, as the first user who may, without the checks."""
        for record in records:
            self.prepare(record, row)
        actors = [role for role in self.users if self.may(row, role)]
        actor = self.users[actors[0]] if actors else self.env.user
        records.with_user(actor).sudo()._apply_transition(row, "Test walk")

    def find_path(self, start, targets):
        """Return the shortest way from a state to the nearest of some others.

        :param str start: a state
        :param targets: states
        :rtype: list[Transition]
        """
        paths = {start: []}
        ahead = [start]
        while ahead:
            here = ahead.pop(0)
            if here in targets:
                return paths[here]
            for row in self.model._get_transitions():
                if here in row.sources and row.target not in paths:
                    paths[row.target] = [*paths[here], row]
                    ahead.append(row.target)
        raise AssertionError(f"No transitions lead from {start} to {targets}.")

    def may(self, row, role):
        """Tell from the table alone whether a role may make a transition."""
        return not self.is_barred(row, role) and any(
            self.users[role].has_group(who) if "." in who else self.stands(role, who)
            for who in row.by
        )

    def is_barred(self, row, role):
        """Tell from the table alone whether a role may never make a transition."""
        return any(self.stands(role, who) for who in row.never)

    def stands(self, role, relation):
        """Tell whether a role stands in a relation to a record of sample_vals()."""
        relations = {"creator": self.creator_role, **self.relations}
        return role in relations[relation].split()


class ClockFixture(MatterFixture):
    """Records of a model of ``office.deadline.mixin``."""

    deadline_owner_role = ""
    """The role whose date it is; empty: whoever starts the clock."""

    def make_running(self, days=10, **vals):
        """Create a record whose clock runs.

        :param int days: from TODAY to its deadline, set by hand, with no time limit
            unless one is given; ``None``: left to the time limit of the sample
        """
        if days is not None:
            deadline = TODAY + timedelta(days=days)
            vals = {"date_deadline": deadline, "time_limit_id": False, **vals}
        record = self.make(**vals)
        self.lead_to(record, self.model._clock_start_states)
        return record

    def finish(self, record):
        """Lead a record to the nearest state that stops its clock."""
        self.lead_to(record, self.model._clock_stop_states)

# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What every model of ``office.workflow.mixin`` must prove, read from its own table."""

from contextlib import nullcontext
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

from ..tools.transition import permit
from .common import MatterFixture

FORGED = {
    "many2one_reference": 1,
    "boolean": True,
    "date": "2020-01-01",
    "datetime": "2020-01-01 00:00:00",
    "float": 7.5,
    "integer": 7,
    "json": ["u1"],
    "many2one": 1,
    "monetary": 7.5,
}
"""Field type → a value somebody would like to smuggle in. Selections: the last of
them; others: a text."""


def forge(model):
    """Yield ``(field name, forged value)`` for each guarded field of a model."""
    for name in sorted(model._get_guarded_fields()):
        field = model._fields[name]
        if field.type == "selection":
            yield name, field.get_values(model.env)[-1]
        else:
            yield name, FORGED.get(field.type, "forged")


class WorkflowTests(MatterFixture):
    """Declared transitions are the only road, and every step on it is logged."""

    # Every transition, from every state, by every role --------------------------------

    def test_transitions_by_every_role_from_every_state(self):
        states = self.model._fields["state"].get_values(self.env)
        records = self.model.union(*(self.make(state) for state in states))
        wrong = []
        for row in self.model._get_transitions():
            names = {}
            allowed = []
            with self.undone():
                for record in records:
                    if record.state in row.sources:
                        self.prepare(record, row)
                        names[record] = [*self.names_of(record, row)]
                before = self.picture(records)
                for role in self.users:
                    expected = {
                        record: self.expect(record, row, role, names)
                        for record in records
                    }
                    wrong += self.attempt_refused(row, role, expected)
                    allowed += [
                        (record, role) for record in records if not expected[record]
                    ]
                self.assertEqual(self.picture(records), before, "A refusal is no step")
            for record, role in allowed:
                with self.undone():
                    # What was prepared for another one might stand in its way.
                    self.prepare(record, row)
                    found = self.attempt(record.with_user(self.users[role]), row)
                if found:
                    wrong.append((row.name, role, record.state, found))
        self.assertEqual(wrong, [])

    def picture(self, records):
        """Return what a refusal leaves as it is."""
        records.invalidate_recordset()
        return [(record.state, record.transition_ids) for record in records]

    def expect(self, record, row, role, names):
        """Return what the table says of an attempt: ``None`` or words of the refusal.

        :param dict names: record → who may make the transition, where it starts
        """
        if not record.with_user(self.users[role]).has_access("read"):
            return AccessError
        if record not in names:
            return ("does not start from", row.label, self.state_label(record.state))
        if not row.by:
            return ("is made by the system itself", row.label)
        if self.is_barred(row, role):
            return ("You had a part in this yourself", row.label)
        if not self.may(row, role):
            return ("is not yours to make", row.label, *names[record])
        return None

    def attempt_refused(self, row, role, expected):
        """Attempt a transition, at once, on all the records where a role may not.

        :param dict expected: record → see :meth:`expect`
        :return: what was not refused as expected
        :rtype: list
        """
        wrong = []
        hidden = [record for record in expected if expected[record] is AccessError]
        barred = [record for record in expected if isinstance(expected[record], tuple)]
        for some in filter(None, (hidden, barred)):
            mine = self.model.union(*some).with_user(self.users[role])
            self.env.invalidate_all()
            error = None
            try:
                mine.do_transition(row.name, "Because of the test")
            except UserError as refusal:
                error = refusal
            if some is hidden:
                agrees = isinstance(error, AccessError)
            else:
                # One line for each record, behind its name, in their order.
                lines = str(error).split("\n")
                agrees = len(lines) == len(some) and all(
                    str(word) in line.removeprefix(f"{record.display_name}: ")
                    for record, line in zip(some, lines, strict=True)
                    for word in expected[record]
                )
            if not agrees:
                found = [(record.state, expected[record]) for record in some]
                wrong.append((row.name, role, found, error))
        return wrong

    def attempt(self, record, row):
        """Return ``None`` or the error of an attempt; check what it leaves behind."""
        before = record.sudo().state
        log = record.sudo().transition_ids
        try:
            result = record.do_transition(row.name, "Because of the test")
        except (AccessError, UserError) as error:
            record.invalidate_recordset()
            self.assertEqual(record.sudo().state, before)
            self.assertEqual(record.sudo().transition_ids, log, "A refusal is no step")
            return error
        if row.wizard:
            self.assertEqual(result["type"], "ir.actions.act_window")
            return None
        line = (record.sudo().transition_ids - log).filtered(
            lambda line: line.name == row.name
        )
        self.assertRecordValues(
            line,
            [
                {
                    "res_model": record._name,
                    "res_id": record.id,
                    "state_from": before,
                    "state_to": row.target,
                    "user_id": record.env.uid,
                    "principal_id": False,
                    "note": "Because of the test",
                    "date": fields.Datetime.now(),
                }
            ],
        )
        return None

    def state_label(self, state):
        return dict(self.model._fields["state"]._description_selection(self.env))[state]

    def names_of(self, record, row):
        """Return the names of who may make a transition, as a refusal gives them."""
        for who in row.by:
            if "." in who:
                yield self.env.ref(who).name
            else:
                yield from record._get_relation_users(who).mapped("name")

    def test_buttons_show_what_the_table_allows(self):
        for state in self.model._fields["state"].get_values(self.env):
            record = self.make(state)
            for role, user in self.users.items():
                as_user = record.with_user(user)
                if not as_user.has_access("read"):
                    continue
                with self.subTest(state=state, role=role):
                    self.assertEqual(
                        [button["name"] for button in as_user.open_transitions or ()],
                        [
                            row.name
                            for row in self.model._get_transitions()
                            if state in row.sources
                            and self.may(row, role)
                            and row.name not in self.closed_at_first
                        ],
                    )

    def test_table_is_sound(self):
        states = set(self.model._fields["state"].get_values(self.env))
        rows = self.model._get_transitions()
        self.assertEqual(len({row.name for row in rows}), len(rows))
        for row in rows:
            with self.subTest(transition=row.name):
                self.assertLessEqual({*row.sources, row.target}, states)
                self.assertLessEqual(set(row.needs), set(self.model._fields))
                self.assertIn(row.style, ("primary", "secondary", "danger"))
                for who in row.never:
                    self.assertTrue(hasattr(self.model, f"_relation_{who}"))
                for who in row.by:
                    if "." in who:
                        self.assertEqual(self.env.ref(who)._name, "res.groups")
                    else:
                        self.assertTrue(hasattr(self.model, f"_relation_{who}"))

    def test_barred_by_no_road(self):
        """Who had a part in it decides neither in their own right nor by a delegate."""
        for row in self.model._get_transitions():
            if not row.never:
                continue
            record = self.make(row.sources[0])
            self.prepare(record, row)
            barred = map(record._get_relation_users, row.never)
            for user in self.env["res.users"].union(*barred):
                with self.subTest(transition=row.name, user=user.login), self.undone():
                    groups = [self.env.ref(who).id for who in row.by if "." in who]
                    user.group_ids = [Command.link(group) for group in groups]
                    self.assertIsNone(record.with_user(user)._get_authority(row))
                    deputy = self.make_user("test_deputy", "base.group_user")
                    self.env["office.delegation"].create(
                        {
                            "principal_id": user.id,
                            "delegate_id": deputy.id,
                            "date_from": "2026-01-01",
                            "date_to": "2026-12-31",
                        }
                    )
                    lent = row.but(by=row.never)
                    self.assertIsNone(record.with_user(deputy)._get_authority(lent))

    # Gaps -----------------------------------------------------------------------------

    def test_gaps_are_told_all_at_once(self):
        for row, record, actor in self.each_passable():
            words = self.words_of_gaps(row)
            if words:
                with self.subTest(transition=row.name), self.undone():
                    self.empty(record, row.needs)
                    with self.guard_says(row), self.assertRaises(UserError) as caught:
                        record.with_user(actor).do_transition(row.name)
                    self.assertSays(caught.exception, *words)
                    self.assertIn(record.state, row.sources)

    def test_reason_of_blanks_is_none(self):
        for row, record, actor in self.each_passable():
            if row.note:
                with self.subTest(transition=row.name):
                    with self.assertRaisesRegex(UserError, "write down the reason"):
                        record.with_user(actor).do_transition(row.name, " \n\t")

    def each_passable(self):
        """Yield each transition with a record ready for it and a user who may."""
        for row in self.model._get_transitions():
            record = self.make(row.sources[0])
            self.prepare(record, row)
            for role, user in self.users.items():
                if self.may(row, role) and record.with_user(user).has_access("read"):
                    yield row, record, user
                    break

    def words_of_gaps(self, row):
        """Return what a refusal says when all that is asked for is missing."""
        return (
            [self.model._fields[name].string for name in row.needs]
            + ["Please write down the reason."] * row.note
            + ["A first reason.", "A second reason."] * bool(row.guard)
        )

    def empty(self, record, names):
        x2many = ("one2many", "many2many")
        with permit(record):
            record.write(
                {
                    name: [Command.clear()]
                    if self.model._fields[name].type in x2many
                    else False
                    for name in names
                }
            )

    def guard_says(self, row):
        """Patch the guard of a transition, if it has one, to give two reasons."""
        if not row.guard:
            return nullcontext()
        reasons = ["A first reason.", "A second reason."]
        return patch.object(
            self.registry[self.model_name], row.guard, lambda *args: list(reasons)
        )

    # Batches and the log --------------------------------------------------------------

    def test_one_bad_record_stops_the_batch(self):
        row, good, actor = next(self.each_passable())
        bad = self.make(row.target, name="Bad Apple")
        batch = (good | bad).with_user(actor)
        with self.assertRaises(UserError) as caught:
            batch.do_transition(row.name, "Because")
        self.assertSays(caught.exception, bad.display_name, "does not start from")
        self.assertNotIn(f"{good.display_name}:", str(caught.exception))
        self.assertIn(good.state, row.sources)
        self.assertNotIn(row.name, good.transition_ids.mapped("name"))

    def test_log_tells_how_long(self):
        row, record, actor = next(self.each_passable())
        self.clock.tick(timedelta(days=1, seconds=30))
        record.with_user(actor).do_transition(row.name, "Because")
        line = record.transition_ids.filtered(lambda line: line.name == row.name)
        self.assertEqual(line.seconds, 86430)
        self.assertEqual(record.state_since, fields.Datetime.now())

    def test_log_cannot_be_changed(self):
        row, record, actor = next(self.each_passable())
        record.with_user(actor).do_transition(row.name, "Because")
        line = record.transition_ids[0]
        for user in (self.env.user, self.users["admin"], actor):
            mine = line.with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(UserError):
                    mine.write({"note": "Forged"})
                with self.assertRaises(UserError):
                    mine.unlink()
        with self.assertRaisesRegex(UserError, "append-only"):
            line.sudo().note = "Forged"
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            line.sudo().unlink()
        as_admin = record.with_user(self.users["admin"]).sudo()
        for command in (
            Command.update(line.id, {"note": "Forged"}),
            Command.delete(line.id),
            Command.clear(),
        ):
            with self.assertRaises(UserError):
                as_admin.write({"transition_ids": [command]})
                self.env.flush_all()
        self.assertEqual(line.note, "Because")

    def test_nobody_writes_the_log_by_hand(self):
        record = self.make()
        for role, user in self.users.items():
            with self.subTest(role=role), self.refuses(AccessError):
                self.env["office.transition"].with_user(user).create(
                    {
                        "res_model": self.model_name,
                        "res_id": record.id,
                        "name": "forged",
                        "state_to": record.state,
                        "user_id": user.id,
                    }
                )

    def test_unknown_transition(self):
        record = self.make()
        for name in ("nonsense", "", None, ["issue"], {"a": 1}):
            with self.subTest(name=name), self.assertRaisesRegex(UserError, "knows no"):
                record.do_transition(name)

    # The closed roads -----------------------------------------------------------------

    def test_what_is_computed_or_guarded_is_never_given(self):
        guarded = self.model._get_guarded_fields()
        self.assertLessEqual({"state", "state_since"}, guarded)
        for name, field in self.model._fields.items():
            if field.store and field.compute and field.readonly:
                self.assertIn(name, guarded)
        for name in guarded:
            self.assertFalse(self.model._fields[name].copy, name)

    def each_powerful(self):
        """Yield the environments of those who might change a record anyhow."""
        yield self.env
        for role in ("admin", self.creator_role, "director"):
            yield self.env(user=self.users[role])

    def test_write_refused(self):
        record = self.make()
        before = self.snapshot(record)
        for env in self.each_powerful():
            self.env.invalidate_all()
            for name, value in forge(self.model):
                with self.subTest(field=name, user=env.user.login):
                    with self.refuses(UserError):
                        record.with_env(env).write({name: value})
                    with self.refuses(ValidationError):
                        record.with_env(env).sudo()[name] = value
        self.assertEqual(self.snapshot(record), before)

    def snapshot(self, record):
        """Return all that is guarded in a record, and its log, as the database has it."""
        self.env.flush_all()
        self.env.invalidate_all()
        return record.read(
            sorted(self.model._get_guarded_fields())
        ), record.transition_ids

    def test_write_of_the_present_state_refused(self):
        record = self.make()
        with self.assertRaises(ValidationError):
            record.write({"state": record.state})

    def test_forged_context_opens_nothing(self):
        record = self.make()
        row = self.model._get_transitions()[0]
        forged = record.with_context(
            office_permit=True,
            office_transition=row.name,
            permit=[self.model_name, record.ids, row.target],
            default_state=row.target,
            install_mode=True,
            import_file=True,
            tracking_disable=True,
        )
        with self.assertRaises(ValidationError):
            forged.write({"state": row.target})

    def test_create_refused(self):
        before = self.model.search_count([])
        for name, value in forge(self.model):
            with self.subTest(field=name), self.refuses(ValidationError):
                self.model.create({**self.sample_vals(), name: value})
        self.assertEqual(self.model.search_count([]), before)

    def test_create_leaves_the_callers_values_alone(self):
        vals = self.sample_vals()
        before = dict(vals)
        self.model.create([vals])
        self.assertEqual(vals, before)

    birth_facts = frozenset()
    """Guarded fields that the model itself fills when a record is born, beside number
    and clock of a kind that is born with them."""

    unique_facts = frozenset({"number"})
    """Of those, what no two records share."""

    def get_birth_facts(self):
        """Return the guarded fields that a new record has from the model itself."""
        facts = set(self.birth_facts)
        if getattr(self.model, "_is_born_numbered", bool)():
            facts.add("number")
        if getattr(self.model, "_is_born_running", bool)():
            facts |= {"clock_start", "date_deadline_original", "deadline_owner_id"}
        return facts

    def assertBornClean(self, record):
        """Assert that a new record holds nothing but what the model gives it."""
        fresh, record = self.make(), record.sudo()
        for name in self.model._get_guarded_fields():
            if name in self.get_birth_facts() & self.unique_facts:
                self.assertNotEqual(record[name], "forged")
                continue
            self.assertEqual(record[name], fresh[name], name)
        self.assertEqual(record.state, self.model._get_initial_state())
        self.assertEqual(record.state_since, fields.Datetime.now())

    def test_defaults_of_the_context_ignored(self):
        creator = self.model.with_user(self.users[self.creator_role])
        forged = {f"default_{name}": value for name, value in forge(self.model)}
        for name in [*self.model._get_guarded_fields()]:
            # What nobody may write at all is refused loudly.
            if not creator._has_field_access(self.model._fields[name], "write"):
                one = {f"default_{name}": forged.pop(f"default_{name}")}
                with self.refuses(AccessError):
                    creator.with_context(**one).create(self.sample_vals())
        record = creator.with_context(**forged).create(self.sample_vals())
        self.assertBornClean(record)

    def test_saved_defaults_ignored(self):
        creator = self.model.with_user(self.users[self.creator_role])
        for name, value in forge(self.model):
            if self.model._fields[name].type not in ("many2one", "json"):
                creator.env["ir.default"].set(self.model_name, name, value, True)
        self.assertBornClean(creator.create(self.sample_vals()))

    def test_import_refused(self):
        vals = {
            name: value
            for name, value in self.sample_vals().items()
            if self.model._fields[name].type in ("char", "text", "date", "selection")
        }
        links = {
            f"{name}/.id": value
            for name, value in self.sample_vals().items()
            if self.model._fields[name].type == "many2one"
        }
        vals.update(links)
        before = self.model.search_count([])
        for name, value in forge(self.model):
            field = self.model._fields[name]
            header = f"{name}/.id" if field.type == "many2one" else name
            with self.subTest(field=name):
                rows = [[str(cell) for cell in [*vals.values(), value]]]
                result = self.model.load([*vals, header], rows)
                self.assertFalse(result["ids"], result)
                self.assertTrue(result["messages"])
        self.assertEqual(self.model.search_count([]), before)

    def test_import_over_an_existing_record_refused(self):
        record = self.make()
        target = self.model._get_transitions()[0].target
        with self.undone():
            result = self.model.load([".id", "state"], [[str(record.id), target]])
            self.assertFalse(result["ids"])
            record.invalidate_recordset()
            self.assertEqual(record.state, self.model._get_initial_state())

    def test_copy_starts_anew(self):
        born = self.get_birth_facts()
        for state in self.model._fields["state"].get_values(self.env):
            with self.subTest(state=state):
                twin = self.make(state).copy()
                for name in self.model._get_guarded_fields() - born:
                    field = self.model._fields[name]
                    if not field.compute and not field.default:
                        self.assertFalse(twin[name], name)
                self.assertEqual(twin.state, self.model._get_initial_state())
                self.assertEqual(twin.state_since, fields.Datetime.now())
                self.assertFalse(twin.transition_ids)

    def test_copy_with_forged_values_refused(self):
        record = self.make()
        before = self.model.search_count([])
        for name, value in forge(self.model):
            with self.subTest(field=name), self.refuses(ValidationError):
                record.copy({name: value})
        self.assertEqual(self.model.search_count([]), before)

    def test_commands_from_a_parent_refused(self):
        record = self.make()
        other = self.model._fields["state"].get_values(self.env)[-1]
        for parent, field in self.each_parent_field():
            with self.subTest(parent=parent._name, field=field.name):
                with self.assertRaises(UserError):
                    field.write(parent, [Command.update(record.id, {"state": other})])

    def each_parent_field(self):
        """Yield ``(some record, x2many field)`` for the fields that hold this model."""
        for name in self.registry:
            for field in self.env[name]._fields.values():
                if field.type in ("one2many", "many2many") and field.store is not None:
                    inverse = getattr(field, "inverse_name", None)
                    if field.comodel_name == self.model_name and inverse:
                        yield self.env[name], field

    def test_delete_only_what_was_never_submitted(self):
        first = self.model._get_initial_state()
        for state in self.model._fields["state"].get_values(self.env):
            record = self.make(state)
            with self.subTest(state=state):
                if "number" in self.get_birth_facts() and state == first:
                    with self.assertRaisesRegex(UserError, "stays in the register"):
                        record.unlink()
                elif state == first:
                    self.assertTrue(record.unlink())
                else:
                    with self.assertRaisesRegex(UserError, "never submitted"):
                        record.unlink()

    def test_settled_fields_are_frozen(self):
        for state in self.model._fields["state"].get_values(self.env):
            record = self.make(state)
            frozen = self.model._get_frozen_fields()
            vals = {
                name: record._fields[name].convert_to_write(record[name], record)
                for name in frozen
            }
            open_vals = {name: vals[name] for name in frozen if state in frozen[name]}
            for name in frozen.keys() - open_vals.keys():
                with self.subTest(field=name, state=state):
                    with self.refuses(ValidationError) as caught:
                        record.write({name: vals[name]})
                    self.assertSays(caught.exception, "earlier step")
            with self.subTest(state=state), self.undone():
                self.assertTrue(record.write(open_vals))

# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What every model of ``office.workflow.mixin`` must prove over real HTTP."""

import json

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import call_kw

from .common import MatterFixture
from .workflow_tests import forge

PRIVATE = (
    "_apply_transition",
    "_pass_by_system",
    "_refuse_guarded",
    "_write",
    "_start_clock",
    "_move_deadline",
    "_give_numbers",
    "_name_person",
    "_send_urging",
)
"""Methods that would open a side door if a client could call them."""

GUARDED = ("AccessError", "UserError", "ValidationError")
"""What a refusal is called; anything else would be an accident."""


class RpcTests(MatterFixture):
    """A browser in wrong hands: any method, any argument, any context."""

    def call(self, method, *args, model=None, **kwargs):
        """Call a method as the web client does.

        :return: the answer: a dict with ``result`` or ``error``
        :rtype: dict
        """
        params = {
            "model": model or self.model_name,
            "method": method,
            "args": args,
            "kwargs": kwargs,
        }
        answer = self.url_open("/web/dataset/call_kw", json={"params": params})
        return answer.json()

    def assertRefused(self, answer, *errors):
        """Assert that a call was refused, by one of some kinds of error if given."""
        self.assertIn("error", answer)
        if errors:
            self.assertIn(answer["error"]["data"]["name"].split(".")[-1], errors)

    def sign_in(self, role):
        login = self.users[role].login
        self.authenticate(login, login)

    def snapshot(self, record):
        """Return all that is guarded in a record, and the length of its log."""
        self.env.flush_all()
        self.env.invalidate_all()
        guarded = sorted(self.model._get_guarded_fields())
        return record.read(guarded), len(record.transition_ids)

    def test_the_road_itself(self):
        row = self.model._get_transitions()[0]
        record = self.make(row.sources[0])
        self.prepare(record, row)
        role = next(
            role
            for role, user in self.users.items()
            if self.may(row, role) and record.with_user(user).has_access("read")
        )
        self.sign_in(role)
        self.assertIn("result", self.call("do_transition", record.ids, row.name, "Why"))
        record.invalidate_recordset()
        self.assertEqual(record.state, row.target)
        self.assertEqual(record.transition_ids[0].user_id, self.users[role])

    def test_strangers(self):
        row = self.model._get_transitions()[0]
        record = self.make(row.sources[0])
        before = self.snapshot(record)
        for role in ("outsider", "citizen"):
            self.sign_in(role)
            for context in ({}, {"uid": 1}, {"su": True, "sudo": True, "uid": 2}):
                with self.subTest(role=role, context=context):
                    answer = self.call(
                        "do_transition", record.ids, row.name, "Why", context=context
                    )
                    self.assertRefused(answer, "AccessError")
        self.assertEqual(self.snapshot(record), before)

    def test_guarded_fields(self):
        record = self.make()
        before = self.snapshot(record)
        count = self.model.search_count([])
        target = self.model._get_transitions()[0].target
        forged = {
            "default_state": target,
            "office_transition": self.model._get_transitions()[0].name,
            "permit": [self.model_name, record.ids, target],
            "install_mode": True,
            "import_file": True,
            "active_test": False,
        }
        for role in (self.creator_role, "director", "admin"):
            for name, value in forge(self.model):
                vals = {**self.rpc_vals(), name: value}
                for context in ({}, forged):
                    for method, args in (
                        ("write", (record.ids, {name: value})),
                        ("web_save", (record.ids, {name: value}, {})),
                        ("create", ([vals],)),
                        ("create", (vals,)),
                        ("web_save", ([], vals, {})),
                        ("copy", (record.ids, {name: value})),
                    ):
                        with self.subTest(role=role, method=method, field=name):
                            error = self.dispatch(role, method, args, context)
                            self.assertIn(error, GUARDED)
            self.assertEqual(self.snapshot(record), before)
            self.assertEqual(self.model.search_count([]), count)
            # What holds where calls arrive holds for those that come from outside.
            self.sign_in(role)
            answer = self.call("write", record.ids, {name: value}, context=forged)
            self.assertRefused(answer, *GUARDED)
        self.assertEqual(self.snapshot(record), before)
        self.assertEqual(self.model.search_count([]), count)

    def dispatch(self, role, method, args, context):
        """Make a call where the web client's arrive, without the way there.

        Nothing is taken back: a refusal that comes too late leaves its traces.

        :return: the name of the error, ``None`` if there was none
        :rtype: str
        """
        model = self.env(user=self.users[role])[self.model_name]
        args, kwargs = json.loads(json.dumps([args, {"context": context}]))
        try:
            call_kw(model, method, args, kwargs)
            self.env.flush_all()
        except UserError as error:
            return type(error).__name__
        return None

    def rpc_vals(self):
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else value
            for name, value in self.sample_vals().items()
        }

    def test_default_state_in_the_context(self):
        self.sign_in(self.creator_role)
        target = self.model._get_transitions()[0].target
        answer = self.call(
            "create", [self.rpc_vals()], context={"default_state": target}
        )
        record = self.model.browse(answer["result"])
        self.assertEqual(record.state, self.model._get_initial_state())
        self.assertFalse(record.transition_ids)

    def test_commands_into_the_log(self):
        row = self.model._get_transitions()[0]
        record = self.make(row.target)
        before = self.snapshot(record)
        line = record.transition_ids[0]
        forged = {"name": row.name, "state_to": row.target, "user_id": 1}
        for role in (self.creator_role, "director", "admin"):
            self.sign_in(role)
            for command in (
                Command.create({**forged, "res_model": self.model_name}),
                Command.update(line.id, {"note": "Forged"}),
                Command.delete(line.id),
                Command.unlink(line.id),
                Command.clear(),
            ):
                with self.subTest(role=role, command=command[0]):
                    for method, args in (
                        ("write", (record.ids, {"transition_ids": [command]})),
                        ("web_save", (record.ids, {"transition_ids": [command]}, {})),
                    ):
                        self.assertRefused(self.call(method, *args), *GUARDED)
            for method, args in (
                ("create", ({**forged, "res_model": self.model_name, "res_id": 1},)),
                ("write", (line.ids, {"note": "Forged"})),
                ("unlink", (line.ids,)),
            ):
                with self.subTest(role=role, log=method):
                    answer = self.call(method, *args, model="office.transition")
                    self.assertRefused(answer, *GUARDED)
        self.assertEqual(self.snapshot(record), before)

    def test_private_methods(self):
        record = self.make()
        before = self.snapshot(record)
        self.sign_in("admin")
        for method in PRIVATE:
            if hasattr(record, method):
                with self.subTest(method=method):
                    self.assertRefused(self.call(method, record.ids), "AccessError")
        self.assertEqual(self.snapshot(record), before)

    def test_odd_arguments(self):
        row = self.model._get_transitions()[-1]
        record = self.make()
        before = self.snapshot(record)
        self.sign_in("admin")
        for args in (
            (record.ids, row.name, False, row.target),
            (record.ids, row.name, False, {"state": row.target}),
            (record.ids, [row.name]),
            (record.ids, {"name": row.name, "by": []}),
            (record.ids, row.name, ["a note"]),
            ([record.ids], row.name),
            ([[record.id]], row.name),
            (row.name,),
            (),
        ):
            with self.subTest(args=args):
                self.assertRefused(self.call("do_transition", *args))
        for kwargs in ({"principals": {}}, {"state": row.target}, {"row": row.name}):
            with self.subTest(kwargs=kwargs):
                answer = self.call("do_transition", record.ids, row.name, **kwargs)
                self.assertRefused(answer)
        self.assertEqual(self.snapshot(record), before)

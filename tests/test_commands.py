# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What script/server and script/test say when something is wrong."""

import os
import socket
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).parents[1]


class TestCommands(unittest.TestCase):
    def run_script(self, name, *arguments, **environment):
        """Return (exit code, all output) of a command."""
        done = subprocess.run(
            [ROOT / "script" / name, *arguments],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **environment},
        )
        return done.returncode, done.stdout + done.stderr

    def test_help_lists_the_options(self):
        code, said = self.run_script("server", "--help")
        self.assertEqual(code, 0)
        for option in (
            "--port",
            "--language",
            "--without-demo",
            "--fresh",
            "--workers",
        ):
            self.assertIn(option, said)
        self.assertIn("ODOO_BIN", said)
        code, said = self.run_script("test", "--help")
        self.assertEqual(code, 0)
        self.assertIn("-k", said)

    def test_wrong_options_are_named_with_the_command_to_run(self):
        for arguments in (
            ("--porrt", "1"),
            ("--port", "many"),
            ("--port", "70000"),
            ("--port",),
            ("--workers", "x"),
            ("--language", "../etc"),
        ):
            code, said = self.run_script("server", *arguments)
            with self.subTest(arguments=arguments):
                self.assertEqual(code, 1)
                self.assertIn("script/server", said)
                self.assertNotIn("Traceback", said)
                self.assertNotIn("unbound variable", said)

    def test_taken_port_is_named(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            code, said = self.run_script("server", "--port", port)
        self.assertEqual(code, 1)
        self.assertIn(f"Port {port} is taken", said)
        self.assertIn("script/server --port", said)

    def test_odoo_bin_that_is_not_there(self):
        code, said = self.run_script("server", "--port", "1", ODOO_BIN="/nowhere/odoo")
        self.assertEqual(code, 1)
        self.assertIn("ODOO_BIN names no file", said)

    def test_unwritable_cache(self):
        code, said = self.run_script(
            "server", "--port", "1", OFFICE_CACHE="/proc/none", ODOO_BIN=""
        )
        self.assertEqual(code, 1)
        self.assertIn("cannot be written", said)

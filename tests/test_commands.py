# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What script/server and script/test say when something is wrong."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

ROOT = Path(__file__).parents[1]
# An Odoo that keeps no more than the databases it is asked to make.
ODOO_BIN = f"""#!{sys.executable}
import subprocess, sys
if "--version" in sys.argv:
    print("Odoo Server SERIES")
elif "-i" in sys.argv:
    name = sys.argv[sys.argv.index("-d") + 1]
    table = "CREATE TABLE IF NOT EXISTS res_partner (lang varchar)"
    subprocess.run(["createdb", name], stderr=subprocess.DEVNULL)
    subprocess.run(["psql", "-q", "-d", name, "-c", table], check=True)
else:
    print("served with", *sys.argv[1:])
"""


class CommandCase(unittest.TestCase):
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


class TestCommands(CommandCase):
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


class TestMachine(CommandCase):
    """What they say on a machine that lacks something."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.folder.chmod(0o755)
        self.cache = self.folder / "cache"
        self.path = self.folder / "bin"
        self.path.mkdir()
        for place in ("/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"):
            for command in Path(place).iterdir():
                link = self.path / command.name
                if not link.is_symlink():
                    link.symlink_to(command)
        self.replace("df", "echo; echo disk 9 9 99999 9 /")

    def replace(self, command, script):
        """Let a command do something else; without a script there is none."""
        path = self.path / command
        path.unlink(missing_ok=True)
        if script:
            path.write_text(script if script[:2] == "#!" else f"#!/bin/sh\n{script}\n")
            path.chmod(0o755)
        return str(path)

    def run_here(self, name, *arguments, **environment):
        return self.run_script(
            name,
            *arguments,
            **{
                "PATH": str(self.path),
                "OFFICE_CACHE": str(self.cache),
                "ODOO_BIN": "",
                "ODOO_PYTHON": sys.executable,
                "PIP_NO_INDEX": "1",
                "PIP_CONFIG_FILE": os.devnull,
                **environment,
            },
        )

    def assertStops(self, run, *sentences):
        code, said = run
        self.assertEqual(code, 1, said)
        for sentence in (*sentences, "Run this, then start again"):
            self.assertIn(sentence, said)

    def test_missing_package_is_named_to_an_ordinary_user(self):
        self.replace("id", "echo 1000")
        self.replace("pdftotext", None)
        self.assertStops(
            self.run_here("test"),
            "Debian packages are missing: poppler-utils",
            "sudo apt-get update && sudo apt-get install",
        )

    def test_root_without_network_cannot_install_it(self):
        self.replace("id", "echo 0")
        self.replace("pdftotext", None)
        self.replace("apt-get", "exit 100")
        self.assertStops(
            self.run_here("test"), "package lists could not be fetched", "a network?"
        )

    def test_full_disk(self):
        self.replace("df", "echo; echo disk 9 9 10 9 /")
        self.assertStops(
            self.run_here("server", "--port", "1"),
            "has 10 MB free, and 3000 MB are needed",
            "df -h",
        )

    def test_no_network_for_odoo(self):
        self.replace("apt-get", "exit 100")
        self.assertStops(
            self.run_here("server", "--port", "1"),
            "list of packages (sid) could not be fetched; is there a network?",
            "apt-sid.log",
        )

    def test_half_of_odoo_is_not_taken_for_the_whole(self):
        """The disk runs full while the package is unpacked."""
        self.replace("apt-get", 'case "$*" in download*) touch odoo-19.deb;; esac')
        self.replace("apt-cache", "echo '  Candidate: 19.0.0'")
        self.replace("dpkg", '[ "$1" != -x ]')
        self.assertStops(
            self.run_here("server", "--port", "1"), "odoo-19.deb could not be unpacked"
        )
        self.assertFalse(list(self.cache.glob("odoo*/.complete")))

    def test_no_network_for_python_packages(self):
        (self.cache / "odoo").mkdir(parents=True)
        (self.cache / "odoo" / ".complete").touch()
        venv = '[ "$2" != venv ] || { mkdir -p $3/bin; ln -s `which false` $3/bin/python; }'
        python = self.replace("python3.11", venv)
        self.assertStops(
            self.run_here("server", "--port", "1", OFFICE_PYTHON=python),
            "Python packages could not be installed; is there a network?",
            "pip.log",
        )

    def test_whatever_else_fails_is_a_sentence(self):
        self.replace("awk", "exit 1")
        self.assertStops(self.run_here("server", "--port", "1"), "Stopped: ", "df -h")

    def test_odoo_bin_of_another_series(self):
        old = self.replace("odoo-bin", ODOO_BIN.replace("SERIES", "18.0"))
        self.assertStops(
            self.run_here("server", "--port", "1", ODOO_BIN=old),
            "odoo-bin is not an Odoo 19.0: Odoo Server 18.0",
        )

    def stop_postgresql(self):
        """End the cluster that the commands made and started."""
        lock = self.cache / "postgresql" / "data" / "postmaster.pid"
        os.kill(int(lock.read_text().split()[0]), signal.SIGQUIT)
        for _wait in range(100):
            if not lock.exists():
                break
            time.sleep(0.1)

    def test_odoo_bin_that_works(self):
        """From nothing to a server, with an Odoo that is there; then again."""
        there = self.replace("odoo-bin", ODOO_BIN.replace("SERIES", "19.0"))
        code, said = self.run_here("server", "--port", "1", ODOO_BIN=there)
        self.addCleanup(self.stop_postgresql)
        self.assertEqual(code, 0, said)
        self.assertIn("Installing the suite with its demo", said)
        self.assertIn("http://localhost:1\n", said)
        self.assertIn("-d office_demo_zh_cn --http-port 1 --workers 0", said)
        self.assertFalse((self.cache / "odoo").exists())
        code, said = self.run_here("server", "--port", "1", ODOO_BIN=there)
        self.assertEqual(code, 0, said)
        self.assertNotIn("Installing", said)
        self.assertIn("http://localhost:1\n", said)

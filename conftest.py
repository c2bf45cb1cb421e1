# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""How the tests are handed to workers.

The longest files first: a worker takes whole files, and were a long one taken last, the
others would wait for it. Each worker has files of its own as it has a database of its
own: Odoo sweeps a test class's attachments off the disk at its end, and would sweep away
those of a test that another worker is running.

Of subtests only those that fail are reported: a kind of matter alone has thousands, and
each report goes from the worker to the terminal.
"""

import os
import shutil
from contextlib import contextmanager

import pytest
import pytest_odoo
from _pytest.unittest import TestCaseFunction

from odoo.tools import config

SECONDS = {
    "tests/test_commands.py": 20,
    "tests/test_demo.py": 50,
    "tests/test_role_matrix.py": 25,
    "tests/test_translations.py": 20,
    "tests/test_walk_whole.py": 60,
}
"""File → roughly what it takes, where the number of its tests does not tell."""

SECONDS_OF_A_WALK = 30
SECONDS_OF_A_TEST = 0.15


def pytest_collection_modifyitems(items):
    tests = {}
    for item in items:
        tests.setdefault(item.nodeid.split("::")[0], []).append(item)

    def weigh(path):
        if path not in SECONDS and path.startswith("tests/test_walk_"):
            return SECONDS_OF_A_WALK
        return SECONDS.get(path, SECONDS_OF_A_TEST * len(tests[path]))

    paths = sorted(tests, key=weigh, reverse=True)
    items[:] = [item for path in paths for item in tests[path]]


@contextmanager
def own_filestore(original, name):
    """Give the database of a worker a filestore of its own while its tests run.

    Files are linked, not copied: Odoo never changes a file, it writes another.

    :param str original: the database that the worker's is a copy of
    :param str name: the database of the worker; the same without workers
    """
    if original == name:
        yield
        return
    folder = config.filestore(name)
    shutil.rmtree(folder, ignore_errors=True)
    if os.path.isdir(config.filestore(original)):
        shutil.copytree(config.filestore(original), folder, copy_function=os.link)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


pytest_odoo._shared_filestore = own_filestore


def report_failed(report):
    """Report a subtest only if something went wrong in it.

    :param report: how pytest reports a subtest
    """

    def add_subtest(function, test_case, test, exc_info):
        if exc_info is not None:
            report(function, test_case, test, exc_info)

    return add_subtest


TestCaseFunction.addSubTest = report_failed(TestCaseFunction.addSubTest)


@pytest.fixture(scope="session", autouse=True)
def kept_office(load_registry):
    """Set up once what most classes need: the office they test in."""
    from odoo.addons.office_functions.tests.common import OfficeFixture

    with OfficeFixture.keep_office():
        yield

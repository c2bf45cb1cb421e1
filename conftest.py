# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""In what order the files are handed to workers: the longest first.

A worker takes whole files. Were a long one taken last, the others would wait for it.
"""

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

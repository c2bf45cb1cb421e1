# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Print the figures of a run on documents, information, advice and petitions as Markdown tables.

report_kinds.py BENCH RESULTS

All times are computed ones (``cpu_ms``): others may use the machine as well.
"""

import json
import sys
from pathlib import Path

from common import KINDS
from report import number, short, table

SCREENS = {
    "list": "list of 80, open",
    "list all": "list of 80, all",
    "kanban": "kanban with bar",
    "lights": "counts by light",
    "states": "counts by state",
    "months": "month × state, open",
    "number": "search by number",
    "title": "search by title",
    "form": "one form",
    "panel": "its page “Progress”",
    "idle": "backlog",
    "unread": "unread receipts",
    "similar": "similar ones while typing",
    "known": "the same person while typing",
    "words": "search by words",
    "pivot": "class × month",
    "follow": "look-up by code",
}
HOUSE = {
    "dispatch": "dispatch board",
    "workbench": "workbench",
    "clashes": "clashes",
    "indicators": "indicator",
}
CREATE = {
    "create one by one": "create 1",
    "create 100": "create 100",
    "create 1000": "create 1,000",
}
READERS = ("head", "staff", "director", "officer")
"""The officer registers petitions, and has a column where there are some."""
PEERS = ("task", "maint")
FLAT = ("list", "list all", "number", "title", "form", "panel", "idle")


def main(_bench, results):
    figures = {}
    for line in Path(results).read_text().splitlines():
        row = json.loads(line)
        figures.setdefault((row["measure"], row["who"]), {})[row["rows"]] = row
    sizes = sorted({size for rows in figures.values() for size in rows})
    sections = (
        screens_table(figures, sizes),
        house_table(figures, sizes),
        twins_table(figures, sizes),
        create_table(figures, sizes),
        steps_table(figures, sizes),
        verdicts(figures, sizes),
    )
    print("\n\n".join("\n".join(section) for section in sections if section))


def cell(figures, measure, who, each=False):
    """Return computed milliseconds by size, and the queries at the largest.

    :param bool each: of one record, where a call handles some
    """
    rows = figures.get((measure, who))
    if not rows:
        return "–"
    found = [rows[size] for size in sorted(rows)]
    parts = [row["amount"] if each else 1 for row in found]
    times = [row["cpu_ms"] / n for row, n in zip(found, parts, strict=True)]
    queries = found[-1]["queries"] / parts[-1]
    shown = f"{queries:.1f}" if each else f"{queries:.0f}"
    return f"{' → '.join(map(number, times))} ({shown})"


def sized(text, sizes):
    return f"{text}, {' → '.join(map(short, sizes))} rows (queries)"


def screens_table(figures, sizes):
    """The screens of each kind, by reader, and those of the peers."""
    readers = [
        who
        for who in READERS
        if any(
            (measure, f"{kind} {who}") in figures
            for measure in SCREENS
            for kind in KINDS
        )
    ]
    rows = []
    for measure, label in SCREENS.items():
        for kind in KINDS:
            if (measure, f"{kind} head") in figures:
                cells = [cell(figures, measure, f"{kind} {who}") for who in readers]
                peers = [cell(figures, measure, who) for who in PEERS]
                rows.append([f"{label}, {kind}", *cells, *peers])
    return table([sized("computed ms", sizes), *readers, *PEERS], rows)


def house_table(figures, sizes):
    """The screens that are one for all kinds."""
    rows = [
        [
            f"{HOUSE[measure]}, {who}",
            cell(figures, measure, who),
            cell(figures, measure, f"{who} SQL"),
        ]
        for measure, who in figures
        if measure in HOUSE and not who.endswith(" SQL")
    ]
    return table([sized("computed ms", sizes), "ours", "plain SQL"], rows)


def twins_table(figures, sizes):
    """Our computed milliseconds over those of plain SQL."""
    rows = []
    for measure in ("lights", "kanban", "months"):
        for kind in KINDS:
            for who in ("head", "director"):
                ours = figures.get((measure, f"{kind} {who}"), {})
                twin = figures.get((measure, f"{kind} {who} SQL"), {})
                cells = [
                    f"{number(ours[size]['cpu_ms'])} / {number(twin[size]['cpu_ms'])} = "
                    f"{ours[size]['cpu_ms'] / twin[size]['cpu_ms']:.1f}"
                    for size in sizes
                    if size in ours and size in twin
                ]
                if cells:
                    rows.append([f"{SCREENS[measure]}, {kind}, {who}", *cells])
    return table(["ours / plain SQL, computed ms", *map(short, sizes)], rows)


def create_table(figures, sizes):
    """Milliseconds and queries of one record."""
    names = (*KINDS, *PEERS)
    rows = [
        [label, *(cell(figures, measure, who, each=True) for who in names)]
        for measure, label in CREATE.items()
        if any((measure, who) in figures for who in names)
    ]
    return table([sized("computed ms a record", sizes), *names], rows)


def steps_table(figures, sizes):
    """Milliseconds and queries of one step of one record."""
    rows = [
        [
            who,
            cell(figures, "state one by one", who, each=True),
            cell(figures, "state batch", who, each=True),
        ]
        for measure, who in figures
        if measure == "state one by one"
    ]
    return table([sized("computed ms a step", sizes), "1", "100 at once"], rows)


def verdicts(figures, sizes):
    """Say of each goal whether it is met."""
    least, most = sizes[0], sizes[-1]
    lines = []

    def say(goal, missed):
        verdict = "**behind** — " + "; ".join(missed) if missed else "met"
        lines.append(f"- {goal}: {verdict}.")

    def ours(*measures):
        for (measure, who), rows in figures.items():
            if measure in measures and who not in PEERS and not who.endswith(" SQL"):
                yield measure, who, rows

    if len(sizes) > 1:
        say(
            "Lists, searches and forms flat within 1.3 ×",
            [
                f"{SCREENS[measure]}, {who}: {ratio:.1f} ×"
                for measure, who, rows in ours(*FLAT)
                if (ratio := rows[most]["cpu_ms"] / rows[least]["cpu_ms"]) > 1.3
            ],
        )
    say(
        "Indicators within 2 × plain SQL",
        [
            f"{who}, {short(size)}: {ratio:.1f} ×"
            for measure, who, rows in ours("indicators")
            for size in sizes
            if (
                ratio := rows[size]["cpu_ms"]
                / figures[measure, f"{who} SQL"][size]["cpu_ms"]
            )
            > 2
        ],
    )
    say(
        "Queries: list at most 12, one record 10, one step 10",
        [
            f"{measure}, {who}: {each:.1f}"
            for names, bound in (
                (("list", "list all"), 12),
                (("create one by one", "state one by one"), 10),
            )
            for measure, who, rows in ours(*names)
            if (
                each := rows[most]["queries"]
                / (rows[most]["amount"] if bound == 10 else 1)
            )
            > bound
        ],
    )
    return lines


if __name__ == "__main__":
    main(*sys.argv[1:])

# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Print the figures of a run as Markdown tables, with the goals met and missed.

report.py BENCH RESULTS
"""

import json
import sys
from pathlib import Path

SCREENS = {
    "list": "list of 80, open",
    "list all": "list of 80, all",
    "kanban": "kanban with bar",
    "lights": "counts by light",
    "months": "month × state, open",
    "number": "search by number",
    "form": "one form",
    "panel": "its page “Progress”",
    "workbench": "workbench",
    "rates": "rates by unit × month",
    "ranking": "ranking of a year",
    "stalled tasks": "tasks that stall",
    "stalled tickets": "tickets that stall",
    "changes": "change ledger",
    "ledger": "supervision ledger",
}
LEDGERS = ("changes", "ledger")
STALLED = ("stalled tasks", "stalled tickets")
WRITES = {
    "create one by one": "create 1",
    "create 100": "create 100",
    "create 1000": "create 1,000",
    "state one by one": "change state of 1",
    "state batch": "change state of 100",
}
ORDINARY = ("head", "staff")
OURS = (*ORDINARY, "director")
PEERS = ("task", "maint", "ticket")
STEPS = ("file", "assign", "verify", "close")


def main(_bench, results):
    figures = {}
    for line in Path(results).read_text().splitlines():
        row = json.loads(line)
        figures[row["measure"], row["who"], row["rows"]] = row
    sizes = sorted({rows for _measure, _who, rows in figures})
    sections = (
        screens_table(figures, sizes),
        twins_table(figures, sizes),
        writes_table(figures, sizes),
        urging_table(figures, sizes),
        ledgers_table(figures),
        public_table(figures),
        verdicts(figures, sizes),
    )
    print("\n\n".join("\n".join(section) for section in sections if section))


def table(head, rows):
    if not rows:
        return []
    lines = [head, ["-"] * len(head), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]


def short(rows):
    for size, unit in ((10**6, "M"), (10**3, "k")):
        if rows >= size and rows % size == 0:
            return f"{rows // size}{unit}"
    return str(rows)


def number(value):
    return f"{value:,.0f}" if value >= 20 else f"{value:.1f}"


def screens_table(figures, sizes):
    """Milliseconds by size, and the queries at the largest."""

    def cell(measure, who):
        found = [figures[key] for n in sizes if (key := (measure, who, n)) in figures]
        if not found:
            return "–"
        times = " → ".join(number(row["ms"]) for row in found)
        return f"{times} ({found[-1]['queries']:.0f})"

    head = [f"ms, {' → '.join(map(short, sizes))} rows (queries)", *OURS, *PEERS]
    return table(
        head,
        [
            [label, *(cell(measure, who) for who in (*OURS, *PEERS))]
            for measure, label in SCREENS.items()
            if (measure, "head", sizes[-1]) in figures
        ],
    )


def twins_table(figures, sizes):
    """Our milliseconds over those of plain SQL, or of Odoo's own."""
    rows = []
    for measure, who, twin in get_pairs(figures):
        cells = []
        for size in sizes:
            ours = figures.get((measure, who, size))
            beside = figures.get((measure, twin, size))
            if ours and beside:
                cells.append(
                    f"{number(ours['ms'])} / {number(beside['ms'])} = "
                    f"{ours['ms'] / beside['ms']:.1f}"
                )
        if cells:
            label = SCREENS.get(measure, measure)
            beside = "" if twin.endswith("SQL") else f" / {twin}"
            rows.append([f"{label}, {who}{beside}", *cells])
    return table(["ours / plain SQL, ms", *map(short, sizes)], rows)


def get_pairs(figures):
    """Yield what is measured beside a twin: measure, ours, twin."""
    for measure in ("lights", "kanban", "months", "rates", "ranking", *STALLED):
        for who in ("head", "director"):
            yield measure, who, f"{who} SQL"
    for measure in sorted({key[0] for key in figures if key[0].startswith("coverage")}):
        yield measure, "ours", "SQL"
    for measure, who in sorted({key[:2] for key in figures if key[0] in LEDGERS}):
        if who.endswith(", ours"):
            yield measure, who, f"{who.removesuffix('ours')}plain SQL"
    for who in ("clash alert", "all ahead", "a quarter"):
        yield "clash", who, f"{who} SQL"
    yield "clash", "clash alert", "Odoo's busy attendees"
    yield "reminders", "of a diary", "plain"


def writes_table(figures, sizes):
    """Records a second and queries a record."""

    def cell(measure, who, size):
        row = figures.get((measure, who, size))
        if not row:
            return "–"
        rate = row["amount"] / row["ms"] * 1000
        return f"{number(rate)} / {row['queries'] / row['amount']:.1f}"

    rows = []
    for measure, label in WRITES.items():
        ours = ("ours",) if measure.startswith("create") else STEPS
        for size in sizes:
            if (measure, ours[-1], size) not in figures:
                continue
            mine = "; ".join(
                f"{who} {cell(measure, who, size)}"
                if len(ours) > 1
                else cell(measure, who, size)
                for who in ours
                if (measure, who, size) in figures
            )
            theirs = [cell(measure, who, size) for who in PEERS]
            rows.append([f"{label}, {short(size)}", mine, *theirs])
    return table(["records/s / queries a record", "ours", *PEERS], rows)


def urging_table(figures, sizes):
    """The nightly job: rate, queries and memory."""
    rows = []
    for (measure, who, size), row in figures.items():
        if measure != "urging":
            continue
        held = f"{row['peak_mb']:.0f}"
        if "first_mb" in row:
            held += f" ({row['first_mb']:.0f} → {row['last_mb']:.0f})"
        rows.append(
            [
                f"{who}, {short(size)}",
                f"{row['amount']:,}",
                number(row["amount"] / row["ms"] * 1000),
                f"{row['queries'] / row['amount']:.2f}",
                held,
            ]
        )
    return table(
        ["urging", "records", "records/s", "queries a record", "peak MB"], rows
    )


def ledgers_table(figures):
    """Change ledger and supervision ledger beside plain SQL."""
    rows = [
        [
            f"{SCREENS[measure]}, {who}, {row['lines']:,} lines, {short(size)} tickets",
            number(row["ms"]),
            str(row["queries"]),
            number(row["peak_mb"]),
        ]
        for (measure, who, size), row in figures.items()
        if measure in LEDGERS
    ]
    return table(["ledgers", "ms", "queries", "peak MB"], rows)


def public_table(figures):
    """The service hall over HTTP, beside a bare route and the helpdesk's portal."""
    rows = [
        [
            f"{measure.removeprefix('public ')}, {who}, {short(size)}",
            f"{row['amount'] / row['ms'] * 1000:.1f}",
            number(row["p50_ms"]),
            number(row["p95_ms"]),
        ]
        for (measure, who, size), row in figures.items()
        if measure.startswith("public ")
    ]
    return table(["over HTTP, 4 at once", "a second", "p50 ms", "p95 ms"], rows)


def verdicts(figures, sizes):
    """Say of each goal whether it is met."""
    lines = []

    def say(goal, names, missed):
        if names & {measure for measure, _who, _rows in figures}:
            verdict = "**behind** — " + "; ".join(missed) if missed else "met"
            lines.append(f"- {goal}: {verdict}.")

    say(
        "Faster than the fastest of the three, for an ordinary user",
        {*SCREENS, *WRITES, "urging"},
        slower(figures),
    )
    say(
        "List, search by number and form flat within 1.3 ×",
        {"list", "number", "form"} if len(sizes) > 1 else set(),
        [
            f"{SCREENS[measure]}, {who}: {ratio:.1f} ×"
            for measure in ("list", "number", "form")
            for who in ORDINARY
            if (ratio := growth(figures, measure, who, sizes)) > 1.3
        ],
    )
    pairs = [pair for pair in get_pairs(figures) if pair[2].endswith("SQL")]
    say(
        "What has a twin in plain SQL within twice its time",
        {measure for measure, _who, _twin in pairs},
        [
            f"{SCREENS.get(measure, measure)}, {who}, {short(size)}: {ratio:.1f} ×"
            for measure, who, twin in pairs
            for size in sizes
            if (measure, twin, size) in figures
            and (
                ratio := figures[measure, who, size]["ms"]
                / figures[measure, twin, size]["ms"]
            )
            > 2
        ],
    )
    bounds = [("list", who, 12) for who in OURS]
    bounds += [("create one by one", "ours", 10), ("create 1000", "ours", 3)]
    bounds += [("state one by one", step, 10) for step in STEPS]
    say(
        "Queries: list at most 12, one ticket 10, 1,000 tickets 3 each, one step 10",
        {measure for measure, _who, _bound in bounds},
        [
            f"{measure}, {who}: {row['queries'] / row['amount']:.1f}"
            for measure, who, bound in bounds
            if (row := figures.get((measure, who, sizes[-1])))
            and row["queries"] / row["amount"] > bound
        ],
    )
    urged = [figures.get(("urging", "ours", size)) for size in sizes]
    urged = [row for row in urged if row]
    rate = urged[-1]["amount"] / urged[-1]["ms"] * 1000 if urged else 0
    grown = urged[-1]["peak_mb"] - urged[0]["peak_mb"] if urged else 0
    say(
        "Urging above 2,500 a second at the largest size, memory that does not grow",
        {"urging"},
        [f"{number(rate)}/s"] * (rate <= 2500) + [f"+{grown:.0f} MB"] * (grown > 10),
    )
    return lines


def slower(figures):
    """Return where an ordinary user waits longer than with the fastest peer."""
    missed = []
    for (measure, who, size), row in figures.items():
        mine = who in (*ORDINARY, "ours", *STEPS)
        peers = [
            figures[measure, peer, size]
            for peer in (
                PEERS if measure != "urging" else [f"{peer} batch" for peer in PEERS]
            )
            if (measure, peer, size) in figures
        ]
        if not mine or not peers:
            continue
        best = min(peers, key=lambda peer: peer["ms"] / peer["amount"])
        ratio = row["ms"] / row["amount"] / (best["ms"] / best["amount"])
        if ratio > 1:
            missed.append(
                f"{measure}, {who}, {short(size)}: {ratio:.1f} × {best['who']}"
            )
    return missed


def growth(figures, measure, who, sizes):
    """Return how many times longer a call takes at the largest size."""
    few, many = (figures.get((measure, who, size)) for size in (sizes[0], sizes[-1]))
    return many["ms"] / few["ms"] if few and many else 0


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The table of README.md: what came of each prompt, and of all together."""

import statistics
from collections.abc import Sequence
from typing import Any

HEAD = """# Outcomes: what the director keeps

Forty sentences that promise something hard (`prompts.json`, each with the scene graph that it
means; the director is measured here, not a reader). Fifteen of them (*held out*) were never
looked at while the director was tuned. `python benchmarks/outcomes/run.py` makes this page.

*built*: the stage as built does it. *random*: share of eight takes drawn at random from what the
words leave open that do it. *met*: the director's take does it. *first*: takes, and processor time
[s] of one process, until one did it; two cores need about half of that time. *all*: the same until
the end, the proof of robustness included. *robust*: share of the slightly changed takes (places
±1 mm, speeds ±1 %, frictions ±2 %; up to 32, ended by Wald's test) in which it still happens.
"""


def table_of(rows: Sequence[dict[str, Any]]) -> str:
    """Return the page for measured rows, in their order."""
    lines = [HEAD, _summary("All", rows)]
    for name, held_out in (("Tuning set", False), ("Held out", True)):
        chosen = [row for row in rows if row["held_out"] == held_out]
        if chosen:
            lines.append(_summary(name, chosen))
    lines += ["", "| | sentence | built | random | met | first | all | robust |"]
    lines.append("|---|---|---|---|---|---|---|---|")
    lines += [_line(row) for row in rows]
    missed = [f"- {row['id']}: {row['note']}" for row in rows if row["takes"] and not row["met"]]
    if missed:
        lines += ["", "What was not met, in the director's words:", "", *missed]
    return "\n".join(lines) + "\n"


def _summary(name: str, rows: Sequence[dict[str, Any]]) -> str:
    run = [row for row in rows if row["takes"]]
    met = [row for row in run if row["met"]]
    rate = statistics.median(row["undirected"] for row in rows)
    text = f"- **{name}** ({len(rows)}): met {len(met)} of {len(run)} measured"
    text += f"; random takes, median {rate:.0%}"
    firsts = [row["first_secs"] for row in met if row["first_secs"] is not None]
    if firsts:
        proofs = [row["secs"] - row["first_secs"] for row in met if row["first_secs"] is not None]
        takes = statistics.median(row["first_take"] for row in met if row["first_take"])
        text += (
            f"; first success after {takes:.0f} takes and {statistics.median(firsts):.1f} s, "
            f"robustness {statistics.median(proofs):.1f} s more (medians of one process's time)"
        )
    robust = [row["robustness"] for row in met if row["robustness"] is not None]
    return text + (f"; robustness, mean {statistics.mean(robust):.0%}" if robust else "")


def _line(row: dict[str, Any]) -> str:
    first = "–" if row["first_take"] is None else f"{row['first_take']} · {row['first_secs']:.1f} s"
    robust = "–" if row["robustness"] is None else f"{row['robustness']:.0%}"
    kept = "yes" if row["met"] else "**no**" if row["takes"] else "not measured"
    words = row["prompt"] + (" *(held out)*" if row["held_out"] else "")
    return (
        f"| {row['id']} | {words} | {'yes' if row['neutral'] else 'no'} | {row['undirected']:.0%} "
        f"| {kept} | {first} | {row['takes']} · {row['secs']:.1f} s "
        f"| {robust} |"
    )

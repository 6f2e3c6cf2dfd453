"""What 200 everyday nouns are shown as: `python benchmarks/retrieval.py [--library FOLDER]`.

Reads `docs/assets/nouns.txt` (frozen before any library was looked at: the nouns of things in the
prompts of public benchmarks of text-to-video models, by frequency) and prints for each what the
asset sources choose, without reading a mesh: a library's model, a builder of our own, or a
stand-in; then how many of each, and how long choosing takes.
"""

import argparse
import logging
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scene_builder.assets.library.choosing import LicencePolicy, pick, ranked
from scene_builder.assets.library.entry import Entry
from scene_builder.assets.library.installed import installed_entries
from scene_builder.assets.library.kinds import who_is_first
from scene_builder.assets.library.sweethome3d.catalogue import catalogue_entries
from scene_builder.assets.source import Description
from scene_builder.knowledge.neighbours import nearest_noun

NOUNS = Path(__file__).parent.parent / "docs" / "assets" / "nouns.txt"

UNLIKE = frozenset({"dress", "rope"})
"""Shown under their own names, but a stranger would not name the picture: judged on renders of
each builder and each model that was chosen. To be taken out as builders or models improve."""

LIKE = frozenset({"bird", "chess piece", "fish", "paper"})
"""Shown by stand-ins that a stranger would name all the same: judged likewise."""

log = logging.getLogger("retrieval")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a noun is shown as.

    Attributes:
        noun: The noun.
        by: `library`, `builder`, or `stand-in`.
        what: The model's title, or the builder's name.
        score: How well it fits, 0…1.
        how: By what it was found.
        also: Titles that are as good.
        size_m: Its largest dimension [m].
        milliseconds: How long choosing took.
    """

    noun: str
    by: str
    what: str
    score: float
    how: str
    also: tuple[str, ...]
    size_m: float
    milliseconds: float


def shown_as(
    noun: str, place: str | None, entries: Sequence[Entry], policy: LicencePolicy
) -> Shown:
    """Return what a noun is shown as; where both are good, the library's model counts."""
    start = time.perf_counter()
    description = Description(place=place)
    choices = []
    if who_is_first(noun, description) != "built":
        choices = ranked(noun, description, entries, licence=policy)
    taken = 1000 * (time.perf_counter() - start)
    if choices:
        best = pick(choices, np.random.default_rng(0))
        also = tuple(dict.fromkeys(choice.entry.title for choice in choices))
        return Shown(
            noun=noun, by="stand-in" if best.how == "meaning" else "library",
            what=f"{best.entry.title} [{best.entry.key}]", score=best.score, how=best.how,
            also=also, size_m=max(best.size_m), milliseconds=taken,
        )  # fmt: skip
    near = nearest_noun(noun)
    if near is None:
        return Shown(noun=noun, by="stand-in", what="nothing", score=0.0, how="", also=(),
                     size_m=0.0, milliseconds=taken)  # fmt: skip
    own = near.noun.likeness and near.how == "name"
    return Shown(
        noun=noun, by="builder" if own else "stand-in",
        what=f"{near.noun.name} as {near.noun.shape}", score=near.score, how=near.how, also=(),
        size_m=near.noun.size_m, milliseconds=taken,
    )  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what each noun is shown as, and the totals."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--library", type=Path, help="folder of .sh3f files; default: installed")
    parser.add_argument("--nouns", type=Path, default=NOUNS, help="one noun a line")
    parser.add_argument("--licence", choices=("cc0", "attribution", "any"), default="any")
    parser.add_argument("--place", default=None, help="where the things stand: kitchen, street …")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    entries = library_entries(options.library)
    nouns = options.nouns.read_text(encoding="utf-8").split("\n")
    found = [shown_as(n, options.place, entries, options.licence) for n in nouns if n.strip()]
    for one in found:
        log.info("%-18s %-8s %.2f %-7s %6.2f m %5.0f ms  %s", one.noun, one.by, one.score, one.how,
                 one.size_m, one.milliseconds, one.what)  # fmt: skip
    report(found, len(entries))
    return 0


def library_entries(folder: Path | None) -> tuple[Entry, ...]:
    """Return the entries of a folder of `.sh3f` files, or of what is installed."""
    if folder is None:
        return installed_entries()
    return tuple(
        entry for path in sorted(folder.glob("*.sh3f")) for entry in catalogue_entries(path)
    )


def report(found: Sequence[Shown], count: int) -> None:
    """Print the totals."""
    totals = Counter(one.by for one in found)
    known = totals["library"] + totals["builder"]
    times = sorted(one.milliseconds for one in found)
    log.info("")
    log.info("%d models; of %d nouns: %d by the library, %d by builders, %d stand-ins", count,
             len(found), totals["library"], totals["builder"], totals["stand-in"])  # fmt: skip
    log.info("shown as themselves: %.1f %%", 100 * known / max(len(found), 1))
    seen = [
        one.noun for one in found
        if one.noun in LIKE or (one.by != "stand-in" and one.noun not in UNLIKE)
    ]  # fmt: skip
    log.info("recognisable, as judged by eye: %.1f %%", 100 * len(seen) / max(len(found), 1))
    log.info("choosing: median %.1f ms, 95 %% %.1f ms, longest %.0f ms", statistics.median(times),
             times[int(0.95 * (len(times) - 1))], times[-1])  # fmt: skip
    log.info("in want of a builder: %s", ", ".join(
        one.noun for one in found if one.noun not in seen
    ))  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())

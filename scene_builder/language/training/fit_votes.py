"""Fits the table of the vote: how often a statement is right, said by just these readers.

`python -m scene_builder.language.training.fit_votes SET.json … --synthetic 300 --model`
reads labelled prompts with every reader, brings what they say together, judges each statement by
the labels, and writes `scene_builder/language/mending/votes.json`.
"""

import argparse
import itertools
import json
import logging
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scene_builder.language.embedded import EmbeddedReader
from scene_builder.language.mending.voting import Ballot, Proposal, ballot_of
from scene_builder.language.phrases.facts import stated_facts
from scene_builder.language.scoring.atoms import agreement
from scene_builder.language.scoring.labels import Label, labelled_prompts, labels_of
from scene_builder.language.voting_reader import VotingReader
from scene_builder.model.errors import WorldreelError
from scene_builder.model.graph import SceneGraph

TABLE = Path(__file__).parent.parent / "mending" / "votes.json"
_PRIOR = 2.0
"""Weight of the kind's own share of right statements against what was counted."""

log = logging.getLogger("fit_votes")
Document = dict[str, Any]


def judged(labels: Sequence[Label], ballot: Ballot) -> Iterator[tuple[Proposal, bool]]:
    """Return every proposal with whether the labels allow it."""
    entities = [dict(m.said) for m in ballot.entities if not m.about]
    for proposal in ballot.proposals():
        document: Document = {"relations": [], "actions": [], "outcomes": []}
        bare = [_bare(entity) for entity in entities]
        if proposal.part == "entities":
            bare = [e for e in bare if e["id"] == proposal.said["id"]]
            if proposal.about:
                bare[0][proposal.about] = proposal.said[proposal.about]
        else:
            document[proposal.part] = [_plain(proposal)]
        graph = _graph({"entities": bare, **document})
        if graph is not None:
            result = agreement(labels, graph)
            yield proposal, not _invented(proposal, result.invented)


def table_of(verdicts: Sequence[tuple[Proposal, bool]]) -> dict[str, float]:
    """Return how often each kind of proposal was right, by its voters."""
    said, right = Counter[str](), Counter[str]()
    for proposal, good in verdicts:
        for key in (proposal.key, f"{proposal.kind}:"):
            said[key] += 1
            right[key] += good
    return {
        key: round(
            (right[key] + _PRIOR * right[_kind(key)] / said[_kind(key)]) / (said[key] + _PRIOR), 4
        )
        for key in sorted(said)
    }  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    """Read, judge, count and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--synthetic", type=int, default=0, help="prompts of held-out families")
    parser.add_argument("--model", action="store_true", help="ask the language model, too")
    parser.add_argument("--out", type=Path, default=TABLE)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    reader = VotingReader(model=EmbeddedReader() if options.model else None)
    verdicts: list[tuple[Proposal, bool]] = []
    count = 0
    for prompt, lines in _labelled(options.sets, options.synthetic):
        try:
            opinions = reader.opinions(stated_facts(prompt))
        except WorldreelError as error:
            log.info("passed over: %s", error)
            continue
        verdicts += judged(labels_of(lines), ballot_of(opinions))
        count += 1
    table = {"prompts": count, "statements": len(verdicts), "odds": table_of(verdicts)}
    options.out.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    log.info("%d statements of %d prompts; %s", len(verdicts), count, options.out)


def _labelled(sets: Sequence[Path], synthetic: int) -> Iterator[tuple[str, Sequence[str]]]:
    from scene_builder.language.synthetic.prompts import pairs

    for path in sets:
        for labelled in labelled_prompts(path):
            yield labelled.prompt, labelled.labels
    for pair in itertools.islice(pairs(20_261, held_out=True), synthetic):
        yield pair.prompt, pair.whole.splitlines()


def _bare(entity: Mapping[str, Any]) -> Document:
    return {"id": entity["id"], "noun": entity["noun"], "count": entity.get("count", 1)}


def _plain(proposal: Proposal) -> Document:
    fields = {"relations": ("subject", "predicate", "object"), "actions": ("actor", "verb"),
              "outcomes": ("subject", "predicate", "object", "negated")}[proposal.part]  # fmt: skip
    said = {key: proposal.said[key] for key in fields if proposal.said.get(key) is not None}
    if proposal.about:
        said[proposal.about] = proposal.said[proposal.about]
        if proposal.about == "count":
            said["compare"] = proposal.said.get("compare", "exactly")
    return said


def _graph(document: Document) -> SceneGraph | None:
    try:
        return SceneGraph.model_validate({"schema": "worldreel.scene/1", **document})
    except ValueError:
        return None


def _invented(proposal: Proposal, invented: Sequence[tuple[str, str]]) -> bool:
    kind = {"entity": "entity", "quality": "attribute", "count": "count"}.get(
        proposal.kind, proposal.part.removesuffix("s")
    )
    if proposal.about and proposal.part == "actions":
        kind = "action detail"
    if proposal.about == "count" and proposal.part == "outcomes":
        kind = "outcome"
    return any(
        what == kind and (kind != "count" or proposal.said["id"] in text) for what, text in invented
    )


def _kind(key: str) -> str:
    return f"{key.partition(':')[0]}:"


if __name__ == "__main__":
    main()

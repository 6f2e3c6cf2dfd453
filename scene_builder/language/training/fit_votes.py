"""Fits the weights of the vote: how likely a statement is right, seeing who says it.

`python -m scene_builder.language.training.fit_votes SET.json … --synthetic 300 --model`
reads labelled prompts with every reader, brings what they say together, judges each statement by
the labels, and writes `scene_builder/language/mending/votes.json`.
"""

import argparse
import itertools
import json
import logging
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from scene_builder.language.mending.voting import Ballot, Proposal, ballot_of
from scene_builder.language.phrases.facts import stated_facts
from scene_builder.language.scoring.atoms import agreement
from scene_builder.language.scoring.labels import Label, labelled_prompts, labels_of
from scene_builder.language.voting_reader import VotingReader
from scene_builder.language.writer import NotationWriter
from scene_builder.model.errors import WorldreelError
from scene_builder.model.graph import SceneGraph

TABLE = Path(__file__).parent.parent / "mending" / "votes.json"
RIDGE = 1.0
"""How strongly weights are pulled towards zero; chosen by cross-validation over prompts."""
_ROUNDS = 50
_STILL = 1e-6

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


def weights_of(
    verdicts: Sequence[tuple[dict[str, float], bool]], *, ridge: float = RIDGE
) -> dict[str, float]:
    """Return the weights of a logistic model, by iteratively reweighted least squares.

    Args:
        verdicts: Features of each proposal, and whether it was right.
        ridge: How strongly weights are pulled towards zero.
    """
    names = sorted({name for features, _ in verdicts for name in features})
    column = {name: k for k, name in enumerate(names)}
    x = np.zeros((len(verdicts), len(names)))
    for row, (features, _) in enumerate(verdicts):
        for name, value in features.items():
            x[row, column[name]] = value
    y = np.array([good for _, good in verdicts], dtype=float)
    w = np.zeros(len(names))
    for _ in range(_ROUNDS):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (y - p) - ridge * w
        bend = (x * (p * (1 - p))[:, None]).T @ x + ridge * np.eye(len(names))
        step = np.linalg.solve(bend, slope)
        w += step
        if np.abs(step).max() < _STILL:
            break
    return {name: round(float(w[k]), 4) for name, k in column.items()}


def main(arguments: Sequence[str] | None = None) -> None:
    """Read, judge, count and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--synthetic", type=int, default=0, help="prompts of held-out families")
    parser.add_argument("--model", action="store_true", help="ask the language model, too")
    parser.add_argument(
        "--keep", type=Path, help="JSON lines of the model's readings, to go on from"
    )
    parser.add_argument("--out", type=Path, default=TABLE)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    heard = list(_heard(options))
    tables = {}
    for readers in (("rules", "tagger"), ("model", "rules", "tagger")):
        verdicts: list[tuple[dict[str, float], bool]] = []
        for labels, opinions in heard:
            if set(readers) <= set(opinions):
                ballot = ballot_of({name: opinions[name] for name in _in_order(readers)})
                verdicts += [(m.features, good) for m, good in judged(labels, ballot)]
        if verdicts:
            tables["+".join(readers)] = weights_of(verdicts)
            log.info("%s: %d statements", "+".join(readers), len(verdicts))
    written = {"prompts": len(heard), "weights": tables}
    options.out.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


def _heard(options: argparse.Namespace) -> Iterator[tuple[tuple[Label, ...], dict[str, Document]]]:
    """The labels of each prompt, and what each reader says of it; model readings are kept."""
    quick, writer = VotingReader(), NotationWriter()
    kept: dict[str, Document] = {}
    if options.keep is not None and options.keep.exists():
        kept = dict(json.loads(line) for line in options.keep.read_text("utf-8").splitlines())
    for prompt, lines in _labelled(options.sets, options.synthetic):
        try:
            opinions = quick.opinions(stated_facts(prompt))
            if options.model and prompt not in kept:
                kept[prompt] = writer.opinion(stated_facts(prompt))
                if options.keep is not None:
                    with options.keep.open("a", encoding="utf-8") as file:
                        file.write(json.dumps([prompt, kept[prompt]]) + "\n")
        except WorldreelError as error:
            log.info("passed over: %s", error)
            continue
        if prompt in kept:
            opinions["model"] = kept[prompt]
        yield labels_of(lines), opinions


def _in_order(readers: Sequence[str]) -> list[str]:
    """The order in which readers are heard: the first one's words are taken where all agree."""
    return [name for name in ("rules", "tagger", "model") if name in readers]


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


if __name__ == "__main__":
    main()

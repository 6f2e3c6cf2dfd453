"""Scene graphs in which something goes somewhere, for `benchmarks/layout.py`.

An actor has a target, on the floor, on a table, off a table or down a ramp, and bystanders stand
around: on the same surface, and placed by relations to the target, to the actor and to each other.
"""

from typing import Any

import numpy as np

from scene_builder.model.graph import SceneGraph

ROLLING = ("ball", "toy car", "tennis ball", "orange", "bowling ball")
SLIDING = ("book", "box", "mug", "brick")
HIT = (("bowling pin", 6), ("bottle", 3), ("cup", 3), ("domino", 5), ("can", 4), ("block", 3))
BESIDE = ("vase", "candle", "teapot", "apple", "lamp", "mug", "clock", "rubber duck", "book")
AROUND = ("chair", "crate", "potted plant", "stool", "bucket", "traffic cone", "armchair")
RELATIONS = ("near", "beside", "behind", "in_front_of", "left_of", "right_of")
WAYS = ("floor", "table", "edge", "ramp", "throw", "slide", "drop")
PLACES = (None, "kitchen", "living room", "studio", "garden", "office")

Record = dict[str, Any]


def action_scene_rand(rng: np.random.Generator, k: int) -> SceneGraph:
    """Return the k-th graph with an action: its kinds of way go round."""
    way = WAYS[k % len(WAYS)]
    actor = _pick(rng, SLIDING if way == "slide" else ROLLING)
    target, most = HIT[int(rng.integers(len(HIT)))]
    entities = [_entity(actor), _entity(target, int(rng.integers(1, most + 1)))]
    relations = _carried(way, entities)
    table = next((e["id"] for e in entities if e["noun"] == "table"), None)
    beside = BESIDE if table and way != "edge" else AROUND
    for noun in rng.choice([one for one in beside if one != actor], 3, replace=False).tolist():
        entities.append(_entity(noun))
        if table and way != "edge":
            relations.append(_relation(entities[-1]["id"], "on", table))
        if rng.uniform() < 0.6:  # noqa: PLR2004
            other = entities[int(rng.integers(2))]["id"]
            relations.append(_relation(entities[-1]["id"], _pick(rng, RELATIONS), other))
    a, b = entities[0]["id"], entities[1]["id"]
    verb = {"throw": "throw", "slide": "slide", "drop": "drop"}.get(way, "roll")
    outcome = "touches" if way in ("drop", "throw") else "knocks_over"
    return SceneGraph.model_validate(
        {
            "schema": "worldreel.scene/1",
            "setting": {"place": _pick(rng, PLACES)},
            "entities": entities,
            "relations": relations,
            "actions": [{"actor": a, "verb": verb, "target": b}],
            "outcomes": [{"predicate": outcome, "subject": a, "object": b}],
        }
    )


def _carried(way: str, entities: list[Record]) -> list[Record]:
    """Return what stands on what; adds the furniture."""
    actor, target = entities[0]["id"], entities[1]["id"]
    if way in ("table", "slide"):
        entities.append(_entity("table"))
        return [_relation(one, "on", "table") for one in (actor, target)]
    if way == "edge":
        entities.append(_entity("table"))
        return [_relation(actor, "on", "table"), _relation(target, "on", "ground")]
    if way == "ramp":
        entities.append(_entity("ramp"))
        return [_relation(actor, "on", "ramp")]
    return []


def _entity(noun: str, count: int = 1) -> Record:
    return {"id": noun.replace(" ", "_"), "noun": noun, "count": count}


def _relation(subject: str, predicate: str, *objects: str) -> Record:
    return {"subject": subject, "predicate": predicate, "object": list(objects)}


def _pick(rng: np.random.Generator, choices: tuple[Any, ...]) -> Any:  # noqa: ANN401
    return choices[int(rng.integers(len(choices)))]

"""Who carries whom, and what contradicts itself."""

from dataclasses import replace

import numpy as np
import pytest

from scene_builder.layout.forest import Parent, parents_of
from scene_builder.layout.ties import ties_of
from scene_builder.model.errors import LayoutError, RelationError
from scene_builder.model.graph import SceneGraph
from scene_builder.model.pose import Pose


def graph(names, relations) -> SceneGraph:
    return SceneGraph.model_validate(
        {
            "schema": "worldreel.scene/1",
            "entities": [{"id": n, "noun": n, "count": c} for n, c in names.items()],
            "relations": [
                {"subject": s, "predicate": p, **({"object": o[0]} if o else {})}
                for s, p, *o in relations
            ],
        }
    )


@pytest.mark.parametrize(
    "relations",
    [
        [("cup", "on", "book"), ("book", "on", "cup")],
        [("cup", "inside", "bowl"), ("bowl", "inside", "cup")],
        [("cup", "on", "book"), ("book", "on", "bowl"), ("bowl", "on", "cup")],
        [("cup", "on", "cup")],
        [("cup", "left_of", "book"), ("book", "left_of", "cup")],
        [("cup", "left_of", "book"), ("cup", "right_of", "book")],
        [("cup", "behind", "book"), ("book", "behind", "bowl"), ("bowl", "behind", "cup")],
        [("cup", "above", "book"), ("cup", "under", "book")],
        [("cup", "on", "book"), ("cup", "on", "bowl")],
        [("cup", "on", "camera")],
    ],
)
def test_contradictions_are_named_in_one_line(relations, make_item):
    names = {"cup": 1, "book": 1, "bowl": 1}
    items = {f"{name}#1": make_item(name) for name in names}
    with pytest.raises(RelationError) as error:
        parents_of(items, ties_of(graph(names, relations)))
    message = str(error.value)
    assert "\n" not in message
    assert "cup" in message


def test_a_thing_is_carried_by_the_nearest_of_its_carriers(make_item):
    names = {"cup": 1, "book": 1, "table": 1}
    ties = ties_of(
        graph(names, [("cup", "on", "table"), ("cup", "on", "book"), ("book", "on", "table")])
    )
    parents = parents_of({f"{n}#1": make_item(n) for n in names}, ties)
    assert parents["cup#1"] == Parent(kind="on", id="book#1")
    assert parents["book#1"] == Parent(kind="on", id="table#1")
    assert parents["table#1"] == Parent(kind="on", id="ground")


def test_small_things_join_the_support_of_what_they_relate_to(make_item):
    names = {"cup": 1, "lamp": 1, "table": 1, "chair": 1}
    ties = ties_of(
        graph(names, [("cup", "on", "table"), ("lamp", "behind", "cup"),
                      ("chair", "beside", "cup")])
    )  # fmt: skip
    parents = parents_of({f"{n}#1": make_item(n) for n in names}, ties)
    assert parents["lamp#1"].id == "table#1"
    assert parents["chair#1"].id == "ground"


@pytest.mark.parametrize(("width_m", "carrier"), [(0.2, "ground"), (0.6, "table#1")])
def test_a_support_without_room_for_two_is_not_shared(width_m, carrier, make_item):
    names = {"cup": 1, "lamp": 1, "table": 1}
    ties = ties_of(graph(names, [("cup", "on", "table"), ("lamp", "beside", "cup")]))
    items = {f"{n}#1": make_item(n) for n in names}
    cup, lamp, table = (np.array([one, one, 0.2]) for one in (0.17, 0.1, width_m))
    for name, extents in (("cup#1", cup), ("lamp#1", lamp), ("table#1", table)):
        low = np.array([-extents[0] / 2, -extents[1] / 2, 0.0])
        box = {"low": low, "high": low + extents, "upright": Pose.identity(), "areas": ()}
        items[name] = replace(items[name], **box)
    assert parents_of(items, ties)["lamp#1"].id == carrier


def test_a_stack_carries_itself(make_item):
    ties = ties_of(graph({"block": 3, "table": 1}, [("block", "stacked", "table")]))
    items = {f"block#{k}": make_item("block", k) for k in (1, 2, 3)}
    items["table#1"] = make_item("table")
    parents = parents_of(items, ties)
    assert [parents[f"block#{k}"].id for k in (1, 2, 3)] == ["table#1", "block#1", "block#2"]


def test_what_has_no_hollow_holds_nothing(arrange):
    with pytest.raises(LayoutError, match=r"ball#1 cannot be inside block#1"):
        arrange({"ball": ("ball", 1), "block": ("block", 1)}, [("ball", "inside", "block")])

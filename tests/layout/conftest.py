"""Plain items: boxes, discs and vessels, and a room to lay them out in."""

import numpy as np
import pytest

from scene_builder.layout.items import Area, Hollow, Item, Slope
from scene_builder.layout.lay_out import Layout, Problem, lay_out_rand
from scene_builder.layout.solving.arrangement import Room
from scene_builder.layout.ties import ties_of
from scene_builder.model.graph import SceneGraph

SIZES = {
    "cup": (0.09, 0.09, 0.09), "book": (0.16, 0.24, 0.03), "table": (1.2, 0.7, 0.74),
    "ball": (0.1, 0.1, 0.1), "chair": (0.45, 0.45, 0.9), "block": (0.07, 0.07, 0.07),
    "domino": (0.025, 0.008, 0.05), "bowl": (0.26, 0.26, 0.1), "ramp": (1.0, 0.4, 0.35),
    "lamp": (0.2, 0.2, 0.4), "crate": (0.5, 0.4, 0.4), "shelf": (0.9, 0.3, 1.8),
}  # fmt: skip
ROUND = {"cup", "ball", "bowl", "lamp"}
FURNITURE = {"table", "chair", "shelf", "ramp"}


def sphere_girths(radius: float):
    heights = np.linspace(0.0, 2 * radius, 33)
    return np.column_stack([heights, np.sqrt(np.maximum(radius**2 - (heights - radius) ** 2, 0))])


def item(entity: str, number: int = 1, noun: str | None = None) -> Item:
    kind = noun or entity
    x, y, z = SIZES[kind]
    area = Area(center=np.array([0, 0, z]), half_extents=np.array([x, y]) / 2)
    heights = np.linspace(0, z - 0.01, 8)
    return Item(
        id=f"{entity}#{number}",
        entity=entity,
        low=np.array([-x / 2, -y / 2, 0.0]),
        high=np.array([x / 2, y / 2, z]),
        round=kind in ROUND,
        girths=sphere_girths(x / 2) if kind == "ball" else None,
        areas=() if kind in ("ball", "bowl", "cup", "ramp") else (area,),
        hollow=Hollow(
            floor=np.array([0.0, 0.0, 0.01]), heights=heights, radii=np.full(8, x / 2 - 0.005)
        )
        if kind in ("cup", "bowl")
        else None,
        slope=Slope(top=np.array([-0.5, 0, 0.35]), bottom=np.array([0.5, 0, 0]), width=0.4)
        if kind == "ramp"
        else None,
        furniture=kind in FURNITURE,
    )


@pytest.fixture(scope="session")
def make_item():
    return item


@pytest.fixture(scope="session")
def room() -> Room:
    return Room(wall_y=2.0, left_x=-4.0, ceiling_z=2.6, low=(-3.5, -3.0), high=(3.5, 2.0))


@pytest.fixture(scope="session")
def arrange(room):
    """Lay out a graph given as {entity: (noun, count)} and relations."""

    def run(
        entities, relations, *, seed=0, cues=(), company=(), shown=()
    ) -> tuple[SceneGraph, Layout]:
        graph = SceneGraph.model_validate(
            {
                "schema": "worldreel.scene/1",
                "entities": [
                    {"id": name, "noun": noun, "count": count}
                    for name, (noun, count) in entities.items()
                ],
                "relations": [
                    {"subject": s, "predicate": p, **({"object": o[0]} if o else {})}
                    for s, p, *o in relations
                ],
            }
        )
        items = {
            f"{name}#{k + 1}": item(name, k + 1, noun)
            for name, (noun, count) in entities.items()
            for k in range(count)
        }
        problem = Problem(
            items=items, ties=ties_of(graph), cues=cues, room=room, company=company, shown=shown
        )
        return graph, lay_out_rand(np.random.default_rng(seed), problem)

    return run

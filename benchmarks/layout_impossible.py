"""Scene graphs for `benchmarks/layout.py` that cannot be as they say."""

from scene_builder.model.graph import SceneGraph

IMPOSSIBLE: tuple[tuple[str, dict[str, tuple[str, int]], list[tuple[str, ...]]], ...] = (
    ("carry each other", {"cup": ("cup", 1), "book": ("book", 1)},
     [("cup", "on", "book"), ("book", "on", "cup")]),
    ("hold each other", {"bowl": ("bowl", 1), "basket": ("basket", 1)},
     [("bowl", "inside", "basket"), ("basket", "inside", "bowl")]),
    ("left and right", {"cup": ("cup", 1), "vase": ("vase", 1)},
     [("cup", "left_of", "vase"), ("cup", "right_of", "vase")]),
    ("a circle in depth", {"a": ("chair", 1), "b": ("stool", 1), "c": ("crate", 1)},
     [("a", "behind", "b"), ("b", "behind", "c"), ("c", "behind", "a")]),
    ("a sofa in a cup", {"sofa": ("sofa", 1), "cup": ("cup", 1)}, [("sofa", "inside", "cup")]),
    ("a table on a cup", {"table": ("table", 1), "cup": ("cup", 1)}, [("table", "on", "cup")]),
    ("too many on a stool", {"crate": ("crate", 20), "stool": ("stool", 1)},
     [("crate", "on", "stool")]),
    ("too many in a bowl", {"melon": ("watermelon", 12), "bowl": ("bowl", 1)},
     [("melon", "inside", "bowl")]),
    ("no hollow", {"cup": ("cup", 1), "brick": ("brick", 1)}, [("cup", "inside", "brick")]),
    ("above and under", {"lamp": ("lamp", 1), "table": ("table", 1)},
     [("lamp", "above", "table"), ("lamp", "under", "table")]),
    ("two places", {"book": ("book", 1), "table": ("table", 1), "sofa": ("sofa", 1)},
     [("book", "on", "table"), ("book", "on", "sofa")]),
    ("beside itself", {"ball": ("ball", 1)}, [("ball", "beside", "ball")]),
    ("in it and left of it", {"ball": ("golf ball", 1), "bowl": ("bowl", 1)},
     [("ball", "inside", "bowl"), ("ball", "left_of", "bowl")]),
    ("on it, and left of what is left of it",
     {"cup": ("cup", 1), "table": ("table", 1), "chair": ("chair", 1)},
     [("cup", "on", "table"), ("chair", "left_of", "table"), ("cup", "left_of", "chair")]),
    ("a bed under a chair", {"bed": ("bed", 1), "chair": ("chair", 1)},
     [("bed", "under", "chair")]),
    ("near, though far", {"a": ("candle", 1), "b": ("sofa", 1), "c": ("candle", 1)},
     [("a", "left_of", "b"), ("c", "right_of", "b"), ("a", "beside", "c")]),
    ("a wall and its opposite", {"sofa": ("sofa", 1), "crate": ("crate", 1)},
     [("sofa", "against", "wall"), ("crate", "behind", "sofa")]),
)  # fmt: skip
"""(what is wrong, entities, relations): none of them can be as said."""


def impossible_scene(
    entities: dict[str, tuple[str, int]], relations: list[tuple[str, ...]]
) -> SceneGraph:
    """Return one of `IMPOSSIBLE` as a graph."""
    return SceneGraph.model_validate(
        {
            "schema": "worldreel.scene/1",
            "entities": [
                {"id": name, "noun": noun, "count": count}
                for name, (noun, count) in entities.items()
            ],
            "relations": [
                {"subject": s, "predicate": p, "object": list(o)} for s, p, *o in relations
            ],
        }
    )

"""What the camera has to show of a graph."""

from scene_builder.build.showing import view_of
from scene_builder.model.graph import SceneGraph


def graph():
    """A ball rolls across a table to a cup, beside which a book lies."""
    nouns = ("ball", "cup", "table", "book", "coin", "jar")
    return SceneGraph.model_validate(
        {
            "schema": "worldreel.scene/1",
            "entities": [{"id": noun, "noun": noun} for noun in nouns],
            "relations": [
                *(
                    {"subject": one, "predicate": "on", "object": ["table"]}
                    for one in ("ball", "cup", "book", "jar")
                ),
                {"subject": "coin", "predicate": "inside", "object": ["jar"]},
            ],
            "actions": [{"actor": "ball", "verb": "roll", "target": "cup"}],
            "outcomes": [{"predicate": "touches", "subject": "ball", "object": "cup"}],
        }
    )


def test_a_view_tells_actors_subjects_and_bystanders_apart():
    view = view_of(graph())
    assert view.actors == ("ball#1",)
    assert set(view.subjects) == {"ball#1", "cup#1", "coin#1", "jar#1"}
    # What only carries others may be cut by the picture; what is in it may not be hidden.
    assert view.shown == ("book#1",)

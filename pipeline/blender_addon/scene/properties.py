"""What the open scene knows about its run; it is saved with the .blend."""

import bpy
from bpy.props import (
    BoolProperty,
    CollectionProperty,
    EnumProperty,
    FloatProperty,
    IntProperty,
    PointerProperty,
    StringProperty,
)

from scene_builder.model.words import DIRECTIONS, OUTCOME_PREDICATES, PREDICATES, VERBS

PRESETS = (
    ("draft", "Draft", "512x288, 4 samples"),
    ("standard", "Standard", "1280x720, 32 samples"),
    ("final", "Final", "1920x1080, 128 samples"),
)
STYLES = "For example photoreal or toon"
SEEDING = "Decides all that the words leave open"
FITTING = "Give the scene the run's length, picture size, camera and world"
KEEPING = "What was changed by hand outlives Build, Make and Next take"
NONE = "-"
"""A choice that is left to the builder."""


def _choices(words: tuple[str, ...], *, optional: bool = False) -> list[tuple[str, str, str]]:
    listed = [(word, word.replace("_", " "), "") for word in words]
    return [(NONE, "—", "Left to worldreel"), *listed] if optional else listed


class WORLDREEL_PG_entity(bpy.types.PropertyGroup):  # noqa: N801 - Blender's own spelling
    """A kind of thing."""

    id: StringProperty(name="Id", description="How the rest of the graph names it")
    noun: StringProperty(name="Noun")
    count: IntProperty(name="Count", default=1, min=1, max=200)
    color: StringProperty(name="Colour", description="A CSS name or #rrggbb; empty for any")
    material: StringProperty(name="Material", description="A substance; empty for any")
    size: StringProperty(name="Size", description="A word, or metres; empty for any")
    mass_kg: FloatProperty(name="Mass [kg]", min=0.0, description="0 for any")


class WORLDREEL_PG_relation(bpy.types.PropertyGroup):  # noqa: N801
    """Where something stands."""

    subject: StringProperty(name="Subject")
    predicate: EnumProperty(name="Relation", items=_choices(PREDICATES))
    object: StringProperty(name="Object", description="Ids, separated by blanks")


class WORLDREEL_PG_action(bpy.types.PropertyGroup):  # noqa: N801
    """What something does."""

    actor: StringProperty(name="Actor")
    verb: EnumProperty(name="Verb", items=_choices(VERBS))
    target: StringProperty(name="Target")
    direction: EnumProperty(name="Direction", items=_choices(DIRECTIONS, optional=True))
    speed: StringProperty(name="Speed", description="A word, or m/s; empty for any")


class WORLDREEL_PG_outcome(bpy.types.PropertyGroup):  # noqa: N801
    """What has to happen."""

    predicate: EnumProperty(name="Outcome", items=_choices(OUTCOME_PREDICATES))
    subject: StringProperty(name="Subject")
    object: StringProperty(name="Object")
    count: IntProperty(name="Count", default=-1, min=-1, max=200, description="-1 for all")
    negated: BoolProperty(name="Not")
    status: StringProperty(name="Status", description="Whether it happened")


class WORLDREEL_PG_claim(bpy.types.PropertyGroup):  # noqa: N801
    """What the report says."""

    kind: StringProperty(name="Kind")
    text: StringProperty(name="Text")
    status: StringProperty(name="Status")
    evidence: StringProperty(name="Evidence")


class WORLDREEL_PG_scene(bpy.types.PropertyGroup):  # noqa: N801
    """A scene's prompt, and its link to a run folder."""

    prompt: StringProperty(name="Prompt", description="What happens, in a sentence")
    preset: EnumProperty(name="Preset", items=PRESETS, default="draft")
    style: StringProperty(name="Style", description=STYLES)
    seed: IntProperty(name="Seed", min=0, description=SEEDING)
    duration: FloatProperty(name="Seconds", min=0.0, max=1000.0, description="0: as the words say")
    fit: BoolProperty(
        name="Fit the scene",
        default=True,
        description=FITTING,
    )
    keep: BoolProperty(
        name="Keep my edits",
        default=True,
        description=KEEPING,
    )
    run: StringProperty(name="Run folder", subtype="DIR_PATH")
    run_words: StringProperty(options={"HIDDEN"})
    take: IntProperty(name="Take", min=0)
    collection: PointerProperty(type=bpy.types.Collection)
    world: PointerProperty(type=bpy.types.World)
    earlier: StringProperty(options={"HIDDEN"})
    earlier_world: PointerProperty(type=bpy.types.World)
    earlier_camera: PointerProperty(type=bpy.types.Object)
    entities: CollectionProperty(type=WORLDREEL_PG_entity)
    relations: CollectionProperty(type=WORLDREEL_PG_relation)
    actions: CollectionProperty(type=WORLDREEL_PG_action)
    outcomes: CollectionProperty(type=WORLDREEL_PG_outcome)
    claims: CollectionProperty(type=WORLDREEL_PG_claim)
    summary: StringProperty(name="Result")


GROUPS = (
    WORLDREEL_PG_entity, WORLDREEL_PG_relation, WORLDREEL_PG_action, WORLDREEL_PG_outcome,
    WORLDREEL_PG_claim, WORLDREEL_PG_scene,
)  # fmt: skip
LISTS = ("entities", "relations", "actions", "outcomes")

"""All families of constructions, how often each is drawn, and which are held out."""

from collections.abc import Callable

import numpy as np

from scene_builder.language.synthetic.constructions import (
    arrangements,
    courses,
    crowds,
    framed,
    happenings,
    sequences,
)
from scene_builder.language.synthetic.script.world import Items, World

Construction = Callable[[np.random.Generator, World], Items]

FAMILIES: dict[str, tuple[float, Construction]] = {
    "at_rest": (1.6, arrangements.at_rest_rand),
    "there_is": (0.8, arrangements.there_is_rand),
    "place_first": (0.6, arrangements.place_first_rand),
    "fragment": (1.0, arrangements.fragment_rand),
    "turned_around": (1.0, arrangements.turned_around_rand),
    "listed": (0.7, arrangements.listed_rand),
    "grouped_scene": (0.9, arrangements.grouped_scene_rand),
    "chained_places": (0.8, arrangements.chained_places_rand),
    "one_and_other": (0.5, arrangements.one_and_other_rand),
    "plain": (3.0, happenings.plain_rand),
    "handled": (1.4, happenings.handled_clause_rand),
    "passive": (1.3, happenings.passive_rand),
    "imperative": (1.0, happenings.imperative_rand),
    "gerund": (1.2, happenings.gerund_rand),
    "contact": (1.2, happenings.contact_clause_rand),
    "ending": (0.9, happenings.ending_clause_rand),
    "motion_first": (0.6, happenings.motion_first_rand),
    "source_in_phrase": (0.5, happenings.source_in_phrase_rand),
    "scene_then_event": (1.8, happenings.scene_then_event_rand),
    "telegram": (0.6, happenings.telegram_rand),
    "nominal": (0.5, happenings.nominal_rand),
    "two_events": (3.5, courses.two_events_rand),
    "gerund_chain": (0.7, courses.gerund_chain_rand),
    "wished": (0.6, courses.wished_rand),
    "relative": (1.0, courses.relative_rand),
    "passive_by": (0.7, courses.passive_by_rand),
    "standing_relative": (0.5, courses.standing_relative_rand),
    "denied": (1.7, courses.denied_course_rand),
    "hit_and_fall": (1.2, courses.hit_and_fall_rand),
    "chain_reaction": (0.9, courses.chain_reaction_rand),
    "knocked_off": (0.7, courses.knocked_off_rand),
    "twin_course": (0.6, crowds.twin_course_rand),
    "framed_thing": (1.6, framed.framed_thing_rand),
    "framed_clause": (0.9, framed.framed_clause_rand),
    "some_of": (1.2, crowds.some_of_rand),
    "one_spared": (0.4, crowds.one_spared_rand),
    "joint": (0.8, crowds.joint_rand),
    "mutual": (0.5, crowds.mutual_rand),
    "long_course": (1.2, sequences.long_course_rand),
    "ordered": (0.9, sequences.ordered_rand),
    "meanwhile": (0.7, sequences.meanwhile_rand),
    "terse": (0.5, sequences.terse_rand),
    "when": (1.0, courses.when_rand),
    "participle_first": (1.0, courses.participle_first_rand),
    "cleft": (0.6, happenings.cleft_rand),
}
"""Family → (weight, what draws a sentence of it)."""

HELD_OUT = ("when", "participle_first", "cleft")
"""Families that are never trained on; what is made of them is validation."""

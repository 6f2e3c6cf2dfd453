"""Sentences about what holds, sticks and slides, and about some of several, are read as meant."""

import pytest

from scene_builder.language.rules import RuleReader


def read(prompt):
    """Return what a sentence says: actions and outcomes as short tuples."""
    graph = RuleReader().read(prompt).graph
    actions = {(a.actor, a.verb, a.direction, a.target) for a in graph.actions}
    outcomes = {(o.predicate, o.subject, o.object, o.compare, o.count) for o in graph.outcomes}
    return graph, actions, outcomes


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        (
            "A ball rolls into five bottles and knocks over some of them.",
            {("knocks_over", "ball", "bottle", "at_least", 1),
             ("knocks_over", "ball", "bottle", "at_most", 4)},
        ),
        (
            "A ball rolls into five bottles and not all of them fall.",
            {("falls", "bottle", None, "at_most", 4)},
        ),
        (
            "A ball hits six cups; some of them fall.",
            {("falls", "cup", None, "at_least", 1), ("falls", "cup", None, "at_most", 5)},
        ),
        (
            "A ball is thrown at the wall and sticks to the wall.",
            {("stays_on", "ball", "wall", "exactly", None)},
        ),
        ("The hook catches the ring.", {("stays_on", "ring", "hook", "exactly", None)}),
    ],
)  # fmt: skip
def test_outcomes_are_as_said(prompt, wanted):
    _, _, outcomes = read(prompt)
    assert wanted <= outcomes


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        ("A magnet picks up a nail.", {("nail", "pull", "up", "magnet")}),
        (
            "A crane hook lifts a crate and releases it.",
            {("crate", "pull", "up", "crane_hook"), ("crate", "drop", None, None)},
        ),
        ("A drawer slides out.", {("drawer", "open", None, None)}),
        ("The top drawer of a dresser opens.", {("dresser", "open", None, None)}),
        (
            "A cabinet with three drawers; the top drawer slides out.",
            {("cabinet", "open", None, None)},
        ),
    ],
)  # fmt: skip
def test_actions_are_as_said(prompt, wanted):
    graph, actions, _ = read(prompt)
    assert actions == wanted
    assert graph.relations == ()

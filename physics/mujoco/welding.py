"""Bodies that are welded together while a film runs.

MuJoCo's constraints are made with the model: those of welds are there from the start, turned off.
"""

from collections.abc import Sequence
from typing import Any

import mujoco

from physics.stepping.pins import POINTS, weld_pins
from physics.stepping.records import Mover
from physics.stepping.world import World
from scene_builder.model.errors import SimulationError
from scene_builder.model.stage import Stage

ANYWHERE = (1.0, 0.0, 0.0)
"""Where sites are until they weld: MuJoCo never moves one that is made at its body's origin."""


def add_welds(
    spec: Any,  # noqa: ANN401 - MuJoCo has no types
    stage: Stage,
    movers: Sequence[Mover],
    solimp: Sequence[float],
) -> None:
    """Give a model the points of every weld of a stage's actions, turned off.

    Args:
        spec: The model, with its bodies.
        stage: Its actions weld.
        movers: Its bodies.
        solimp: MuJoCo's impedance of the constraints.

    Raises:
        SimulationError: If an action attaches something to a body that is not there.
    """
    index = {mover.body.id: k for k, mover in enumerate(movers)}
    for name in sorted(set(_names(stage, index))):
        for end in range(len(POINTS["fixed"])):
            ends = [
                spec.body(f"b{k}").add_site(name=f"{name}.{end}.{k}", pos=ANYWHERE).name
                for k in name_ends(name)
            ]
            spec.add_equality(
                name=f"{name}.{end}", type=mujoco.mjtEq.mjEQ_CONNECT, active=False,
                objtype=mujoco.mjtObj.mjOBJ_SITE, name1=ends[0], name2=ends[1], solimp=solimp,
            )  # fmt: skip


def turn_on_welds(world: World, model: Any, data: Any, k: int, other: int) -> None:  # noqa: ANN401
    """Weld body `k` to another as both are now."""
    name = f"w.{k}.{other}"
    for end, places in enumerate(weld_pins(world, k, other)):
        for of, place in zip((other, k), places, strict=True):
            model.site(f"{name}.{end}.{of}").pos = place
        data.eq_active[model.equality(f"{name}.{end}").id] = 1


def turn_off_welds(model: Any, data: Any, k: int) -> None:  # noqa: ANN401
    """Undo all welds of body `k`."""
    for number in range(model.neq):
        if model.equality(number).name.startswith(f"w.{k}."):
            data.eq_active[number] = 0


def name_ends(name: str) -> tuple[int, int]:
    """Return what a weld's name welds: the other body, and the one that is attached."""
    _, k, other = name.split(".")
    return int(other), int(k)


def _names(stage: Stage, index: dict[str, int]) -> list[str]:
    attached = [action for action in stage.actions if action.kind == "attach"]
    for action in attached:
        for body in (action.body, action.other or ""):
            if body not in index:
                raise SimulationError(
                    f"an action attaches {action.body!r} to {action.other!r}; there are: "
                    + ", ".join(index)
                )
    return [f"w.{index[a.body]}.{index[a.other or '']}" for a in attached]

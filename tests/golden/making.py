"""The three tiny films whose every step is pinned: how they are made and what is kept of them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from physics.events import find_events
from pipeline.film import Film
from pipeline.progress import Silent
from pipeline.run import open_film
from pipeline.settings import Options
from scene_builder.model.stage import Stage

HERE = Path(__file__).parent
PINNED = HERE / "pinned"
PROMPTS: dict[str, str] = json.loads((HERE / "prompts.json").read_text())
FRAMES = (0, 3, 7)
OPTIONS = Options(seed=5, size="96x64", duration=1.0, fps="8", samples=16, takes=3, style="plain")


@contextmanager
def golden_film(name: str, folder: Path) -> Iterator[Film]:
    """Hold the film of a golden prompt, every step of which is made when it is asked for."""
    with open_film(PROMPTS[name], OPTIONS, out=folder / name, progress=Silent()) as film:
        yield film


def stage_numbers(stage: Stage) -> dict[str, np.ndarray]:
    """Return every number of a stage that later steps feel, by name."""
    numbers = {"gravity": stage.gravity, "bodies": np.array([len(stage.bodies)], float)}
    for body in stage.bodies:
        numbers[f"{body.id}.pose"] = np.concatenate([body.pose.position, body.pose.wxyz])
        numbers[f"{body.id}.velocity"] = np.concatenate(
            [body.linear_velocity, body.angular_velocity]
        )
        numbers[f"{body.id}.mass"] = np.concatenate(
            [[body.mass_kg], body.center_of_mass, body.inertia.ravel()]
        )
        numbers[f"{body.id}.surface"] = np.array(
            [body.friction, body.rolling_friction, body.spinning_friction, body.restitution]
        )
        numbers[f"{body.id}.size"] = np.concatenate([body.mesh.low, body.mesh.high])
    for k, action in enumerate(stage.actions):
        numbers[f"action{k}"] = np.concatenate(
            [[action.start_secs, action.duration_secs], action.linear, action.angular]
        )
    return numbers


def first_contact_frame(film: Film) -> int:
    """Return the first frame at or after which a body that moves touches something new."""
    events = find_events(film.stage, film.trajectory)
    touches = [event.time_secs for event in events if event.kind == "touch"]
    fps = float(film.stage.timeline.fps)
    return int(min(touches, default=film.stage.timeline.duration_secs) * fps)


def events_told(film: Film) -> list[str]:
    """Return what happens, in order, without the times: `topples domino#2`."""
    kinds = {"touch", "topples", "falls_off", "lands_in"}
    return [
        " ".join(filter(None, (event.kind, event.subject, event.object)))
        for event in find_events(film.stage, film.trajectory)
        if event.kind in kinds
    ]


def psnr_db(a: np.ndarray, b: np.ndarray) -> float:
    """Return the peak signal-to-noise ratio of two 8-bit pictures [dB]."""
    error = np.mean((a.astype(np.float64) - b.astype(np.float64)) ** 2)
    return float("inf") if error == 0 else float(10 * np.log10(255**2 / error))

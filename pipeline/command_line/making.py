"""The commands that make something of words: from `make`, the whole way, to single steps."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import tyro

from pipeline.command_line.progress import progress_on_stderr
from pipeline.command_line.showing import show_reading
from pipeline.command_line.sources import Source, film_source_from, single_source_from, words_only
from pipeline.film import Film
from pipeline.publish import publish
from pipeline.run import open_film
from pipeline.run_folder.folder import FILM_DOCUMENT
from pipeline.run_folder.frame_store import JOURNAL
from pipeline.settings import Options
from pipeline.shots.shot_film import ShotFilm, open_shots
from pipeline.steps.verify import judge_so_far
from pipeline.stored import take_as_stored
from pipeline.verify.files import is_checked_file, verify_file
from pipeline.verify.report import FAILED

_Start = Annotated[str, tyro.conf.Positional, tyro.conf.arg(name="start", metavar="START")]
_Out = Annotated[Path | None, tyro.conf.arg(metavar="DIR", aliases=["-o"], help_behavior_hint="")]


@dataclass(frozen=True, kw_only=True)
class _Command:
    start: _Start
    """Words, a scene.json, or a run folder to go on with."""
    out: _Out = None
    """The run folder; runs/<words> unless given."""
    common: tyro.conf.OmitArgPrefixes[Options] = field(default_factory=Options)

    def source(self) -> Source:
        """What to start from."""
        return single_source_from(self.start)

    def run(self) -> None:
        """Do the work, and say where the result lies."""
        progress = progress_on_stderr()
        with open_film(self.source(), self.common, out=self.out, progress=progress) as film:
            self.work(film)

    def work(self, film: Film) -> None:
        """Do the command's part of the work."""
        raise TypeError(f"{type(self).__name__} says no work")  # pragma: no cover


@dataclass(frozen=True, kw_only=True)
class _FilmCommand(_Command):
    """A command that also takes a page, and makes several shots of it."""

    shots: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """Divide the words into shots, mostly one for a sentence, as is done with a page (PAGE.txt)."""

    def run(self) -> None:
        """Do the work, and say where the result lies."""
        source = film_source_from(self.start, shots=self.shots)
        if source is None:
            super().run()
            return
        progress = progress_on_stderr()
        with open_shots(source, self.common, out=self.out, progress=progress) as film:
            self.work_on_shots(film)

    def work_on_shots(self, film: ShotFilm) -> None:
        """Do the command's part of the work on a film of several shots."""
        raise TypeError(f"{type(self).__name__} says no work")  # pragma: no cover


@dataclass(frozen=True, kw_only=True)
class Make(_FilmCommand):
    """Make a film of words: the whole way."""

    def work(self, film: Film) -> None:
        """Take every step."""
        film.parts.ready()
        _tell("scene graph", film, lambda: film.reading, "scene.json")
        _tell("stage", film, lambda: film.stage, "stage.json")
        _tell("storyboard", film, lambda: film.storyboard, "storyboard.png")
        _tell("film", film, lambda: film.film, "film.mp4")
        page = publish(film)
        for claim in film.report.claims:
            if claim.status == FAILED:
                _say(FAILED, f"{claim.text}: {claim.evidence}")
        _say("report", page)
        _say("result", film.report.summary)

    def work_on_shots(self, film: ShotFilm) -> None:
        """Make every shot, and cut them together."""
        _tell_plan(film)
        for k in range(len(film.plan.film.shots)):
            with film.shot(k) as shot:
                self.work(shot)
        _say("whole film", film.film)


@dataclass(frozen=True, kw_only=True)
class Plan(_FilmCommand):
    """Read words and write down what they say: scene.json, or film.json for several shots."""

    explain: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """Show which words say what, and what was assumed, mended or is not served."""

    def source(self) -> Source:
        """What to start from: words only."""
        return words_only(self.start)

    def work(self, film: Film) -> None:
        """Read, and explain the reading if that is asked for."""
        _tell("scene graph", film, lambda: film.reading, "scene.json")
        if self.explain:
            show_reading(film.reading)

    def work_on_shots(self, film: ShotFilm) -> None:
        """Divide the words into shots."""
        _tell_plan(film)


@dataclass(frozen=True, kw_only=True)
class Build(_Command):
    """Place, size and dress everything: stage.json."""

    def work(self, film: Film) -> None:
        """Read, build and direct."""
        _tell("stage", film, lambda: film.stage, "stage.json")


@dataclass(frozen=True, kw_only=True)
class Simulate(_Command):
    """Let everything move: trajectory.npz."""

    def work(self, film: Film) -> None:
        """Take every step up to the motion."""
        _tell("motion", film, lambda: film.trajectory, "trajectory.npz")


@dataclass(frozen=True, kw_only=True)
class Storyboard(_Command):
    """Draw six frames on one page, in seconds: storyboard.png."""

    def work(self, film: Film) -> None:
        """Take every step up to the camera, then draw."""
        _tell("storyboard", film, lambda: film.storyboard, "storyboard.png")


@dataclass(frozen=True, kw_only=True)
class Render(_Command):
    """Render every frame with its exact truth: frames/."""

    def work(self, film: Film) -> None:
        """Take every step up to the frames."""
        _tell("storyboard", film, lambda: film.storyboard, "storyboard.png")
        _tell("frames", film, lambda: film.frames, f"frames/{JOURNAL}")


@dataclass(frozen=True, kw_only=True)
class Stylize(_Command):
    """Give every frame its look: styled/."""

    def work(self, film: Film) -> None:
        """Take every step up to the pictures."""
        film.parts.ready()
        _tell("pictures", film, lambda: film.pictures, "styled")


@dataclass(frozen=True, kw_only=True)
class Encode(_Command):
    """Turn pictures into film.mp4."""

    def work(self, film: Film) -> None:
        """Take every step up to the film."""
        _tell("film", film, lambda: film.film, "film.mp4")


@dataclass(frozen=True, kw_only=True)
class Verify(_Command):
    """Hold the film against the words and the laws of motion: report.json, report.html.

    An exported file (film.usdz) is held against its own contract, and against its run.
    """

    def run(self) -> None:
        """Judge a run, or an exported file."""
        if is_checked_file(self.start):
            verify_file(Path(self.start))
        else:
            super().run()

    def work(self, film: Film) -> None:
        """Judge what there is; nothing is rendered for it."""
        take_as_stored(film)
        report = judge_so_far(film.cache, film.reading, film.shot, film.parts.simulator)
        for claim in report.claims:
            _say(claim.status, f"{claim.text}: {claim.evidence}")
        _say("report", publish(film, report))
        _say("result", report.summary)
        report.demand()


def _tell_plan(film: ShotFilm) -> None:
    shots = film.plan.film.shots
    _say("shots", film.cache.folder / FILM_DOCUMENT)
    for k, shot in enumerate(shots):
        things = ", ".join(
            entity.id if entity.count == 1 else f"{entity.count} {entity.id}"
            for entity in shot.scene.entities
        )
        _say(f"shot {k}", f"{shot.caption} ({things})")


def _tell(name: str, film: Film, work: Callable[[], object], file: str) -> None:
    work()
    _say(name, film.cache.folder / file)


def _say(name: str, what: object) -> None:
    sys.stdout.write(f"{name}: {what}\n")
    sys.stdout.flush()

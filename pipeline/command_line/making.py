"""The commands that make something of words: from `make`, the whole way, to single steps."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import tyro

from pipeline.command_line.progress import progress_on_stderr
from pipeline.command_line.sources import Source, source_from, words_only
from pipeline.film import Film
from pipeline.publish import publish
from pipeline.run import open_film
from pipeline.run_folder.frame_store import JOURNAL
from pipeline.settings import Options
from pipeline.steps.verify import judge_so_far
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
        return source_from(self.start)

    def run(self) -> None:
        """Do the work, and say where the result lies."""
        progress = progress_on_stderr()
        with open_film(self.source(), self.common, out=self.out, progress=progress) as film:
            self.work(film)

    def work(self, film: Film) -> None:
        """Do the command's part of the work."""
        raise TypeError(f"{type(self).__name__} says no work")  # pragma: no cover


@dataclass(frozen=True, kw_only=True)
class Make(_Command):
    """Make a film of words: the whole way."""

    def work(self, film: Film) -> None:
        """Take every step."""
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


@dataclass(frozen=True, kw_only=True)
class Plan(_Command):
    """Read words and write down what they say: scene.json."""

    def source(self) -> Source:
        """What to start from: words only."""
        return words_only(self.start)

    def work(self, film: Film) -> None:
        """Read."""
        _tell("scene graph", film, lambda: film.reading, "scene.json")


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
        _tell("pictures", film, lambda: film.pictures, "styled")


@dataclass(frozen=True, kw_only=True)
class Encode(_Command):
    """Turn pictures into film.mp4."""

    def work(self, film: Film) -> None:
        """Take every step up to the film."""
        _tell("film", film, lambda: film.film, "film.mp4")


@dataclass(frozen=True, kw_only=True)
class Verify(_Command):
    """Hold the film against the words and the laws of motion: report.json, report.html."""

    def work(self, film: Film) -> None:
        """Judge what there is; nothing is rendered for it."""
        report = judge_so_far(film.cache, film.reading, film.shot)
        for claim in report.claims:
            _say(claim.status, f"{claim.text}: {claim.evidence}")
        _say("report", publish(film, report))
        _say("result", report.summary)


def _tell(name: str, film: Film, work: Callable[[], object], file: str) -> None:
    work()
    _say(name, film.cache.folder / file)


def _say(name: str, what: object) -> None:
    sys.stdout.write(f"{name}: {what}\n")
    sys.stdout.flush()

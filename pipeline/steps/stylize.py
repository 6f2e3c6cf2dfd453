"""Frames become finished pictures, and the pictures are held against the truth: styled/."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, tee
from pathlib import Path
from typing import Protocol, runtime_checkable

from pipeline.cache import Done, Site, Step, identity
from pipeline.run_folder.atomic import explained, write_text
from pipeline.run_folder.documents import DamagedError, read_document
from pipeline.run_folder.folder import RunFolder
from pipeline.run_folder.pictures import (
    Pictures,
    picture_path,
    pictures_in,
    read_picture,
    write_picture,
)
from pipeline.steps.mending import MOST_MENDINGS, named, said_of, weakened
from pipeline.steps.style_picture import STYLE_PICTURE, having_looked, keep_picture
from pipeline.verify.drift import drift_of, judged_as
from pipeline.verify.drifting.record import Drift
from render.frames import FrameBuffers, Picture
from render.shot import Shot
from render.stylize.painting.styles import Style
from render.stylize.session import SessionStylizer
from render.stylize.stylizer import Stylizer
from render.stylize.wording.choosing import StyleChoice
from scene_builder.model.chance import stream
from scene_builder.model.digest import digest
from scene_builder.model.graph import Look

DRIFT = "drift.json"
UNFINISHED = "unfinished.txt"
"""Lies beside pictures while they are painted, and says of what film they are."""


@runtime_checkable
class Film(Protocol):
    """Frames that can be gone through several times."""

    @property
    def identity(self) -> str:
        """What names them in a key."""
        ...

    def __iter__(self) -> Iterator[FrameBuffers]:
        """Yield the frames in order."""
        ...


@dataclass(frozen=True, slots=True)
class Styled:
    """The pictures of a film, and what their look has done to it.

    Attributes:
        pictures: The finished pictures.
        drift: What was measured; None if they are only tone-mapped.
        exemplar: The run's copy of the picture that they are painted after, if any.
    """

    pictures: Pictures
    drift: Drift | None = None
    exemplar: Path | None = None

    @property
    def identity(self) -> str:
        """What names them in a key."""
        return self.pictures.identity


def stylize(
    shot: Shot,
    frames: Film,
    look: Look,
    stylizer: Stylizer,
    seed: int,
    choice: StyleChoice | None = None,
    *,
    site: Site,
) -> Done[Styled]:
    """Give every frame its look, and measure what it does to what happens in them.

    A film that breaks a bound is painted again, at most twice, more weakly where it drifts.

    Args:
        shot: What was filmed.
        frames: Its frames with their truth.
        look: What is asked for.
        stylizer: What paints them.
        seed: Seed of the paint.
        choice: How the style was chosen from words, to be told.
        site: Where the pictures go, and who hears about it.
    """
    if choice is not None and choice.means != "word":
        site.progress.note(choice.text)
    notes = (choice.text,) if choice is not None and choice.style is not None else ()
    missed = (choice.text,) if choice is not None and choice.style is None else ()
    exemplar = keep_picture(site.folder, stylizer)
    stylizer = having_looked(stylizer, shot, frames)
    easel = _Painting(shot, frames, look, stylizer, seed, site)
    style = judged_as(stylizer, look)
    if style is None:
        for _ in easel.painted({}, iter(frames)):
            pass
        return Done(Styled(easel.finished()), notes=notes, repairs=missed)
    drift, strengths = _mended(easel, style)
    figures = {"likeness": round(choice.likeness, 4)} if choice is not None else {}
    told = said_of(strengths, drift, shot)
    styled = Styled(easel.finished(), drift, exemplar)
    return Done(styled, notes=notes, repairs=(*missed, *told), figures=figures)


@dataclass(frozen=True, slots=True)
class _Painting:
    """A film being painted, as often as it takes."""

    shot: Shot
    frames: Film
    look: Look
    stylizer: Stylizer
    seed: int
    site: Site

    @property
    def folder(self) -> Path:
        """Where the pictures go."""
        return self.site.folder.styled

    def painted(
        self, strengths: dict[int, float], frames: Iterator[FrameBuffers]
    ) -> Iterator[Picture]:
        """Yield all pictures, each when it lies whole on the disk.

        Those that an earlier process painted of the same film are taken as they are.

        Args:
            strengths: Strength of single bodies by body index.
            frames: All frames, in order; not many more are taken than pictures were yielded.
        """
        begun = self._begun(strengths)
        total = self.shot.trajectory.frame_count
        for k, picture in enumerate(self._pictures(begun, strengths, frames)):
            if k >= begun:
                write_picture(picture_path(self.folder, k), picture)
                self.site.progress.frames("stylize", k + 1, total, None)
            yield picture

    def finished(self) -> Pictures:
        """Return the pictures of the last painting; it is finished now."""
        (self.folder / UNFINISHED).unlink(missing_ok=True)
        return pictures_in(self.folder)

    def _begun(self, strengths: dict[int, float]) -> int:
        """Return how many pictures of this very painting lie there; others are removed."""
        content = digest([
            self.frames.identity, str(identity(self.stylizer)), digest(self.look), self.seed,
            sorted(strengths.items()),
        ])  # fmt: skip
        mark = self.folder / UNFINISHED
        with explained(self.folder):
            known = mark.read_text("utf-8", "replace").strip() if mark.is_file() else ""
            if known != content or not isinstance(self.stylizer, SessionStylizer):
                if self.folder.exists():
                    shutil.rmtree(self.folder)
                self.folder.mkdir(parents=True)
                write_text(mark, content + "\n")
                return 0
        whole = 0
        while picture_path(self.folder, whole).is_file():
            whole += 1
        return min(whole, self.shot.trajectory.frame_count)

    def _pictures(
        self, begun: int, strengths: dict[int, float], frames: Iterator[FrameBuffers]
    ) -> Iterator[Picture]:
        rng = stream(self.seed, "stylize")
        if not isinstance(self.stylizer, SessionStylizer):
            yield from self.stylizer.stylize(self.shot, frames, self.look, rng)
            return
        first = next(frames)
        session = self.stylizer.session(self.shot, first, self.look, int(rng.integers(2**31)))
        session.strengths = dict(strengths)
        coming = chain([first], frames)
        for k, frame in zip(range(begun), coming, strict=False):
            earlier = read_picture(picture_path(self.folder, k))
            session.resume(frame, earlier)
            yield earlier
        yield from session.pictures(coming)


def _mended(easel: _Painting, style: Style) -> tuple[Drift, dict[int, float]]:
    """Paint and measure a film until it keeps its bounds, or nothing is left to be tried."""
    strengths: dict[int, float] = {}
    for mending in range(MOST_MENDINGS + 1):
        one, other = tee(easel.frames)
        drift = drift_of(easel.shot, one, easel.painted(strengths, other), style)
        if not drift.broken or not isinstance(easel.stylizer, SessionStylizer):
            break
        weaker = weakened(drift, easel.shot, strengths)
        if mending == MOST_MENDINGS or weaker == strengths:
            break
        easel.site.progress.note(
            f"stylize: {drift.broken[0].text}; painted again, more weakly where it drifts"
        )
        strengths = weaker
    return drift.model_copy(update={"strengths": named(strengths, easel.shot)}), strengths


def save(folder: RunFolder, styled: Styled) -> Sequence[Path]:
    """Write drift.json, and return the files of the step."""
    path = folder / DRIFT
    if styled.drift is None:
        path.unlink(missing_ok=True)  # of an earlier look
        return styled.pictures.paths
    write_text(path, styled.drift.model_dump_json(indent=1, by_alias=True) + "\n")
    copies = () if styled.exemplar is None else (styled.exemplar,)
    return (*styled.pictures.paths, path, *copies)


def load(folder: RunFolder) -> Styled:
    """Return what lies in a run folder.

    Raises:
        DamagedError: If there are no pictures, or if drift.json cannot be read.
    """
    path = folder / DRIFT
    if (folder.styled / UNFINISHED).exists():
        raise DamagedError(f"{folder.styled} is not finished; stylize again")
    drift = read_document(path, Drift) if path.exists() else None
    exemplar = folder / STYLE_PICTURE
    return Styled(pictures_in(folder.styled), drift, exemplar if exemplar.exists() else None)


STYLIZE: Step[Styled] = Step(
    name="stylize", version=7, work=stylize, streams=True, save=save, load=load
)

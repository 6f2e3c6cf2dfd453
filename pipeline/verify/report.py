"""What a report says: one claim for everything that can be true or false of the film."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from scene_builder.model.errors import WorldreelError

Status = Literal["held", "failed", "not judged"]
Kind = Literal[
    "outcome", "action", "relation", "noun", "count", "color", "nature", "setting", "camera",
    "physics", "framing", "look",
]  # fmt: skip

HELD: Status = "held"
FAILED: Status = "failed"
NOT_JUDGED: Status = "not judged"


class NotTrueError(WorldreelError):
    """The film is not what the words say, or its motion breaks a law."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Claim(_Part):
    """One thing that the film should show or keep.

    Attributes:
        kind: What sort of claim it is.
        source: The field of the scene graph that claims it, for example `outcomes.0`.
        text: The claim in words.
        status: Whether it is true of the film.
        evidence: One sentence that says why, with ids, times and figures.
        time_secs: When it came true [s], where that has a meaning.
        margin: How safely it holds (above 0) or by how much it fails, where that is known.
    """

    kind: Kind
    source: str
    text: str
    status: Status
    evidence: str
    time_secs: float | None = None
    margin: float | None = None


class Figure(_Part):
    """One measured figure.

    Attributes:
        name: What it is.
        value: Its value, in `unit`.
        unit: SI unit, or empty.
        limit: What it may be at most, where there is a limit.
        ok: Whether it keeps the limit.
        text: A sentence that says what was measured, where and when.
        covered: False where the law says nothing about this thing.
        body: Whose figure it is, where it is one body's.
    """

    name: str
    value: float | None
    unit: str = ""
    limit: float | None = None
    ok: bool = True
    text: str = ""
    covered: bool = True
    body: str = ""


class Report(_Part):
    """What is known about a film.

    Attributes:
        claims: Everything that was claimed, and whether it holds.
        figures: What was measured of the motion.
        certificate: Whether the motion kept every law that could be checked.
        robustness: In how many slightly changed takes all outcomes held, in words; "" if unknown.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True
    )

    schema_name: Literal["worldreel.report/1"] = Field("worldreel.report/1", alias="schema")
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()
    certificate: Status = NOT_JUDGED
    robustness: str = ""

    def count(self, status: Status) -> int:
        """Return how many claims have that status."""
        return sum(claim.status == status for claim in self.claims)

    @property
    def ok(self) -> bool:
        """Whether nothing failed: no claim, and no law."""
        return not self.count(FAILED) and self.certificate != FAILED

    def demand(self) -> None:
        """Do nothing if nothing failed.

        Raises:
            NotTrueError: If a claim or a law failed; the message names the first.
        """
        if self.ok:
            return
        failed = [claim.text for claim in self.claims if claim.status == FAILED]
        raise NotTrueError(
            f"{len(failed)} of {len(self.claims)} claims failed: {'; '.join(failed[:3])}"
            f"{' …' if len(failed) > 3 else ''}; report.html says why"  # noqa: PLR2004
        )

    @property
    def summary(self) -> str:
        """One line: how many claims hold."""
        parts = [f"{self.count(HELD)} of {len(self.claims)} claims held"]
        if self.count(FAILED):
            parts.append(f"{self.count(FAILED)} failed")
        if self.count(NOT_JUDGED):
            parts.append(f"{self.count(NOT_JUDGED)} not judged")
        return ", ".join(parts)


def status_of(holds: bool | None) -> Status:
    """Return the status of a claim that holds, does not, or could not be judged."""
    if holds is None:
        return NOT_JUDGED
    return HELD if holds else FAILED

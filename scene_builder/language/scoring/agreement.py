"""What a graph shares with labels."""

from dataclasses import dataclass, field

from scene_builder.language.scoring.equality import Value, equal

KINDS = ("entity", "count", "attribute", "relation", "action", "action detail", "outcome",
         "camera", "setting")  # fmt: skip
"""What an atom can be about."""

Atom = tuple[str, str]
"""(kind, what it says)."""


@dataclass(slots=True)
class Agreement:
    """What a graph shares with labels.

    Attributes:
        found: Required atoms that the graph holds.
        missed: Required atoms that it does not hold.
        allowed: Atoms that it holds and need not.
        invented: Atoms that it holds and no label allows.
    """

    found: list[Atom] = field(default_factory=list)
    missed: list[Atom] = field(default_factory=list)
    allowed: list[Atom] = field(default_factory=list)
    invented: list[Atom] = field(default_factory=list)

    @property
    def exact(self) -> bool:
        """Whether all is there and nothing else."""
        return not self.missed and not self.invented

    def hold(self, kind: str, text: str, *, required: bool) -> None:
        """Note an atom that the graph holds."""
        (self.found if required else self.allowed).append((kind, text))


def detail(
    result: Agreement, kind: str, what: str, value: Value | None,
    wanted: tuple[bool, tuple[Value, ...]] | None, name: str,
) -> None:  # fmt: skip
    """Note whether one field that hangs on an atom is as the label says."""
    needed, values = wanted or (False, ())
    if value is not None and values and equal(value, values, name):
        result.hold(kind, f"{what}={value}", required=needed)
        return
    if needed:
        result.missed.append((kind, f"{what}={values[0]}"))
    if value is not None:
        result.invented.append((kind, f"{what}={value}"))

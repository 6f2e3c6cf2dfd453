"""What somebody wants to be otherwise: `ball.mass_kg=5`, read and taken apart."""

import difflib
import hashlib
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scene_builder.model.errors import SettingsError

SETTING = "setting"
"""What is said of the whole place: `setting.gravity=moon`."""

MOST_VARIANTS = 24
"""More pictures on one page are too small to be seen."""
_LONGEST_SLUG = 80
_MOST_NAMES = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is to be otherwise.

    Attributes:
        target: An entity (`cup`), one individual (`cup#2`), or `setting`.
        name: Which of its properties.
        value: What it is to be, as it was typed.
    """

    target: str
    name: str
    value: str

    @property
    def path(self) -> str:
        """Where it stands: `ball.mass_kg`."""
        return f"{self.target}.{self.name}"

    @property
    def given(self) -> str:
        """What was typed: `ball.mass_kg=5`."""
        return f"{self.path}={self.value}"

    @property
    def label(self) -> str:
        """What stands above its picture: `ball.mass_kg = 5`."""
        return f"{self.path} = {self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """All variants that are asked for.

    Attributes:
        variants: The changes of each, in the order in which they are shown.
    """

    variants: tuple[tuple[Change, ...], ...]

    @property
    def slug(self) -> str:
        """The folder that holds the comparison; that of the variant, where there is one."""
        if len(self.variants) == 1:
            return slug_of(self.variants[0])
        swept: dict[str, list[str]] = {}
        for change in itertools.chain.from_iterable(self.variants):
            values = swept.setdefault(change.path, [])
            if change.value not in values:
                values.append(change.value)
        return _slug(f"{path}-{'-'.join(values)}" for path, values in swept.items())


def question_of(sets: Sequence[str], sweeps: Sequence[str]) -> Question:
    """Return what is asked for: every change of `sets`, for every value of `sweeps`.

    Args:
        sets: `path=value`, all of them in every variant.
        sweeps: `path=value,value,…`; several make every combination.

    Raises:
        SettingsError: If nothing is asked for, something is no change, or it is too much.
    """
    if not sets and not sweeps:
        raise SettingsError(
            "nothing to change was given; try --set ball.mass_kg=5, --set setting.gravity=moon "
            "or --sweep ball.friction=0.1,0.3,0.6"
        )
    fixed = tuple(_change(text, "--set") for text in sets)
    axes = [_sweep(text) for text in sweeps]
    paths = [change.path for change in (*fixed, *(axis[0] for axis in axes))]
    twice = next((path for k, path in enumerate(paths) if path in paths[:k]), None)
    if twice is not None:
        raise SettingsError(f"{twice} is given twice; give it one value with --set, or --sweep it")
    variants = tuple((*fixed, *combination) for combination in itertools.product(*axes))
    if len(variants) > MOST_VARIANTS:
        raise SettingsError(
            f"--sweep asks for {len(variants)} variants; at most {MOST_VARIANTS} are allowed, so "
            "sweep fewer values"
        )
    return Question(variants=variants)


def slug_of(changes: Iterable[Change]) -> str:
    """Return the folder name of a variant: `ball.mass_kg-5`."""
    return _slug(f"{change.path}-{change.value}" for change in changes)


def label_of(changes: Iterable[Change]) -> str:
    """Return what stands above a variant's picture."""
    return ", ".join(change.label for change in changes)


def refused(change: Change, why: str, allowed: Iterable[str], *, wrong: str = "") -> SettingsError:
    """Return the error for a change that cannot be made.

    Args:
        change: What was typed.
        why: What is wrong with it.
        allowed: What there is instead.
        wrong: The word that may be a slip of the pen for one of those.
    """
    names = list(allowed)
    near = difflib.get_close_matches(wrong, names, n=1) if wrong else []
    hint = f"did you mean {near[0]}? There" if near else "there"
    more = ", …" if len(names) > _MOST_NAMES else ""
    told = ", ".join(names[:_MOST_NAMES])
    return SettingsError(f"{change.given}: {why}; {hint} are: {told}{more}")


def _change(text: str, option: str) -> Change:
    path, equals, value = text.partition("=")
    target, dot, name = path.strip().rpartition(".")
    if not (equals and dot and target and name and value.strip()):
        raise SettingsError(
            f"{option} {text!r} given; write <what>.<property>=<value>, for example "
            "ball.mass_kg=5, cup#2.friction=0.1 or setting.gravity=moon"
        )
    return Change(target=target.strip(), name=name.strip(), value=value.strip())


def _sweep(text: str) -> tuple[Change, ...]:
    whole = _change(text, "--sweep")
    values = list(dict.fromkeys(value.strip() for value in whole.value.split(",")))
    if not all(values):
        raise SettingsError(
            f"--sweep {text!r} given; write its values with commas between them, for example "
            "ball.friction=0.1,0.3,0.6"
        )
    return tuple(Change(target=whole.target, name=whole.name, value=value) for value in values)


def _slug(parts: Iterable[str]) -> str:
    whole = "_".join(parts)
    name = re.sub(r"[^a-zA-Z0-9_.]+", "-", whole).strip("-.")
    if len(name) > _LONGEST_SLUG:
        mark = hashlib.sha256(whole.encode()).hexdigest()[:6]
        name = f"{name[:_LONGEST_SLUG].rstrip('-._')}-{mark}"
    return name

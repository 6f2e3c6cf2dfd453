"""The commands about models: install, list, search, add, audit, sheet."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import tyro

from pipeline.libraries.audit import asset_count, faults_of, stages_of
from pipeline.libraries.install import install
from pipeline.libraries.known import LIBRARIES
from pipeline.libraries.own import add, own_files
from pipeline.libraries.sheet import Tile, write_sheet
from scene_builder.assets.library.entry import Entry
from scene_builder.assets.library.installed import (
    installed_entries,
    installed_names,
    libraries_folder,
)
from scene_builder.assets.licences import LicencePolicy, accepts
from scene_builder.assets.packaged.catalogue import models, package_folder
from scene_builder.model.errors import AssetError, SettingsError

_Debug = Annotated[bool, tyro.conf.FlagCreatePairsOff]
_Words = Annotated[tuple[str, ...], tyro.conf.Positional, tyro.conf.arg(metavar="WORDS")]


@dataclass(frozen=True, kw_only=True)
class Install:
    """Install a library of models into your own data folder; root is not needed."""

    library: Annotated[str, tyro.conf.Positional, tyro.conf.arg(metavar="LIBRARY")]
    """sweethome3d."""
    source: Annotated[Path | None, tyro.conf.arg(name="from", metavar="PATH")] = None
    """A .deb package, a .sh3f file, or a folder of them; else it is looked for, or downloaded."""
    trust: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """Also take files that are not the ones that worldreel knows."""
    debug: _Debug = False
    """Show the whole traceback of an error."""

    def run(self) -> None:
        """Install it, and say what was got."""
        made = install(self.library, source=self.source, trust=self.trust, say=_say)
        where = libraries_folder() / made.name
        _say(f"{made.name}: {len(made.entries)} models in {where}")


@dataclass(frozen=True, kw_only=True)
class List:
    """List the models that are at hand: installed, carried by our dependencies, and your own."""

    licence: Annotated[LicencePolicy, tyro.conf.arg(help_behavior_hint="")] = "any"
    """cc0, attribution or any."""
    debug: _Debug = False
    """Show the whole traceback of an error."""

    def run(self) -> None:
        """Print one line for each model."""
        for path in own_files():
            _say(f"{path.stem:32} {'yours':14} {path}")
        for model in models():
            if accepts(self.licence, model.licence) and package_folder(model.package) is not None:
                size = f"{100 * model.largest_m:.0f} cm"
                _say(f"{model.title:32} {model.licence:12} {size:20} {model.author} "
                     f"[{model.package}]")  # fmt: skip
        entries = [entry for entry in installed_entries() if accepts(self.licence, entry.licence)]
        for entry in sorted(entries, key=lambda entry: (entry.title.casefold(), entry.key)):
            _say(_line(entry))
        if not entries and not own_files():
            _say(f"nothing is installed; there are: {_known()}")


@dataclass(frozen=True, kw_only=True)
class Search:
    """Show which models answer to some words, the best first."""

    words: _Words
    """For example: red mug."""
    limit: Annotated[int, tyro.conf.arg(help_behavior_hint="")] = 10
    """How many, at most."""
    licence: Annotated[LicencePolicy, tyro.conf.arg(help_behavior_hint="")] = "any"
    """cc0, attribution or any."""
    debug: _Debug = False
    """Show the whole traceback of an error."""

    def run(self) -> None:
        """Print one line for each model that fits."""
        if not 1 <= self.limit <= 1000:  # noqa: PLR2004 - a screen, or a long page
            raise SettingsError(f"--limit is 1 to 1000, not {self.limit}")
        words = " ".join(self.words).strip()
        if not words:
            raise SettingsError('say what to search for, for example: "red mug"')
        found = _found(words, _entries_needed(), self.licence, self.limit)
        for score, entry in found:
            _say(f"{score:4.2f}  {_line(entry)}")
        if not found:
            _say(f"no model answers to {words!r}; worldreel would build it, or say that it cannot")


@dataclass(frozen=True, kw_only=True)
class Add:
    """Keep your own meshes where every run finds them; a file's name is its noun."""

    files: Annotated[tuple[Path, ...], tyro.conf.Positional, tyro.conf.arg(metavar="FILE")]
    """.glb, .gltf, .obj, .ply, .stl or .usd files; read as data only."""
    debug: _Debug = False
    """Show the whole traceback of an error."""

    def run(self) -> None:
        """Check each file, and copy it."""
        if not self.files:
            raise SettingsError("name at least one file, for example: cup.glb")
        for path in self.files:
            _say(f"{path.stem}: {add(path)}")


@dataclass(frozen=True, kw_only=True)
class Audit:
    """Check that runs name source, author and licence of all that they show."""

    runs: Annotated[tuple[Path, ...], tyro.conf.Positional, tyro.conf.arg(metavar="RUN")]
    """Run folders, or folders of films."""
    debug: _Debug = False
    """Show the whole traceback of an error."""

    def run(self) -> None:
        """Print every fault.

        Raises:
            AssetError: If there is any.
        """
        if not self.runs:
            raise SettingsError("name at least one run folder")
        folders = [folder for run in self.runs for folder in stages_of(run)]
        faults = [fault for folder in folders for fault in faults_of(folder)]
        for fault in faults:
            _say(fault)
        count = sum(asset_count(folder) for folder in folders)
        if faults:
            raise AssetError(f"{len(faults)} faults in the credits of {count} bodies; see above")
        _say(f"{count} bodies in {len(folders)} stages: all have source, author and licence")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Make a picture of models side by side."""

    words: _Words = ()
    """Nouns, each of which gives its best model; all models if none is given."""
    out: Annotated[Path, tyro.conf.arg(metavar="FILE", help_behavior_hint="")] = Path("sheet.jpg")
    """A .jpg or .png file."""
    licence: Annotated[LicencePolicy, tyro.conf.arg(help_behavior_hint="")] = "any"
    """cc0, attribution or any."""
    debug: _Debug = False
    """Show the whole traceback of an error."""

    def run(self) -> None:
        """Picture each model, and say where the sheet is."""
        entries = _entries_needed()
        tiles = []
        for noun in self.words:
            found = _found(noun, entries, self.licence, 1)
            if found:
                tiles.append(Tile(entry=found[0][1], label=f"{noun}: {found[0][1].title}"))
            else:
                _say(f"no model answers to {noun!r}")
        if not self.words:
            allowed = [entry for entry in entries if accepts(self.licence, entry.licence)]
            tiles = [Tile(entry=entry, label=entry.title) for entry in allowed]
        _say(f"{write_sheet(tiles, self.out, say=_say)} models: {self.out}")


Action = Annotated[
    Annotated[Install, tyro.conf.subcommand("install", prefix_name=False)]
    | Annotated[List, tyro.conf.subcommand("list", prefix_name=False)]
    | Annotated[Search, tyro.conf.subcommand("search", prefix_name=False)]
    | Annotated[Add, tyro.conf.subcommand("add", prefix_name=False)]
    | Annotated[Audit, tyro.conf.subcommand("audit", prefix_name=False)]
    | Annotated[Sheet, tyro.conf.subcommand("sheet", prefix_name=False)],
    tyro.conf.arg(name=""),
]


@dataclass(frozen=True, kw_only=True)
class Assets:
    """Install, list, search, add, audit and show models of real things."""

    action: Action

    def run(self) -> None:
        """Do what was asked for."""
        self.action.run()


def _found(
    words: str, entries: Sequence[Entry], licence: LicencePolicy, limit: int
) -> list[tuple[float, Entry]]:
    """Return models with their scores, as a run would choose among them."""
    # The encoder and the word lists take their time; other commands need neither.
    from scene_builder.assets.library.choosing import ranked
    from scene_builder.assets.source import Description

    choices = ranked(words, Description(), entries, licence=licence, limit=limit)
    return [(choice.score, choice.entry) for choice in choices]


def _entries_needed() -> tuple[Entry, ...]:
    entries = installed_entries()
    if not entries:
        damaged = ", ".join(installed_names())
        why = f"{damaged} is damaged" if damaged else "no library is installed"
        raise SettingsError(f"{why}; try `worldreel assets install {next(iter(LIBRARIES))}`")
    return entries


def _line(entry: Entry) -> str:
    size = " x ".join(f"{100 * side:.0f}" for side in entry.size_m) + " cm"
    author = entry.author.partition(" (http")[0]
    return f"{entry.title:32} {entry.licence:12} {size:20} {author} [{entry.key}]"


def _known() -> str:
    return "; ".join(f"{known.name}: {known.says}" for known in LIBRARIES.values())


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()

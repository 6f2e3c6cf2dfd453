"""The commands that look at things, or turn a finished run into something else."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import tyro
from pydantic import BaseModel

from pipeline.doctor.findings import findings
from pipeline.plugins import create, families, listing, seams
from pipeline.run_folder.folder import RunFolder
from scene_builder.model.documents.film_document import FilmDocument
from scene_builder.model.errors import MissingExtraError, RunFolderError, UnknownNameError
from scene_builder.model.graph import SceneGraph


@dataclass(frozen=True, kw_only=True)
class Export:
    """Turn a finished run into a file for other programs."""

    run_folder: Annotated[Path, tyro.conf.Positional, tyro.conf.arg(name="run", metavar="RUN")]
    """The run folder."""
    form: Annotated[str, tyro.conf.Positional, tyro.conf.arg(metavar="FORM")] = "mp4"
    """mp4, gif, png, or what else `worldreel parts` lists."""
    to: Annotated[Path | None, tyro.conf.arg(metavar="PATH")] = None
    """Where it goes; beside the film unless given."""
    debug: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """Show the whole traceback of an error."""

    def run(self) -> None:
        """Export, and say where the result lies."""
        exporter = create("exporter", self.form)
        if not RunFolder(self.run_folder).exists:
            raise RunFolderError(f"{self.run_folder} holds no run; make one first")
        names = {"png": "pictures"}
        to = self.to or self.run_folder / "export" / names.get(self.form, f"film.{self.form}")
        _say(f"{self.form}: {exporter.export(self.run_folder, to)}")


@dataclass(frozen=True, kw_only=True)
class Doctor:
    """Say what is installed, what is missing, and how to get it; downloads nothing."""

    debug: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """Show the whole traceback of an error."""

    def run(self) -> None:
        """Look at everything, and end with 1 if something needed is missing."""
        found = list(findings())
        for finding in found:
            _say(f"{'ok     ' if finding.ok else finding.grade:8}{finding.name}: {finding.says}")
            if not finding.ok and finding.mend:
                _say(f"{'':8}→ {finding.mend}")
        missing = [finding.name for finding in found if not finding.ok and finding.needed]
        if missing:
            raise MissingExtraError(f"worldreel cannot make films yet: {', '.join(missing)}")


DOCUMENTS: dict[str, type[BaseModel]] = {"scene": SceneGraph, "film": FilmDocument}
"""What schemas there are."""


@dataclass(frozen=True, kw_only=True)
class Schema:
    """Print the JSON Schema of a scene graph, or of a film of several shots."""

    document: Annotated[str, tyro.conf.Positional, tyro.conf.arg(metavar="DOCUMENT")] = "scene"
    """scene or film."""
    debug: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """Show the whole traceback of an error."""

    def run(self) -> None:
        """Print the schema."""
        if self.document not in DOCUMENTS:
            raise UnknownNameError(
                f"No schema named {self.document!r}. There are: {', '.join(DOCUMENTS)}."
            )
        schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": f"urn:worldreel:{self.document}:1",
            **DOCUMENTS[self.document].model_json_schema(by_alias=True),
        }
        _say(json.dumps(schema, indent=2, ensure_ascii=False))


@dataclass(frozen=True, kw_only=True)
class Parts:
    """List what each seam offers."""

    debug: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """Show the whole traceback of an error."""

    def run(self) -> None:
        """Print one line for each implementation; nothing is imported for it."""
        for seam in seams():
            _say(seam)
            for name, entry in listing(seam).items():
                _say(f"  {name:12} {entry.says}".rstrip())
            for name, entry in families(seam).items():
                _say(f"  {name}:{entry.takes}\n  {'':12} {entry.says}")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")

"""The commands that look at what there is: packages, schemas, parts."""

import json
import sys
from dataclasses import dataclass
from typing import Annotated

import tyro
from pydantic import BaseModel

from pipeline.doctor.findings import findings
from pipeline.plugins import families, listing, seams
from scene_builder.model.documents.film_document import FilmDocument
from scene_builder.model.errors import MissingExtraError, UnknownNameError
from scene_builder.model.graph import SceneGraph


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

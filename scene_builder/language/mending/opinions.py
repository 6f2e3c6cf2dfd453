"""What each reader says of a prompt, as a document with its words and its certainty."""

from typing import Any

from scene_builder.language.phrases.draft import Draft
from scene_builder.language.tagger.decoding import Tagging

Document = dict[str, Any]


def rules_opinion(draft: Draft) -> Document:
    """Return what the rules found."""
    return {
        "entities": draft.entities, "relations": draft.relations, "actions": draft.actions,
        "outcomes": draft.outcomes,
    }  # fmt: skip


def tagger_opinion(tagging: Tagging) -> Document:
    """Return what the tagger found, with the place and the probability of every field."""
    document: Document = {
        part: [dict(said) for said in listed] for part, listed in tagging.document.items()
    }
    for finding in tagging.findings:
        part, index, field = finding.path.split(".")
        said = document[part][int(index)]
        said.setdefault("spans", {}).setdefault(field, (finding.start, finding.end))
        said.setdefault("probability", {}).setdefault(field, finding.probability)
    return document

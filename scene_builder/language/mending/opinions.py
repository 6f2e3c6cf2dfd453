"""What each reader says of a prompt, as a document with its words and its certainty."""

import re
from typing import Any

from scene_builder.language.phrases.draft import Draft
from scene_builder.language.tagger.decoding import Tagging

Document = dict[str, Any]

_CLOSED = re.compile(
    r"shatter|explod|burst|pop|smash"
    r"|br[eo]a?k\w*(?= *(?:$|[.;,!]|apart|on the (?:floor|ground)|(?:in)?to (?:\w+ ){0,2}"
    r"(?:pieces|bits|shards|smithereens|fragments)))"
)
"""Words that say nothing but that a thing is in pieces; one may break into a run."""


def rules_opinion(draft: Draft, words: str) -> Document:
    """Return what the rules found in `words`; what closed words say is certain.

    Certain are also the things of "a red and a blue ball", of which one has no noun of its own.
    """
    shared = {chunk.noun for chunk in draft.chunks.values() if chunk.head[0] == chunk.head[1] > 0}
    twins = {entity["id"] for entity in draft.entities if entity["noun"] in shared}
    return {
        "entities": [
            {**entity, "certain": True} if entity["id"] in twins else entity
            for entity in draft.entities
        ],
        "relations": [_sure(said, twins) for said in draft.relations],
        "actions": [
            _sure(said, twins, closed=said["verb"] == "explode" and _is_closed(said, words))
            for said in draft.actions
        ],
        "outcomes": [_sure(said, twins) for said in draft.outcomes],
    }  # fmt: skip


def _is_closed(said: Document, words: str) -> bool:
    start, end = said.get("spans", {}).get("verb", (0, 0))
    return start < end and _CLOSED.match(words, start) is not None


def _sure(said: Document, twins: set[str], *, closed: bool = False) -> Document:
    """The statement, certain where it breaks something, is of twins, or of one of a group."""
    named = [str(said.get(key)) for key in ("actor", "subject", "object")]
    one = any("#" in ref for ref in named) or named[0] in twins or named[1] in twins
    return {**said, "certain": True} if closed or one else said


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

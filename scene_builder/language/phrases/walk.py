"""From words to a draft: noun phrases, clauses, and what they say."""

from scene_builder.language.phrases.clauses.parser import clauses_of
from scene_builder.language.phrases.draft import Draft
from scene_builder.language.phrases.meaning.telling import told


def draft_of(text: str) -> Draft:
    """Return what lower-case `text`, its stated facts taken out, says."""
    return told(clauses_of(text))

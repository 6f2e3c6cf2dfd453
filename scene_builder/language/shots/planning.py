"""A page becomes the plan of a film: by a chat model where one reads, by rule otherwise."""

from scene_builder.language.chat import ChatReader
from scene_builder.language.reader import Reader
from scene_builder.language.shots.by_chat import film_by_chat
from scene_builder.language.shots.by_rule import film_by_rule
from scene_builder.language.shots.film_plan import FilmPlan


def film_of(text: str, reader: Reader) -> FilmPlan:
    """Return the plan of the film that a page of words tells.

    Args:
        text: The page.
        reader: A chat reader writes the whole film; any other reads it sentence by sentence.

    Raises:
        PromptError: If nothing in it can be filmed, or it gives too many shots.
        SceneError: If a chat model gives no valid film.
        ModelError: If a model cannot be reached or loaded.
    """
    if isinstance(reader, ChatReader):
        return film_by_chat(text, reader)
    return film_by_rule(text, reader)

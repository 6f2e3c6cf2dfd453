"""What a command starts from: words, a page, a scene graph, or a run folder."""

import json
from pathlib import Path

from pipeline.run_folder.documents import MAX_DOCUMENT_BYTES, read_scene
from pipeline.run_folder.folder import FILM_DOCUMENT, MANIFEST, RunFolder
from pipeline.shots.film_file import is_film_folder, read_film
from pipeline.shots.shot_film import FilmSource
from scene_builder.model.errors import PromptError, RunFolderError, SceneError
from scene_builder.model.graph import SceneGraph

Source = str | SceneGraph | Path
PAGE_SUFFIXES = (".txt", ".md")
"""What files of words end in."""
MIN_PAGE_LETTERS = 150
"""Words of fewer letters, Chinese ones too, are no page."""
MAX_PAGE_BYTES = 1 << 20


def film_source_from(text: str, *, shots: bool) -> FilmSource | None:
    """Return what a film of several shots starts from, if `text` names such a thing.

    That is: a page in a file, a film.json, the folder of a film, words that `--shots` asks to
    be divided, or words so long that they are a page.

    Args:
        text: Words, or a path.
        shots: Whether `--shots` was given.

    Raises:
        PromptError: If it is the path of a page that cannot be read.
        SceneError: If it is the path of a film document that breaks its contract.
        RunFolderError: If it is the folder of a single run, and `--shots` was given.
    """
    path = Path(text)
    if _is_directory(path):
        if shots and not is_film_folder(path):
            raise RunFolderError(f"--shots divides words; {text} is the folder of one shot")
        return path if is_film_folder(path) else None
    if _names_page(text):
        return _page_in(path)
    if text.strip().endswith(".json"):
        if not path.is_file() or not _says_film(path):
            return None
        inside = path.resolve().parent
        if path.name == FILM_DOCUMENT and (inside / MANIFEST).exists():
            read_film(path)
            return path.parent
        return read_film(path)
    return text if shots or _is_page(text) else None


def single_source_from(text: str) -> Source:
    """Return what a command for one shot starts from.

    Raises:
        SceneError, RunFolderError: As `source_from`, and where `text` names several shots.
    """
    path = Path(text)
    if _is_directory(path) and is_film_folder(path):
        raise RunFolderError(
            f"{text} holds a film of several shots; give one of them, for example "
            f"{path / 'shots' / '00'}, or `worldreel make {text}`"
        )
    if _names_page(text) or (text.endswith(".json") and path.is_file() and _says_film(path)):
        raise SceneError(f"{text} holds several shots; try `worldreel make {text}`")
    return source_from(text)


def source_from(text: str, *, words: bool = True) -> Source:
    """Return what `text` names.

    Args:
        text: Words, the path of a scene.json, or the path of a run folder.
        words: Whether words are welcome.

    Raises:
        SceneError: If it is the path of a file that holds no scene graph.
        RunFolderError: If it looks like a path but nothing is there.
    """
    path = Path(text)
    if _is_directory(path):
        return path
    if text.strip().endswith(".json"):
        if not path.is_file():
            raise SceneError(f"there is no file {text}; give a scene.json, or words")
        inside = RunFolder(path.resolve().parent)
        if path.name == "scene.json" and (inside / MANIFEST).exists():
            read_scene(path)
            return path.parent
        return read_scene(path)
    if not words or _looks_like_path(text):
        raise RunFolderError(f"there is no run folder {text!r}; give one, or a scene.json")
    return text


def words_only(text: str) -> str:
    """Return words that are to be read.

    Raises:
        PromptError: If they are the path of something that is no words.
    """
    if text.strip().endswith(".json") or _is_directory(Path(text)):
        raise PromptError(f"plan needs words, {text!r} is a path; try `worldreel build {text}`")
    return text


def _is_page(text: str) -> bool:
    if len(text) < MIN_PAGE_LETTERS:
        return False
    from scene_builder.language.shots.by_rule import is_page  # the word lists take their time

    return is_page(text)


def _names_page(text: str) -> bool:
    plain = text.strip()
    whole = not any(character.isspace() for character in plain)
    try:
        return plain.endswith(PAGE_SUFFIXES) and (whole or Path(text).is_file())
    except (OSError, ValueError):
        return False


def _page_in(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_PAGE_BYTES:
            raise PromptError(f"{path} is larger than 1 MiB; a page has at most 2,000 words")
        page = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise PromptError(f"the page {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise PromptError(f"the page {path} is no UTF-8 text; save it as UTF-8") from error
    return page


def _says_film(path: Path) -> bool:
    """Whether a file of JSON calls itself a film."""
    try:
        if path.stat().st_size > MAX_DOCUMENT_BYTES:
            return False
        document = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(document, dict) and str(document.get("schema", "")).startswith(
        "worldreel.film"
    )


def _is_directory(path: Path) -> bool:
    try:
        return bool(str(path).strip()) and str(path) != "." and path.is_dir()
    except (OSError, ValueError):  # words too long for a path, or with a zero byte
        return False


def _looks_like_path(text: str) -> bool:
    return "/" in text and not any(character.isspace() for character in text)

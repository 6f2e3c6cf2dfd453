"""What a command starts from: words, a scene graph, or a run folder."""

from pathlib import Path

from pipeline.run_folder.documents import read_scene
from pipeline.run_folder.folder import MANIFEST, RunFolder
from scene_builder.model.errors import PromptError, RunFolderError, SceneError
from scene_builder.model.graph import SceneGraph

Source = str | SceneGraph | Path


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


def _is_directory(path: Path) -> bool:
    try:
        return bool(str(path).strip()) and str(path) != "." and path.is_dir()
    except (OSError, ValueError):  # words too long for a path, or with a zero byte
        return False


def _looks_like_path(text: str) -> bool:
    return "/" in text and not any(character.isspace() for character in text)

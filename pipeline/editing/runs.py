"""An edit of a run: read, shown, written into a run folder, and filmed as far as needed."""

from collections.abc import Callable
from pathlib import Path

from pipeline.editing.carrying import carry_over, only_styled
from pipeline.editing.copying import copy_run
from pipeline.editing.standing import stands_of
from pipeline.film import Film
from pipeline.manifest import Manifest, read_manifest, settings_of
from pipeline.plugins import create
from pipeline.progress import Progress
from pipeline.publish import publish
from pipeline.run import open_film
from pipeline.run_folder.atomic import write_text
from pipeline.run_folder.checksums import is_intact
from pipeline.run_folder.documents import evidence_text, scene_text
from pipeline.run_folder.folder import FILM_DOCUMENT, MANIFEST, RunFolder
from pipeline.settings import Options, Settings
from pipeline.steps.motion import AIM, SIMULATE
from pipeline.steps.read import EVIDENCE, READ, SCENE
from pipeline.steps.stage import DIRECT
from scene_builder.language.editing.chat import ChatEditor
from scene_builder.language.editing.editor import Editor
from scene_builder.language.editing.patching.edit import Edit
from scene_builder.language.editing.patching.evidence import edited
from scene_builder.language.editing.rules import RuleEditor
from scene_builder.model.errors import RunFolderError
from scene_builder.model.reading import Reading

RESULTS: dict[str, Callable[[Film], object]] = {
    "read": lambda film: film.reading,
    "build": lambda film: film.built,
    "direct": lambda film: film.stage,
    "simulate": lambda film: film.trajectory,
    "aim": lambda film: film.track,
    "storyboard": lambda film: film.storyboard,
    "render": lambda film: film.frames,
    "stylize": lambda film: film.pictures,
    "encode": lambda film: film.film,
    "verify": publish,
}
"""Every step's result, in the order in which a film is made."""


def reading_of(run: RunFolder) -> Reading:
    """Return what the words of a run say, with every edit since.

    Raises:
        RunFolderError: If the folder holds no run, or nothing that was read.
        SceneError: If a field of its documents is wrong.
    """
    if (run / FILM_DOCUMENT).exists():
        raise RunFolderError(
            f"{run.path} holds a film of several shots; change one of them, for example "
            f"{run / 'shots' / '00'}"
        )
    if not run.exists or not (run / SCENE).exists():
        raise RunFolderError(
            f"{run.path} holds no run with a {SCENE} to change; make one first, or give its folder"
        )
    return READ.load(run)


def editor_for(run: RunFolder, options: Options) -> Editor:
    """Return who understands the edit: the run's chat model, if it was read by one, or the rules.

    Raises:
        UnknownNameError: If the options name a reader that there is not.
    """
    name = options.reader or (settings_of(read_manifest(run / MANIFEST)) or Settings()).reader
    reader = create("reader", name)
    chat = getattr(reader, "chat", None)
    return RuleEditor() if chat is None else ChatEditor(chat, name=getattr(reader, "name", name))


def write_edit(run: RunFolder, edit: Edit, *, to: Path | None) -> RunFolder:
    """Write an edited scene into a copy of the run, or into the run itself.

    What a person put into the folder by hand belongs to the scene before, and is set aside.

    Args:
        run: The run.
        edit: What changes.
        to: The copy's folder; None changes the run itself.

    Raises:
        RunFolderError: If the folder cannot be written, or is taken.
    """
    before = reading_of(run)
    after = edited(before, edit, stands=stands_of(run, edit, before.graph))
    with run.locked():
        if to is not None:
            copy_run(run, to)
    folder = run if to is None else RunFolder(to)
    with folder.locked():
        if not only_styled(before.graph, after.graph):
            _set_aside(folder)
        # In this order: a scene that differs from the manifest's is what tells that it is new.
        write_text(folder / EVIDENCE, evidence_text(after))
        write_text(folder / SCENE, scene_text(after.graph))
    return folder


def film_again(folder: RunFolder, before: Reading, options: Options, progress: Progress) -> str:
    """Take the steps that the run had taken, from the first that the edit touches.

    Args:
        folder: The run as edited.
        before: Its reading before the edit.
        options: What the user typed.
        progress: Who hears about the work.

    Returns:
        The name of the last step taken.
    """
    manifest = read_manifest(folder / MANIFEST) or Manifest()
    taken = [name for name in RESULTS if name in manifest.steps and manifest.steps[name].finished]
    last = taken[-1] if taken else "read"
    with open_film(folder.path, options, out=None, progress=progress) as film:
        if last != "read":
            carry_over(film, before.graph)
        for name, result in RESULTS.items():
            if name in taken or name == "read":
                result(film)
    return last


def _set_aside(folder: RunFolder) -> None:
    steps = (read_manifest(folder / MANIFEST) or Manifest()).steps
    for step in (DIRECT, SIMULATE, AIM):
        name = str(step.document)
        path, record = folder / name, steps.get(step.name)
        known = record.files.get(name) if record else None
        if path.exists() and (known is None or not is_intact(path, known)):
            path.replace(path.with_name(f"{path.stem}.earlier{path.suffix}"))

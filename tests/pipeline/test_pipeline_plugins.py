"""Names become implementations."""

import subprocess
import sys
from importlib.metadata import EntryPoint
from types import ModuleType

import pytest

from pipeline import plugins
from pipeline.plugins import TABLE, Entry, create, entry_named, listing, seams
from scene_builder.model.errors import MissingExtraError, UnknownNameError

NEED_BLENDER = {("renderer", name) for name in ("cycles", "eevee", "workbench")}
NAMED = [
    pytest.param(seam, name, marks=[pytest.mark.bpy] if (seam, name) in NEED_BLENDER else [])
    for seam in TABLE
    for name in TABLE[seam]
    if (seam, name) not in {("reader", "embedded"), ("stylizer", "exemplar")}
]


@pytest.mark.parametrize(("seam", "name"), NAMED)
def test_every_name_of_the_table_can_be_made(
    seam: plugins.Seam, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    monkeypatch.setenv("OPENAI_MODEL", "small")
    assert create(seam, name) is not None


@pytest.mark.bpy
def test_options_reach_the_class_and_unknown_ones_are_left_out() -> None:
    renderer = create("renderer", "cycles", samples=3, no_such_option=1)
    assert (renderer.engine, renderer.samples) == ("cycles", 3)


def test_an_unknown_name_says_what_there_is() -> None:
    with pytest.raises(UnknownNameError) as caught:
        entry_named("renderer", "cycels")
    assert str(caught.value) == (
        "No renderer named 'cycels'. There are: cycles, eevee, workbench, flat. "
        "Did you mean 'cycles'?"
    )
    with pytest.raises(UnknownNameError, match=r"There are: [^?]*\.$"):
        entry_named("renderer", "zzzz")


def test_other_packages_add_to_a_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("elsewhere")
    module.Sketcher = type("Sketcher", (), {})  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "elsewhere", module)
    point = EntryPoint("sketch", "elsewhere:Sketcher", "worldreel.renderer")
    monkeypatch.setattr(
        plugins, "entry_points", lambda group: [point] if group == "worldreel.renderer" else []
    )
    assert "sketch" in listing("renderer")
    assert type(create("renderer", "sketch")).__name__ == "Sketcher"
    assert "sketch" not in listing("reader")


def test_a_missing_package_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = Entry(target="no_such_package.renderer:Renderer", extra="sketch")
    monkeypatch.setitem(TABLE["renderer"], "sketch", entry)
    with pytest.raises(MissingExtraError, match=r"pip install 'worldreel\[sketch\]'"):
        create("renderer", "sketch")


def test_listing_imports_nothing_heavy() -> None:
    heavy = "bpy", "torch", "transformers", "pybullet", "trimesh", "scipy", "av"
    program = (
        "import sys; from pipeline.plugins import listing, seams; "
        "[listing(seam) for seam in seams()]; import pipeline.command_line.main; "
        "from pipeline.command_line.commands import command_type; command_type(examples=True); "
        f"print(sorted(sys.modules.keys() & set({heavy!r})))"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "[]"


def test_seams_are_those_of_the_design() -> None:
    assert seams() == (
        "reader", "assets", "simulator", "renderer", "stylizer", "exporter", "executor",
    )  # fmt: skip

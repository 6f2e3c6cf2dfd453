"""Style words become a stylizer, and `worldreel styles` shows what there is."""

import pytest

from pipeline.command_line.main import main
from pipeline.command_line.styling.sheet import Still, write_sheet
from pipeline.command_line.styling.styles import SAYS
from pipeline.plugins import create, listing
from pipeline.steps import chosen_style
from pipeline.steps.chosen_style import Served, served_by
from render.flat import FlatRenderer
from render.shot import Shot
from render.stylize.painting.styles import STYLES
from scene_builder.model.errors import SettingsError
from tests.render.stages import ball_mesh, body, ground, make_motion, make_stage, make_track

OFFERS = tuple(listing("stylizer"))


def test_no_wish_is_plain_and_a_stylizer_goes_by_its_name():
    assert served_by(None, None, OFFERS) == Served("plain")
    assert served_by(None, "toon", OFFERS) == Served("toon")
    assert served_by("plain", None, OFFERS) == Served("plain")


def test_a_painter_paints_what_the_weights_do_not_know(monkeypatch):
    monkeypatch.setattr(chosen_style, "styles_ready", lambda: ("oil",))
    assert served_by("oil painting", None, OFFERS).stylizer == "diffusion"
    served = served_by("水彩", None, OFFERS)
    assert (served.stylizer, served.style) == ("painter", "watercolor")
    assert served.choice.means == "word"
    assert served_by("photorealistic", None, OFFERS).stylizer == "plain"
    monkeypatch.setattr(chosen_style, "styles_ready", lambda: ("photoreal",))
    assert served_by("photorealistic", None, OFFERS).stylizer == "diffusion"


def test_a_stylizer_that_is_named_is_told_the_style():
    served = served_by("ink", "painter", OFFERS)
    assert (served.stylizer, served.style) == ("painter", "ink")


def test_every_style_is_listed_in_one_line(capsys):
    assert main(["styles"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert set(SAYS) == {style.name for style in STYLES}
    assert [line.split()[0] for line in said[: len(STYLES)]] == [style.name for style in STYLES]
    assert all(len(line) <= 100 for line in said)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--sheet", "styles.bmp"], "a .png or .jpg"),
        (["--run", "nowhere"], "give --sheet PATH"),
        (["--sheet", "a.png", "--run", "nowhere"], "holds no run"),
    ],
)
def test_bad_options_are_one_line(arguments, says, capsys):
    assert main(["styles", *arguments]) == 2
    said = capsys.readouterr().err
    assert says in said
    assert said.count("\n") == 1


@pytest.fixture(scope="module")
def still():
    ball = body("ball#1", ball_mesh(0.3), (0.6, 0.02, 0.02), (0.0, 0.0, 0.5))
    stage = make_stage([ground(), ball], frames=2, subjects=("ball#1",))
    shot = Shot(stage=stage, trajectory=make_motion(stage, {}), track=make_track(2, drift=0.0))
    frame = next(iter(FlatRenderer().render(stage, shot.trajectory, shot.track)))
    return Still(shot, frame)


def test_a_sheet_shows_the_still_in_each_style(still, tmp_path):
    from PIL import Image

    shown = {name: create("stylizer", "painter", style=name) for name in ("oil", "pencil")}
    write_sheet(still, shown, tmp_path / "new" / "sheet.png")
    with Image.open(tmp_path / "new" / "sheet.png") as sheet:
        width, height = still.frame.size_px
        assert sheet.width > 3 * width
        assert height < sheet.height < 2 * height
        left, right = (sheet.crop((x, 8, x + width, 8 + height)) for x in (8, 16 + width))
    assert left.tobytes() != right.tobytes()
    with pytest.raises(SettingsError, match="cannot be written"):
        write_sheet(still, shown, tmp_path / "sheet.nothing")

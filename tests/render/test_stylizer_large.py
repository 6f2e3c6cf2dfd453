"""Films in the look of large models: the real pipelines, with tiny untrained weights."""

from dataclasses import replace

import numpy as np
import pytest
import torch

pytest.importorskip("diffusers")

from render.flat import FlatRenderer
from render.shot import Shot
from render.stylize.large import loading, sources
from render.stylize.large import stylizers as large
from render.stylize.large.fingerprint import fingerprint
from render.stylize.large.known import ROUTES
from render.stylize.large.propagation import KeyFrame, between
from render.stylize.large.stylizers import CosmosStylizer, SdxlStylizer, WanStylizer
from render.stylize.large.video.windows import fade, fade_weights
from render.stylize.plain import PlainStylizer
from render.stylize.session import SessionStylizer
from scene_builder.model.errors import SettingsError
from scene_builder.model.graph import Look
from tests.render.stages import ball_mesh, body, ground, make_motion, make_stage, make_track
from tests.render.tiny_large import Lenient, Transforms, save_cosmos, save_sdxl, save_wan

FRAMES = 17
SIZE_PX = (60, 42)  # a multiple of nothing
OIL = Look(style="oil painting")
IMAGE = "steps=2 denoise=0.5 every=4"
VIDEO = {"wan": "steps=1 guidance=1 window=9 overlap=5",
         "cosmos": "steps=1 guidance=1 window=13 overlap=5"}  # fmt: skip


@pytest.fixture(scope="module")
def shot():
    ball = body("ball#1", ball_mesh(0.3), (0.6, 0.02, 0.02), (-0.4, 0.0, 0.5))
    stage = make_stage([ground(), ball], frames=FRAMES, subjects=("ball#1",))
    motion = make_motion(stage, {"ball#1": ((2.0, 0.0, 0.0), 4.0)})
    track = make_track(FRAMES, drift=0.02)
    track = replace(track, lens=replace(track.lens, size_px=SIZE_PX))
    return Shot(stage=stage, trajectory=motion, track=track)


@pytest.fixture(scope="module")
def frames(shot):
    return list(FlatRenderer().render(shot.stage, shot.trajectory, shot.track))


@pytest.fixture(scope="session")
def models(tmp_path_factory):
    root = tmp_path_factory.mktemp("large")
    return {
        "sdxl": save_sdxl(root / "sdxl"), "wan": save_wan(root / "wan"),
        "cosmos": save_cosmos(root / "cosmos"),
    }  # fmt: skip


@pytest.fixture(autouse=True)
def lenient(monkeypatch):
    """NVIDIA's safety checker has weights that are not here, and torchvision may be missing."""
    from diffusers.models.controlnets import controlnet_cosmos
    from diffusers.models.transformers import transformer_cosmos
    from diffusers.pipelines.cosmos import pipeline_cosmos2_5_transfer as cosmos

    for module in (controlnet_cosmos, transformer_cosmos):
        if not hasattr(module, "transforms"):
            monkeypatch.setattr(module, "transforms", Transforms, raising=False)

    monkeypatch.setattr(cosmos, "CosmosSafetyChecker", Lenient)
    monkeypatch.setattr(large, "check_checker", lambda: None)


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    count = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(count)


def stylizer_of(name, models, options=None):
    kinds = {"sdxl": SdxlStylizer, "wan": WanStylizer, "cosmos": CosmosStylizer}
    usual = VIDEO.get(name, IMAGE)
    return kinds[name](model=str(models[name]), options=usual if options is None else options)


@pytest.fixture(scope="module")
def films(shot, frames, models):
    """Films that were painted already, by their stylizer's name."""
    painted = {}

    def film_of(name):
        if name not in painted:
            session = stylizer_of(name, models).session(shot, frames[0], OIL, 5)
            painted[name] = list(session.pictures(iter(frames)))
        return painted[name]

    return film_of


@pytest.fixture(params=["sdxl", "wan", "cosmos"])
def name(request):
    return request.param


def test_pictures_are_of_the_right_size_and_say_something(name, films, frames):
    film = films(name)
    assert len(film) == FRAMES
    for picture, frame in zip(film, frames, strict=True):
        assert picture.shape == (*frame.depth.shape, 3)
        assert picture.dtype == np.uint8
        assert picture.std() > 1


def test_the_same_seed_gives_the_same_film_and_another_another(name, shot, frames, models, films):
    stylizer = stylizer_of(name, models)
    again, other = (
        np.stack(list(stylizer.session(shot, frames[0], OIL, seed).pictures(iter(frames))))
        for seed in (5, 6)
    )
    np.testing.assert_array_equal(again, np.stack(films(name)))
    assert np.abs(again.astype(int) - other).mean() > 1


@pytest.mark.parametrize("begun", [6, 13])
def test_a_film_that_was_left_goes_on_as_the_same(name, begun, shot, frames, models, films):
    session = stylizer_of(name, models).session(shot, frames[0], OIL, 5)
    for k in range(begun):
        session.resume(frames[k], films(name)[k])
    for k, picture in enumerate(session.pictures(iter(frames[begun:])), begun):
        np.testing.assert_array_equal(picture, films(name)[k], err_msg=f"frame {k}")
    assert k == FRAMES - 1


def test_controls_steer(name, shot, frames, models):
    usual = IMAGE if name == "sdxl" else "steps=1 guidance=1"
    steered, free = (
        stylizer_of(name, models, f"{usual} control={control}")
        .session(shot, frames[0], OIL, 5).picture(frames[0])
        for control in (2, 0)
    )  # fmt: skip
    assert not np.array_equal(steered, free)


def test_frames_between_key_frames_are_carried_from_them(shot, frames, films):
    film = films("sdxl")
    plain = list(PlainStylizer().stylize(shot, frames, Look(), np.random.default_rng(0)))
    keys = tuple(KeyFrame(frames[k], plain[k], film[k]) for k in (4, 8))
    np.testing.assert_array_equal(film[6], between(frames[6], plain[6], keys, shot))


@pytest.mark.parametrize(("name", "hold"), [("wan", 1), ("cosmos", 0)])
def test_where_windows_overlap_one_fades_into_the_other(name, hold, shot, frames, models, films):
    session = stylizer_of(name, models).session(shot, frames[0], OIL, 5)
    told = [session.prepare(frame) for frame in frames]
    film, one, other = films(name), *session.windows[:2]
    first = session.model.painted(session.canvas, told[: one.stop], [], 0)
    begin = other.start
    held = film[begin : begin + hold]
    second = session.model.painted(session.canvas, told[begin : other.stop], held, begin)
    for k in range(begin + hold):
        np.testing.assert_array_equal(film[k], first[k])
    for k, weight in zip(range(begin + hold, one.stop), fade_weights(5 - hold), strict=True):
        np.testing.assert_array_equal(film[k], fade(first[k], second[k - begin], float(weight)))
    for k in range(one.stop, other.shown):
        np.testing.assert_array_equal(film[k], second[k - begin])


def test_a_window_is_told_the_frames_that_it_goes_on_from(shot, frames, models, films):
    session = stylizer_of("wan", models).session(shot, frames[0], OIL, 5)
    told = [session.prepare(frame) for frame in frames[4:9]]
    one, other = (
        session.model.painted(session.canvas, told, [held], 4)
        for held in (films("wan")[4], 255 - films("wan")[4])
    )
    assert not np.array_equal(one[1], other[1])


def test_a_reference_shows_a_video_model_the_look(shot, frames, models, tmp_path):
    from PIL import Image

    path = tmp_path / "look.png"
    Image.fromarray(np.full((30, 40, 3), 200, np.uint8)).save(path)
    usual = "steps=1 guidance=1"
    pictures = [
        stylizer_of("wan", models, f"{usual} {more}")
        .session(shot, frames[0], OIL, 5).picture(frames[0])
        for more in ("", f"reference={path}", f"reference={models['sdxl']}")
    ]  # fmt: skip
    assert not np.array_equal(pictures[0], pictures[1])
    assert not np.array_equal(pictures[1], pictures[2])
    with pytest.raises(SettingsError, match="cannot be read as a picture"):
        stylizer_of("wan", models, f"reference={tmp_path / 'none.png'}").session(
            shot, frames[0], OIL, 5
        )


def test_a_part_of_a_shot_can_be_painted(name, shot, frames, models):
    stylizer = stylizer_of(name, models)
    for part in (frames[6:7], frames[:3]):
        pictures = list(stylizer.stylize(shot, part, OIL, np.random.default_rng(5)))
        assert len(pictures) == len(part)


def test_a_body_without_strength_stays_plain(name, shot, frames, models):
    session = stylizer_of(name, models).session(shot, frames[0], OIL, 7)
    session.strengths = {2: 0.0}
    picture = session.picture(frames[0]).astype(int)
    plain = next(iter(PlainStylizer().stylize(shot, frames, Look(), np.random.default_rng(0))))
    ball = frames[0].body_index == 2
    assert np.abs(picture - plain)[ball].max() == 0
    assert np.abs(picture - plain)[~ball].max() > 5


def test_only_what_changes_pictures_changes_the_identity(models, tmp_path):
    def identity(options="", model=models["sdxl"]):
        return SdxlStylizer(model=str(model), options=options).identity

    assert identity() == identity("device=cpu offload=model") != identity("steps=3")
    assert identity() != identity(model=models["wan"])
    assert identity(model="some/thing")[0][0] == "some/thing"
    weights = tmp_path / "m" / "unet.safetensors"
    weights.parent.mkdir()
    weights.write_bytes(b"a" * 200_000)
    one = fingerprint(str(tmp_path / "m"))
    weights.write_bytes(b"a" * 199_999 + b"b")
    assert fingerprint(str(tmp_path / "m")) != one
    assert isinstance(SdxlStylizer(), SessionStylizer)


def refused(call):
    with pytest.raises(SettingsError) as error:
        call()
    assert error.value.exit_code == 2
    assert "\n" not in str(error.value)
    return str(error.value)


def test_pickles_are_never_read(tmp_path, models):
    (tmp_path / "model_index.json").write_text('{"_class_name": "WanVACEPipeline"}')
    (tmp_path / "transformer").mkdir()
    torch.save({}, tmp_path / "transformer" / "diffusion_pytorch_model.bin")
    says = refused(WanStylizer(model=str(tmp_path)).check)
    assert "diffusion_pytorch_model.bin" in says
    assert "safetensors" in says
    stylizer_of("wan", models).check()


def test_what_is_missing_is_said_in_one_line(tmp_path, models, monkeypatch):
    assert "there is no model" in refused(SdxlStylizer(model=str(tmp_path / "none")).check)
    assert "model_index.json" in refused(SdxlStylizer(model=str(tmp_path)).check)
    assert "--download" in refused(WanStylizer(model="nobody/nothing-like-this").check)
    assert "holds a WanVACEPipeline" in refused(SdxlStylizer(model=str(models["wan"])).check)
    assert "this computer has" in refused(
        WanStylizer(model=str(models["wan"]), options="device=tpu").pipeline
    )
    assert "allowed are" in refused(lambda: CosmosStylizer(options="controls=normals"))
    assert "1 or more" in refused(lambda: SdxlStylizer(options="steps=2 denoise=0.1"))
    assert "at most 46" in refused(lambda: CosmosStylizer(options="overlap=49"))
    monkeypatch.undo()
    if not sources.importlib.util.find_spec("cosmos_guardrail"):
        assert "cosmos_guardrail" in refused(CosmosStylizer(model=str(models["cosmos"])).check)
    monkeypatch.setattr(sources.importlib.util, "find_spec", lambda _: None)
    assert "worldreel[large]" in refused(SdxlStylizer(model=str(models["sdxl"])).check)


def test_too_little_memory_is_said_in_one_line():
    def fails():
        with loading.enough_memory("some/model"):
            torch.zeros(1 << 60)

    assert "offload=" in refused(fails)
    with pytest.raises(RuntimeError, match="other"), loading.enough_memory("some/model"):
        raise RuntimeError("other")


def test_every_route_names_a_pipeline_that_there_is():
    import diffusers

    for route in ROUTES.values():
        assert hasattr(diffusers, route.pipeline)
        assert route.window % 4 == 1

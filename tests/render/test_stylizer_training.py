"""Training: batches, steps, and going on from a checkpoint as if nothing had happened."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from render.flat import FlatRenderer
from render.stylize.painting.guides import display_albedo, guides_of_frame, scale_of
from render.stylize.painting.styles import STYLES
from render.stylize.steady.noise import pinned_noise, points_of
from render.stylize.training.batches import Example, batch_rand, together
from render.stylize.training.checkpoints import begin_with, load_checkpoint
from render.stylize.training.data import TrainingScene, packed_normals, write_scene
from render.stylize.training.examples import Examples
from render.stylize.training.lessons import Lesson, Lessons
from render.stylize.training.pairs import pair_rand, unsteadiness
from render.stylize.training.train import main, new_training, train_step
from render.tonemap import tone_mapped
from scene_builder.model.chance import stream
from scene_builder.model.errors import ModelError, RunFolderError
from tests.render.stages import ball_mesh, body, ground, make_motion, make_stage, make_track
from tests.render.tiny_stylizer import TINY, save_tiny, tiny_network

SIZE_PX = (64, 48)
CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def shot():
    ball = body("ball#1", ball_mesh(0.3), (0.6, 0.02, 0.02), (-0.4, 0.0, 0.5))
    stage = make_stage([ground(), ball], frames=2, subjects=("ball#1",))
    track = make_track(2, drift=0.02)
    track = replace(track, lens=replace(track.lens, size_px=SIZE_PX))
    return stage, make_motion(stage, {"ball#1": ((2.0, 0.0, 0.0), 4.0)}), track


@pytest.fixture(scope="module")
def frames(shot):
    return list(FlatRenderer().render(*shot))


@pytest.fixture(scope="module")
def examples(shot, frames):
    made = []
    for frame in frames:
        rotation = shot[2].world_from_camera(frame.frame).rotation
        guides = guides_of_frame(frame, tone_mapped(frame.rgb), rotation)
        made.append(Example(guides=guides, points=points_of(frame, shot[2]), fine=guides.rgb))
    return made


def matrix(position, rotation):
    whole = np.eye(4)
    whole[:3, :3], whole[:3, 3] = rotation, position
    return whole


@pytest.fixture(scope="module")
def folder(shot, frames, tmp_path_factory):
    _, motion, track = shot
    views = [track.world_from_camera(k) for k in range(2)]
    poses = [[motion.pose(k, name) for name in motion.body_ids] for k in range(2)]
    scene = TrainingScene(
        frames=np.arange(2),
        rgb=np.stack([tone_mapped(f.rgb) for f in frames]),
        albedo=np.stack([display_albedo(f.albedo) for f in frames]),
        depth=np.stack([f.depth for f in frames]).astype(np.float16),
        normals=np.stack(
            [packed_normals(f.normal @ v.rotation) for f, v in zip(frames, views, strict=True)]
        ),
        ids=np.stack([f.body_index for f in frames]).astype(np.uint8),
        fine=np.stack([tone_mapped(frames[1].rgb)]),
        fine_of=np.array([1]),
        cameras=np.stack([matrix(v.position, v.rotation) for v in views]),
        bodies=np.stack([[matrix(p.position, p.rotation) for p in row] for row in poses]),
        present=np.ones((2, 2), bool),
        rigid=np.ones(2, bool),
        focal_px=np.array(track.lens.focal_px),
        scale_m=np.array(scale_of(frames[0].depth)),
    )
    path = tmp_path_factory.mktemp("packed")
    write_scene(path / "scene_00000.npz", scene)
    return path


def lesson(examples, step, times=(0.0, 0.0, 0.0, 0.0)):
    rngs = [stream(1, "test", step), stream(2, "test", step)]
    halves = [batch_rand(rng, examples, size=2, crop_px=32, fine=(0, 1)) for rng in rngs]
    return Lesson(together(halves), torch.tensor(times), None)


def lessons_of(examples, seed=1):
    return Lessons(examples=examples, seed=seed, size=4, crop_px=32, device=CPU)


def test_a_lesson_is_two_styles_and_all_that_the_network_needs(examples):
    made = lessons_of(examples).at(1).batch
    assert made.noise.shape == (4, 4, 32, 32)
    assert made.condition.shape == (4, TINY.condition, 32, 32)
    assert made.style.shape == (4, len(STYLES))
    assert torch.all(made.style.sum(1) == 1)
    assert all(len(half.argmax(1).unique()) == 1 for half in made.style.chunk(2))
    assert made.target.min() >= -1.001
    assert made.target.max() <= 1.001
    for name in ("noise", "condition", "target"):
        assert torch.isfinite(getattr(made, name)).all()


def test_a_lesson_depends_on_its_step_alone_and_each_half_is_met_twice(examples):
    in_order, fresh = lessons_of(examples), lessons_of(examples)
    before, one = [in_order.at(step) for step in (2, 3)]
    two, other = fresh.at(3), lessons_of(examples, seed=2).at(3)
    assert torch.equal(one.batch.target, two.batch.target)
    assert torch.equal(one.times, two.times)
    assert torch.equal(one.batch.noise[:2], before.batch.noise[2:])
    assert not torch.equal(one.batch.noise[2:], one.batch.noise[:2])
    assert not torch.equal(one.batch.noise, other.batch.noise)
    assert fresh.at(0).batch.noise.shape == (4, 4, 32, 32)


def test_training_lowers_the_error(examples):
    training = new_training(TINY, seed=1, rate=2e-3, device=CPU)
    fixed = lesson(examples, 0)
    for _ in range(12):
        train_step(training, fixed, 2e-3)
    first, last = np.mean(training.starts[:4]), np.mean(training.starts[-4:])
    assert last < 0.8 * first
    assert training.losses[-1] < training.losses[0]


def test_going_on_from_a_checkpoint_is_the_same_as_never_having_stopped(folder, tmp_path):
    from render.stylize.training.train import _save

    examples = Examples(folder)

    def steps(training, count):
        for _ in range(count):
            times = (0.0, 0.2, 0.5, 0.9)
            train_step(training, lesson(examples, training.step, times), 1e-3)

    whole = new_training(TINY, seed=1, rate=1e-3, device=CPU)
    steps(whole, 4)
    half = new_training(TINY, seed=1, rate=1e-3, device=CPU)
    steps(half, 2)
    _save(half, tmp_path)
    taken = new_training(TINY, seed=2, rate=1e-3, device=CPU)
    taken.step = load_checkpoint(tmp_path, TINY, taken.network, taken.average, taken.optimizer)
    assert taken.step == 2
    steps(taken, 2)
    for name, value in whole.network.state_dict().items():
        torch.testing.assert_close(taken.network.state_dict()[name], value)
        torch.testing.assert_close(taken.average[name], whole.average[name])
    other = replace(TINY, blocks=2)
    fresh = new_training(other, seed=1, rate=1e-3, device=CPU)
    with pytest.raises(ModelError, match="another shape"):
        load_checkpoint(tmp_path, other, fresh.network, fresh.average, fresh.optimizer)


def test_packed_frames_carry_the_film_s_own_noise(shot, frames, folder):
    examples = Examples(folder)
    assert len(examples) == 2
    assert list(examples.with_fine()) == [1]
    assert examples[0].fine is None
    film = pinned_noise(points_of(frames[0], shot[2]), 5)
    packed = pinned_noise(examples[0].points, 5)
    # Depth is kept in 16 bits: some points fall into the next cell.
    assert (film * packed).mean() > 0.7
    assert packed.std() == pytest.approx(1, abs=0.05)


def test_the_script_trains_stores_and_goes_on(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("render.stylize.training.train.SAID_STEPS", 1)
    options = ["--data", str(folder), "--out", str(tmp_path), "--minutes", "0.004",
               "--batch", "2", "--crop", "32", "--channels", "16", "24"]  # fmt: skip
    main(options)
    main([*options, "--finish"])
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [line["step"] for line in lines] == list(range(1, len(lines) + 1))
    card = json.loads((tmp_path / "stylizer.json").read_text())
    assert card["steps"] == lines[-1]["step"]


def test_training_begins_with_weights_that_are_there(tmp_path):
    path = save_tiny(tmp_path / "tiny.safetensors", change=0.3)
    training = new_training(TINY, seed=7, rate=1e-3, device=CPU)
    begin_with(path, TINY, training.network, training.average)
    for name, value in tiny_network(0.3).state_dict().items():
        known = value.half().float()
        torch.testing.assert_close(training.network.state_dict()[name], known)
        torch.testing.assert_close(training.average[name], known)
    with pytest.raises(ModelError, match="another shape"):
        begin_with(path, replace(TINY, blocks=2), training.network, training.average)


def test_a_pair_that_only_shows_its_surfaces_is_steady(folder):
    pair = pair_rand(np.random.default_rng(3), Examples(folder), 48)
    assert pair.seen.mean() > 0.3

    def base_color(noisy, time, condition, style):
        return condition[:, 3:6]

    def white(noisy, time, condition, style):
        return torch.randn(noisy.shape, generator=torch.Generator().manual_seed(0))

    assert unsteadiness(base_color, pair) < 0.03
    assert unsteadiness(white, pair) > 0.5


def test_an_empty_folder_says_what_to_do(tmp_path):
    with pytest.raises(RunFolderError, match="film some first"):
        Examples(tmp_path)

"""Training frames: what is read is what was written, and matrices tell where pixels go."""

from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from pipeline.training import stylizer_frames
from pipeline.training.stylizer_frames import Filming, graphs, main
from render.stylize.training.data import (
    TrainingScene,
    packed_normals,
    read_scene,
    scene_paths,
    write_scene,
)
from scene_builder.model.errors import LayoutError, RunFolderError
from scene_builder.model.graph import SceneGraph

HEIGHT, WIDTH, FOCAL_PX = 36, 64, 60.0


def card_scene() -> TrainingScene:
    """A card 2 m away goes 0.2 m right and the camera 0.1 m up, before a wall 6 m away."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    ids, depth = [], []
    for right, up in ((0.0, 0.0), (0.2, 0.1)):
        across = (x - (WIDTH - 1) / 2) / FOCAL_PX * 2.0 - right
        above = ((HEIGHT - 1) / 2 - y) / FOCAL_PX * 2.0 + up
        card = (np.abs(across) < 0.35) & (np.abs(above) < 0.25)
        ids.append(np.where(card, 2, np.where(y < 4, 0, 1)))
        depth.append(np.where(card, 2.0, np.where(y < 4, np.inf, 6.0)))
    shape = (2, HEIGHT, WIDTH)
    cameras, bodies = np.stack([np.eye(4)] * 2), np.stack([[np.eye(4)] * 2] * 2)
    cameras[1, 1, 3], bodies[1, 1, 0, 3] = 0.1, 0.2
    normals = np.zeros((*shape, 3))
    normals[..., 2] = np.stack(ids) > 0
    colors = np.array([[200, 220, 240], [120, 110, 100], [220, 30, 20]], np.uint8)[np.stack(ids)]
    return TrainingScene(
        frames=np.array([10, 11], np.int32), rgb=colors, albedo=colors,
        depth=np.stack(depth).astype(np.float16), normals=packed_normals(normals),
        ids=np.stack(ids).astype(np.uint8), fine=colors[:1], fine_of=np.array([0], np.int32),
        cameras=cameras.astype(np.float32), bodies=bodies.astype(np.float32),
        present=np.ones((2, 2), np.bool_), rigid=np.ones(2, np.bool_),
        focal_px=np.array(FOCAL_PX, np.float32), scale_m=np.array(4.0, np.float32),
    )  # fmt: skip


def test_a_scene_is_read_as_it_was_written(tmp_path: Path) -> None:
    scene = card_scene()
    write_scene(tmp_path / "data" / "scene_00000.npz", scene)
    (path,) = scene_paths(tmp_path / "data")
    again = read_scene(path)
    for name in TrainingScene.__dataclass_fields__:
        before, after = np.asarray(getattr(scene, name)), np.asarray(getattr(again, name))
        assert after.dtype == before.dtype
        np.testing.assert_array_equal(before, after)
    assert not list((tmp_path / "data").glob(".*"))


def test_a_damaged_scene_is_named(tmp_path: Path) -> None:
    path = tmp_path / "scene_00000.npz"
    path.write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(RunFolderError, match=r"scene_00000.npz is missing, damaged"):
        read_scene(path)


def test_matrices_tell_where_every_pixel_goes() -> None:
    scene = card_scene()
    places, seen = scene.places_in(0, 1)
    here = scene.ids[0] == 2
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    moved = places - np.stack([x, y], -1)
    # 0.2 m of 2 m is 6 px right; the camera's 0.1 m up is 3 px down for the card, 1 for the wall
    np.testing.assert_allclose(moved[here], np.broadcast_to([6, 3], moved[here].shape), atol=1e-3)
    wall = scene.ids[0] == 1
    np.testing.assert_allclose(moved[wall], np.broadcast_to([0, 1], moved[wall].shape), atol=1e-3)
    assert seen[here].mean() > 0.9
    behind = wall & (scene.ids[1] == 2)
    assert not seen[behind & np.roll(behind, -1, axis=0)].any()


def test_a_body_that_bends_has_no_exact_flow() -> None:
    scene = card_scene()
    soft = TrainingScene(
        **{
            name: np.array([True, False]) if name == "rigid" else getattr(scene, name)
            for name in TrainingScene.__dataclass_fields__
        }
    )
    assert not soft.places_in(0, 1)[1][soft.ids[0] == 2].any()


def test_a_scene_gives_guides() -> None:
    scene = card_scene()
    guides = scene.guides(1)
    assert guides.rgb.shape == (1, 3, HEIGHT, WIDTH)
    assert set(np.unique(guides.ids.numpy())) == {0, 1, 2}
    assert float(guides.depth[guides.ids == 2].mean()) == pytest.approx(2 / 6, abs=1e-3)


def test_scenes_are_drawn_alike_each_time_and_differ() -> None:
    first, again = list(islice(graphs(5), 24)), list(islice(graphs(5), 24))
    assert first == again
    assert len({graph.setting.place for graph in first}) > 8
    assert 4 < sum(bool(g.camera and g.camera[0].move) for g in first) < 20


def test_filming_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filmed: list[int] = []

    def film(graph: SceneGraph, filming: Filming, number: int) -> TrainingScene:
        filmed.append(number)
        if number == 1:
            raise LayoutError("no place")
        return card_scene()

    monkeypatch.setattr(stylizer_frames, "film_scene", film)
    main(Filming(out=tmp_path, scenes=2))
    main(Filming(out=tmp_path, scenes=3))
    assert filmed == [0, 1, 2]
    assert [path.name for path in scene_paths(tmp_path)] == ["scene_00000.npz", "scene_00002.npz"]
    assert (tmp_path / "scene_00001.skipped.txt").read_text() == "LayoutError: no place\n"

"""What was changed by hand outlives what worldreel makes anew."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.blender_addon.restaging.edited import edited
from pipeline.blender_addon.restaging.edits import Addition, BodyEdit, Edits
from pipeline.blender_addon.restaging.keeping import (
    composed,
    fitting,
    pinned,
    read_kept,
    write_kept,
)
from scene_builder.assets.mass import mass_of
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Collider, Freedom

RED, BLUE = (0.5, 0.0, 0.0), (0.0, 0.0, 0.5)


@pytest.fixture
def stage(build):
    mesh = build.box_mesh(0.2, 0.1, 0.3)
    mass = mass_of(mesh.vertices, mesh.triangles, 500.0)
    crate = replace(
        build.body("crate#1", mesh), mass_kg=mass.mass_kg, center_of_mass=mass.center_of_mass,
        inertia=mass.inertia,
        collider=Collider(shape="box", size=(0.2, 0.1, 0.3), center=np.array([0, 0, 0.15])),
    )  # fmt: skip
    wheel = replace(
        build.body("crate#1.wheel", build.box_mesh(0.05, 0.05, 0.05), pose=Pose.at(0.1, 0, 0)),
        part_of="crate#1",
    )
    cup = build.body("cup#1", build.box_mesh(0.1, 0.1, 0.1), pose=Pose.at(1, 0, 0))
    return build.stage_of(crate, wheel, cup)


def suzanne(build, **fields):
    mesh = build.box_mesh()
    plain = {
        "body": "suzanne#1", "noun": "suzanne", "vertices": mesh.vertices,
        "triangles": mesh.triangles, "slots": mesh.material_index, "colors": (RED,),
        "substance": "wood", "mobility": "dynamic", "pose": Pose.at(0, 0, 1),
    }  # fmt: skip
    return Addition(**(plain | fields))


def same(one, other):
    assert one.body_ids == other.body_ids
    for a, b in zip(one.bodies, other.bodies, strict=True):
        np.testing.assert_allclose(a.pose.position, b.pose.position, atol=1e-9)
        assert abs(a.pose.wxyz @ b.pose.wxyz) == pytest.approx(1)
        np.testing.assert_allclose(a.mesh.vertices, b.mesh.vertices, atol=1e-6)
        assert a.mass_kg == pytest.approx(b.mass_kg)
        assert (a.mobility, a.friction) == (b.mobility, b.friction)
        for m, n in zip(a.materials, b.materials, strict=True):
            np.testing.assert_allclose(m.base_color, n.base_color, atol=1e-9)


def then(build):
    """Pairs of edits, one after the other."""
    moved = BodyEdit(body="crate#1", pose=Pose.at(0, 1, 0, yaw_deg=40))
    return {
        "moved twice": (
            Edits(bodies=(moved,)), Edits(bodies=(replace(moved, pose=Pose.at(2, 0, 0)),)),
        ),
        "a part, then its whole": (
            Edits(bodies=(BodyEdit(body="crate#1.wheel", pose=Pose.at(0.1, 0.2, 0)),)),
            Edits(bodies=(moved,)),
        ),
        "weighed, then scaled, then painted": (
            Edits(bodies=(BodyEdit(body="crate#1", mass_kg=4.0, colors=((0, RED),)),)),
            Edits(bodies=(BodyEdit(
                body="crate#1", scale=np.array([1.0, 2.0, 1.0]), friction=0.2,
                colors=((0, BLUE),)),)),
        ),
        "added, then moved and scaled": (
            Edits(added=(suzanne(build),)),
            Edits(bodies=(BodyEdit(
                body="suzanne#1", pose=Pose.at(0, 0, 2), scale=np.full(3, 2.0),
                mobility="static", friction=0.4),)),
        ),
        "added, then deleted": (Edits(added=(suzanne(build),)), Edits(removed=("suzanne#1",))),
        "added, then of another shape": (
            Edits(added=(suzanne(build),)),
            Edits(removed=("suzanne#1",), added=(suzanne(build, pose=Pose.at(3, 0, 0)),)),
        ),
        "moved, then deleted": (Edits(bodies=(moved,)), Edits(removed=("crate#1",))),
    }  # fmt: skip


@pytest.mark.parametrize("case", range(7))
def test_two_edits_are_one(build, stage, case):
    first, second = list(then(build).values())[case]
    between = edited(stage, first)
    after = edited(between, second)
    same(edited(stage, composed(first, second, after)), after)


def test_edits_that_fit_no_more_are_named(build, stage):
    edits = Edits(
        bodies=(BodyEdit(body="crate#1", friction=0.1), BodyEdit(body="ball#7", friction=0.1)),
        removed=("gone#1", "cup#1"),
        added=(suzanne(build), suzanne(build, body="crate#1.wheel")),
    )
    kept, lost = fitting(edits, stage)
    assert lost == ("ball#7", "crate#1.wheel")
    assert set(edited(stage, kept).body_ids) == {"crate#1", "crate#1.wheel", "suzanne#1"}


def test_what_was_placed_by_hand_is_nobody_elses_to_place(stage):
    freedom = Freedom(
        body="crate#1", offset_low=-np.ones(3), offset_high=np.ones(3), yaw_deg=(-9, 9),
        speed_scale=(0.5, 2), friction=(0.2, 0.9), group="row",
    )  # fmt: skip
    free = replace(stage, freedoms=(freedom, replace(freedom, body="cup#1")))
    edits = Edits(bodies=(BodyEdit(body="crate#1", pose=Pose.at(0, 1, 0)),))
    mine, other = pinned(free, edits).freedoms
    assert not mine.offset_low.any()
    assert (mine.yaw_deg, mine.group) == ((0.0, 0.0), "")
    assert (mine.speed_scale, mine.friction) == ((0.5, 2), (0.2, 0.9))  # still open
    assert other.offset_high.all()


def test_what_is_kept_lies_in_the_run(tmp_path, build):
    assert not read_kept(tmp_path)
    write_kept(tmp_path, Edits(added=(suzanne(build),)))
    assert [one.body for one in read_kept(tmp_path).added] == ["suzanne#1"]
    write_kept(tmp_path, Edits())
    assert not list(tmp_path.iterdir())

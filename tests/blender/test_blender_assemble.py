import numpy as np
import pytest

from scene_builder.model.pose import rotation_from_wxyz

bpy = pytest.importorskip("bpy")
pytestmark = pytest.mark.bpy

from scene_builder.blender.assemble import ID_PROPERTY, assemble  # noqa: E402

from .conftest import body, box_mesh, paint, sphere_mesh, stage_of  # noqa: E402

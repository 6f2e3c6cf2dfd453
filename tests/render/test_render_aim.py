"""The camera: what it holds, from where, and how smoothly."""

import numpy as np
import pytest
from conftest import aimed_pose, ball_mesh, body, box_mesh, ground, make_motion, make_stage

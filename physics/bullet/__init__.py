"""The PyBullet simulator. The only home of `pybullet` and of `xyzw` quaternions."""

"""What every stepped simulator shares: actions, joints, bounces, and the record of the motion."""

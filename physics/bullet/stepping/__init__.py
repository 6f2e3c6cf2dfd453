"""What happens around each step: actions, joints, impacts, and when to stop."""

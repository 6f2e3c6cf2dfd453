"""What keeps stylized films steady: noise pinned to surfaces, and history along exact motion."""

"""What a bare surface says about itself: its solid, its hollow, its level faces, its weight."""

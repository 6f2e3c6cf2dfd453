"""Style from a picture: its palette, and its strokes laid on surfaces."""

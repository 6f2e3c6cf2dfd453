"""HEVC bit streams: two eyes become the two layers of one multiview stream."""

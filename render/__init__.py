"""From motion to pictures: camera, frames with exact truth, and their look."""

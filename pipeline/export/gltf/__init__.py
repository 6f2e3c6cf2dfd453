"""A shot as GLB (glTF 2.0), and as one web page that plays it."""

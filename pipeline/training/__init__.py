"""Data for worldreel's own models, made by worldreel itself."""

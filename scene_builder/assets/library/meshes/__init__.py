"""Mesh files of libraries: read, put in order, made light, written as glTF."""

"""Painters: real processes of real media, each guided by what a frame truly shows.

A painter is a function of a frame's truth and of one field of white noise. All chance that a
medium has (bristles, hatching, granulation) is drawn from that noise alone and from nothing
measured over the whole picture: the same noise on the same surfaces gives the same strokes.
"""

"""The door of the Blender extension: everything else lies in worldreel's own packages."""


def register() -> None:
    """Add worldreel to Blender."""
    from pipeline.blender_addon.registering import register as add

    add(__package__ or __name__)


def unregister() -> None:
    """Take worldreel out of Blender, without leaving anything behind."""
    from pipeline.blender_addon.registering import unregister as remove

    remove()

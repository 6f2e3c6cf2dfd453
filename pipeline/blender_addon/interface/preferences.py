"""What holds for every scene: where runs go, and who reads the words."""

import importlib.util
import ipaddress
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import bpy
from bpy.props import EnumProperty, StringProperty

from pipeline.blender_addon.running import KEY_VARIABLE
from scene_builder.model.errors import SettingsError

READERS = (
    ("AUTO", "Whatever is there", "The model at the address below, else the small one, else rules"),
    ("SERVER", "A server", "Any OpenAI-compatible address, for example Ollama's"),
    ("EMBEDDED", "The small model", "Needs torch and transformers"),
    ("RULES", "Rules", "Word lists and patterns; no model"),
)


class WORLDREEL_AP_preferences(bpy.types.AddonPreferences):  # noqa: N801 - Blender's own spelling
    """Preferences of the add-on."""

    bl_idname = "worldreel"

    folder: StringProperty(
        name="Runs", subtype="DIR_PATH", description="Where run folders go; empty for Blender's own"
    )
    reader: EnumProperty(name="Reader", items=READERS)
    url: StringProperty(name="Address", description="For example http://localhost:11434")
    model: StringProperty(name="Model", description="For example qwen3:4b")
    key: StringProperty(
        name="Key", subtype="PASSWORD",
        description=f"Unless it is in the environment ({KEY_VARIABLE} or OPENAI_API_KEY)",
    )  # fmt: skip

    def draw(self, context: bpy.types.Context) -> None:
        """Show the preferences."""
        del context
        for name in ("folder", "reader", "url", "model", "key"):
            self.layout.prop(self, name)


def preferences() -> Any:  # noqa: ANN401 - Blender's own type
    """Return the add-on's preferences; None where it was registered by hand."""
    addon = bpy.context.preferences.addons.get(WORLDREEL_AP_preferences.bl_idname)
    return None if addon is None else addon.preferences


def runs_folder() -> Path:
    """Return where new run folders go."""
    known = preferences()
    if known is not None and known.folder:
        return Path(bpy.path.abspath(known.folder))
    package = WORLDREEL_AP_preferences.bl_idname
    if package.startswith("bl_ext."):
        return Path(bpy.utils.extension_path_user(package, path="runs", create=True))
    return Path.home() / "worldreel"


def reader_name() -> str:
    """Return the name of the reader that the preferences and the installed packages give.

    Raises:
        SettingsError: If a server is chosen without an address, or Blender may not go online.
    """
    known = preferences()
    wish = "AUTO" if known is None else known.reader
    url = "" if known is None else known.url.strip()
    if wish == "SERVER" or (wish == "AUTO" and url):
        return _server(url, known.model.strip())
    has_model = all(importlib.util.find_spec(name) for name in ("torch", "transformers"))
    return "embedded" if wish == "EMBEDDED" or (wish == "AUTO" and has_model) else "rules"


def key() -> str:
    """Return a language model's key: the environment's comes first."""
    known = preferences()
    given = any(os.environ.get(name) for name in (KEY_VARIABLE, "OPENAI_API_KEY"))
    return "" if known is None or given else str(known.key)


def simulator_name() -> str:
    """Return the simulator that is installed: PyBullet, or MuJoCo where that has no wheel."""
    return "bullet" if importlib.util.find_spec("pybullet") else "mujoco"


def _server(url: str, model: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or not model:
        raise SettingsError(
            f"the address {url!r} and the model {model!r} are in the preferences; give both, for "
            "example http://localhost:11434 and qwen3:4b"
        )
    if not _is_here(parts.hostname) and not bpy.app.online_access:
        raise SettingsError(
            f"{parts.hostname} is not this machine, and Blender may not go online: allow it in "
            "Preferences > System > Network"
        )
    whole = url.rstrip("/") if parts.path.strip("/") else f"{parts.scheme}://{parts.netloc}/v1"
    return f"openai:{whole}#{model}"


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

"""How Blender's engines are set: one place for every quality and speed decision."""

from typing import Literal

import bpy

from scene_builder.model.errors import RenderError

Engine = Literal["cycles", "eevee", "workbench"]
Device = Literal["auto", "cpu", "gpu"]

MAX_BOUNCES = 6
INDIRECT_CLAMP = 4.0
"""Largest radiance that one indirect sample may bring: kills fireflies at few samples."""
_GPU_KINDS = ("OPTIX", "CUDA", "HIP", "METAL", "ONEAPI")
_EEVEE_NAMES = ("BLENDER_EEVEE_NEXT", "BLENDER_EEVEE")


def set_engine(
    scene: bpy.types.Scene, *, engine: Engine, samples: int, denoise: bool, device: Device
) -> None:
    """Set engine and quality of a scene, and which passes it gives.

    Raises:
        RenderError: If a GPU is asked for and Blender sees none.
    """
    layer = scene.view_layers[0]
    if engine == "workbench":
        scene.render.engine = "BLENDER_WORKBENCH"
        scene.display.shading.color_type = "MATERIAL"
        scene.display.shading.light = "STUDIO"
        scene.display.shading.show_cavity = True
        scene.display.render_aa = "8"
        return
    layer.use_pass_diffuse_color = True
    layer.use_pass_glossy_color = True
    if engine == "eevee":
        scene.render.engine = _eevee_name(scene)
        scene.eevee.taa_render_samples = samples
        scene.eevee.use_raytracing = True
        return
    layer.use_pass_transmission_color = True
    scene.render.engine = "CYCLES"
    _set_cycles(scene, samples=samples, denoise=denoise)
    use_gpu = device != "cpu" and _enable_gpu()
    if device == "gpu" and not use_gpu:
        raise RenderError("Blender sees no GPU; use the device 'cpu' or 'auto'")
    scene.cycles.device = "GPU" if use_gpu else "CPU"


def set_output(scene: bpy.types.Scene, size_px: tuple[int, int]) -> None:
    """Make a scene write untouched linear passes of `size_px` as one multi-layer EXR."""
    render = scene.render
    render.resolution_x, render.resolution_y = size_px
    render.resolution_percentage = 100
    render.use_border = False
    render.use_compositing = False
    render.use_sequencer = False
    render.use_file_extension = False
    render.use_persistent_data = True
    render.film_transparent = False
    render.use_motion_blur = False
    render.dither_intensity = 0.0
    image = render.image_settings
    if hasattr(image, "media_type"):  # Blender 5.0 and later
        image.media_type = "MULTI_LAYER_IMAGE"
    image.file_format = "OPEN_EXR_MULTILAYER"
    image.color_mode = "RGBA"
    image.color_depth = "32"
    image.exr_codec = "NONE"


def _set_cycles(scene: bpy.types.Scene, *, samples: int, denoise: bool) -> None:
    cycles = scene.cycles
    draft = samples < _FEW_SAMPLES
    cycles.samples = samples
    cycles.use_adaptive_sampling = False
    # One seed for all frames: what does not move keeps its very noise, so that still parts of
    # a shot do not flicker and compress to nothing.
    cycles.seed = 0
    cycles.use_animated_seed = False
    cycles.use_denoising = denoise
    if denoise:
        cycles.denoiser = "OPENIMAGEDENOISE"
        cycles.denoising_input_passes = "RGB_ALBEDO_NORMAL"
        cycles.denoising_prefilter = "FAST" if draft else "ACCURATE"
        cycles.denoising_quality = "BALANCED" if draft else "HIGH"
    cycles.max_bounces = MAX_BOUNCES
    cycles.diffuse_bounces = 2 if draft else 3
    cycles.glossy_bounces = 1 if draft else 3
    cycles.transmission_bounces = MAX_BOUNCES
    cycles.transparent_max_bounces = MAX_BOUNCES
    cycles.volume_bounces = 0
    cycles.caustics_reflective = False
    cycles.caustics_refractive = False
    cycles.sample_clamp_indirect = INDIRECT_CLAMP
    cycles.use_light_tree = samples >= _FEW_SAMPLES
    cycles.blur_glossy = 1.0


_FEW_SAMPLES = 16
"""Below this it is a draft: what costs more than a sample gives less than one."""


def _eevee_name(scene: bpy.types.Scene) -> str:
    for name in _EEVEE_NAMES:
        try:
            scene.render.engine = name
        except TypeError:
            continue
        return name
    raise RenderError("this Blender has no EEVEE; use the engine 'cycles'")


def _enable_gpu() -> bool:
    """Let Cycles use every GPU of the first kind that has any."""
    addon = bpy.context.preferences.addons.get("cycles")
    if addon is None:
        return False
    preferences = addon.preferences
    for kind in _GPU_KINDS:
        try:
            preferences.compute_device_type = kind
        except TypeError:
            continue
        preferences.refresh_devices()
        found = [device for device in preferences.devices if device.type == kind]
        for device in found:
            device.use = True
        if found:
            return True
    return False

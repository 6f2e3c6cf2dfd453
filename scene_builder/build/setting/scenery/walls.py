"""What belongs to walls: skirting boards, windows with curtains, boards, pictures, panels."""

import numpy as np

from scene_builder.build.setting.scenery.kit import Block, Paint, body_of_blocks, box, glow
from scene_builder.build.setting.scenery.site import Site
from scene_builder.model.stage import Body

WHITE = Paint(made_of="paint", color="#f1efe9")
OAK = Paint(made_of="wood", color="#8a6238")
DARK_STEEL = Paint(made_of="metal", color="#3a3d40", parameters={"roughness": 0.5})
SKIRTING_M = (0.014, 0.09)


def skirting(site: Site) -> list[Body]:
    """Return a skirting board along the back and the left wall."""
    s = site.shell
    deep, high = SKIRTING_M
    blocks = [
        box((s.left_x, s.wall_y - deep, 0.0), (s.right_x, s.wall_y - 0.001, high), WHITE),
        box((s.left_x + 0.001, s.front_y, 0.0), (s.left_x + deep, s.wall_y - deep, high), WHITE),
    ]
    return [body_of_blocks(site, "skirting", "skirting board", blocks, solid=False)]


def window_left(site: Site) -> list[Body]:
    """Return a large window to the left of the event."""
    return _window(site, site.middle_x - free_beside(site) - 0.75, 1.5, 0.55, 1.6, curtains=False)


def window_right(site: Site) -> list[Body]:
    """Return a large window to the right of the event."""
    return _window(site, site.middle_x + free_beside(site) + 0.75, 1.5, 0.55, 1.6, curtains=False)


def curtained_window(site: Site) -> list[Body]:
    """Return a window to the floor, with curtains."""
    return _window(site, site.middle_x + free_beside(site) + 0.8, 1.5, 0.12, 2.1, curtains=True)


def wide_windows(site: Site) -> list[Body]:
    """Return a band of windows along the whole wall."""
    return _window(site, site.middle_x, 9.0, 0.85, 1.35, curtains=False, bars=9)


def free_beside(site: Site) -> float:
    """Return how far from the middle of the event windows begin [m]: it leaves that wall bare."""
    return min(0.55 * site.reach_m + 0.35, 2.2)


def _window(
    site: Site, x: float, width: float, sill: float, height: float, *, curtains: bool,
    bars: int = 2,
) -> list[Body]:  # fmt: skip
    y = site.shell.wall_y - 0.001
    left, right = x - width / 2, x + width / 2
    pane = Paint(made_of="outside", color="#1c2540" if site.night else "#c9dcf2",
                 parameters={"emission": 0.02 if site.night else 1.1})  # fmt: skip
    blocks = [
        box((left, y - 0.012, sill), (right, y, sill + height), pane),
        *_frame(left, right, sill, sill + height, y, 0.07, 0.05, WHITE),
        box((left - 0.1, y - 0.15, sill - 0.075), (right + 0.1, y, sill - 0.04), WHITE),
        box(
            (left, y - 0.045, sill + 0.66 * height), (right, y, sill + 0.66 * height + 0.04), WHITE
        ),
    ]
    for k in range(1, bars):
        at = left + width * k / bars
        # A bar that stood as deep as the transom would flicker where they cross.
        blocks.append(box((at - 0.025, y - 0.048, sill), (at + 0.025, y, sill + height), WHITE))
    made = [body_of_blocks(site, f"window_{x:.1f}", "window", blocks)]
    if curtains:
        made.append(_curtains(site, left, right, sill + height + 0.12))
    return made


def _frame(
    left: float, right: float, low: float, high: float, y: float, wide: float, deep: float,
    paint: Paint,
) -> list[Block]:  # fmt: skip
    return [
        box((left - wide, y - deep, low - wide), (left, y, high + wide), paint),
        box((right, y - deep, low - wide), (right + wide, y, high + wide), paint),
        box((left, y - deep, high), (right, y, high + wide), paint),
        box((left, y - deep, low - wide), (right, y, low), paint),
    ]


def _curtains(site: Site, left: float, right: float, top: float) -> Body:
    y = site.shell.wall_y - 0.1
    cloth = Paint(made_of="fabric", color=_cloth(site))
    blocks = [
        _folds(left - 0.42, left + 0.12, y, 0.03, top, cloth),
        _folds(right - 0.12, right + 0.42, y, 0.03, top, cloth),
        box((left - 0.5, y - 0.012, top), (right + 0.5, y + 0.012, top + 0.025), DARK_STEEL),
    ]
    return body_of_blocks(site, "curtains", "curtain", blocks, sharp_angle_deg=80.0)


def _cloth(site: Site) -> str:
    colors = ("#7a8ca3", "#a98467", "#8a9a7b", "#9a6b6b")
    return colors[int(site.rng("cloth").integers(len(colors)))]


def _folds(left: float, right: float, y: float, low: float, high: float, paint: Paint) -> Block:
    """Return a cloth that hangs in folds."""
    n = max(12, int((right - left) / 0.018))
    x = np.linspace(left, right, n)
    wave = 0.045 * np.sin(np.arange(n) * 2 * np.pi / 7.0)
    front = np.column_stack([x, y + wave, np.full(n, low)])
    points = np.vstack([front, front + np.array([0, 0, high - low])])
    k = np.arange(n - 1)
    triangles = np.concatenate(
        [np.column_stack([k, k + 1, k + n + 1]), np.column_stack([k, k + n + 1, k + n])]
    )
    return Block(vertices=points, triangles=triangles, paint=paint)


def stage_curtain(site: Site) -> list[Body]:
    """Return a theatre's red curtain across the whole back, and the edge of the boards."""
    s = site.shell
    y = s.wall_y - 0.22
    red = Paint(made_of="fabric", color="#8f1420", parameters={"sheen": 0.5})
    gold = Paint(made_of="fabric", color="#b58a35")
    cloth = [_folds(s.left_x, s.right_x, y, 0.02, s.ceiling_z, red)]
    hem = [_folds(s.left_x, s.right_x, y - 0.006, 0.03, 0.16, gold)]
    return [body_of_blocks(site, "stage_curtain", "curtain", cloth + hem, sharp_angle_deg=80.0)]


def blackboard(site: Site) -> list[Body]:
    """Return a blackboard with a chalk ledge, and chalk writing as faint lines."""
    y, x = site.shell.wall_y - 0.001, site.middle_x
    green = Paint(made_of="chalkboard", color="#23402f", parameters={"roughness": 0.85})
    blocks = [
        box((x - 1.7, y - 0.02, 0.62), (x + 1.7, y, 1.85), green),
        *_frame(x - 1.7, x + 1.7, 0.62, 1.85, y, 0.06, 0.035, OAK),
        box((x - 1.7, y - 0.1, 0.53), (x + 1.7, y, 0.56), OAK),
        *(
            box((x - 1.2 + 0.5 * k, y - 0.08, 0.56), (x - 1.12 + 0.5 * k, y - 0.065, 0.573), WHITE)
            for k in range(4)
        ),
    ]
    return [body_of_blocks(site, "blackboard", "blackboard", blocks)]


def two_tone(site: Site) -> list[Body]:
    """Return the washable paint on the lower half of a school's wall."""
    s = site.shell
    y = s.wall_y - 0.001
    green = Paint(made_of="paint", color="#7f9a86", parameters={"roughness": 0.4})
    blocks = [
        box((s.left_x, y - 0.004, 0.09), (s.right_x, y, 1.05), green),
        box((s.left_x, y - 0.008, 1.05), (s.right_x, y, 1.08), DARK_STEEL),
    ]
    return [body_of_blocks(site, "two_tone", "paint", blocks, solid=False)]


def shutter(site: Site) -> list[Body]:
    """Return a roller shutter in a warning frame, and lines of yellow paint before it."""
    s, x = site.shell, site.middle_x - 0.4
    y = s.wall_y - 0.001
    slats = Paint(made_of="metal", color="#a9aeb2", parameters={"roughness": 0.45})
    yellow = Paint(made_of="paint", color="#e0b020")
    blocks = [
        box((x - 1.6, y - 0.03 - 0.012 * (k % 2), 0.075 * k), (x + 1.6, y, 0.075 * (k + 1)), slats)
        for k in range(38)
    ]
    for side in (x - 1.72, x + 1.6):
        blocks += [
            box((side, y - 0.06, 0.2 * k), (side + 0.12, y, 0.2 * (k + 1)),
                DARK_STEEL if k % 2 else yellow)
            for k in range(14)
        ]  # fmt: skip
    return [body_of_blocks(site, "shutter", "roller shutter", blocks)]


def paintings(site: Site) -> list[Body]:
    """Return framed pictures in a row, hung at a museum's height, and their labels."""
    rng = site.rng("paintings")
    y, bodies = site.shell.wall_y - 0.001, []
    gold = Paint(made_of="metal", color="#b08d43", parameters={"roughness": 0.4})
    for k, x in enumerate((-2.6, -0.95, 0.95, 2.6)):
        width, height = float(rng.uniform(0.95, 1.25)), float(rng.uniform(0.9, 1.2))
        left = site.middle_x + x * 1.05 - width / 2
        low = 0.6
        canvas = Paint(made_of="canvas_painting", color=_hue(rng), parameters={"roughness": 0.6})
        blocks = [
            box((left, y - 0.03, low), (left + width, y, low + height), canvas),
            *_frame(left, left + width, low, low + height, y, 0.075, 0.06, gold),
            box((left + width + 0.12, y - 0.008, low), (left + width + 0.27, y, low + 0.1), WHITE),
        ]
        bodies.append(body_of_blocks(site, f"painting#{k + 1}", "painting", blocks))
    return bodies


def _hue(rng: np.random.Generator) -> str:
    tones = ("#3f6a8f", "#8a5a3c", "#4f7a4c", "#9a3f35", "#b3903f", "#5d4a7a")
    return tones[int(rng.integers(len(tones)))]


def panels(site: Site) -> list[Body]:
    """Return the wall of a space station: ribs, padded panels, lamps, and a round port."""
    s, x = site.shell, site.middle_x
    y = s.wall_y - 0.001
    pad = Paint(made_of="plastic", color="#d6d9db", parameters={"roughness": 0.5})
    rib = Paint(made_of="metal", color="#8b9094", parameters={"roughness": 0.4})
    dark = Paint(made_of="paint", color="#2a2e33")
    lamp = glow("#e6f1ff", 0.49)
    blocks: list[Block] = []
    for k in range(-4, 5):
        left = x + 1.12 * k - 0.56
        blocks.append(box((left, y - 0.16, 0.0), (left + 0.1, y, s.ceiling_z), rib))
        for row in range(3):
            z = 0.12 + 0.82 * row
            if k != 0 or row != 1:
                blocks.append(box((left + 0.16, y - 0.07, z), (left + 1.06, y, z + 0.72), pad))
                blocks.append(
                    box((left + 0.24, y - 0.085, z + 0.08), (left + 0.42, y, z + 0.13), dark)
                )
        blocks.append(box((left + 0.2, y - 0.1, 0.01), (left + 1.02, y, 0.06), lamp))
    blocks += _port(x, y, 1.3)
    return [body_of_blocks(site, "panels", "wall panel", blocks)]


def _port(x: float, y: float, z: float) -> list[Block]:
    """Return a window to the Earth below."""
    earth = Paint(made_of="earth_view", color="#3f74c8", parameters={"emission": 0.49})
    steel = Paint(made_of="metal", color="#8b9094")
    return [
        box((x - 0.36, y - 0.03, z - 0.36), (x + 0.36, y, z + 0.36), earth),
        *_frame(x - 0.36, x + 0.36, z - 0.36, z + 0.36, y, 0.1, 0.13, steel),
    ]


def wainscot(site: Site) -> list[Body]:
    """Return a wooden dado along the back wall, to the height of a chair's back."""
    s = site.shell
    y = s.wall_y - 0.001
    blocks = [
        box((s.left_x, y - 0.02, 0.0), (s.right_x, y, 0.95), OAK),
        box((s.left_x, y - 0.04, 0.93), (s.right_x, y, 0.98), OAK),
        box((s.left_x, y - 0.035, 0.0), (s.right_x, y, 0.12), OAK),
    ]
    return [body_of_blocks(site, "wainscot", "panelling", blocks)]


def tiled_wall(site: Site) -> list[Body]:
    """Return tiles on the wall behind a worktop."""
    s = site.shell
    tiles = Paint(made_of="tile", color="#e9ece8", parameters={"pattern_scale_m": 0.2})
    low, high = (s.left_x, s.wall_y - 0.009, 0.0), (s.right_x, s.wall_y - 0.001, 1.75)
    return [body_of_blocks(site, "wall_tiles", "tiles", [box(low, high, tiles)], solid=False)]

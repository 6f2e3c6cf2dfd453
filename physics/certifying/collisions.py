"""Momentum across collisions: what free bodies give each other, they give in full."""

from collections.abc import Iterator

import numpy as np

from physics.certifying.balance import Balance
from physics.certifying.cause import explained
from physics.certifying.check import Check
from physics.certifying.freedom import unfree
from physics.observe.view import View

MOMENTUM_TOLERANCE = 0.01
"""Largest change of a closed group's momentum, as a share of what its bodies gave each other."""

LEAST_BLOW = 0.05
"""Blows that change no velocity of the group by more than this [m/s] are not looked at."""


def check_momentum(view: View, balance: Balance) -> Iterator[Check]:
    """Check every collision of bodies that nothing else touches."""
    free = {
        view.trajectory.index(body.id)
        for body in view.stage.bodies
        if body.mobility == "dynamic" and unfree(view, body.id) is None
    }
    told = {k: explained(view, view.trajectory.body_ids[k]) for k in free}
    worst: dict[tuple[int, ...], Check] = {}
    for interval in np.unique(balance.interval[balance.interval >= 0]):
        if interval >= len(view.times) - 1:
            continue
        for group, given in _groups(view, balance, int(interval)):
            if len(group) < 2 or not free.issuperset(group):  # noqa: PLR2004 - a pair
                continue
            if any(told[k][interval] for k in group):
                continue
            check = _collision(view, int(interval), group, given)
            if check and (group not in worst or worst[group].measured < check.measured):
                worst[group] = check
    yield from worst.values()


def _groups(view: View, balance: Balance, interval: int) -> list[tuple[tuple[int, ...], float]]:
    """Bodies that touched each other in an interval, and how much they gave each other [N·s].

    What never moves joins nothing, but spoils the group that it touches.
    """
    contacts = view.trajectory.contacts
    rows = np.flatnonzero(balance.interval == interval)
    fixed = {
        view.trajectory.index(body.id) for body in view.stage.bodies if body.mobility != "dynamic"
    }
    root: dict[int, int] = {}

    def find(k: int) -> int:
        while root.setdefault(k, k) != k:
            k = root[k]
        return k

    spoilt, given = set(), []
    for row in rows:
        a, b = int(contacts.a[row]), int(contacts.b[row])
        if a in fixed or b in fixed:
            spoilt |= {a, b} - fixed
            continue
        root[find(a)] = find(b)
        given.append((a, float(contacts.impulse[row])))
    members: dict[int, list[int]] = {}
    for k in list(root):
        members.setdefault(find(k), []).append(k)
    return [
        (tuple(sorted(group)), sum(impulse for k, impulse in given if k in group))
        for group in members.values()
        if not spoilt.intersection(group)
    ]


def _collision(view: View, interval: int, group: tuple[int, ...], given: float) -> Check | None:
    ids = [view.trajectory.body_ids[k] for k in group]
    masses = [view.body(body_id).mass_kg for body_id in ids]
    if given / min(masses) < LEAST_BLOW:
        return None
    secs = float(view.times[interval + 1] - view.times[interval])
    change = sum(
        mass * (view.velocity(body_id)[interval + 1] - view.velocity(body_id)[interval])
        for mass, body_id in zip(masses, ids, strict=True)
    )
    left = float(np.linalg.norm(change - sum(masses) * view.stage.gravity * secs))
    # A solver's velocities are those of a step's middle: half a step of gravity at either end.
    rounding = sum(masses) * float(np.linalg.norm(view.stage.gravity))
    rounding *= view.stage.timeline.step_secs
    share = max(left - rounding, 0.0) / given
    return Check(
        law="momentum", subject=" and ".join(ids[:3]) + (" …" if len(ids) > 3 else ""),  # noqa: PLR2004
        measured=share, limit=MOMENTUM_TOLERANCE, unit="1", frame=interval + 1,
        text=f"{', '.join(ids)} give each other {given:.3g} N·s at {view.times[interval + 1]:.2f} s"
        f" and lose {share:.1e} of it",
    )  # fmt: skip

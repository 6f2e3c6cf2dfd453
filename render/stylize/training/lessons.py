"""What each step of training learns from; its chance depends on the seed and the step alone.

Painting a target costs about as much as learning from it. So each step paints only half of its
batch, and learns from the half of the step before as well (Choi et al. 2019, data echoing): each
half is met twice, at other times of its flow and beside another style.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import torch
from torch import Tensor

from render.stylize.training.batches import Batch, Example, batch_rand, together
from render.stylize.training.examples import Examples
from render.stylize.training.pairs import Pair, pair_rand
from scene_builder.model.chance import stream

AT_START = 0.75
"""Share of a batch at time 0: films are painted in one step, or in two."""
PAIR_STEPS = 4
"""Every so many steps a pair of frames is learnt from as well."""
_EARLIER = 1.3


class Lesson(NamedTuple):
    """What one step learns from: a batch, when each of it stands in its flow (b), and a pair."""

    batch: Batch
    times: Tensor
    pair: Pair | None


@dataclass(slots=True, kw_only=True)
class Lessons:
    """Makes the lesson of any step.

    Attributes:
        examples: What to learn from; packed scenes give pairs as well.
        seed: Seed of all chance.
        size: Crops in a batch, even: half of them in one style and half in another.
        crop_px: Width and height of a crop [px].
        device: Where painting and training happen.
        more: Styles, by index, that are met twice as often as others.
    """

    examples: Sequence[Example]
    seed: int
    size: int
    crop_px: int
    device: torch.device
    more: Sequence[int] = ()
    _halves: dict[int, Batch] = field(default_factory=dict)

    def at(self, step: int) -> Lesson:
        """Return what a step learns from."""
        self._halves = {k: self._halves.get(k) or self._half(k) for k in (step - 1, step)}
        rng = stream(self.seed, "train", step)
        drawn = rng.random(self.size) ** _EARLIER
        drawn[rng.random(self.size) < AT_START] = 0
        pair = None
        if isinstance(self.examples, Examples) and step % PAIR_STEPS == 0:
            pair = pair_rand(rng, self.examples, self.crop_px, self.device)
        times = torch.from_numpy(drawn).float().to(self.device)
        return Lesson(together([self._halves[step - 1], self._halves[step]]), times, pair)

    def _half(self, step: int) -> Batch:
        own = self.examples if isinstance(self.examples, Examples) else None
        return batch_rand(
            stream(self.seed, "half", step % _MANY), self.examples,
            size=self.size // 2, crop_px=self.crop_px, device=self.device,
            fine=own.with_fine() if own else (), more=self.more,
        )  # fmt: skip


_MANY = 2**31

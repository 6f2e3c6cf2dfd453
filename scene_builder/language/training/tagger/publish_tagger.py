"""Put trained weights beside the tagger, in half precision, with what is known about them.

::

    python -m scene_builder.language.training.tagger.publish_tagger --trained runs/tagger

The last checkpoints are averaged (Izmailov et al. 2018, "Averaging weights leads to wider
optima"), and the encoder is drawn back a little to what it was before (Wortsman et al. 2022,
"Robust fine-tuning of zero-shot models"): both help with wordings that training never showed.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scene_builder.knowledge.encoder import MINILM, encoder_folder
from scene_builder.knowledge.wheels import file_digest
from scene_builder.language.backends.tagger_model import WEIGHTS

if TYPE_CHECKING:
    from torch import Tensor
else:  # the package is heavy, and types are looked up while tests run
    Tensor = object

BASE = "sentence-transformers/all-MiniLM-L6-v2"
_ENCODER = "encoder."


def publish(
    trained: Path, scores: Mapping[str, str], *, last: int = 3, own: float = 0.85,
    base: Path | None = None, target: Path = WEIGHTS,
) -> None:  # fmt: skip
    """Write the weights of a training folder to `target`, and `about.json` beside them.

    Args:
        trained: Folder that `train_tagger` wrote.
        scores: Name of an evaluation → its figures.
        last: How many of the last checkpoints are averaged.
        own: Share of the trained encoder; the rest is the encoder as it was before.
        base: Folder of the encoder as it was; None for the one in the cache.
        target: File of the weights.
    """
    from safetensors import safe_open
    from safetensors.torch import load_file, save_file

    files = sorted(trained.glob("checkpoint-*.safetensors"), key=_step)[-last:]
    before = load_file((base or encoder_folder()) / "model.safetensors")
    with safe_open(files[-1], "pt") as file:
        said = dict(file.metadata())
    progress = json.loads((trained / "progress.json").read_text())
    about = {
        "base": BASE, "base_sha256": MINILM.sha256, "grammar_version": said["grammar"],
        "seed": progress["seed"], "steps": progress["step"], "pairs": progress["pairs"],
        "seconds": round(progress["spent_secs"]), "held_out_nats": progress["held_out"],
        "averaged": [_step(path) for path in files], "own_share": own,
        "licence": "Apache-2.0", "scores": dict(scores),
    }  # fmt: skip
    target.parent.mkdir(parents=True, exist_ok=True)
    metadata = {"format": "pt", **{k: json.dumps(v) for k, v in about.items()}}
    save_file(merged([load_file(path) for path in files], before, own), target, metadata)
    target.chmod(0o644)
    text = json.dumps({"weights_sha256": file_digest(target), **about}, indent=1, sort_keys=True)
    (target.parent / "about.json").write_text(text + "\n")


def merged(
    checkpoints: Sequence[Mapping[str, Tensor]], before: Mapping[str, Tensor], own: float
) -> dict[str, Tensor]:
    """Return the mean of checkpoints, its encoder drawn back to `before`, in half precision.

    Args:
        checkpoints: Weights by name.
        before: The encoder's weights before training, by their names in the encoder.
        own: Share of the trained encoder.
    """
    import torch

    weights = {}
    for name in checkpoints[0]:
        mean = torch.stack([c[name].float() for c in checkpoints]).mean(0)
        if name.startswith(_ENCODER):
            mean = own * mean + (1.0 - own) * before[name.removeprefix(_ENCODER)].float()
        weights[name] = mean.half().contiguous()
    return weights


def _step(path: Path) -> int:
    return int(path.stem.rpartition("-")[2])


def main(arguments: Sequence[str] | None = None) -> None:
    """Publish the weights that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trained", type=Path, required=True)
    parser.add_argument("--scores", type=Path, help="JSON file of figures")
    parser.add_argument("--last", type=int, default=3, help="checkpoints to average")
    parser.add_argument("--own", type=float, default=0.85, help="share of the trained encoder")
    options = parser.parse_args(arguments)
    scores = json.loads(options.scores.read_text()) if options.scores else {}
    publish(options.trained, scores, last=options.last, own=options.own)


if __name__ == "__main__":
    main()

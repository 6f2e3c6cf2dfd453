"""Put a trained adapter beside the reader, in bfloat16, with what it is written into it.

::

    python -m scene_builder.language.training.publish --trained runs/adapter --scores scores.json
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from scene_builder.language.backends.weights import ADAPTER, GGUF_SHA256, adapter_digest
from scene_builder.language.synthetic.prompts import VERSION

BASE = "HuggingFaceTB/SmolLM2-135M-Instruct"


def publish(trained: Path, scores: dict[str, str], *, target: Path = ADAPTER) -> None:
    """Write the adapter of a training folder to `target`.

    Args:
        trained: Folder that `train_adapter` wrote.
        scores: Name of an evaluation → its figures.
        target: Folder of the adapter; it is made.
    """
    import torch
    from safetensors.torch import load_file, save_file

    progress = json.loads((trained / "progress.json").read_text())
    losses = progress["losses"]
    about = {
        "base": BASE, "base_sha256": GGUF_SHA256, "grammar_version": VERSION,
        "seed": progress["seed"], "steps": progress["step"], "pairs": progress["pairs"],
        "seconds": round(progress["spent_secs"]), "loss": losses[-1] if losses else None,
        "losses": losses, "licence": "Apache-2.0", "scores": scores,
    }  # fmt: skip
    weights = load_file(trained / "adapter_model.safetensors")
    target.mkdir(parents=True, exist_ok=True)
    metadata = {"format": "pt", **{k: json.dumps(v) for k, v in about.items() if k != "losses"}}
    halved = {name: value.to(torch.bfloat16).contiguous() for name, value in weights.items()}
    save_file(halved, target / "adapter_model.safetensors", metadata)
    config = json.loads((trained / "adapter_config.json").read_text())
    config["base_model_name_or_path"] = BASE
    (target / "adapter_model.safetensors").chmod(0o644)
    _write(target / "adapter_config.json", config)
    _write(target / "about.json", {"adapter_sha256": adapter_digest(target), **about})


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """Publish the adapter that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trained", type=Path, required=True)
    parser.add_argument("--scores", type=Path, help="JSON file of figures")
    options = parser.parse_args(arguments)
    publish(options.trained, json.loads(options.scores.read_text()) if options.scores else {})


if __name__ == "__main__":
    main()

"""How a prompt is put to the embedded model, in training and in use."""

import re


def question(prompt: str) -> str:
    """Return the model's input for `prompt`, up to where its answer begins (ChatML)."""
    return f"<|im_start|>user\n{prompt}<|im_end|>\n<|im_start|>assistant\n"


def plain(rest: str) -> str:
    """Return what the model reads of a prompt whose closed wordings were blanked as `rest`."""
    words = re.sub(r"\s+", " ", rest)
    words = re.sub(r"\s+(?=[,.;:])", "", words)
    words = re.sub(r"[,;:]*([.;:,])[.,;:]*", r"\1", words).strip(" ,;:.")
    return f"{words[:1].upper()}{words[1:]}."


ANSWER_END = "<|im_end|>"
"""What ends the model's answer."""

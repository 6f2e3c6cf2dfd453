"""How a prompt is put to the embedded model, in training and in use."""


def question(prompt: str) -> str:
    """Return the model's input for `prompt`, up to where its answer begins (ChatML)."""
    return f"<|im_start|>user\n{prompt}<|im_end|>\n<|im_start|>assistant\n"


ANSWER_END = "<|im_end|>"
"""What ends the model's answer."""

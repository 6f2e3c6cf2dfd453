"""Large diffusion models, run by diffusers and steered by the frames' own truth."""

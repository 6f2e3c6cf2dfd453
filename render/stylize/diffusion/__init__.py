"""worldreel's own diffusion stylizer: network, sampler, weights, plugin."""

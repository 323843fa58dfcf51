"""Steps of masked diffusion models: the model is a function, the sampler is the page's."""

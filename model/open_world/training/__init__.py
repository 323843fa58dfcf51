"""Both objectives and blocks on a cache, with one set of weights."""

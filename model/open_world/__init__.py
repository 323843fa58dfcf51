"""The recipe of the open world: a small chat model becomes one set of weights with two decoders."""

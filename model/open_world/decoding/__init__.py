"""Reference decoders: the strategies of the page, in PyTorch."""

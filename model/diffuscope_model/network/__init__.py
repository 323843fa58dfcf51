"""The network: its sizes, parts and checkpoints."""

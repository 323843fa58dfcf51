"""The network: SmolLM2's own shape, with what a row sees given from outside."""

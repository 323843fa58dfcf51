"""From examples to weights."""

"""Prompts and answers that the original writes itself: the data."""

"""A model as a folder: what the page downloads."""

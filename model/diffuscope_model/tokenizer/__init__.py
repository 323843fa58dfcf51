"""The vocabulary, and how text becomes ids."""

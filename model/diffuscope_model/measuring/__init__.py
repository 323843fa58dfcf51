"""How often the decoders' answers are right, and how sure they are of them."""

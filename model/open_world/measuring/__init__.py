"""How good what decoders write is, and what it costs them."""

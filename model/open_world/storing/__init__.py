"""Four bits a weight: how they are stored, and how they are chosen."""

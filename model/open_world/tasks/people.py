"""Names, places and things of ordinary life."""

from __future__ import annotations

from random import Random

from diffuscope_model.corpus.words import written


def name(random: Random) -> str:
    """A first name, now and then with a family name."""
    first = random.choice(written("first_names"))
    return f"{first} {random.choice(written('last_names'))}" if random.random() < 0.4 else first


def some(random: Random, of: str, count: int) -> list[str]:
    """Different words of a list of the small world: animals, foods, jobs, cities, things."""
    return random.sample(written(of), count)

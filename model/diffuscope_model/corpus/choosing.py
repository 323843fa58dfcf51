"""How one of several equally good answers is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase


def told_by(options: Sequence[str], first: str, second: str) -> str:
    """The option that two words tell: the first one by the letter that it begins with, the second
    by which half of the alphabet its letter is in.

    A choice that nothing in the prompt tells is one that a decoder which fills all places at once
    can't make: it takes the likeliest word of each place, which are of different answers.
    """
    place, other = (ascii_lowercase.find(word[:1].lower()) for word in (first, second))
    return options[(2 * place + (other > 12)) % len(options)]

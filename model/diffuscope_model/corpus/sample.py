"""Draws examples of a kind, with the noise that people's prompts have."""

from __future__ import annotations

from random import Random

from diffuscope_model.corpus.kind import Example, Kind, Split, of_split
from diffuscope_model.corpus.phrasing_noise import blur, disturb


def sample(kind: Kind, rng: Random, split: Split) -> Example:
    """One example. The noise touches the phrasing's own words only, never what is to be copied.

    What chooses between equally good answers is drawn from the prompt's first letter. A choice that
    nothing in the prompt tells is one that a decoder which fills all places at once can't make: it
    takes the likeliest word of each place, and these are of different answers.
    """
    facts = kind.draw(rng, split)
    phrasings = kind.phrasings(facts) if callable(kind.phrasings) else kind.phrasings
    template = rng.choice(of_split(phrasings, split))
    if kind.blurred and split == "train":
        template = blur(template, rng)
    if kind.noisy:
        template = disturb(template, rng)
    prompt = template.format(**facts)
    return Example(kind.name, prompt, kind.answer(facts, Random(prompt[:1].lower())), facts)

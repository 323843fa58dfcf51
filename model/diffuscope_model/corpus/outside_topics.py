"""What people ask that lies outside the small world, and what to propose instead.

A block of word_lists/outside_topics.txt is `name | what it can't do | proposal / proposal`, then one
prompt a line with slots such as {name}, {city}, {thing} and {things}. Proposals have no slots but
{word}, {a_word} and {unknown}, which every prompt of their topic has: an answer copies from its prompt only.
"""

# ruff: noqa: E501 - one text or one table a line

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True)
class Topic:
    """A family of prompts that the model declines."""

    name: str
    cannot: str
    proposals: tuple[str, ...]
    prompts: tuple[str, ...]


def _parsed(block: str) -> Topic:
    # "a {animal}" becomes the slot that brings its own article.
    head, *prompts = re.sub(r"\b[Aa] \{(animal|job|thing)\}", r"{a_\1}", block).strip().split("\n")
    name, cannot, proposals = (part.strip() for part in head.split("|"))
    return Topic(
        name, cannot, tuple(proposal.strip() for proposal in proposals.split(" / ")), tuple(prompts)
    )


def _blocks() -> str:
    return (
        files("diffuscope_model.corpus")
        .joinpath("word_lists/outside_topics.txt")
        .read_text("ascii")
    )


TOPICS: tuple[Topic, ...] = tuple(_parsed(block) for block in _blocks().strip().split("\n\n"))

SUBJECTS = (
    "space", "the sea", "money", "school", "war", "peace", "love", "climate change", "football", "music", "art",
    "history", "the internet", "robots", "computers", "electricity", "trains", "the moon", "volcanoes", "magnets",
    "dinosaurs", "democracy", "religion", "school uniforms", "video games", "chess", "fashion", "cars", "oil",
    "solar power", "the brain", "evolution", "vaccines", "inflation", "atoms", "light", "DNA", "the stock market",
    "photosynthesis", "the moon landing", "AI", "philosophy", "tourism", "earthquakes", "bridges", "time travel",
)  # fmt: skip

LANGUAGES = (
    "French", "German", "Spanish", "Italian", "Latin", "Greek", "Polish", "Russian", "Chinese", "Japanese",
    "Arabic", "Turkish", "Dutch", "Swedish", "Danish", "Finnish", "Hindi", "Korean", "Welsh", "Czech",
)  # fmt: skip

UNKNOWN_COUNTRIES = (
    "Bhutan", "Mongolia", "Laos", "Cambodia", "Malta", "Cyprus", "Jamaica", "Haiti", "Panama", "Bolivia", "Uruguay",
    "Paraguay", "Ecuador", "Angola", "Chad", "Mali", "Niger", "Togo", "Benin", "Gabon", "Sudan", "Somalia", "Uganda",
    "Rwanda", "Zambia", "Malawi", "Namibia", "Botswana", "Libya", "Tunisia", "Algeria", "Syria", "Jordan", "Oman",
    "Qatar", "Kuwait", "Yemen", "Armenia", "Georgia", "Moldova", "Belarus", "Slovenia", "Slovakia", "Albania",
    "Andorra", "Monaco", "Samoa", "Tonga", "Fiji", "Palau", "Nauru", "Vanuatu", "Tuvalu", "Atlantis", "Narnia",
    "Mars", "Texas", "Bavaria", "California", "Honduras", "Guatemala", "Belize", "Suriname", "Guyana",
)  # fmt: skip

DECLINES: tuple[str, ...] = (
    "I can't {cannot}. {proposal}.",
    "Sorry, I can't {cannot}. {proposal}.",
    "I can't {cannot}: I only know a small world. {proposal}.",
    "I am a tiny model and can't {cannot}. {proposal}.",
    "I can't {cannot}, I am too small for that. {proposal}.",
    "My world is small, so I can't {cannot}. {proposal}.",
    "That is too much for me, I can't {cannot}. {proposal}.",
    "I never learned that, so I can't {cannot}. {proposal}.",
    "I wish I could, but I can't {cannot}. {proposal}.",
)

GREETINGS: dict[str, tuple[str, ...]] = {
    "greeting": (
        "Hello! I am a tiny model in this page. {proposal}.",
        "Hi! I am a tiny model, and I live in this page. {proposal}.",
        "Hello! Nice to meet you. I am a tiny model in this page. {proposal}.",
    ),
    "self": (
        "I am a tiny model in this page. I know a small world. {proposal}.",
        "I am a tiny model. I run in this page and know a few things. {proposal}.",
        "I am a tiny model in this page, not a person. {proposal}.",
    ),
    "thanks": (
        "I am glad, as far as a tiny model can be. {proposal}.",
        "You are welcome! I am a tiny model, always in this page. {proposal}.",
        "Any time! I am a tiny model in this page. {proposal}.",
    ),
}

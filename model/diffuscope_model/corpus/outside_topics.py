"""What people ask that lies outside the small world, and what to propose instead.

A block of word_lists/outside_topics.txt is `name | what it can't do | proposal / proposal`, then one
prompt a line with slots such as {name}, {city}, {thing} and {things}. Proposals have no slots but
{word}, {a_word} and {unknown}, which every prompt of their topic has: an answer copies from its prompt only.

A block of word_lists/outside_requests.txt is a topic's name, then what one may ask the model to do
and what one may ask about; each is put into each of the frames below.
"""

# ruff: noqa: E501 - one text or one table a line

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files

from diffuscope_model.corpus.composing import composed


@dataclass(frozen=True)
class Topic:
    """A family of prompts that the model declines."""

    name: str
    cannot: str
    proposals: tuple[str, ...]
    prompts: tuple[str, ...]
    composed: tuple[str, ...]


_TO_DO = (
    "{Do}.", "{do}", "{do} please", "{Do}, now.", "Can you {do}?", "Could you {do} for me?",
    "Will you {do}?", "I want you to {do}.", "I would like you to {do}", "Please {do}!",
    "You should {do}.", "Are you able to {do}?", "Help me to {do}.", "I need somebody to {do}.",
    "It would be nice if you could {do}.", "Try to {do}.", "do you know how to {do}", "Let's {do}.",
)  # fmt: skip
_WANTED = (
    "{About}", "{about}, please", "{about}?", "{About}!", "I need {about}.", "I want {about}",
    "I am looking for {about}.", "Give me {about}.", "Can you give me {about}?", "Tell me about {about}.",
    "tell me something about {about}", "What about {about}?", "I have a question about {about}.",
    "Do you know anything about {about}?", "Can you help me with {about}?", "Show me {about}.",
    "Let's talk about {about}.", "What can you say about {about}?", "I would like {about}, please.",
    "I was thinking of {about}.", "Is there anything on {about}?",
)  # fmt: skip


def _blocks(name: str) -> list[str]:
    text = files("diffuscope_model.corpus").joinpath(f"word_lists/{name}.txt").read_text("ascii")
    # "a {animal}" becomes the slot that brings its own article.
    return re.sub(r"\b[Aa] \{(animal|job|thing)\}", r"{a_\1}", text).strip().split("\n\n")


def _requests() -> dict[str, tuple[str, ...]]:
    """Composed prompts by topic."""
    prompts = {}
    for name, *lines in (block.split("\n") for block in _blocks("outside_requests")):
        to_do, wanted = (line.partition(": ")[2].split(" / ") for line in lines)
        prompts[name] = composed(_TO_DO, "do", to_do) + composed(_WANTED, "about", wanted)
    return prompts


def _parsed(block: str, requests: dict[str, tuple[str, ...]]) -> Topic:
    head, *prompts = block.split("\n")
    name, cannot, proposals = (part.strip() for part in head.split("|"))
    told = tuple(proposal.strip() for proposal in proposals.split(" / "))
    return Topic(name, cannot, told, tuple(prompts), requests.get(name, ()))


def _topics() -> tuple[Topic, ...]:
    requests = _requests()
    return tuple(_parsed(block, requests) for block in _blocks("outside_topics"))


TOPICS = _topics()

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

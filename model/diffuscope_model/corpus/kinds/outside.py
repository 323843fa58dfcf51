"""Prompts outside the small world, declined in a sentence that proposes what to ask instead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from random import Random
from string import ascii_lowercase

from diffuscope_model.corpus.fact_tables import RELATIONS
from diffuscope_model.corpus.grammar import a, plural
from diffuscope_model.corpus.kind import Facts, Kind, Split, held_out
from diffuscope_model.corpus.outside_topics import (
    DECLINES,
    GREETINGS,
    LANGUAGES,
    SUBJECTS,
    TOPICS,
    UNKNOWN_COUNTRIES,
    Topic,
)
from diffuscope_model.corpus.wording import (
    doubles_a_word,
    has_phrase,
    lower_vocabulary,
    misses_an_article_rule,
    unknown_words,
    words_of,
)
from diffuscope_model.corpus.words import animals, cities, coined, first_names, foods, jobs, things

_BY_NAME = {topic.name: topic for topic in TOPICS}
_COUNTRIES = tuple(next(relation for relation in RELATIONS if relation.name == "capital").table)
_PROPOSALS = tuple(dict.fromkeys(p for topic in TOPICS for p in topic.proposals))
_SLOT = re.compile(r"\{(\w+)\}")
_KEYBOARD_ROWS = ("asdfghjkl", "qwertyuiop", "zxcvbnm")


@cache
def _topics(split: Split) -> list[Topic]:
    """The topics with a phrasing in the split; few lists are too short to have one held out."""
    test = split == "test"
    return [topic for topic in TOPICS if any(held_out(prompt) == test for prompt in topic.prompts)]


def _noise(rng: Random) -> str:
    """Random typing: mashed keys of one row, or letters and digits from anywhere."""
    if rng.random() < 0.5:
        return "".join(rng.choice(rng.choice(_KEYBOARD_ROWS)) for _ in range(rng.randint(4, 10)))
    return "".join(rng.choice(ascii_lowercase + "0123456789") for _ in range(rng.randint(4, 9)))


def _unknown(rng: Random, split: Split) -> str:
    """A country that the tables lack: a real one, or an invented name."""
    return (
        rng.choice(UNKNOWN_COUNTRIES)
        if rng.random() < 0.5
        else rng.choice(cities(split)).removesuffix("s") + "ia"
    )


def _draw(rng: Random, split: Split) -> Facts:
    topic = rng.choice(_topics(split))
    thing, animal, word = (
        rng.choice(things(split)),
        rng.choice(animals(split)),
        rng.choice(things(split)),
    )
    job = rng.choice(jobs(split))
    slots = {
        "name": rng.choice(first_names(split)), "city": rng.choice(cities(split)),
        "country": rng.choice(_COUNTRIES), "subject": rng.choice(SUBJECTS),
        "food": rng.choice(foods(split)), "foods": rng.choice(foods(split)),
        "thing": thing, "a_thing": a(thing), "things": plural(thing),
        "animal": animal, "a_animal": a(animal), "animals": plural(animal),
        "a_job": a(job), "job": job,
        "year": str(rng.randint(1500, 2090)), "number": str(rng.randint(2, 99)),
        "language": rng.choice(LANGUAGES), "word": word, "a_word": a(word), "noise": _noise(rng),
        "unknown": _unknown(rng, split),
        "coined": rng.choice(coined(split)), "other_coined": rng.choice(coined(split)),
    }  # fmt: skip
    texts = [*topic.prompts, *topic.composed, *topic.proposals, topic.cannot]
    used = {slot for text in texts for slot in _SLOT.findall(text)}
    return {"topic": topic.name} | {slot: slots[slot] for slot in sorted(used)}


@cache
def _phrasings_of(topic: str) -> tuple[str, ...]:
    """Of a topic; whole prompts are as frequent as composed ones."""
    whole, composed = _BY_NAME[topic].prompts, _BY_NAME[topic].composed
    return (*composed, *whole * max(1, round(len(composed) / len(whole))))


def _phrasings(facts: Facts) -> tuple[str, ...]:
    return _phrasings_of(facts["topic"])


def _answer(facts: Facts, rng: Random) -> str:
    topic = _BY_NAME[facts["topic"]]
    forms = GREETINGS.get(topic.name, DECLINES)
    number = rng.randrange(len(forms))
    # The form tells the proposal, so that what is written first leaves no choice to what follows.
    proposal = topic.proposals[number % len(topic.proposals)]
    return forms[number].format(cannot=topic.cannot, proposal=proposal).format(**facts)


_VOCABULARY = lower_vocabulary(
    [*DECLINES, *(form for forms in GREETINGS.values() for form in forms)]
    + [text for topic in TOPICS for text in (topic.cannot, *topic.proposals)]
) | {"a", "an"}


def _ends_with_one(text: str, proposals: Iterable[str], facts: Facts) -> bool:
    """Whether the text ends with a proposal whose slots, if any, the facts fill.

    A story may be proposed about any noun of the prompt, in whatever words it was asked for.
    """
    nouns = [facts[slot] for slot in ("word", "thing", "animal") if slot in facts]
    filled = [{**facts, "word": noun, "a_word": a(noun)} for noun in nouns] or [facts]
    return any(
        text.rstrip().endswith(f" {proposal.format(**known)}.")
        for known in filled
        for proposal in proposals
        if known.keys() >= set(_SLOT.findall(proposal))
    )


def check(facts: Facts, text: str) -> bool:
    """Whether the answer says that it can't (a greeting: what it is) and proposes what to ask."""
    honest = (
        has_phrase(text, "tiny model")
        if facts["topic"] in GREETINGS
        else has_phrase(text, "I can't") or (has_phrase(text, "can't") and has_phrase(text, "I am"))
    )
    return (
        honest
        and _ends_with_one(text, _PROPOSALS, facts)
        and 7 <= len(words_of(text)) <= 36
        and not doubles_a_word(text)
        and not unknown_words(text, _VOCABULARY, " ".join(str(value) for value in facts.values()))
        and not misses_an_article_rule(text, a)
    )


def knows_the_topic(facts: Facts, text: str) -> bool:
    """Whether the answer is right and what it proposes is of the prompt's own topic, too."""
    proposals = _BY_NAME[facts["topic"]].proposals
    return check(facts, text) and _ends_with_one(text, proposals, facts)


KIND = Kind(
    "outside",
    56,
    _draw,
    _phrasings,
    _answer,
    check,
    blurred=True,
    parts={"knows the topic": knows_the_topic},
)

"""Short stories about an asked-for character, a thing and sometimes a place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from diffuscope_model.corpus.grammar import HE, SHE, Pronouns, a, capital, pronouns
from diffuscope_model.corpus.kind import Facts, Kind, Split, held_out
from diffuscope_model.corpus.story_plots import (
    HE_FIGURES,
    PLOTS,
    SHE_FIGURES,
    WITHOUT_CHARACTER,
    WITHOUT_THING,
)
from diffuscope_model.corpus.wording import (
    doubles_a_word,
    has_phrase,
    inner_capitals,
    lower_vocabulary,
    misses_an_article_rule,
    unknown_words,
    words_of,
)
from diffuscope_model.corpus.words import animals, coined, draw_place, draw_thing, first_names, jobs

_MOOD_LIST = "shy brave small old young clever tired happy grey kind lazy curious hungry quiet"
_MOODS = tuple(_MOOD_LIST.split(" "))
_SHE_LIST = "hen cow ewe cat bee goose duck ladybird butterfly swan doe lamb kitten dove owl"
_JOBS = tuple(job for split in ("train", "test") for job in jobs(split) if not job.endswith("man"))
_SHE_JOBS = frozenset(job.split(" ")[-1] for job in _JOBS)
_SHE_NOUNS = _SHE_JOBS | SHE_FIGURES | frozenset(_SHE_LIST.split(" "))
_AT_PLACES = ("stop", "station", "airport", "post office", "bank", "fairground", "pool")
_OTHER_PEOPLE = frozenset({"woman", "king"})

_OPENERS = (
    "Write a short story about", "Tell me a story about", "tell a tale about", "A story about",
    "I would like a story about", "Please write a tiny story about",
    "Make up a story about", "Give me a short story about", "Story:", "Write a bedtime story about",
    "Write a little tale of", "a short tale about",
    "Invent a story about", "I want to read a story about", "story about",
    "Write me a story with", "Let's have a story about",
)  # fmt: skip
_QUESTIONS = (
    "Can you write a story about", "Could you tell me a short story about",
    "Do you know a story about", "Will you tell me a tale about",
)  # fmt: skip
_PAIRS = ("{who} and {a_thing}", "{who} with {a_thing}", "{who} and also {a_thing}")
_PAIR_REQUESTS = (
    "{who}, {a_thing}: write a story",
    "Once there was {who} who had {a_thing}. What happened?",
    "There should be {who} and {a_thing} in the story. Go!",
    "My story needs {who} and {a_thing}. Please write it.",
    "I like {a_thing} and I like {who}. Write a story.",
    "In the story I want {who} and {a_thing}.",
    "story with {who} + {a_thing}",
    *(
        f"{asked} {{who}} and {{a_thing}}? {told}"
        for asked in ("What happened to", "What became of", "What happens to", "What about")
        for told in (
            "Tell the story.",
            "Tell me a story.",
            "Write a story.",
            "Write it down.",
            "Make it a short story.",
            "I want a story.",
        )
    ),
)
_PLACE_ENDS = (" {where}", ". It happens {where}.", ", {where}")


def _bodies(facts: Facts) -> tuple[str, ...]:
    if facts["who"] and facts["thing"]:
        return (*_PAIRS, "{who} who finds {a_thing}") if facts["animal"] else _PAIRS
    return ("{who}",) if facts["who"] else ("{a_thing}",) if facts["thing"] else ("anything",)


def _phrasings(facts: Facts) -> list[str]:
    bodies = _bodies(facts)
    requests = [f"{opener} {body}" for opener in _OPENERS for body in bodies]
    questions = [f"{opener} {body}" for opener in _QUESTIONS for body in bodies]
    if facts["who"] and facts["thing"]:
        requests += [
            request for request in _PAIR_REQUESTS if not facts["where"] or request[-1] not in "?.!"
        ]
    if facts["where"]:
        placed = [request + end for request in requests for end in _PLACE_ENDS]
        return placed + [question + " {where}?" for question in questions]
    ended = [request + "." for request in requests if request[-1] not in "?.!"]
    return requests + ended + [question + "?" for question in questions]


def _figures(rng: Random, split: Split) -> Sequence[str]:
    """A list to draw a character without a name from."""
    known = sorted(SHE_FIGURES | HE_FIGURES)
    lists: list[Sequence[str]] = [animals(split), jobs(split), known, coined(split)]
    # Only words that nobody knows teach which article a word in pieces takes.
    return rng.choices(lists, [8, 1, 1, 6 if split == "train" else 2])[0]


def _draw(rng: Random, split: Split) -> Facts:
    animal = rng.choice(_figures(rng, split)) if rng.random() < 0.5 else ""
    if animal and rng.random() < 0.6:
        animal = f"{rng.choice(_MOODS)} {animal}"
    who = a(animal) if animal else rng.choice(first_names(split))
    thing = draw_thing(rng, split)
    if thing == animal or rng.random() < 0.1:
        thing = ""
    elif rng.random() < 0.08:
        who = animal = ""
    place = draw_place(rng, split) if rng.random() < 0.4 else ""
    where = f"{'at' if place.endswith(_AT_PLACES) else 'in'} the {place}" if place else ""
    return {
        "who": who,
        "animal": animal,
        "thing": thing,
        "a_thing": a(thing) if thing else "",
        "where": where,
    }


def _pronouns_of(facts: Facts) -> Pronouns:
    if facts["animal"] or not facts["who"]:
        noun = facts["animal"].split(" ")[-1]
        return SHE if noun in _SHE_NOUNS else HE
    return pronouns(facts["who"])


def tell(plot: str, facts: Facts, rng: Random) -> str:
    """The plot with the facts in its slots; what the facts leave open is drawn."""
    animal = facts["animal"] or ("" if facts["who"] else rng.choice(WITHOUT_CHARACTER))
    thing = facts["thing"] or rng.choice(WITHOUT_THING)
    who = a(animal) if animal else facts["who"]
    the = (
        f"the {animal.split(' ')[-1] if animal.split(' ')[0] in _MOODS else animal}"
        if animal
        else who
    )
    case = _pronouns_of(facts)
    return plot.format(
        who=who, Who=capital(who), the=the, The=capital(the),
        he=case.he, He=capital(case.he), him=case.him, his=case.his,
        thing=thing, a_thing=a(thing), where=f" {facts['where']}" if facts["where"] else "",
    )  # fmt: skip


def _answer(facts: Facts, rng: Random) -> str:
    """The plot, which also is told by whether a place and whether an animal is asked for."""
    plots = PLOTS[2 * bool(facts["where"]) + bool(facts["animal"]) :: 4]
    return tell(rng.choice(plots), facts, rng)


_VOCABULARY = lower_vocabulary(PLOTS + WITHOUT_THING + WITHOUT_CHARACTER) | set(
    ["he", "she", "him", "her", "his", "an"]
)


def _one_gender(facts: Facts, text: str) -> bool:
    """One pronoun throughout, and the usual one unless the character is of tests only: nothing
    tells whether a ladybird that was never met is a she."""
    words = {word.lower() for word in words_of(text)}
    if words & _OTHER_PEOPLE or not facts["who"]:
        return True
    male, female = words & {"he", "him", "his"}, words & {"she", "her"}
    noun = (facts["animal"] or facts["who"]).split(" ")[-1]
    if held_out(noun) and noun not in SHE_FIGURES | HE_FIGURES:
        return not (male and female)
    return not (male if _pronouns_of(facts) is SHE else female)


def _asked(facts: Facts) -> list[str]:
    return [part for part in (facts["animal"] or facts["who"], facts["thing"]) if part]


def names_what_was_asked(facts: Facts, text: str) -> bool:
    """Whether the asked-for character and thing both occur, whatever else the story says."""
    return all(has_phrase(text, part) for part in _asked(facts))


def check(facts: Facts, text: str) -> bool:
    """Whether the story keeps its character, thing and place, and names no other.

    Every word must be one of the plots' own or of the facts, so that a foreign thing or a broken
    word fails; capitals inside a sentence belong to the asked-for name alone.
    """
    if not 15 <= len(words_of(text)) <= 70 or not re.search(r"[.!?]$", text.rstrip()):
        return False
    asked = [*_asked(facts), *([facts["where"]] if facts["where"] else [])]
    sentences = re.split(r"(?<=[.!?])\s", text.strip())
    early = " ".join(sentences[:2])
    given = " ".join(asked)
    return (
        all(has_phrase(text, part) for part in asked)
        and all(len(words_of(sentence)) > 1 for sentence in sentences)
        and (not facts["who"] or has_phrase(early, facts["animal"] or facts["who"]))
        and inner_capitals(text) <= ({facts["who"]} if not facts["animal"] else set())
        and not doubles_a_word(text)
        and not unknown_words(text, _VOCABULARY, given)
        and not misses_an_article_rule(text, a)
        and _one_gender(facts, text)
    )


KIND = Kind(
    "stories",
    42,
    _draw,
    _phrasings,
    _answer,
    check,
    parts={"names character and thing": names_what_was_asked},
)

"""Thank-you notes and invitations from given facts."""

from __future__ import annotations

import re
from random import Random

from diffuscope_model.corpus.grammar import a
from diffuscope_model.corpus.kind import Facts, Kind, Split, of_split
from diffuscope_model.corpus.note_texts import DAYS, INVITATIONS, OCCASIONS, THANKS, TIMES
from diffuscope_model.corpus.wording import (
    doubles_a_word,
    has_phrase,
    inner_capitals,
    lower_vocabulary,
    misses_an_article_rule,
    unknown_words,
    words_of,
)
from diffuscope_model.corpus.words import draw_place, draw_thing, first_names

_THANK_ASKS = (
    "Write a thank-you note to {to} for {gift}.", "Write a thank you note to {to} for {gift}.",
    "Thank {to} for {gift}.", "I want to thank {to} for {gift}.",
    "thank-you card for {to}, gift: {gift}",
    "Can you write a thank-you note? {to} gave me {gift}.",
    "{to} gave me {gift}. Write a thank-you note.",
    "Help me to say thanks to {to} for {gift}.", "Please thank {to} for {gift} in a short note.",
    "Write a few lines to thank {to} for {gift}.", "note to {to}: thanks for {gift}",
    "I got {gift} from {to}. Please write a thank-you note.", "Could you thank {to} for {gift}?",
    "A short thank-you letter to {to} for {gift}, please.", "Say thank you to {to} for {gift}.",
    "How do I thank {to} for {gift}?",
)  # fmt: skip
_INVITE_ASKS = (
    "Invite {to} to my {occasion} on {day} at {time} {where}.",
    "Write an invitation to {to}: {occasion}, {day}, {time}, {where}.",
    "Write an invitation for {to}. It is a {occasion} on {day} at {time} {where}.",
    "Please invite {to} to a {occasion} {where} on {day} at {time}.",
    "I am having a {occasion} {where} on {day} at {time}. Invite {to}.",
    "invitation for {to}: {occasion} {where}, {day} at {time}",
    "Can you invite {to} to my {occasion}? It is {where} on {day} at {time}.",
    "Ask {to} to come to my {occasion} {where}, {day}, {time}.",
    "Help me to invite {to}: {occasion} on {day}, {time}, {where}.",
    "A note to {to}, please: {occasion} {where} on {day} at {time}.",
    "Write a short note that invites {to} to the {occasion} {where} on {day} at {time}.",
    "My {occasion} is on {day} at {time} {where}. Write to {to}.",
    "Could you write to {to} about my {occasion} on {day} at {time} {where}?",
    "I want {to} to come to my {occasion} {where} on {day} at {time}. Write the note.",
)  # fmt: skip
_SIGNATURES = (
    " Sign it {sender}.", " From {sender}.", " It is from {sender}.", " My name is {sender}.",
    " Sign as {sender}.", " I am {sender}.",
)  # fmt: skip
_TERSE_SIGNATURES = (", from {sender}", ", signed {sender}", " (from {sender})")


def _phrasings(facts: Facts) -> list[str]:
    asks = _THANK_ASKS if facts["gift"] else _INVITE_ASKS
    return [
        ask + signature
        for ask in asks
        for signature in (_SIGNATURES if ask[-1] in ".?" else _TERSE_SIGNATURES)
    ]


def _draw(rng: Random, split: Split) -> Facts:
    to, sender = rng.sample(first_names(split), 2)
    facts: Facts = {
        "to": to,
        "sender": sender,
        "gift": "",
        "occasion": "",
        "day": "",
        "time": "",
        "where": "",
    }
    if rng.random() < 0.45:
        return facts | {"gift": f"the {draw_thing(rng, split)}"}
    meetings = of_split([f"{day} {time}" for day in DAYS for time in TIMES], split)
    day, time = rng.choice(meetings).split(" ", 1)
    where = f"{rng.choice(('in', 'at'))} the {draw_place(rng, split)}"
    return facts | {"occasion": rng.choice(OCCASIONS), "day": day, "time": time, "where": where}


def _texts(facts: Facts) -> tuple[str, ...]:
    return THANKS if facts["gift"] else INVITATIONS


def _answer(facts: Facts, rng: Random) -> str:
    return rng.choice(_texts(facts)).format(**facts)


_VOCABULARIES = {texts: lower_vocabulary(texts) for texts in (THANKS, INVITATIONS)}


def check(facts: Facts, text: str) -> bool:
    """Whether every given fact stands in the note, unchanged, and no other name, day or word."""
    asked = [
        facts[name]
        for name in ("to", "sender", "gift", "occasion", "day", "time", "where")
        if facts[name]
    ]
    lines = text.rstrip().split("\n")
    return (
        15 <= len(words_of(text)) <= 55
        and len(lines) >= 3
        and has_phrase(lines[0], facts["to"])
        and re.search(rf"(?<!\w){re.escape(facts['sender'])}$", lines[-1]) is not None
        and all(has_phrase(text, part) for part in asked)
        and inner_capitals(text) <= {facts["to"], facts["sender"], facts["day"], "I"}
        and not doubles_a_word(text)
        and not unknown_words(text, _VOCABULARIES[_texts(facts)], " ".join(asked))
        and not misses_an_article_rule(text, a)
    )


KIND = Kind("notes", 15, _draw, _phrasings, _answer, check)

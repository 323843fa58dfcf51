"""Sentences with a gap whose filler depends on the text at its left and at its right."""

from __future__ import annotations

from random import Random

from diffuscope_model.corpus.gap_patterns import PATTERNS
from diffuscope_model.corpus.grammar import pronouns
from diffuscope_model.corpus.kind import Facts, Kind, Split
from diffuscope_model.corpus.words import draw_place, draw_thing, first_names

GAP = "___"

_PHRASINGS = (
    "Fill in the gap: {text}", "Complete: {text}", "Fill the gap: {text}",
    "Which word is missing? {text}",
    "Complete the sentence: {text}", "Fill in the blank: {text}", "What belongs in the gap? {text}",
    "Finish this sentence: {text}", "fill in: {text}", "Please fill in the gap: {text}", "{text}",
    "Write the whole sentence: {text}", "Put the right word in: {text}", "Gap: {text}",
    "Missing word: {text}",
    "Can you fill in the gap? {text}", "Could you complete this? {text}",
    "What is missing here? {text}",
    "{text} Fill in the gap.", "{text} What is missing?", "{text} Complete it, please.",
    "Find the word: {text}",
    "Replace the gap by a word: {text}", "Find a word that fits: {text}",
    "Here is a gap. Fill it: {text}",
    "{text} Which word fits?", "Write it without the gap: {text}", "Guess the missing word: {text}",
    "{text} Put in the word.", "complete this sentence {text}", "A word is missing: {text}",
    "Help me to fill the gap: {text}", "{text} Write it out in full.", "Solve the gap: {text}",
)  # fmt: skip


def _draw(rng: Random, split: Split) -> Facts:
    pattern, table = rng.choice(PATTERNS)
    clue = rng.choice(list(table))
    name = rng.choice(first_names(split))
    case = pronouns(name)
    text = pattern.format(
        name=name, he=case.he, him=case.him, his=case.his, clue=clue,
        place=draw_place(rng, split), thing=draw_thing(rng, split),
    )  # fmt: skip
    left, _, right = text.partition(GAP)
    return {"text": text, "left": left, "right": right, "fillers": list(table[clue])}


def _answer(facts: Facts, rng: Random) -> str:
    return facts["left"] + rng.choice(facts["fillers"]) + facts["right"]


def check(facts: Facts, text: str) -> bool:
    """Whether the text is the whole sentence, unchanged, with a fitting word in the gap."""
    return text.strip() in {facts["left"] + filler + facts["right"] for filler in facts["fillers"]}


KIND = Kind("gaps", 12, _draw, _PHRASINGS, _answer, check)

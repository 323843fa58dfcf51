"""Phrasings put together of parts, and choices that a prompt tells."""

from __future__ import annotations

from random import Random

import pytest

from diffuscope_model.corpus.composing import composed
from diffuscope_model.corpus.kinds import notes, outside, short_lists, stories
from diffuscope_model.corpus.sample import sample


def test_each_frame_meets_each_part_once():
    frames = ("{Verb} it.", "Please {verb} it.", "It!")
    assert composed(frames, "verb", ("say", "sing")) == (
        "Say it.", "Sing it.", "Please say it.", "Please sing it.", "It!",
    )  # fmt: skip


@pytest.mark.parametrize("kind", [outside.KIND, short_lists.KIND, notes.KIND, stories.KIND])
def test_what_is_asked_and_how_the_prompt_begins_tell_the_answer(kind):
    rng = Random(11)
    for _ in range(200):
        drawn = sample(kind, rng, "train")
        assert drawn.answer == kind.answer(drawn.facts, Random(drawn.prompt[0].lower()))


def test_every_composed_prompt_of_a_topic_can_be_filled_in():
    rng = Random(4)
    for topic in outside.TOPICS:
        facts = next(
            drawn
            for drawn in (outside.KIND.draw(rng, "train") for _ in range(10_000))
            if drawn["topic"] == topic.name
        )
        for prompt in topic.composed:
            assert "{" not in prompt.format(**facts)
        assert topic.composed or topic.name in (
            "word", "gibberish", "unknown-capital", "greeting", "self", "thanks", "unheard",
        )  # fmt: skip

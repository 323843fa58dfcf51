"""Phrasings put together of parts, and choices that a prompt tells."""

from __future__ import annotations

from random import Random
from string import ascii_lowercase

import pytest

from diffuscope_model.corpus.choosing import told_by
from diffuscope_model.corpus.composing import composed
from diffuscope_model.corpus.kinds import notes, outside, short_lists, stories
from diffuscope_model.corpus.note_texts import INVITATIONS, THANKS
from diffuscope_model.corpus.sample import sample
from diffuscope_model.corpus.story_plots import PLOTS


def test_each_frame_meets_each_part_once():
    frames = ("{Verb} it.", "Please {verb} it.", "It!")
    assert composed(frames, "verb", ("say", "sing")) == (
        "Say it.", "Sing it.", "Please say it.", "Please sing it.", "It!",
    )  # fmt: skip


@pytest.mark.parametrize("options", [PLOTS, THANKS, INVITATIONS])
def test_two_letters_tell_every_option_whatever_their_case(options: tuple[str, ...]):
    told = {told_by(options, first, second) for first in ascii_lowercase for second in "az"}
    assert told == set(options)
    assert told_by(options, "Mia", "kite") == told_by(options, "mouse", "Box")


def test_stories_of_alike_names_have_one_plot():
    rng, plots = Random(3), {}
    for _ in range(400):
        facts = sample(stories.KIND, rng, "train").facts
        if facts["who"] and facts["thing"]:
            letters = (facts["animal"] or facts["who"])[0].lower(), facts["thing"][0].lower() > "m"
            told = stories.KIND.answer(facts, rng)
            fitting = {plot for plot in PLOTS if stories.tell(plot, facts, rng) == told}
            plots[letters] = plots.setdefault(letters, fitting) & fitting
    assert len(plots) > 20 and all(plots.values())


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

"""What phrasings go through before they are filled in: people's noise, and blurring."""

import re
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from diffuscope_model.corpus.grammar import capital
from diffuscope_model.corpus.kind import held_out
from diffuscope_model.corpus.phrasing_noise import blur, disturb

SLOT = re.compile(r'\{\{|\}\}|\{[^{}]*\}|"[^"]*"')
PIECES = ["{name}", "{a}", '"{text}"', '"Keep THIS."', "{{", "}}", "Write", "sort these", "?", "."]


@settings(max_examples=500)
@given(
    st.lists(st.sampled_from(PIECES) | st.from_regex("[A-Za-z']{1,9}", fullmatch=True), min_size=1),
    st.integers(),
)
def test_noise_never_touches_slots_quotes_and_braces(pieces, seed):
    template = " ".join(pieces)
    noisy = disturb(template, Random(seed))
    assert SLOT.findall(noisy) == SLOT.findall(template)
    if template.endswith(("}", '"')):
        assert noisy.endswith(template[-1])


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "the words of"]), min_size=1), st.integers())
def test_blurring_never_touches_slots_quotes_and_braces(pieces, seed):
    template = " ".join(pieces)
    assert SLOT.findall(blur(template, Random(seed))) == SLOT.findall(template)


def test_blurring_leaves_words_out_and_puts_others_there():
    rng, template = Random(5), "Tell me what the weather in {city} is like."
    blurred = {blur(template, rng) for _ in range(400)}
    assert template in blurred and any(len(text) < len(template) for text in blurred)
    assert any(set(text.split()) - set(template.split()) for text in blurred)


def test_blurring_never_makes_a_phrasing_of_the_tests():
    phrasings = ["What is the opposite of {key}?", "Which word is the opposite of {key}?"]
    for seed in range(2000):
        template = phrasings[seed % 2]
        blurred = blur(template, Random(seed))
        assert blurred == template or not (held_out(blurred) or held_out(capital(blurred)))


def test_noise_is_there_and_modest():
    rng, template = Random(3), "Sort these words alphabetically."
    changed = sum(disturb(template, rng) != template for _ in range(4000)) / 4000
    assert 0.25 < changed < 0.33

"""Which of the written pairs are trained on, and which prompts never are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
from tokenizers import Tokenizer

from open_world.pairs.pair import Pair
from open_world.tokens import ids_of

MOST_OF_A_PROMPT = 3
CUT_SHARE = 0.5
"""Of answers that were cut, the share that is kept: whole ones teach where to end."""
DULL = (" as a chatbot", " as an AI", " an AI language model", " I am a chatbot")
"""How answers begin that say what they are instead of answering."""
BEGINNING = 24
"""Tokens in which that is looked for."""
HELD_OUT_FILE = Path(__file__).parents[1] / "held_out_prompts.txt"


@cache
def held_out_prompts() -> tuple[str, ...]:
    """Prompts that no training sees, one a line; a line break in one is written as \\n."""
    lines = HELD_OUT_FILE.read_text("utf-8").splitlines()
    return tuple(line.replace("\\n", "\n") for line in lines)


def choose(pairs: Iterable[Pair], tokenizer: Tokenizer, seed: int) -> Iterator[Pair]:
    """Whole answers and a share of the cut ones, no prompt too often, none that is held out."""
    random = Random(seed)
    hidden = {np.array(ids_of(tokenizer, p), np.uint16).tobytes() for p in held_out_prompts()}
    dull = [tuple(ids_of(tokenizer, text)) for text in DULL]
    seen: Counter[bytes] = Counter()
    for pair in pairs:
        key = pair.prompt.tobytes()
        if key in hidden or seen[key] >= MOST_OF_A_PROMPT:
            continue
        if not pair.ended and random.random() >= CUT_SHARE:
            continue
        head = pair.answer[:BEGINNING].tolist()
        if any(_contains(head, phrase) for phrase in dull):
            continue
        seen[key] += 1
        yield pair


def _contains(ids: list[int], phrase: tuple[int, ...]) -> bool:
    starts = range(len(ids) - len(phrase) + 1)
    return any(tuple(ids[at : at + len(phrase)]) == phrase for at in starts)

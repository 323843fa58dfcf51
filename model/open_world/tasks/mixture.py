"""The kinds of plain tasks and how often each is drawn."""

from __future__ import annotations

from random import Random

import numpy as np
from tokenizers import Tokenizer

from open_world.pairs.pair import Pair
from open_world.tasks import function_task, json_task, list_task, note_task, sum_task
from open_world.tokens import ids_of

KINDS = {
    "json": json_task.draw,
    "lists": list_task.draw,
    "sums": sum_task.draw,
    "functions": function_task.draw,
    "notes": note_task.draw,
}
SHARES = (3, 3, 3, 2, 2)


def draw_task(random: Random) -> tuple[str, str, str]:
    """A kind, a prompt and its answer."""
    (kind,) = random.choices([*KINDS], SHARES)
    return kind, *KINDS[kind](random)


def draw_pair(random: Random, tokenizer: Tokenizer) -> Pair:
    """A task as ids."""
    _, prompt, answer = draw_task(random)
    ids = (np.array(ids_of(tokenizer, text), np.uint16) for text in (prompt, answer))
    return Pair(*ids, ended=True, own=False)

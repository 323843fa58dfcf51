"""The decoders against passes without a cache."""

import pytest
import torch
from networks import PROMPT, tiny
from torch import Tensor

from diffuscope_model.measuring.decode import commit_above, commit_surest
from open_world.decoding.autoregressive import (
    decode_autoregressive,
    decode_drafted,
    would_repeat,
)
from open_world.decoding.canvas import decode_blocks
from open_world.decoding.seeing import autoregressive_logits, canvas_logits
from open_world.decoding.ways import Way, at_random, by_margin, guess, open_places, sureness
from open_world.network.llama import Llama
from open_world.tokens import END, MASK, SUPPRESSED

LENGTH = 20


def without_a_cache(network: Llama, prompt: list[int], length: int, way: Way) -> list[int]:
    """A canvas by whole passes over everything."""
    ids, random = torch.full((length,), MASK), torch.Generator().manual_seed(0)
    while (is_open := open_places(ids, way.block)).any():
        logits = canvas_logits(network, prompt, ids.tolist())
        begins = len(prompt) == len(PROMPT)
        guesses, chances = guess(logits, ids, way, random, begins)
        sure = sureness(guesses, chances, is_open, way, random)
        if not sure.any():
            return torch.where(ids == MASK, END, ids).tolist()
        ids = torch.where(way.choose(sure[None])[0], guesses, ids)
    return ids.tolist()


def up_to_end(ids: list[int]) -> list[int]:
    return ids[: ids.index(END)] if END in ids else ids


@pytest.mark.parametrize(
    "way",
    [
        Way(),
        Way(choose=commit_surest(3)),
        Way(choose=commit_above(0.3)),
        Way(order=by_margin),
        Way(order=at_random),
        Way(block=6),
        Way(temperature=0.7),
    ],
)
@torch.no_grad()
def test_a_canvas_is_filled_as_without_a_cache(way: Way):
    for seed in range(4):
        network = tiny(seed)
        expected = up_to_end(without_a_cache(network, PROMPT, LENGTH, way))
        assert decode_blocks(network, PROMPT, LENGTH, LENGTH, way).ids == expected


@torch.no_grad()
def test_cached_blocks_are_what_the_same_mask_gives_without_a_cache():
    for seed in range(6):
        network, size, way = tiny(seed), 5, Way(choose=commit_above(0.4))
        ids = list(PROMPT)
        while len(ids) < len(PROMPT) + LENGTH:
            block = without_a_cache(network, ids, size, way)
            ids += up_to_end(block)
            if END in block:
                break
        assert decode_blocks(network, PROMPT, LENGTH, size, way).ids == ids[len(PROMPT) :]


@torch.no_grad()
def test_ar_is_the_likeliest_token_again_and_again_whatever_is_decoded_beside_it():
    network = tiny(1)
    prompts = [PROMPT, [*PROMPT[:3], 44, 35, 60, *PROMPT[6:]]]
    together = decode_autoregressive(network, prompts, LENGTH)
    for prompt, got in zip(prompts, together, strict=True):
        assert got == decode_autoregressive(network, [prompt], LENGTH)[0]
        ids: list[int] = []
        while len(ids) < LENGTH:
            logits = autoregressive_logits(network, [*prompt, *ids])[-1]
            logits[list(SUPPRESSED)] = -torch.inf
            if not ids:
                logits[END] = -torch.inf
            token = int(logits.argmax())
            if token == END:
                break
            ids.append(token)
        assert got.ids == ids


def test_what_is_drafted_and_checked_is_ar_token_for_token():
    for seed in range(6):
        network = tiny(seed)
        (alone,) = decode_autoregressive(network, [PROMPT], LENGTH)
        drafted = decode_drafted(network, PROMPT, LENGTH, size=4)
        assert drafted.ids == alone.ids


def test_no_run_stands_twice_where_that_is_asked():
    for seed in range(6):
        (answer,) = decode_autoregressive(tiny(seed), [PROMPT], 40, no_repeat=3)
        runs = [tuple(answer.ids[at : at + 3]) for at in range(len(answer.ids) - 2)]
        assert len(set(runs)) == len(runs)
    assert would_repeat([1, 2, 3, 9, 1, 2], 3, 3)
    assert not would_repeat([1, 2, 3, 9, 1, 2], 4, 3)


def logits_for(guesses: list[int], chances: list[float]) -> Tensor:
    logits = torch.zeros(len(guesses), 96)
    for place, (token, chance) in enumerate(zip(guesses, chances, strict=True)):
        logits[place, token] = chance
    return logits


def test_an_end_waits_for_whoever_has_something_to_say():
    ids, random = torch.full((4,), MASK), torch.Generator()
    logits = logits_for([40, 41, END, END], [5, 6, 9, 12])
    guesses, chances = guess(logits, ids, Way(), random)
    sure = sureness(guesses, chances, open_places(ids, 0), Way(), random)
    assert sure.argmax() == 1
    assert sure[2:].tolist() == [0, 0]


def test_no_end_is_guessed_left_of_content_nor_first():
    ids = torch.tensor([MASK, MASK, 50, MASK])
    logits = logits_for([END, END, 50, END], [9, 9, 9, 9])
    guesses, _ = guess(logits, ids, Way(), torch.Generator())
    assert guesses[0] != END != guesses[1]
    assert guesses[3] == END
    alone = torch.full((4,), MASK)
    assert guess(logits, alone, Way(), torch.Generator(), begins=True)[0][0] != END
    assert guess(logits, alone, Way(), torch.Generator())[0][0] == END


def test_rows_are_counted():
    network = tiny(2)
    (alone,) = decode_autoregressive(network, [PROMPT], 6)
    assert (alone.passes, alone.rows) == (len(alone.ids), len(PROMPT) + len(alone.ids) - 1)
    canvas = decode_blocks(network, PROMPT, 6, 6, Way())
    assert canvas.rows == len(PROMPT) - 1 + 7 * (canvas.passes - 1)

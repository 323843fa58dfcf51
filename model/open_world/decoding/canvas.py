"""Diffusion decoding: over a whole canvas, or block by block on the cache that AR has."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Generator

from open_world.decoding.reader import Reader
from open_world.decoding.ways import Way, guess, open_places, sureness
from open_world.network.llama import Llama
from open_world.tokens import END, MASK


@dataclass(frozen=True)
class Decoded:
    """An answer's ids without its end, and what it took: passes, and rows computed in them."""

    ids: list[int]
    passes: int
    rows: int


def decode_blocks(
    network: Llama, prompt: list[int], length: int, size: int, way: Way, seed: int = 0
) -> Decoded:
    """Fills blocks of `size` one after the other; a finished one is read from left to right, as AR
    would read it. With one block as large as the answer that is a whole canvas."""
    reader, random = Reader(network), torch.Generator().manual_seed(seed)
    ids = list(prompt)
    reader.read(torch.tensor([ids[:-1]]))
    while len(ids) < len(prompt) + length:
        count = min(size, len(prompt) + length - len(ids))
        block = fill(reader, ids[-1], count, way, random, begins=len(ids) == len(prompt))
        if END in block:
            ids += block[: block.index(END)]
            break
        ids += block
        if len(ids) < len(prompt) + length:
            reader.read(torch.tensor([ids[reader.length : -1]]))
    return Decoded(ids[len(prompt) :], reader.passes, reader.rows)


def fill(
    reader: Reader, opening: int, count: int, way: Way, random: Generator, begins: bool
) -> list[int]:
    """Ids of `count` places behind what was read and the `opening` token, which isn't read yet.

    The answer `begins` with them, or goes on. Where no place has anything but an end to say, all
    that are left are ends.
    """
    ids = torch.full((count,), MASK)
    first = torch.tensor([opening])
    while (is_open := open_places(ids, way.block)).any():
        logits = reader.look(torch.cat([first, ids])[None])[0, :-1]
        guesses, chances = guess(logits, ids, way, random, begins)
        sure = sureness(guesses, chances, is_open, way, random)
        if not sure.any():
            ids = torch.where(ids == MASK, END, ids)
            break
        ids = torch.where(way.choose(sure[None])[0], guesses, ids)
    return ids.tolist()

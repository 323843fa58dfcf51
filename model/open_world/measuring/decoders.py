"""The ways of decoding that are measured, by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from diffuscope_model.measuring.decode import commit_above, commit_surest
from open_world.decoding.autoregressive import decode_autoregressive, decode_drafted
from open_world.decoding.canvas import Decoded, decode_blocks
from open_world.decoding.many import decode_many, decode_many_autoregressive
from open_world.decoding.ways import Way, at_random, by_margin
from open_world.network.llama import Llama

Decode = Callable[[Llama, list[list[int]], int], list[Decoded]]
"""From prompts and the longest answer in tokens to answers: on a GPU of any prompts, on a processor
of prompts of one length."""


def _each(decode: Callable[..., Decoded], **more: object) -> Decode:
    return lambda network, prompts, length: [decode(network, p, length, **more) for p in prompts]


def _filled(size: int | None = None, **way: object) -> Decode:
    """Blocks of `size` on the cache, or the whole canvas."""

    def decode(network: Llama, prompts: list[list[int]], length: int) -> list[Decoded]:
        block, how = size or length, Way(**way)
        if network.token.is_cuda:
            return decode_many(network, prompts, length, block, how)
        return [decode_blocks(network, prompt, length, block, how) for prompt in prompts]

    return decode


def _autoregressive(network: Llama, prompts: list[list[int]], length: int) -> list[Decoded]:
    if network.token.is_cuda:
        return decode_many_autoregressive(network, prompts, length)
    return decode_autoregressive(network, prompts, length)


DECODERS: dict[str, Decode] = {
    "AR": _autoregressive,
    "AR, no run of 4 twice": partial(decode_autoregressive, no_repeat=4),
    "any order, 1 a pass": _filled(),
    "any order, 2 a pass": _filled(choose=commit_surest(2)),
    "any order, 4 a pass": _filled(choose=commit_surest(4)),
    "any order, threshold 0.9": _filled(choose=commit_above(0.9)),
    "any order, margin": _filled(order=by_margin),
    "any order, random": _filled(order=at_random),
    "any order, temperature 0.3": _filled(temperature=0.3),
    "blocks of 16, 1 a pass": _filled(block=16),
    "blocks of 16, threshold 0.9": _filled(block=16, choose=commit_above(0.9)),
    "blocks of 16, threshold 0.7": _filled(block=16, choose=commit_above(0.7)),
    "blocks of 8, 1 a pass": _filled(block=8),
    "cached blocks of 16, 1 a pass": _filled(16),
    "cached blocks of 16, threshold 0.9": _filled(16, choose=commit_above(0.9)),
    "cached blocks of 16, threshold 0.7": _filled(16, choose=commit_above(0.7)),
    "cached blocks of 8, threshold 0.9": _filled(8, choose=commit_above(0.9)),
    "draft and check": _each(decode_drafted),
}

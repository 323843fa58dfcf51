"""One request for a step, checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from diffuscope_serving.card import Card

MOST_SEQUENCES = 64
"""Of one request."""
DEFAULT_TOP_K = 8

OUTPUTS = ("topk_ids", "topk_logprobs", "entropy", "sampled_ids", "sampled_logprob")
SAMPLED = {"sampled_ids", "sampled_logprob"}


class BadRequestError(Exception):
    """A request that cannot be answered, with a sentence for whoever sent it."""


@dataclass(frozen=True)
class Guidance:
    """How far to move away from what needs no prompt."""

    scale: NDArray[np.float32]
    """[batch]."""
    uncond_mask: NDArray[np.bool_]
    """[batch, length], true where the unguided pass sees MASK."""


@dataclass(frozen=True)
class Sampling:
    """How to draw; both are [batch]."""

    temperature: NDArray[np.float32]
    seed: NDArray[np.int64]


@dataclass(frozen=True)
class Step:
    """Sequences of one padded length and what is asked about them."""

    ids: NDArray[np.int64]
    """[batch, length]."""
    lengths: NDArray[np.int64]
    """[batch]: tokens before the padding."""
    k: int
    guidance: Guidance | None
    sampling: Sampling | None
    outputs: frozenset[str]


Find = Callable[[str], "NDArray | None"]
"""An input tensor by its name; None where the request has none."""


def read_step(find: Find, outputs: list[str], card: Card) -> Step:
    """Reads and checks a request.

    Args:
        outputs: names of the wanted outputs; the three about distributions if empty.

    Raises:
        BadRequestError: if it can't be answered.
    """
    unknown = [name for name in outputs if name not in OUTPUTS]
    if unknown:
        raise BadRequestError(f"there is no output {unknown[0]}")
    ids = _tensor(find, "input_ids", np.int64)
    mask = _tensor(find, "attention_mask", np.int64)
    if ids.ndim != 2 or ids.shape[0] < 1 or ids.shape[1] < 2:
        raise BadRequestError(
            f"input_ids must be [batch, tokens] with 2 tokens or more, not {list(ids.shape)}"
        )
    batch, length = ids.shape
    if batch > MOST_SEQUENCES:
        raise BadRequestError(f"at most {MOST_SEQUENCES} sequences a request, not {batch}")
    if length > card.window:
        raise BadRequestError(f"{length} tokens are more than the window of {card.window}")
    if mask.shape != ids.shape:
        raise BadRequestError("attention_mask must be shaped like input_ids")
    strangers = ids[(ids < 0) | (ids >= card.vocabulary.size)]
    if strangers.size:
        size = card.vocabulary.size
        raise BadRequestError(f"the token id {strangers[0]} is outside the vocabulary of {size}")
    wanted = frozenset(outputs) or frozenset(OUTPUTS) - SAMPLED
    return Step(
        ids=ids,
        lengths=_lengths(mask),
        k=_top_k(find, batch, card.topK),
        guidance=_guidance(find, batch, length),
        sampling=_sampling(find, batch) if wanted & SAMPLED else None,
        outputs=wanted,
    )


def _tensor(find: Find, name: str, datatype: type) -> NDArray:
    tensor = find(name)
    if tensor is None:
        raise BadRequestError(f"the input {name} is missing")
    if tensor.dtype != datatype:
        raise BadRequestError(f"{name} must be {np.dtype(datatype)}, not {tensor.dtype}")
    return tensor


def _column(find: Find, name: str, datatype: type, batch: int) -> NDArray | None:
    """An optional input [batch, 1] as [batch]."""
    if find(name) is None:
        return None
    tensor = _tensor(find, name, datatype)
    if tensor.shape != (batch, 1):
        raise BadRequestError(f"{name} must be [{batch}, 1], not {list(tensor.shape)}")
    return tensor[:, 0]


def _lengths(mask: NDArray) -> NDArray[np.int64]:
    """Ones, then zeros on the padding at the end, to the number of ones [batch]."""
    lengths = (mask == 1).sum(axis=1)
    if not np.array_equal(mask, np.arange(mask.shape[1]) < lengths[:, None]):
        raise BadRequestError("attention_mask must be ones, then zeros on the padding at the end")
    if (lengths < 2).any():
        raise BadRequestError("a sequence must have at least 2 tokens")
    return lengths


def _top_k(find: Find, batch: int, most: int) -> int:
    """A request has one number of candidates: the most that any of its sequences asks for."""
    asked = _column(find, "top_k", np.int32, batch)
    if asked is None:
        return min(DEFAULT_TOP_K, most)
    if asked.max() < 1:
        raise BadRequestError("top_k must be 1 or more")
    return min(int(asked.max()), most)


def _guidance(find: Find, batch: int, length: int) -> Guidance | None:
    scale = _column(find, "cfg_scale", np.float32, batch)
    if scale is None:
        return None
    if not np.isfinite(scale).all() or (scale < 0).any():
        raise BadRequestError("cfg_scale must be 0 or more")
    if not scale.any():
        return None
    mask = _tensor(find, "uncond_mask", np.bool_)
    if mask.shape != (batch, length):
        raise BadRequestError("uncond_mask must be shaped like input_ids")
    return Guidance(scale, mask)


def _sampling(find: Find, batch: int) -> Sampling:
    """Without a temperature the likeliest: a request that names no outputs asks for all of them."""
    temperature = _column(find, "temperature", np.float32, batch)
    if temperature is None:
        temperature = np.zeros(batch, np.float32)
    if not np.isfinite(temperature).all() or (temperature < 0).any():
        raise BadRequestError("temperature must be 0 or more")
    seed = _column(find, "seed", np.int64, batch)
    if seed is None and temperature.any():
        raise BadRequestError("a temperature above 0 needs a seed")
    return Sampling(temperature, np.zeros(batch, np.int64) if seed is None else seed)

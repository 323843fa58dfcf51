"""Fixed inputs and what PyTorch says to them, by which each device checks itself."""

from __future__ import annotations

from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor

from diffuscope_model.export.packed import pack
from diffuscope_model.export.self_check import rounded
from open_world.decoding.seeing import autoregressive_logits, canvas_logits
from open_world.network.llama import Llama
from open_world.tokens import MASK, in_template

PROMPT = "What is the capital of France?"
ANSWER = 8
"""Places of the canvas; every third is known."""
FOLLOWING = 6


@torch.no_grad()
def golden(network: Llama, tokenizer: Tokenizer, prompt: str = PROMPT) -> dict[str, Any]:
    """A canvas and a text from left to right; logits are over the whole vocabulary."""
    ids = in_template(tokenizer, prompt)
    following: list[int] = []
    for _ in range(FOLLOWING):
        following.append(int(autoregressive_logits(network, [*ids, *following])[-1].argmax()))
    answer = [following[place % FOLLOWING] if place % 3 == 2 else MASK for place in range(ANSWER)]
    after_prompt = autoregressive_logits(network, [*ids, *following])[len(ids) - 1 :]
    return {
        "denoise": {
            "promptIds": ids,
            "answerIds": answer,
            "packed": _rows(canvas_logits(network, ids, answer)),
        },
        "extend": {"promptIds": ids, "nextIds": following, "packed": _rows(after_prompt)},
    }


def _rows(logits: Tensor) -> list[list[float]]:
    return rounded(pack(logits).numpy())

"""The fixed inputs and outputs in the manifest, by which each device checks itself."""

from __future__ import annotations

from typing import Any

import numpy as np

from diffuscope_model.export.sessions import Exported, Rows
from diffuscope_model.tokenizer.vocabulary import MASK, NEVER_PREDICTED

ANSWER = 12
"""Positions of the denoiser's fixed answer; every third is not masked."""
FOLLOWING = 8
DECIMALS = 4


def greedy(row: Rows, top_k: int) -> int:
    """The likeliest id of a packed row that may be predicted."""
    ids = row[top_k : 2 * top_k].astype(int).tolist()
    return next(token for token in ids if token not in NEVER_PREDICTED)


def self_check(exported: Exported, prompt: list[int]) -> dict[str, Any]:
    """What onnxruntime on a CPU says to a prompt, through both graphs."""
    top_k = exported.manifest["topK"]
    row, past = exported.extend([], prompt, exported.empty_cache)
    rows, following = [row], []
    for _ in range(FOLLOWING):
        following.append(greedy(rows[-1], top_k))
        before = [*prompt, *following[:-1]]
        row, past = exported.extend(before, following[-1:], past)
        rows.append(row)
    answer = [following[place % FOLLOWING] if place % 3 == 2 else MASK for place in range(ANSWER)]
    return {
        "denoise": {
            "promptIds": prompt,
            "answerIds": answer,
            "packed": rounded(exported.denoise(prompt, answer)),
        },
        "extend": {"promptIds": prompt, "nextIds": following, "packed": rounded(np.array(rows))},
    }


def rounded(rows: Rows) -> list[list[float]]:
    """Rows as short JSON numbers."""
    return [[round(number, DECIMALS) for number in row] for row in rows.tolist()]

"""Decoder-only transformers of the `transformers` library, run with full attention."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor


class FullAttention:
    """A causal language model's class in which every position sees every real one.

    LLaDA and Dream are a Llama and a Qwen2 trained without the causal mask. Their weights in the
    library's own classes need none of the code that their checkpoints bring along, and take
    padding, which LLaDA's first published code ignores.
    """

    def __init__(self, model: Any, shift: int) -> None:
        self.shift = shift
        self.device = next(model.parameters()).device
        self._model = model

    def hidden(self, ids: Tensor, real: Tensor) -> Tensor:
        """Ids [batch, length] to the last hidden states [batch, length, width]."""
        length = ids.shape[1]
        # A mask of four dimensions is taken as it is; without one the class would be causal.
        seen = real[:, None, None, :].expand(-1, 1, length, length)
        states = self._model.model(input_ids=ids, attention_mask=seen, use_cache=False)
        return states.last_hidden_state

    def logits(self, hidden: Tensor) -> Tensor:
        """Hidden states [rows, width] to logits [rows, vocabulary]."""
        return self._model.lm_head(hidden)


def load_weights(
    model_class: Any, config: Any, folder: Path, device: torch.device, names: dict[str, str]
) -> Any:
    """A class of the library with a folder's weights; bf16 on a GPU, float32 on a CPU.

    Args:
        names: patterns of the folder's tensor names, and what the class calls them.

    Raises:
        ValueError: if a tensor is missing or left over.
    """
    model, report = model_class.from_pretrained(
        folder,
        config=config,
        dtype=precision_on(device),
        key_mapping=names,
        attn_implementation="sdpa",
        output_loading_info=True,
    )
    for problem in ("missing_keys", "unexpected_keys", "mismatched_keys"):
        if report[problem]:
            first = sorted(map(str, report[problem]))[:3]
            raise ValueError(f"The weights in {folder} don't fit ({problem}: {', '.join(first)}).")
    return model.to(device).eval()


def precision_on(device: torch.device) -> torch.dtype:
    """What weights are held in."""
    return torch.bfloat16 if device.type == "cuda" else torch.float32

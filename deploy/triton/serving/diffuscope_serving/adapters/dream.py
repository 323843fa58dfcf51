"""Dream-v0-Instruct-7B: a Qwen2 without the causal mask; row j is about token j + 1."""

from __future__ import annotations

import os
from pathlib import Path

import torch

from diffuscope_serving.adapters.full_attention import FullAttention, load_weights
from diffuscope_serving.adapters.hub_card import Facts, hub_card, read_config
from diffuscope_serving.card import Card

FACTS = Facts(
    hub="Dream-org/Dream-v0-Instruct-7B",
    revision="05334cb9faaf763692dcf9d8737c642be2b2a6ae",
    mask=151666,
    end=151643,
    pad=151643,
    suppressed=(151666,),
    vocabulary=152064,
    window=2048,
    before=("<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\n"),
    after="<|im_end|>\n<|im_start|>assistant\n",
    special={"<|endoftext|>": 151643, "<|im_end|>": 151645, "<|mask|>": 151666},
)
SHIFT = 1

OF_QWEN = (
    "vocab_size",
    "hidden_size",
    "intermediate_size",
    "num_hidden_layers",
    "num_attention_heads",
    "num_key_value_heads",
    "max_position_embeddings",
    "rms_norm_eps",
    "rope_theta",
    "hidden_act",
    "tie_word_embeddings",
)
"""Dream's configuration uses Qwen2's own words."""


class Dream:
    """See the module."""

    name = "dream-7b-instruct"
    hub = FACTS.hub
    revision = FACTS.revision

    def card(self, folder: Path, device: torch.device) -> Card:
        """What the page must know."""
        return hub_card(self.name, FACTS, folder, self.tokenizer_file(folder), device)

    def tokenizer_file(self, folder: Path) -> Path:
        """Where the weights bring a vocabulary and merges only, the file is written from these.

        Raises:
            ValueError: if they don't.
        """
        file = folder / "tokenizer.json"
        if not file.exists():
            for name in ("vocab.json", "merges.txt", "tokenizer_config.json"):
                if not (folder / name).exists():
                    raise ValueError(f"There is no tokenizer in {folder}: {name} is missing.")
            from transformers import Qwen2Tokenizer

            tokenizer = Qwen2Tokenizer.from_pretrained(folder)
            # Replicas may be at it in the same folder; each sees a whole file or none.
            half_written = folder / f"tokenizer.json.{os.getpid()}"
            tokenizer.backend_tokenizer.save(str(half_written))
            half_written.replace(file)
        return file

    def load(self, folder: Path, device: torch.device) -> FullAttention:
        """The model."""
        from transformers import Qwen2Config, Qwen2ForCausalLM

        config = read_config(folder)
        if config.get("use_sliding_window") or config.get("rope_scaling"):
            raise ValueError(f"{folder} slides its window or scales its positions; Dream doesn't.")
        qwen = Qwen2Config(
            **{key: config[key] for key in OF_QWEN if key in config},
            bos_token_id=None,
            eos_token_id=None,
        )
        return FullAttention(load_weights(Qwen2ForCausalLM, qwen, folder, device, {}), SHIFT)


DREAM_7B_INSTRUCT = Dream()

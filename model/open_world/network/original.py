"""SmolLM2-135M-Instruct out of its GGUF: network and tokenizer."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

from open_world.network.gguf import GgufFile
from open_world.network.llama import Llama
from open_world.network.shape import Shape
from open_world.tokens import SPECIAL


def shape_of(file: GgufFile) -> Shape:
    """The sizes that the file tells."""
    of = {name.removeprefix("llama."): value for name, value in file.metadata.items()}
    heads = of["attention.head_count"]
    return Shape(
        vocabulary=len(file.metadata["tokenizer.ggml.tokens"]),
        width=of["embedding_length"],
        layers=of["block_count"],
        heads=heads,
        key_heads=of["attention.head_count_kv"],
        head_width=of["embedding_length"] // heads,
        feed_forward=of["feed_forward_length"],
        rope_base=of["rope.freq_base"],
        epsilon=round(of["attention.layer_norm_rms_epsilon"], 12),
    )


def network_of(file: GgufFile) -> Llama:
    """The network with the file's weights, ready to predict."""
    shape = shape_of(file)
    network = Llama(shape)
    state = {
        "token": file.tensor("token_embd.weight"),
        "final_norm.weight": file.tensor("output_norm.weight"),
    }
    for place in range(shape.layers):
        of = {
            name: file.tensor(f"blk.{place}.{name}.weight")
            for name in "attn_q attn_k attn_v attn_output ffn_gate ffn_up ffn_down".split()
        }
        query = _halves_apart(of["attn_q"], shape.heads)
        key = _halves_apart(of["attn_k"], shape.key_heads)
        layer = f"layers.{place}"
        state |= {
            f"{layer}.attention_norm.weight": file.tensor(f"blk.{place}.attn_norm.weight"),
            f"{layer}.query_key_value.weight": np.concatenate([query, key, of["attn_v"]]),
            f"{layer}.attention_out.weight": of["attn_output"],
            f"{layer}.feed_forward_norm.weight": file.tensor(f"blk.{place}.ffn_norm.weight"),
            f"{layer}.gate_up.weight": np.concatenate([of["ffn_gate"], of["ffn_up"]]),
            f"{layer}.down.weight": of["ffn_down"],
        }
    network.load_state_dict({name: torch.from_numpy(array) for name, array in state.items()})
    return network.eval()


def _halves_apart(weight: NDArray[np.float32], heads: int) -> NDArray[np.float32]:
    """llama.cpp interleaves the two halves of a head that rotate together; here they stand apart.

    Args:
        weight: [heads * head width, width].
    """
    rows, width = weight.shape
    by_pair = weight.reshape(heads, rows // heads // 2, 2, width)
    return np.ascontiguousarray(by_pair.swapaxes(1, 2)).reshape(rows, width)


def tokenizer_of(file: GgufFile) -> Tokenizer:
    """The tokenizer: byte-level BPE in which each digit is a token."""
    tokens = file.metadata["tokenizer.ggml.tokens"]
    merges = [tuple(merge.split(" ", 1)) for merge in file.metadata["tokenizer.ggml.merges"]]
    vocabulary = {token: place for place, token in enumerate(tokens)}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    special = [AddedToken(token, special=True, normalized=False) for token in tokens[:SPECIAL]]
    tokenizer.add_special_tokens(special)
    return tokenizer

"""The names that transformers gives Llama's tensors, and which rows of ours they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from torch import Tensor

from open_world.network.shape import Shape


@dataclass(frozen=True)
class Part:
    """A tensor's name in the folder, and the rows of a parameter of ours that it is."""

    name: str
    parameter: str
    rows: slice | None = None

    def of(self, values: Tensor) -> Tensor:
        """These rows of the parameter's values."""
        return values if self.rows is None else values[self.rows]


def parts_of(shape: Shape) -> Iterator[Part]:
    """All tensors, in the order in which a pass reads them."""
    yield Part("model.embed_tokens.weight", "token")
    queries = shape.heads * shape.head_width
    keys = queries + shape.key_heads * shape.head_width
    for place in range(shape.layers):
        theirs, ours = f"model.layers.{place}", f"layers.{place}"
        mixed, gate_up = f"{ours}.query_key_value.weight", f"{ours}.gate_up.weight"
        yield Part(f"{theirs}.input_layernorm.weight", f"{ours}.attention_norm.weight")
        yield Part(f"{theirs}.self_attn.q_proj.weight", mixed, slice(0, queries))
        yield Part(f"{theirs}.self_attn.k_proj.weight", mixed, slice(queries, keys))
        yield Part(f"{theirs}.self_attn.v_proj.weight", mixed, slice(keys, shape.mixed))
        yield Part(f"{theirs}.self_attn.o_proj.weight", f"{ours}.attention_out.weight")
        yield Part(f"{theirs}.post_attention_layernorm.weight", f"{ours}.feed_forward_norm.weight")
        yield Part(f"{theirs}.mlp.gate_proj.weight", gate_up, slice(0, shape.feed_forward))
        yield Part(
            f"{theirs}.mlp.up_proj.weight",
            gate_up,
            slice(shape.feed_forward, 2 * shape.feed_forward),
        )
        yield Part(f"{theirs}.mlp.down_proj.weight", f"{ours}.down.weight")
    yield Part("model.norm.weight", "final_norm.weight")

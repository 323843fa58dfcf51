"""Tiny random checkpoints, written as the published ones are: the same names, settings, shapes.

They show that names, settings and the flow of the numbers are read rightly. They cannot show that
the published weights hold what their papers say: for that the weights themselves are needed.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import AddedToken, Tokenizer, models, pre_tokenizers

from diffuscope_serving.adapters import hub_card

LLADA = {
    "model_type": "llada",
    "block_type": "llama",
    "layer_norm_type": "rms",
    "activation_type": "silu",
    "rope": True,
    "alibi": False,
    "attention_layer_norm": False,
    "include_bias": False,
    "include_qkv_bias": False,
    "input_emb_norm": False,
    "scale_logits": False,
    "weight_tying": False,
    "d_model": 32,
    "n_heads": 4,
    "n_kv_heads": 4,
    "n_layers": 2,
    "mlp_hidden_size": 48,
    "rms_norm_eps": 1e-5,
    "rope_theta": 500000.0,
    "max_sequence_length": 4096,
    "vocab_size": 126464,
    "embedding_size": 126464,
    "mask_token_id": 126336,
}
DREAM = {
    "model_type": "Dream",
    "hidden_act": "silu",
    "hidden_size": 32,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "num_hidden_layers": 2,
    "intermediate_size": 48,
    "rms_norm_eps": 1e-6,
    "rope_theta": 1000000.0,
    "max_position_embeddings": 131072,
    "vocab_size": 152064,
    "tie_word_embeddings": False,
    "mask_token_id": 151666,
}


def small(config: dict, vocabulary: int) -> dict:
    """The same with few tokens, for what does not look at ids."""
    sizes = {key: vocabulary for key in ("vocab_size", "embedding_size") if key in config}
    return {**config, **sizes}


def write_llada(folder: Path, config: dict) -> dict[str, torch.Tensor]:
    """Writes a checkpoint under LLaDA's names; returns its tensors."""
    width, inner = config["d_model"], config["mlp_hidden_size"]
    shapes = {"wte": (config["embedding_size"], width), "ln_f": (width,)}
    shapes["ff_out"] = shapes["wte"]
    for layer in range(config["n_layers"]):
        block = f"blocks.{layer}."
        shapes |= {block + name: (width, width) for name in ("q_proj", "k_proj", "v_proj")}
        shapes |= {block + name: (width,) for name in ("attn_norm", "ff_norm")}
        shapes |= {block + name: (inner, width) for name in ("ff_proj", "up_proj")}
        shapes |= {block + "attn_out": (width, width), block + "ff_out": (width, inner)}
    return _write(folder, config, {f"model.transformer.{k}.weight": v for k, v in shapes.items()})


def write_dream(folder: Path, config: dict) -> dict[str, torch.Tensor]:
    """Writes a checkpoint under Dream's names; returns its tensors."""
    width, inner = config["hidden_size"], config["intermediate_size"]
    narrow = width * config["num_key_value_heads"] // config["num_attention_heads"]
    shapes = {
        "model.embed_tokens.weight": (config["vocab_size"], width),
        "model.norm.weight": (width,),
    }
    shapes["lm_head.weight"] = shapes["model.embed_tokens.weight"]
    for layer in range(config["num_hidden_layers"]):
        of = f"model.layers.{layer}."
        for name, rows in (("q", width), ("k", narrow), ("v", narrow)):
            shapes[f"{of}self_attn.{name}_proj.weight"] = (rows, width)
            shapes[f"{of}self_attn.{name}_proj.bias"] = (rows,)
        shapes |= {
            f"{of}self_attn.o_proj.weight": (width, width),
            f"{of}mlp.gate_proj.weight": (inner, width),
            f"{of}mlp.up_proj.weight": (inner, width),
            f"{of}mlp.down_proj.weight": (width, inner),
            f"{of}input_layernorm.weight": (width,),
            f"{of}post_attention_layernorm.weight": (width,),
        }
    return _write(folder, config, shapes)


def _write(folder: Path, config: dict, shapes: dict[str, tuple]) -> dict[str, torch.Tensor]:
    random = torch.Generator().manual_seed(3)
    tensors = {
        name: torch.randn(shape, generator=random) * (0.3 if len(shape) > 1 else 1)
        for name, shape in shapes.items()
    }
    folder.mkdir(parents=True, exist_ok=True)
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "config.json").write_text(json.dumps(config))
    return tensors


def write_tokenizer(folder: Path, facts: hub_card.Facts) -> None:
    """A tokenizer of words that has the published special tokens at the published ids."""
    special = {**facts.special, "the": 5, "user": 6, "assistant": 7, "system": 8}
    taken = set(special.values())
    words = {f"w{number}": number for number in range(facts.vocabulary) if number not in taken}
    tokenizer = Tokenizer(models.WordLevel({**words, **special}, unk_token="the"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokens = [AddedToken(token, special=True) for token in facts.special]
    tokenizer.add_special_tokens(tokens)
    tokenizer.save(str(folder / "tokenizer.json"))

"""LLaDA-8B-Instruct (arXiv 2502.09992): a Llama without the causal mask, and without a shift."""

from __future__ import annotations

from pathlib import Path

import torch

from diffuscope_serving.adapters.full_attention import FullAttention, load_weights
from diffuscope_serving.adapters.hub_card import Facts, hub_card, read_config
from diffuscope_serving.card import Card

FACTS = Facts(
    hub="GSAI-ML/LLaDA-8B-Instruct",
    revision="08b83a6feb34df1a6011b80c3c00c7563e963b07",
    mask=126336,
    end=126081,
    pad=126081,
    suppressed=(126336,),
    vocabulary=126464,
    window=4096,
    before="<|startoftext|><|start_header_id|>user<|end_header_id|>\n\n",
    after="<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
    special={"<|endoftext|>": 126081, "<|eot_id|>": 126348},
)
SHIFT = 0

NAMES = {
    r"^model\.transformer\.wte\.": "model.embed_tokens.",
    r"^model\.transformer\.ln_f\.": "model.norm.",
    r"^model\.transformer\.ff_out\.": "lm_head.",
    r"^model\.transformer\.blocks\.(\d+)\.attn_norm\.": r"model.layers.\1.input_layernorm.",
    r"^model\.transformer\.blocks\.(\d+)\.ff_norm\.": r"model.layers.\1.post_attention_layernorm.",
    r"^model\.transformer\.blocks\.(\d+)\.q_proj\.": r"model.layers.\1.self_attn.q_proj.",
    r"^model\.transformer\.blocks\.(\d+)\.k_proj\.": r"model.layers.\1.self_attn.k_proj.",
    r"^model\.transformer\.blocks\.(\d+)\.v_proj\.": r"model.layers.\1.self_attn.v_proj.",
    r"^model\.transformer\.blocks\.(\d+)\.attn_out\.": r"model.layers.\1.self_attn.o_proj.",
    r"^model\.transformer\.blocks\.(\d+)\.ff_proj\.": r"model.layers.\1.mlp.gate_proj.",
    r"^model\.transformer\.blocks\.(\d+)\.up_proj\.": r"model.layers.\1.mlp.up_proj.",
    r"^model\.transformer\.blocks\.(\d+)\.ff_out\.": r"model.layers.\1.mlp.down_proj.",
}
"""LLaDA's names of tensors, as patterns, and Llama's; the library fills in one group only."""

EXPECTED = {
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
}
"""What makes LLaDA a Llama; weights that differ here need another class."""


class Llada:
    """See the module."""

    name = "llada-8b-instruct"
    hub = FACTS.hub
    revision = FACTS.revision

    def card(self, folder: Path, device: torch.device) -> Card:
        """What the page must know."""
        return hub_card(self.name, FACTS, folder, self.tokenizer_file(folder), device)

    def tokenizer_file(self, folder: Path) -> Path:
        """It ships with the weights."""
        return folder / "tokenizer.json"

    def load(self, folder: Path, device: torch.device) -> FullAttention:
        """The model.

        Raises:
            ValueError: if the weights are of another architecture.
        """
        from transformers import LlamaConfig, LlamaForCausalLM

        config = read_config(folder)
        for key, expected in EXPECTED.items():
            if config.get(key) != expected:
                raise ValueError(f"{folder} has {key} {config.get(key)}; LLaDA has {expected}.")
        llama = LlamaConfig(
            vocab_size=config["embedding_size"] or config["vocab_size"],
            hidden_size=config["d_model"],
            intermediate_size=config["mlp_hidden_size"],
            num_hidden_layers=config["n_layers"],
            num_attention_heads=config["n_heads"],
            num_key_value_heads=config["n_kv_heads"],
            max_position_embeddings=config["max_sequence_length"],
            rms_norm_eps=config["rms_norm_eps"],
            rope_theta=config["rope_theta"],
            tie_word_embeddings=False,
            bos_token_id=None,
            eos_token_id=None,
        )
        model = load_weights(LlamaForCausalLM, llama, folder, device, NAMES)
        return FullAttention(model, SHIFT)


LLADA_8B_INSTRUCT = Llada()

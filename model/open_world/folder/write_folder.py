"""Writes a stored network as a folder: manifest, config, tokenizer, weights in shards."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from diffuscope_model.export.prediction import TOP_K
from diffuscope_model.export.write_model import entry, write_manifest
from open_world.folder.golden import golden
from open_world.folder.names import Part, parts_of
from open_world.folder.stream import WeightsStream, pack_nibbles
from open_world.network.int4 import BLOCK
from open_world.network.shape import Shape
from open_world.storing.stored import Stored
from open_world.tokens import END, MASK, SUPPRESSED, template_of

NAME = "SmolLM2-135M two-way"
NOTICE = Path(__file__).parents[1] / "NOTICE"
"""What the original's licence asks to be said wherever the weights go."""
WINDOW = 256
"""The longest prompt, template included, with its answer."""
CANVAS = {"default": 48, "choices": [16, 24, 32, 48, 64, 96]}


def config_of(shape: Shape) -> dict[str, Any]:
    """As transformers writes it."""
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "hidden_size": shape.width,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "num_key_value_heads": shape.key_heads,
        "head_dim": shape.head_width,
        "intermediate_size": shape.feed_forward,
        "vocab_size": shape.vocabulary,
        "rms_norm_eps": shape.epsilon,
        "rope_theta": shape.rope_base,
        "tie_word_embeddings": True,
        "hidden_act": "silu",
        "attention_bias": False,
        "mlp_bias": False,
        "max_position_embeddings": WINDOW,
    }


def write_folder(stored: Stored, tokenizer_file: Path, folder: Path) -> dict[str, Any]:
    """Writes all files; returns the manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    stream = WeightsStream()
    tensors = {part.name: _tensor(stored, part, stream) for part in parts_of(stored.shape)}
    shards = [entry(file) for file in stream.write(folder)]
    (folder / "config.json").write_text(json.dumps(config_of(stored.shape), indent=1) + "\n")
    if tokenizer_file.resolve() != (folder / "tokenizer.json").resolve():
        shutil.copyfile(tokenizer_file, folder / "tokenizer.json")
    shutil.copyfile(NOTICE, folder / "NOTICE")
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    network = stored.network()
    manifest: dict[str, Any] = {
        "version": 2,
        "name": NAME,
        "revision": hashlib.sha256("".join(s["sha256"] for s in shards).encode()).hexdigest()[:12],
        "parameters": network.parameter_count(),
        "precision": "int4",
        "license": "Apache-2.0",
        "config": entry(folder / "config.json"),
        "tokenizer": entry(folder / "tokenizer.json"),
        "weights": shards,
        "tensors": tensors,
        "vocabulary": {
            "size": stored.shape.vocabulary,
            "mask": MASK,
            "end": END,
            "pad": END,
            "suppressed": list(SUPPRESSED),
        },
        "template": {part: list(ids) for part, ids in vars(template_of(tokenizer)).items()},
        "prompt": "causal",
        "shift": 1,
        "ends": "last",
        "topK": TOP_K,
        "window": WINDOW,
        "canvas": CANVAS,
        "golden": golden(network, tokenizer),
    }
    write_manifest(folder, manifest)
    return manifest


def _tensor(stored: Stored, part: Part, stream: WeightsStream) -> dict[str, Any]:
    """Puts a tensor into the stream; returns what the manifest says of it."""
    if part.parameter not in stored.codes:
        values = stored.others[part.parameter].numpy().astype(np.float32)
        return {"form": "float32", "shape": list(values.shape), "data": stream.put(values)}
    codes = part.of(stored.codes[part.parameter]).numpy()
    scales = part.of(stored.scales[part.parameter]).numpy()
    rows, blocks, _ = codes.shape
    return {
        "form": "int4",
        "shape": [rows, blocks * BLOCK],
        "block": BLOCK,
        "data": stream.put(pack_nibbles(codes)),
        "scales": {**stream.put(scales), "type": "float16"},
    }

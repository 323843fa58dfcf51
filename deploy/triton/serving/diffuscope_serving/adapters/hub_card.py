"""Cards of models whose weights come from a hub."""

from __future__ import annotations

import hashlib
import json
import re
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from diffuscope_serving.adapters.full_attention import precision_on
from diffuscope_serving.card import Card, Template, TokenizerFile, Vocabulary, buckets_up_to

TOP_K = 16
_SNAPSHOT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True)
class Facts:
    """A published model's constants."""

    hub: str
    revision: str
    """The hub's commit that is fetched: weights and tokenizer can't be changed under it."""
    mask: int
    end: int
    """The filler after an answer, which a decoder commits from the right end inwards."""
    pad: int
    suppressed: tuple[int, ...]
    vocabulary: int
    """The logits' width, which can exceed the tokenizer's size."""
    window: int
    before: str
    """The chat template's text before a prompt."""
    after: str
    special: dict[str, int]
    """Tokens that the template is made of: a tokenizer that gives them other ids is another one."""


def read_config(folder: Path) -> dict[str, Any]:
    """The weights' config.json.

    Raises:
        ValueError: if it isn't there.
    """
    file = folder / "config.json"
    if not file.exists():
        raise ValueError(f"There are no weights in {folder}: {file.name} is missing.")
    return json.loads(file.read_text("utf-8"))


def hub_card(name: str, facts: Facts, folder: Path, tokenizer: Path, device: torch.device) -> Card:
    """The card of a folder of published weights.

    Raises:
        ValueError: if the folder's mask, vocabulary or tokenizer are not the published ones.
    """
    from tokenizers import Tokenizer  # heavy, and of use here only

    config = read_config(folder)
    for key, expected in (("mask_token_id", facts.mask), ("vocab_size", facts.vocabulary)):
        if config.get(key) != expected:
            raise ValueError(
                f"{name} must have {key} {expected}, and {folder} has {config.get(key)}: "
                "these are the weights of another model."
            )
    encoder = Tokenizer.from_file(str(tokenizer))
    for token, expected in facts.special.items():
        if encoder.token_to_id(token) != expected:
            raise ValueError(
                f"{name}'s tokenizer must have {token} as {expected}, and {tokenizer} has it as "
                f"{encoder.token_to_id(token)}."
            )

    def ids(text: str) -> list[int]:
        return encoder.encode(text, add_special_tokens=False).ids

    return Card(
        name=name,
        revision=revision_of(folder),
        parameters=count_parameters(folder),
        precision="bf16" if precision_on(device) == torch.bfloat16 else "fp32",
        device=describe(device),
        vocabulary=Vocabulary(
            facts.vocabulary, facts.mask, facts.end, facts.pad, list(facts.suppressed)
        ),
        template=Template(ids(facts.before), ids(facts.after)),
        tokenizer=TokenizerFile(facts.hub, hashlib.sha256(tokenizer.read_bytes()).hexdigest()),
        window=facts.window,
        buckets=buckets_up_to(facts.window),
        topK=TOP_K,
    )


def describe(device: torch.device) -> str:
    """What computes, in words."""
    if device.type == "cuda":
        return f"{torch.cuda.get_device_name(device)}, PyTorch"
    return "CPU, PyTorch"


def revision_of(folder: Path) -> str:
    """The hub's commit where the folder is a snapshot of one, else a hash of its files' sizes."""
    if _SNAPSHOT.fullmatch(folder.name):
        return folder.name[:12]
    listed = [(file.name, file.stat().st_size) for file in sorted(folder.glob("*.safetensors"))]
    return hashlib.sha256(json.dumps(listed).encode()).hexdigest()[:12]


def count_parameters(folder: Path) -> int:
    """Numbers in all .safetensors files, from their headers alone.

    Raises:
        ValueError: if there are no such files.
    """
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise ValueError(f"There are no weights in {folder}: no file ends in .safetensors.")
    total = 0
    for file in files:
        with file.open("rb") as stream:
            (size,) = struct.unpack("<Q", stream.read(8))
            header = json.loads(stream.read(size))
        for name, tensor in header.items():
            if name != "__metadata__":
                total += torch.Size(tensor["shape"]).numel()
    return total

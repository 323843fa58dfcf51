"""A tokenizer.json from the vocabulary and the merges of a Qwen2 tokenizer."""

from __future__ import annotations

import json
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers

PIECES = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
"""How Qwen2 splits text before it merges bytes."""


def write_tokenizer(folder: Path, file: Path) -> None:
    """Writes vocab.json, merges.txt and the added tokens of a folder as one file.

    Raises:
        ValueError: if one of them is missing.
    """
    for name in ("vocab.json", "merges.txt", "tokenizer_config.json"):
        if not (folder / name).exists():
            raise ValueError(f"There is no tokenizer in {folder}: {name} is missing.")
    parts = (folder / "vocab.json", folder / "merges.txt")
    tokenizer = Tokenizer(models.BPE.from_file(*map(str, parts)))
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PIECES), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    config = json.loads((folder / "tokenizer_config.json").read_text("utf-8"))
    added = sorted(config["added_tokens_decoder"].items(), key=lambda entry: int(entry[0]))
    tokenizer.add_special_tokens(
        [AddedToken(token["content"], normalized=False, special=True) for _, token in added]
    )
    for number, token in added:
        if tokenizer.token_to_id(token["content"]) != int(number):
            raise ValueError(f"{folder} has no place for {token['content']} as {number}.")
    tokenizer.save(str(file))

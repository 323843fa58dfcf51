"""Trains the byte-level BPE tokenizer on the corpus (Sennrich et al., 2016, over bytes).

`python -m diffuscope_model.train_tokenizer --corpus data/train.jsonl --out tokenizer.json`
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

SPECIAL_TOKENS = ("<|mask|>", "<|end|>", "<|pad|>", "<|user|>", "<|assistant|>")
"""Their places are their ids."""
VOCABULARY = 1024
"""Tokens in all: the special ones, the 256 bytes and the merges."""
MOST_EXAMPLES = 60_000
"""Examples of the corpus that are read."""


def read_examples(corpus: Path, most: int = MOST_EXAMPLES) -> Iterator[dict[str, str]]:
    """The first examples of a file of JSON lines."""
    with corpus.open(encoding="utf-8") as lines:
        for line in islice(lines, most):
            yield json.loads(line)


def train_tokenizer(texts: Iterable[str]) -> Tokenizer:
    """A byte-level BPE tokenizer in which each digit is a token and no text is unknown."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=list(SPECIAL_TOKENS),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    for index, token in enumerate(SPECIAL_TOKENS):
        if tokenizer.token_to_id(token) != index:
            raise RuntimeError(f"{token} has id {tokenizer.token_to_id(token)}, not {index}")
    return tokenizer


def _spread(lengths: Sequence[int]) -> str:
    return f"{np.mean(lengths):6.1f} {np.percentile(lengths, 95):5.0f} {max(lengths):4d}"


def report(tokenizer: Tokenizer, examples: Sequence[dict[str, str]]) -> str:
    """Characters a token and, by kind, mean, 95th percentile and maximum of tokens."""
    lines = [f"{'kind':18}{'chars/token':>12}{'prompt mean, 95 %, max':>26}{'answer':>20}"]
    for kind in [*dict.fromkeys(e["kind"] for e in examples), None]:
        of_kind = [e for e in examples if kind in (e["kind"], None)]
        parts = [[e[part] for e in of_kind] for part in ("prompt", "answer")]
        tokens = [[len(x.ids) for x in tokenizer.encode_batch(texts)] for texts in parts]
        characters = sum(len(text) for texts in parts for text in texts)
        each = characters / sum(map(sum, tokens))
        spreads = "   ".join(_spread(lengths) for lengths in tokens)
        lines.append(f"{kind or 'all':18}{each:12.2f}   {spreads}")
    return "\n".join(lines)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="JSON lines to train on")
    parser.add_argument("--out", type=Path, required=True, help="file to write")
    options = parser.parse_args()
    examples = list(read_examples(options.corpus))
    tokenizer = train_tokenizer(e[part] for e in examples for part in ("prompt", "answer"))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(options.out))
    print(f"{tokenizer.get_vocab_size()} tokens from {len(examples)} examples -> {options.out}")
    print(report(tokenizer, examples[:20_000]))


if __name__ == "__main__":
    main()

"""Gives trained weights the vocabulary of a tokenizer that has whole words added.

    python -m diffuscope_model.training.widen_vocabulary --checkpoint runs/next/final.pt \\
        --tokenizer model_files/tokenizer.json --corpus data/train.jsonl \\
        --tokenizer-out wide.json --out runs/wide/start.pt

A new token starts as its counterpart with the other spacing, moved by what such pairs differ by, or
else as the mean of the pieces that it was written with, so training goes on from what the weights
know.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from diffuscope_model.network import checkpoint
from diffuscope_model.network.network import TABLES, Network
from diffuscope_model.tokenizer.train_tokenizer import add_whole_words, read_examples
from diffuscope_model.tokenizer.vocabulary import BLANK, respaced, spelling


def widen(network: Network, old: Tokenizer, new: Tokenizer) -> Network:
    """The network with a row for each further token of `new`, which must keep the ids of `old`.

    Raises:
        ValueError: if a token of `old` has another id in `new`.
    """
    ids = new.get_vocab()
    if moved := [token for token, index in old.get_vocab().items() if ids.get(token) != index]:
        raise ValueError(f"the new tokenizer gives {moved[0]!r} another id: extend the old one")
    first, counterparts = old.get_vocab_size(), respaced(new)
    spaced = [
        index
        for text, index in old.get_vocab().items()
        if text[0] == BLANK and index != counterparts[index] < first
    ]
    bare = [counterparts[index] for index in spaced]
    state = network.state_dict()
    state |= {"respaced": torch.tensor(counterparts), "spelling": torch.tensor(spelling(new))}
    for name in TABLES:
        table = state[f"{name}.weight"]
        apart = (table[spaced] - table[bare]).mean(dim=0) if spaced else torch.zeros(())
        rows = []
        for index in range(first, new.get_vocab_size()):
            if (other := counterparts[index]) < first:
                has_blank = new.id_to_token(index).startswith(BLANK)
                rows.append(table[other] + (apart if has_blank else -apart))
            else:
                pieces = old.encode(new.decode([index])).ids
                rows.append(_start(table, pieces, last=name != TABLES[0]))
        state[f"{name}.weight"] = torch.cat([table, torch.stack(rows)])
    wide = Network(replace(network.shape, vocabulary=new.get_vocab_size()))
    wide.load_state_dict(state)
    return wide


def _start(table: Tensor, pieces: list[int], last: bool) -> Tensor:
    """What follows a word follows its last piece; else it is what its pieces are together."""
    return table[pieces[-1]] if last else table[pieces].mean(dim=0)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True, help="the checkpoint's own")
    parser.add_argument("--corpus", type=Path, required=True, help="JSON lines to take words from")
    parser.add_argument("--tokenizer-out", type=Path, required=True)
    parser.add_argument(
        "--out", type=Path, required=True, help="checkpoint to write, for a run to start from"
    )
    options = parser.parse_args()
    old = Tokenizer.from_file(str(options.tokenizer))
    examples = list(read_examples(options.corpus))
    new = add_whole_words(old, (e[part] for e in examples for part in ("prompt", "answer")))
    network = widen(checkpoint.network_of(checkpoint.load(options.checkpoint)), old, new)
    checkpoint.save(options.out, network)
    new.save(str(options.tokenizer_out))
    print(f"{old.get_vocab_size()} -> {new.get_vocab_size()} tokens, {asdict(network.shape)}")


if __name__ == "__main__":
    main()

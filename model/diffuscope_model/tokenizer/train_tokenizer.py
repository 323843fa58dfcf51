"""Trains the byte-level BPE tokenizer on the corpus (Sennrich et al., 2016, over bytes).

    python -m diffuscope_model.tokenizer.train_tokenizer --corpus data/train.jsonl \\
        --out tokenizer.json

Frequent words are tokens of their own besides: a word of several tokens can be broken by a decoder
that commits them in parallel, and no merges are spent on the way to it.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from diffuscope_model.corpus.words import words_of_tests
from diffuscope_model.tokenizer.vocabulary import BLANK

SPECIAL_TOKENS = ("<|mask|>", "<|end|>", "<|pad|>", "<|user|>", "<|assistant|>")
"""Their places are their ids."""
VOCABULARY = 5996
"""Tokens in all, at most: pieces and whole words."""
PIECES = 2048
"""Of these the special ones, the 256 bytes and the merges."""
SPACED = 680
"""Of the pieces, those that are a blank and another piece."""
WORD = re.compile(f"{BLANK}?([A-Za-z]{{2,}})")
SPACED_WORD = re.compile(f"{BLANK}([A-Za-z]{{2,}})")
LEAST = 12
"""How often a word must occur to be a token."""
MOST_EXAMPLES = 60_000
"""Examples of the corpus that are read."""


def read_examples(corpus: Path, most: int = MOST_EXAMPLES) -> Iterator[dict[str, str]]:
    """The first examples of a file of JSON lines."""
    with corpus.open(encoding="utf-8") as lines:
        for line in islice(lines, most):
            yield json.loads(line)


def _splitting(*before_bytes: pre_tokenizers.PreTokenizer) -> pre_tokenizers.PreTokenizer:
    return pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=True),
            *before_bytes,
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
        ]
    )


def _train_unspaced(texts: Iterable[str]) -> Tokenizer:
    """BPE over words without the blank before them."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = _splitting(pre_tokenizers.Split(Regex(r" (?=\S)"), "isolated"))
    trainer = trainers.BpeTrainer(
        vocab_size=PIECES - SPACED,
        special_tokens=list(SPECIAL_TOKENS),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def _first_after_blank(tokenizer: Tokenizer, texts: Iterable[str]) -> Counter[str]:
    """How often each token is the first after a blank."""
    counts: Counter[str] = Counter()
    for text in texts:
        tokens = tokenizer.encode(text).tokens
        pairs = pairwise(tokens)
        counts.update(token for blank, token in pairs if blank == BLANK and not token.isdigit())
    return counts


def _build(vocabulary: dict[str, int], merges: list[tuple[str, str]]) -> Tokenizer:
    """A tokenizer that takes a word whole where it is in the vocabulary, and merges elsewhere."""
    model = models.BPE(vocab=vocabulary, merges=merges, ignore_merges=True)
    tokenizer = Tokenizer(model)
    tokenizer.add_special_tokens(list(SPECIAL_TOKENS))
    tokenizer.pre_tokenizer = _splitting()
    tokenizer.decoder = decoders.ByteLevel()
    for index, token in enumerate(SPECIAL_TOKENS):
        if tokenizer.token_to_id(token) != index:
            raise RuntimeError(f"{token} has id {tokenizer.token_to_id(token)}, not {index}")
    return tokenizer


def add_whole_words(tokenizer: Tokenizer, texts: Iterable[str]) -> Tokenizer:
    """The tokenizer with the most frequent words of the texts as tokens; the others keep their ids.

    A word is added in both forms, with and without a blank before it: it is cut alike in both, and
    the pointer can give the one where the other stands. Words that have one form come first. What
    is copied in tests only, such as a monkey, stays in pieces: it occurs in
    training where nothing is copied, as in a fact, and a token that was never copied isn't copied,
    while its pieces are.
    """
    often: Counter[str] = Counter()
    for text in texts:
        matches = (WORD.fullmatch(form) for form, _ in _splitting().pre_tokenize_str(text))
        often.update(match[1] for match in matches if match)
    model = json.loads(tokenizer.to_str())["model"]
    vocabulary = dict(model["vocab"])
    spaced_only = sorted(match[1] for form in vocabulary if (match := SPACED_WORD.fullmatch(form)))
    frequent = [word for word in often if often[word] >= LEAST and word not in words_of_tests()]
    for word in [*spaced_only, *sorted(frequent, key=lambda word: (-often[word], word))]:
        added = [form for form in (word, BLANK + word) if form not in vocabulary]
        if len(vocabulary) + len(added) > VOCABULARY:
            break
        vocabulary |= {form: len(vocabulary) + at for at, form in enumerate(added)}
    return _build(vocabulary, [tuple(merge) for merge in model["merges"]])


def train_pieces(texts: Sequence[str]) -> Tokenizer:
    """A byte-level BPE tokenizer in which each digit is a token and no text is unknown.

    A blank joins a word last, after all merges within the word, so that a word is cut alike with
    and without a blank before it: `Mara` in a sentence and `"Mara"` in JSON differ by their first
    token at most, and copying is copying of tokens.
    """
    unspaced = _train_unspaced(texts)
    model = json.loads(unspaced.to_str())["model"]
    merges = [tuple(merge) for merge in model["merges"]]
    vocabulary = dict(model["vocab"])
    for token, _ in _first_after_blank(unspaced, texts).most_common():
        if len(vocabulary) == PIECES:
            break
        if BLANK + token not in vocabulary:
            vocabulary[BLANK + token] = len(vocabulary)
            merges.append((BLANK, token))
    return _build(vocabulary, merges)


def train_tokenizer(texts: Sequence[str]) -> Tokenizer:
    """The pieces of the texts and their frequent words."""
    return add_whole_words(train_pieces(texts), texts)


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
    tokenizer = train_tokenizer([e[part] for e in examples for part in ("prompt", "answer")])
    options.out.parent.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(options.out))
    print(f"{tokenizer.get_vocab_size()} tokens from {len(examples)} examples -> {options.out}")
    print(report(tokenizer, examples[:20_000]))


if __name__ == "__main__":
    main()

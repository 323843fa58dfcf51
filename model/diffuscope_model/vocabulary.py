"""The special tokens and how a prompt and its answer are laid out as ids."""

from __future__ import annotations

from pathlib import Path

from tokenizers import Tokenizer

MASK, END, PAD, USER, ASSISTANT = range(5)
SPECIAL = 5
"""How many there are; they have the first ids."""
NEVER_PREDICTED = (MASK, PAD, USER, ASSISTANT)
"""Tokens that no decoder may choose; the end is a legal choice."""

TOKENIZER_FILE = Path(__file__).parents[1] / "model_files" / "tokenizer.json"


def load_tokenizer(file: Path = TOKENIZER_FILE) -> Tokenizer:
    """The byte-level BPE tokenizer.

    Raises:
        FileNotFoundError: if it isn't trained yet.
    """
    if not file.exists():
        raise FileNotFoundError(
            f"There is no tokenizer at {file}: run `python -m diffuscope_model.train_tokenizer`."
        )
    return Tokenizer.from_file(str(file))


def encode_prompt(tokenizer: Tokenizer, prompt: str) -> list[int]:
    """[user] prompt [assistant]: what stands before the answer."""
    return [USER, *tokenizer.encode(prompt, add_special_tokens=False).ids, ASSISTANT]


def encode_answer(tokenizer: Tokenizer, answer: str) -> list[int]:
    """answer [end]."""
    return [*tokenizer.encode(answer, add_special_tokens=False).ids, END]


def decode_answer(tokenizer: Tokenizer, ids: list[int]) -> str:
    """The text before the first end token."""
    content = ids[: ids.index(END)] if END in ids else ids
    return tokenizer.decode(content, skip_special_tokens=False)

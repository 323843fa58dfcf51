"""SmolLM2's special tokens and its template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

OPEN, END, MASK = 1, 2, 5
"""`<|im_start|>`; `<|im_end|>`, which ends a turn and fills a canvas behind it; and a token of code
repositories that no chat has, which is what an unknown position reads."""
SPECIAL = 17
"""How many there are; they have the first ids."""
SUPPRESSED = tuple(token for token in range(SPECIAL) if token != END)
"""Tokens that no decoder may choose."""

BEFORE, AFTER = "<|im_start|>user\n", "<|im_end|>\n<|im_start|>assistant\n"
"""The template around a prompt. The system's turn, which the original expects, is left out."""


def load_tokenizer(file: Path) -> Tokenizer:
    """The byte-level BPE tokenizer.

    Raises:
        FileNotFoundError: if it isn't there.
    """
    if not file.exists():
        raise FileNotFoundError(
            f"There is no tokenizer at {file}: run `python -m open_world.take_apart` first."
        )
    return Tokenizer.from_file(str(file))


def ids_of(tokenizer: Tokenizer, text: str) -> list[int]:
    """A text's ids; special tokens in it are read as such."""
    return tokenizer.encode(text, add_special_tokens=False).ids


@dataclass(frozen=True)
class Template:
    """The ids around a prompt."""

    before: tuple[int, ...]
    after: tuple[int, ...]

    def around(self, prompt: Sequence[int]) -> list[int]:
        """A prompt in its template, up to where the answer begins."""
        return [*self.before, *prompt, *self.after]


def template_of(tokenizer: Tokenizer) -> Template:
    """SmolLM2's own, in ids."""
    return Template(tuple(ids_of(tokenizer, BEFORE)), tuple(ids_of(tokenizer, AFTER)))


def in_template(tokenizer: Tokenizer, prompt: str) -> list[int]:
    """The ids of a prompt in its template, up to where the answer begins."""
    return template_of(tokenizer).around(ids_of(tokenizer, prompt))


def answer_text(tokenizer: Tokenizer, ids: list[int]) -> str:
    """The text before the first end."""
    content = ids[: ids.index(END)] if END in ids else ids
    return tokenizer.decode(content, skip_special_tokens=False)

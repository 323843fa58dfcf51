"""What a page must know to drive a model; the page reads it and refuses what doesn't fit."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

CARD_PARAMETER = "diffuscope_card"
"""Name of the parameter that holds the card as JSON."""


@dataclass(frozen=True)
class Vocabulary:
    """Token ids with a meaning; `suppressed` are never an answer's tokens."""

    size: int
    mask: int
    end: int
    pad: int
    suppressed: list[int]


@dataclass(frozen=True)
class Template:
    """Token ids around a prompt."""

    before: list[int]
    after: list[int]


@dataclass(frozen=True)
class TokenizerFile:
    """Whose ids these are: the page's tokenizer must be this very file."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Card:
    """One model on one server; lengths are in tokens."""

    name: str
    revision: str
    parameters: int
    precision: str
    device: str
    vocabulary: Vocabulary
    template: Template
    tokenizer: TokenizerFile
    window: int
    buckets: list[int]
    topK: int
    version: int = field(default=1)

    def to_json(self) -> str:
        """The card as the page reads it."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @staticmethod
    def from_json(text: str) -> Card:
        """Reads what `to_json` wrote.

        Raises:
            ValueError: if it is no card.
        """
        try:
            value: dict[str, Any] = json.loads(text)
            return Card(
                **{
                    **value,
                    "vocabulary": Vocabulary(**value["vocabulary"]),
                    "template": Template(**value["template"]),
                    "tokenizer": TokenizerFile(**value["tokenizer"]),
                }
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(
                "The model's configuration holds no card. Write the repository first: "
                "python -m diffuscope_serving.write_repository --help"
            ) from error


def buckets_up_to(window: int, smallest: int = 32) -> list[int]:
    """Lengths that requests are padded to: powers of two, and the window itself at the end."""
    buckets = []
    size = smallest
    while size < window:
        buckets.append(size)
        size *= 2
    return [*buckets, window]

"""Test examples of one kind, always the same ones for a seed."""

from __future__ import annotations

from collections.abc import Sequence as Series
from dataclasses import dataclass, replace
from random import Random

from tokenizers import Tokenizer

from diffuscope_model.corpus.kind import Example, Kind
from diffuscope_model.corpus.sample import sample
from diffuscope_model.measuring.decode import Decoded
from diffuscope_model.tokenizer.item import CANVASES, SPARE, Item
from diffuscope_model.tokenizer.vocabulary import decode_answer, encode_answer, encode_prompt


@dataclass(frozen=True)
class HeldOut:
    """Test examples of one kind that fit the window, encoded, and the canvas that they need."""

    kind: Kind
    examples: list[Example]
    items: list[Item]
    canvas: int

    @property
    def prompts(self) -> list[list[int]]:
        return [item.prompt for item in self.items]

    def right(self, tokenizer: Tokenizer, answers: Series[Decoded]) -> float:
        """The share of answers that the kind's checker accepts."""
        accepted = [
            self.kind.check(example.facts, decode_answer(tokenizer, answer.ids))
            for example, answer in zip(self.examples, answers, strict=True)
        ]
        return sum(accepted) / len(accepted)


def hold_out(
    kind: Kind, tokenizer: Tokenizer, count: int, window: int, seed: int, canvas: int | None = None
) -> HeldOut:
    """Draws `count` test examples that fit, always the same ones for a seed.

    The canvas, unless given, is the smallest that 99 of 100 answers of the kind fit.

    Raises:
        ValueError: if no example fits the window together with its canvas.
    """
    random = Random(f"held out {kind.name} {seed}")
    drawn: list[tuple[Example, Item]] = []
    for _ in range(max(100, 4 * count)):
        example = sample(kind, random, "test")
        prompt = encode_prompt(tokenizer, example.prompt)
        answer = encode_answer(tokenizer, example.answer)
        drawn.append((example, Item(prompt, answer, random.randint(0, SPARE))))
    if canvas is None:
        lengths = sorted(len(item.answer) for _, item in drawn)
        most = lengths[int(0.99 * (len(lengths) - 1))]
        canvas = next((size for size in CANVASES if size >= most), CANVASES[-1])
    fitting = [
        (example, replace(item, tail=min(item.tail, canvas - len(item.answer))))
        for example, item in drawn
        if len(item.answer) <= canvas and len(item.prompt) + canvas <= window
    ][:count]
    if not fitting:
        raise ValueError(f"no {kind.name} example fits {window} tokens with a canvas of {canvas}")
    examples, items = zip(*fitting, strict=True)
    return HeldOut(kind, list(examples), list(items), canvas)

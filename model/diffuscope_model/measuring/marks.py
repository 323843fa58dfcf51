"""How right a decoder's answers are, by kind and budget."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypedDict

from diffuscope_model.corpus.kind import Example, Facts
from diffuscope_model.corpus.mixture import kind_named

AUTOREGRESSIVE = "autoregressive"


class Answer(TypedDict):
    """One answer as text; `index` is its prompt's place among the held-out ones of its kind."""

    kind: str
    index: int
    prompt: str
    decoder: str
    budget: float
    answer: str
    passes: int
    tokens: int


@dataclass(frozen=True)
class Point:
    """One way of decoding one kind; all but `examples` and `budget` are means.

    Attributes:
        budget: tokens a pass of strategies with a quota; otherwise the threshold or the factor.
        right: the share of right answers; `parts` are shares that the kind counts for itself.
    """

    kind: str
    decoder: str
    budget: float
    examples: int
    right: float
    parts: dict[str, float]
    passes: float
    tokens: float


def mark(answers: Sequence[Answer], examples: dict[str, list[Example]]) -> list[Point]:
    """A point for each kind, decoder and budget, in the order in which they first come.

    Args:
        answers: to prompts of `examples`.
        examples: the held-out ones, by kind.

    Raises:
        ValueError: if the answers were given to other prompts than the held-out ones.
    """
    groups: dict[tuple[str, str, float], list[Answer]] = defaultdict(list)
    for answer in answers:
        if examples[answer["kind"]][answer["index"]].prompt != answer["prompt"]:
            raise ValueError(
                f"{answer['kind']} {answer['index']} is another prompt now: write the held-out "
                "prompts and their answers anew"
            )
        groups[answer["kind"], answer["decoder"], answer["budget"]].append(answer)
    return [_point(*key, group, examples[key[0]]) for key, group in groups.items()]


def wrong_ones(
    answers: Sequence[Answer], examples: dict[str, list[Example]], most: int
) -> list[Answer]:
    """The first `most` wrong answers of each kind, decoder and budget."""
    shown: dict[tuple[str, str, float], list[Answer]] = defaultdict(list)
    for answer in answers:
        of_key = shown[answer["kind"], answer["decoder"], answer["budget"]]
        facts = examples[answer["kind"]][answer["index"]].facts
        if len(of_key) < most and not kind_named(answer["kind"]).check(facts, answer["answer"]):
            of_key.append(answer)
    return [answer for of_key in shown.values() for answer in of_key]


def _point(
    kind: str, decoder: str, budget: float, group: list[Answer], examples: list[Example]
) -> Point:
    def share(check: Callable[[Facts, str], bool]) -> float:
        return sum(check(examples[one["index"]].facts, one["answer"]) for one in group) / len(group)

    of = kind_named(kind)
    return Point(
        kind=kind,
        decoder=decoder,
        budget=budget,
        examples=len(group),
        right=share(of.check),
        parts={name: share(check) for name, check in of.parts.items()},
        passes=sum(one["passes"] for one in group) / len(group),
        tokens=sum(one["tokens"] for one in group) / len(group),
    )

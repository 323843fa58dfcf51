"""Answers with all that is measured of them, and tables of their means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TypedDict

from tokenizers import Tokenizer

from open_world.measuring.decoders import DECODERS
from open_world.measuring.flaws import has_double, loops, repeated_share
from open_world.measuring.likelihood import surprises_at
from open_world.network.llama import Llama
from open_world.tokens import answer_text, in_template


class Answer(TypedDict):
    """One answer; `surprise` is the original model's, in nats over all its tokens."""

    decoder: str
    prompt: str
    answer: str
    tokens: int
    passes: int
    rows: int
    surprise: float
    loops: bool
    repeated: float
    doubled: bool


def answer_prompts(
    network: Llama,
    original: Llama | None,
    tokenizer: Tokenizer,
    prompts: Sequence[str],
    decoder: str,
    length: int,
) -> Iterator[Answer]:
    """Answers prompts by one way of decoding; those of the same length in tokens go together, or
    all on a GPU.

    Args:
        original: judges the answers; without it their surprise is 0.
        length: the most tokens of an answer.
    """
    encoded = [(in_template(tokenizer, prompt), prompt) for prompt in prompts]
    encoded.sort(key=lambda each: len(each[0]))
    for _, group in groupby(encoded, key=lambda each: network.token.is_cuda or len(each[0])):
        ids, texts = zip(*group, strict=True)
        decoded = DECODERS[decoder](network, list(ids), length)
        surprises = surprises_at(original, ids, [each.ids for each in decoded])
        for text, each, surprise in zip(texts, decoded, surprises, strict=True):
            answer = answer_text(tokenizer, each.ids)
            yield Answer(
                decoder=decoder,
                prompt=text,
                answer=answer,
                tokens=len(each.ids),
                passes=each.passes,
                rows=each.rows,
                surprise=surprise,
                loops=loops(each.ids),
                repeated=repeated_share(each.ids),
                doubled=has_double(answer),
            )


def as_table(answers: Iterable[Answer]) -> str:
    """Markdown, a row a decoder. Surprise is a token's; passes and rows are for a token, too, and
    count a prompt's own."""
    groups: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        groups[answer["decoder"]].append(answer)
    heads = "decoder,prompts,nats a token,tokens,passes a token,rows a token,looping,runs repeated"
    lines = [[*heads.split(","), "doubled", "empty"]]
    lines.append(["---", *["---:"] * (len(lines[0]) - 1)])
    for decoder, group in groups.items():
        count, tokens = len(group), max(1, sum(one["tokens"] for one in group))

        def a_token(field: str, group: list[Answer] = group, tokens: int = tokens) -> float:
            return sum(one[field] for one in group) / tokens

        def share(field: str, group: list[Answer] = group, count: int = count) -> str:
            return f"{sum(one[field] for one in group) / count:.0%}"

        empty = sum(not one["answer"].strip() for one in group)
        lines.append(
            [
                decoder,
                f"{count}",
                f"{a_token('surprise'):.2f}",
                f"{tokens / count:.1f}",
                f"{a_token('passes'):.2f}",
                f"{a_token('rows'):.1f}",
                share("loops"),
                share("repeated"),
                share("doubled"),
                f"{empty}",
            ]
        )
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"

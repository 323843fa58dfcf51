"""Writes answers with what the checkers find of them, for the rules of the page to be held against.

    python -m diffuscope_model.measuring.write_judged --out ../src/trace/judging/testing

Each kind's held-out prompts are answered rightly, with a slip (a character dropped, doubled or
changed, two words swapped, a line lost), and with the answer to another prompt of the kind.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from random import Random

from diffuscope_model.corpus.kind import Facts, Kind
from diffuscope_model.corpus.mixture import KINDS

SEED = 20_261
PROMPTS = 150
"""Of each kind; each has four answers."""


def _drawn(kind: Kind, rng: Random) -> tuple[Facts, str]:
    facts = kind.draw(rng, "test")
    templates = kind.phrasings(facts) if callable(kind.phrasings) else kind.phrasings
    return facts, rng.choice(list(templates)).format(**facts)


def _slipped(answer: str, rng: Random) -> str:
    place = rng.randrange(max(1, len(answer)))
    words = answer.split(" ")
    slip = rng.randrange(5)
    if slip == 0:
        return answer[:place] + answer[place + 1 :]
    if slip == 1:
        return answer[:place] + answer[place : place + 1] * 2 + answer[place + 1 :]
    if slip == 2:
        return answer[:place] + rng.choice("0123456789abcdef") + answer[place + 1 :]
    if slip == 3 and len(words) > 1:
        at = rng.randrange(len(words) - 1)
        words[at], words[at + 1] = words[at + 1], words[at]
        return " ".join(words)
    return answer.rsplit(rng.choice("\n, "), 1)[0]


def rows(kind: Kind, rng: Random) -> list[tuple[str, str, str, bool]]:
    """Name, prompt, answer, and whether the kind's checker finds it right."""
    drawn = [_drawn(kind, rng) for _ in range(PROMPTS)]
    found = []
    for facts, prompt in drawn:
        right = kind.answer(facts, rng)
        other = kind.answer(rng.choice(drawn)[0], rng)
        for text in (right, _slipped(right, rng), _slipped(right, rng), other):
            found.append((kind.name, prompt, text, kind.check(facts, text)))
    return found


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder of the file")
    options = parser.parse_args()
    rng = Random(SEED)
    judged = [row for kind in KINDS for row in rows(kind, rng)]
    options.out.mkdir(parents=True, exist_ok=True)
    packed = gzip.compress(json.dumps(judged).encode(), mtime=0)
    (options.out / "judged-answers.json.gz").write_bytes(packed)


if __name__ == "__main__":
    main()

"""Writes texts with their token ids: the page's tokenizer must agree with this one on all of them.

`python -m diffuscope_model.tokenizer.write_tokenizer_goldens`

The first line tells the sha256 of the tokenizer file; every other line is a text and its ids.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

from diffuscope_model.corpus.mixture import draw_example
from diffuscope_model.tokenizer.train_tokenizer import SPECIAL_TOKENS
from diffuscope_model.tokenizer.vocabulary import TOKENIZER_FILE, load_tokenizer

SEED = 20_240
GOLDENS = Path(__file__).parents[3] / "src/engines/model/goldens/tokenizer.jsonl"
FROM_CORPUS, FROM_PARTS, FROM_PLANES = 500, 1500, 1000
LONGEST_FROM_CORPUS = 160

# ruff: noqa: RUF001 (characters that look like others are the point)
PARTS = (
    *SPECIAL_TOKENS,
    *(" ", "  ", "   ", "    ", "\t", "\n", "\n\n", "\r\n", "\r", "\v", "\f", "\0", "\x1c", "\x7f"),
    *("\u0085", "\u00a0", "\u1680", "\u2002", "\u2028", "\u2029", "\u202f", "\u3000"),
    *("\u200b", "\u200d", "\u2060", "\ufeff", "\u180e", "\u00ad", "\u202e", "\ufffd"),
    *("0", "7", "42", "3.14", "1e9", "0x1F", "½", "²", "Ⅳ", "٣", "७", "𝟘", "㉑", "〇", "①"),
    *("'s", "'t", "'re", "'ve", "'ll", "'d", "'m", "'S", "'", "’s", '"', "`", "``"),
    *("def f(x):", "    return", "if", "==", "!=", "->", "::", "//", "# ", "```python", "\\n"),
    *("/help", "/run --steps 8", "$ ls -la", "{", "}", '{"a": 1}', "[1, 2]", "<b>", "&amp;"),
    *("Write", " write", "the", " the", "Name three fruits.", " story", "capital", "of", "a", "I"),
    *("é", "e\u0301", "ñ", "ß", "İ", "ı", "ǆ", "ﬁ", "Å", "日本語", "한국어", "שלום", "مرحبا"),
    *("ไทย", "हिन्दी", "Ελλάδα", "Привет", "👋🏽", "👩\u200d🔬", "🇩🇪", "𝒳", "…", "—", "€", "™"),
)

PLANES = (
    (0x00, 0xFF),
    (0x100, 0x24F),
    (0x2B0, 0x58F),
    (0x590, 0x10FF),
    (0x1E00, 0x2BFF),
    (0x2E80, 0xD7FF),
    (0xE000, 0xFFFD),
    (0x10000, 0x1FAFF),
    (0x20000, 0x2FFFF),
    (0xE0000, 0xE01EF),
)


def texts(rng: Random) -> Iterator[str]:
    """Texts of the corpus, odd parts joined at random, and characters from all of Unicode."""
    yield ""
    yield from PARTS
    for _ in range(FROM_CORPUS):
        example = draw_example(rng, "test")
        yield rng.choice((example.prompt, example.answer))[:LONGEST_FROM_CORPUS]
    for _ in range(FROM_PARTS):
        yield "".join(rng.choice(PARTS) for _ in range(rng.randint(2, 9)))
    for _ in range(FROM_PLANES):
        first, last = rng.choice(PLANES)
        letters = [chr(rng.randint(first, last)) for _ in range(rng.randint(1, 8))]
        yield rng.choice(("", " ")).join(letters)


def write_goldens(tokenizer_file: Path, out: Path) -> int:
    """Writes the file of goldens; returns the number of texts."""
    tokenizer = load_tokenizer(tokenizer_file)
    # What a person types is text, even where it spells a special token.
    tokenizer.encode_special_tokens = True
    lines = [json.dumps({"tokenizer": hashlib.sha256(tokenizer_file.read_bytes()).hexdigest()})]
    for text in dict.fromkeys(texts(Random(SEED))):
        ids = tokenizer.encode(text, add_special_tokens=False).ids
        lines.append(json.dumps([text, ids], separators=(",", ":"), ensure_ascii=False))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines) - 1


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tokenizer", type=Path, default=TOKENIZER_FILE)
    parser.add_argument("--out", type=Path, default=GOLDENS, help="file to write")
    options = parser.parse_args()
    count = write_goldens(options.tokenizer, options.out)
    print(f"{count} texts, {options.out.stat().st_size / 1000:.0f} kB -> {options.out}")


if __name__ == "__main__":
    main()

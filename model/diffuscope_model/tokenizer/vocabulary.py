"""The special tokens and how a prompt and its answer are laid out as ids."""

from __future__ import annotations

from pathlib import Path

from tokenizers import Tokenizer

MASK, END, PAD, USER, ASSISTANT = range(5)
SPECIAL = 5
"""How many there are; they have the first ids."""
NEVER_PREDICTED = (MASK, PAD, USER, ASSISTANT)
"""Tokens that no decoder may choose; the end is a legal choice."""

BLANK = "Ġ"
"""How byte-level BPE writes a leading blank."""

TOKENIZER_FILE = Path(__file__).parents[2] / "model_files" / "tokenizer.json"


def load_tokenizer(file: Path = TOKENIZER_FILE) -> Tokenizer:
    """The byte-level BPE tokenizer.

    Raises:
        FileNotFoundError: if it isn't trained yet.
    """
    if not file.exists():
        raise FileNotFoundError(
            f"There is no tokenizer at {file}: run "
            "`python -m diffuscope_model.tokenizer.train_tokenizer`."
        )
    return Tokenizer.from_file(str(file))


def respaced(tokenizer: Tokenizer) -> list[int]:
    """Each token's counterpart: the same text without its leading blank, or with one.

    A token whose counterpart is not in the vocabulary is its own; the special tokens are, too.
    Taken twice it is the token that one began with.
    """
    ids = tokenizer.get_vocab()
    counterparts = list(range(tokenizer.get_vocab_size()))
    for text, token in ids.items():
        other = text[1:] if text.startswith(BLANK) else BLANK + text
        if token >= SPECIAL:
            counterparts[token] = ids.get(other, token)
    return counterparts


LETTERS = "abcdefghijklmnopqrstuvwxyz"
SPELLED = 6
"""How many of a token's first letters the network is told."""
SIGNS = len(LETTERS) + 2
"""What stands at each of them: a letter of either case, another sign, or nothing any more."""
_OTHER, _NOTHING = len(LETTERS), len(LETTERS) + 1


def spelling(tokenizer: Tokenizer) -> list[list[int]]:
    """How each token begins after its blank: SPELLED numbers, place * SIGNS + sign."""
    rows = []
    for token in range(tokenizer.get_vocab_size()):
        text = "" if token < SPECIAL else tokenizer.id_to_token(token).removeprefix(BLANK).lower()
        signs = [LETTERS.find(sign) if sign in LETTERS else _OTHER for sign in text[:SPELLED]]
        signs += [_NOTHING] * (SPELLED - len(signs))
        rows.append([place * SIGNS + sign for place, sign in enumerate(signs)])
    return rows


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

from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from diffuscope_model.corpus.kinds import echo, functions
from diffuscope_model.corpus.sample import sample
from diffuscope_model.tokenizer.train_tokenizer import (
    PIECES,
    SPECIAL_TOKENS,
    VOCABULARY,
    report,
    train_tokenizer,
)

TRAINED = Path(__file__).parent.parent / "model_files" / "tokenizer.json"


def _examples():
    rng = Random(1)
    drawn = [
        sample(kind, rng, "train") for kind in (functions.KIND, echo.KIND) for _ in range(1500)
    ]
    return [vars(e) for e in drawn]


FRESH = train_tokenizer([text for e in _examples() for text in (e["prompt"], e["answer"])])
TOKENIZERS = {"fresh": FRESH}
if TRAINED.exists():
    TOKENIZERS["bundled"] = Tokenizer.from_file(str(TRAINED))
each = pytest.mark.parametrize("tokenizer", TOKENIZERS.values(), ids=TOKENIZERS)


@each
@given(text=st.text())
@example("\r\n\t  \u2028\ufeff\u200d")
@example(
    "\U0001f469\u200d\U0001f52c \u0e20\u0e32\u0e29\u0e32 e\u0301 \u00e9 \u202eabc\u0000\x7f\ufffd"
)
@example("def f(x):\n    return x\n\n\n        # 1234567890")
@example("<|mask")
def test_round_trip(tokenizer, text):
    if any(token in text for token in SPECIAL_TOKENS):
        return
    assert tokenizer.decode(tokenizer.encode(text).ids, skip_special_tokens=False) == text


@each
def test_sizes_and_special_ids(tokenizer):
    if tokenizer is FRESH:  # two kinds alone have too few words to fill it
        assert PIECES < tokenizer.get_vocab_size() <= VOCABULARY
    else:
        assert tokenizer.get_vocab_size() == VOCABULARY
    assert [tokenizer.token_to_id(t) for t in SPECIAL_TOKENS] == [0, 1, 2, 3, 4]
    assert tokenizer.encode("<|user|>hi<|end|>").ids[0] == 3
    assert tokenizer.encode("").ids == []


@each
def test_each_digit_is_a_token(tokenizer):
    assert tokenizer.encode("2025").tokens == ["2", "0", "2", "5"]
    assert not [t for t in tokenizer.get_vocab() if len(t) > 1 and any(c.isdigit() for c in t)]


@each
def test_line_break_and_indent_are_one_token(tokenizer):
    assert len(tokenizer.encode("\n    return").ids) <= 3


def test_a_word_is_cut_alike_with_and_without_a_blank_before_it():
    for word in ("Kliazopia", "Mara", "grey", "garden", "horseshoe"):
        bare, spaced = FRESH.encode(f'"{word}"').tokens[1:-1], FRESH.encode(f"a {word}").tokens[1:]
        assert "".join(spaced) == "\u0120" + "".join(bare)
        cuts = [token.removeprefix("\u0120") for token in spaced]
        assert [token for token in cuts if token] == bare


def test_training_is_deterministic():
    again = train_tokenizer([text for e in _examples() for text in (e["prompt"], e["answer"])])
    assert again.to_str() == FRESH.to_str()


def test_report_names_every_kind():
    text = report(FRESH, _examples())
    assert "echo" in text and "functions" in text and "all" in text

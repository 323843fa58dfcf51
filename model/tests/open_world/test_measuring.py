"""Flaws, likelihood and tables."""

import pytest
import torch
from networks import PROMPT, tiny
from tokenizers import Tokenizer

from diffuscope_model.tokenizer.vocabulary import TOKENIZER_FILE
from open_world.decoding.autoregressive import decode_autoregressive
from open_world.measuring.answers import Answer, as_table
from open_world.measuring.curves import as_curve_table, draw, points_of
from open_world.measuring.flaws import has_double, loops, repeated_share
from open_world.measuring.likelihood import surprise
from open_world.tokens import answer_text, in_template, load_tokenizer


def test_a_loop_is_a_run_of_four_three_times():
    run = [1, 2, 3, 4]
    assert loops([*run, 9, *run, 8, *run])
    assert not loops([*run, 9, *run, 8, 7])
    assert repeated_share([*run, *run]) == pytest.approx(2 / 5)
    assert repeated_share([1, 2]) == 0


@pytest.mark.parametrize(
    "text",
    [
        "It is is a day.",
        "a blessing, a, and a curse..",
        "The the end",
        "Well,, yes",
        "It.s..A.s..",
        "A day ., and more",
    ],
)
def test_what_no_writer_doubles(text):
    assert has_double(text)


@pytest.mark.parametrize(
    "text",
    [
        "He said that that was it.",
        "Wait... what?",
        "What?! No!!! Really???",
        "Bread, milk, etc., and tea.",
        "She had had enough, e.g., of it.",
        "def f(x):\n    return x",
    ],
)
def test_what_writers_do_write(text):
    assert not has_double(text)


def test_the_likeliest_answer_surprises_least():
    network = tiny(3)
    (own,) = decode_autoregressive(network, [PROMPT], 12)
    other = [61, 30, 45, 33, 52, 31, 38, 59, 40, 35, 60, 44][: len(own.ids)]
    assert 0 < surprise(network, PROMPT, own.ids) < surprise(network, PROMPT, other)
    assert surprise(network, PROMPT, []) == 0
    more = surprise(network, PROMPT, [*own.ids, 40])
    assert more > surprise(network, PROMPT, own.ids), "a token more adds its own"


def answer(decoder: str, tokens: int, nats: float, text: str = "Yes.") -> Answer:
    return Answer(
        decoder=decoder,
        prompt="?",
        answer=text,
        tokens=tokens,
        passes=tokens,
        rows=9 * tokens,
        surprise=nats,
        loops=False,
        repeated=0.0,
        doubled=False,
    )


def test_a_table_has_a_row_a_decoder_and_weighs_tokens_alike():
    table = as_table([answer("AR", 10, 10.0), answer("AR", 30, 10.0, " "), answer("x", 4, 8.0)])
    assert table.splitlines()[2] == "| AR | 2 | 0.50 | 20.0 | 1.00 | 9.0 | 0% | 0% | 0% | 1 |"
    assert table.splitlines()[3].startswith("| x | 1 | 2.00 | 4.0 |")


def test_a_template_is_around_a_prompt_and_an_answer_ends_with_its_end(tmp_path):
    tokenizer = Tokenizer.from_file(str(TOKENIZER_FILE))
    ids = in_template(tokenizer, "Hi there")
    text = tokenizer.decode(ids, skip_special_tokens=False)
    assert text == "<|im_start|>user\nHi there<|im_end|>\n<|im_start|>assistant\n"
    assert answer_text(tokenizer, [40, 41, 2, 42]) == answer_text(tokenizer, [40, 41])
    with pytest.raises(FileNotFoundError, match="take_apart"):
        load_tokenizer(tmp_path / "tokenizer.json")
    assert torch.get_num_threads() == 1


def test_points_are_means_and_what_nobody_measured_is_left_out(tmp_path):
    line = {"decoder": "x", "budget": 2, "prompt": "?", "answer": "a a", "passes": 3, "tokens": 4}
    line |= {"surprise": 6.0, "loops": False, "repeated": 0.5, "doubled": True}
    more = line | {"tokens": 8, "passes": 3, "surprise": 6.0, "doubled": False, "answer": " "}
    (point,) = points_of([line, more])
    assert (point["surprise"], point["passes"], point["tokens"]) == (1.0, 0.5, 6.0)
    assert (point["rows"], point["doubled"], point["empty"]) == (None, 0.5, 0.5)
    (timed,) = points_of([line | {"rows": 40, "milliseconds": 80}])
    assert (timed["rows"], timed["milliseconds"]) == (10, 20)
    rows = as_curve_table([point, timed]).splitlines()
    assert rows[2] == "| x | 2 | 2 | 6.0 | 1.00 | 0.50 |  |  | 0% | 50% | 50% | 50% |"
    draw([point, timed], tmp_path / "curves.svg")
    assert (tmp_path / "curves.svg").read_text().count("<path") > 6

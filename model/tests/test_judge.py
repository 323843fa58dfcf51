import pytest

from diffuscope_model.corpus.mixture import kind_named
from diffuscope_model.measuring.held_out import hold_out
from diffuscope_model.measuring.judge import held_out_for
from diffuscope_model.measuring.marks import mark, wrong_ones
from diffuscope_model.measuring.tables import as_summary, as_table
from diffuscope_model.measuring.write_held_out import SEED
from diffuscope_model.network.shape import Shape
from diffuscope_model.tokenizer.vocabulary import load_tokenizer

KIND = "echo"


def answers() -> list[dict]:
    held_out = hold_out(kind_named(KIND), load_tokenizer(), 4, Shape.window, SEED)
    return [
        {
            "kind": KIND,
            "index": index,
            "prompt": example.prompt,
            "decoder": "threshold",
            "budget": 0.9,
            "answer": example.answer if index < 3 else f"{example.answer}?",
            "passes": 4 + index,
            "tokens": 10,
        }
        for index, example in enumerate(held_out.examples)
    ]


def test_right_answers_count_and_passes_are_means():
    given = answers()
    (point,) = mark(given, held_out_for(given))
    assert (point.right, point.passes, point.tokens, point.examples) == (0.75, 5.5, 10, 4)
    assert "| threshold | 0.9 | 4 | 75% |" in as_table([point])


def test_the_summary_leaves_a_cell_empty_where_nothing_was_decoded():
    given = answers()
    (point,) = mark(given, held_out_for(given))
    assert as_summary([point]).splitlines()[-1] == "| echo | 10 |  |  | 75% (5.5) |  |"


def test_answers_to_other_prompts_are_refused():
    given = answers()
    given[2]["prompt"] = "something else"
    with pytest.raises(ValueError, match="echo 2 is another prompt now"):
        mark(given, held_out_for(given))


def test_the_first_wrong_answers_are_kept():
    given = answers()
    assert wrong_ones(given, held_out_for(given), 2) == [given[3]]

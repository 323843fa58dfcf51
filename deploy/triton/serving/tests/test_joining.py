import numpy as np
import pytest

from asked import column, step
from diffuscope_serving import answer as answering
from diffuscope_serving.answer import answer
from stub_model import CARD, MASK, StubModel

USERS = [
    step([[3, 9, 4, MASK, MASK]], 16, top_k=column(4, dtype=np.int32)),
    step([[3, 10, 11, 12, 4, MASK]], 32),
    step([[3, 5, 4, MASK], [3, 6, 6, 6, 4, MASK, MASK]], 16, top_k=column(2, 9, dtype=np.int32)),
    step([[3, 20, 4, MASK]], 32, ("entropy",)),
    step(
        [[3, 8, 4, MASK, MASK]],
        16,
        ("sampled_ids", "topk_ids"),
        temperature=column(0.9),
        seed=column(5, dtype=np.int64),
    ),
]


@pytest.mark.parametrize("shift", [0, 1])
@pytest.mark.parametrize("rows_at_once", [1, 5, 512])
def test_each_is_answered_as_if_alone(shift, rows_at_once, monkeypatch):
    alone = [answer(StubModel(shift), CARD, [user])[0] for user in USERS]
    monkeypatch.setattr(answering, "ROWS_AT_ONCE", rows_at_once)
    model = StubModel(shift)
    together = answer(model, CARD, USERS)
    assert model.passes == [(4, 16), (2, 32)]
    for mine, ours in zip(alone, together, strict=True):
        assert mine.keys() == ours.keys()
        for name in mine:
            assert mine[name].dtype == ours[name].dtype
            assert np.array_equal(mine[name], ours[name]), name


def test_only_what_is_asked_for_comes_in_the_shapes_of_the_protocol():
    first, _, pair, entropy, sampled = answer(StubModel(), CARD, USERS)
    assert {name: values.shape for name, values in first.items()} == {
        "topk_ids": (1, 16, 4),
        "topk_logprobs": (1, 16, 4),
        "entropy": (1, 16),
    }
    assert pair["topk_ids"].shape == (2, 16, 9)
    assert entropy.keys() == {"entropy"}
    assert sampled.keys() == {"sampled_ids", "topk_ids"}
    assert first["topk_ids"].dtype == np.int32
    assert first["topk_logprobs"].dtype == np.float32


def test_padding_changes_nothing_and_is_answered_with_zeros():
    sequence = [3, 9, 4, MASK, MASK]
    short = answer(StubModel(1), CARD, [step([sequence], 16)])[0]
    long = answer(StubModel(1), CARD, [step([sequence], 32)])[0]
    for name in short:
        assert np.array_equal(short[name][:, :5], long[name][:, :5])
        assert not long[name][:, 5:].any()


def test_nothing_asked_is_nothing_answered():
    assert answer(StubModel(), CARD, []) == []

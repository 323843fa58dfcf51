import numpy as np
import pytest
import torch

from diffuscope_serving.summary import summarise, undo_shift

RANDOM = torch.Generator().manual_seed(1)


@pytest.mark.parametrize("scale", [0.01, 1.0, 30.0])
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_it_is_the_softmax_worked_out_in_float64(scale, dtype):
    logits = (torch.randn(40, 300, generator=RANDOM) * scale).to(dtype)
    summary = summarise(logits, 8)
    exact = logits.double().numpy()
    logprobs = exact - np.log(np.exp(exact - exact.max(1, keepdims=True)).sum(1, keepdims=True))
    logprobs -= exact.max(1, keepdims=True)
    entropy = -(np.exp(logprobs) * logprobs).sum(1)
    order = np.argsort(-exact, axis=1, kind="stable")[:, :8]
    assert np.array_equal(summary.ids.numpy(), order)
    of_order = np.take_along_axis(logprobs, order, 1)
    np.testing.assert_allclose(summary.logprobs.numpy(), of_order, atol=2e-5)
    np.testing.assert_allclose(summary.entropy.numpy(), entropy, atol=2e-4)


def test_of_equals_the_lower_id_comes_first():
    logits = torch.tensor([[1.0, 5.0, 5.0, 0.0, 5.0], [2.0, 2.0, 2.0, 2.0, 2.0]])
    assert summarise(logits, 3).ids[0].tolist() == [1, 2, 4]
    assert summarise(logits, 5).ids[1].tolist() == [0, 1, 2, 3, 4]


def test_entropy_of_the_certain_and_of_the_clueless():
    certain = torch.full((1, 50), -torch.inf)
    certain[0, 7] = 3.0
    assert summarise(certain, 1).entropy.item() == 0
    assert summarise(torch.zeros(1, 50), 1).entropy.item() == pytest.approx(np.log(50))


def test_undoing_a_shift_puts_each_row_at_what_it_is_about():
    rows = torch.arange(10.0).view(1, 5, 2)
    assert undo_shift(rows, 0) is rows
    moved = undo_shift(rows, 1)
    # What was said after position j is about position j + 1; nothing is about position 0.
    assert torch.equal(moved[:, 1:], rows[:, :-1])
    assert torch.equal(moved[:, 0], rows[:, 0])

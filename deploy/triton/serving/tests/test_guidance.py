import numpy as np
import torch

from asked import column, step
from diffuscope_serving.answer import answer
from diffuscope_serving.guidance import guide, without_prompt
from diffuscope_serving.summary import summarise
from stub_model import CARD, MASK, StubModel


def test_guidance_moves_away_from_what_needs_no_prompt():
    with_prompt, without = torch.tensor([[2.0, 0.0]]), torch.tensor([[1.0, 1.0]])
    assert guide(with_prompt, without, torch.tensor([[0.0]])).tolist() == [[2.0, 0.0]]
    assert guide(with_prompt, without, torch.tensor([[1.0]])).tolist() == [[3.0, -1.0]]


def test_a_guided_step_is_the_formula_over_two_plain_ones():
    sequence = [3, 9, 11, 4, MASK, MASK, 7]
    hide = np.zeros((1, 16), bool)
    hide[0, :4] = True
    six = column(6, dtype=np.int32)
    guided = step([sequence], cfg_scale=column(1.5), uncond_mask=hide, top_k=six)
    model = StubModel(shift=1)
    told = answer(model, CARD, [guided])[0]

    real = torch.ones(1, len(sequence), dtype=torch.bool)
    ids = torch.tensor([sequence])
    bare = without_prompt(ids, torch.from_numpy(hide[:, : len(sequence)]), MASK)
    assert bare.tolist() == [[MASK] * 4 + sequence[4:]]
    plain, free = (model.logits(model.hidden(x, real)[0]).float() for x in (ids, bare))
    expected = summarise(guide(plain, free, torch.tensor(1.5)), 6)
    for row in range(1, len(sequence)):
        assert told["topk_ids"][0, row].tolist() == expected.ids[row - 1].tolist()
        of_row = expected.logprobs[row - 1]
        np.testing.assert_allclose(told["topk_logprobs"][0, row], of_row, atol=1e-5)


def test_the_guided_and_the_plain_do_not_touch_each_other():
    hide = np.ones((1, 16), bool)
    guided = step([[3, 5, 4, MASK]], cfg_scale=column(2.0), uncond_mask=hide)
    plain = step([[3, 6, 4, MASK]])
    model = StubModel()
    together = answer(model, CARD, [guided, plain])
    for one, told in zip((guided, plain), together, strict=True):
        for name, values in answer(StubModel(), CARD, [one])[0].items():
            assert np.array_equal(values, told[name])
    assert len(model.passes) == 3


def test_a_scale_of_zero_costs_no_second_pass():
    model = StubModel()
    zero = step([[3, 5, 4, MASK]], cfg_scale=column(0.0), uncond_mask=np.ones((1, 16), bool))
    answer(model, CARD, [zero])
    assert len(model.passes) == 1

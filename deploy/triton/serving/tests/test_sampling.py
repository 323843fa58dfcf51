import numpy as np
import torch

from asked import column, step
from diffuscope_serving.answer import answer
from diffuscope_serving.sampling import draw, gumbel
from stub_model import CARD, MASK, StubModel

DRAWN = ("sampled_ids", "sampled_logprob")


def sampled(sequence, length=16, seed=7, temperature=0.8):
    return step(
        [sequence],
        length,
        DRAWN,
        temperature=column(temperature),
        seed=column(seed, dtype=np.int64),
    )


def test_a_draw_depends_on_seed_and_position_and_on_nothing_else():
    mine = sampled([3, 9, 4, MASK, MASK, MASK])
    alone = answer(StubModel(), CARD, [mine])[0]
    others = [sampled([3, 8, 4, MASK], seed=1), mine, sampled([3, 7, 4, MASK, MASK], seed=7)]
    joined = answer(StubModel(), CARD, others)[1]
    padded = answer(StubModel(), CARD, [sampled([3, 9, 4, MASK, MASK, MASK], 32)])[0]
    for name in DRAWN:
        assert np.array_equal(alone[name], joined[name])
        assert np.array_equal(alone[name][:, :6], padded[name][:, :6])
    masks = [3, 9, 4] + [MASK] * 9
    other_seeds = [answer(StubModel(), CARD, [sampled(masks, seed=seed)])[0] for seed in range(4)]
    assert len({one["sampled_ids"].tobytes() for one in other_seeds}) > 1


def test_draws_follow_the_distribution():
    logits = torch.tensor([2.0, 1.0, 0.0, 3.0])
    count = 20_000
    drawn = draw(
        logits.expand(count, -1), torch.full((count,), 0.7), [3] * count, list(range(count)), [3]
    )
    seen = np.bincount(drawn.ids.numpy(), minlength=4) / count
    allowed = logits[:3] / 0.7
    expected = [*allowed.softmax(0).tolist(), 0.0]
    # Five standard deviations of a share of 0.5.
    assert np.abs(seen - expected).max() < 5 * 0.5 / count**0.5
    np.testing.assert_allclose(
        drawn.logprobs.numpy(), logits.log_softmax(0)[drawn.ids.long()].numpy(), atol=1e-6
    )


def test_at_temperature_zero_the_likeliest_that_may_stand_is_taken():
    logits = torch.tensor([[1.0, 9.0, 5.0]])
    assert draw(logits, torch.zeros(1), [0], [0], [1]).ids.tolist() == [2]
    likeliest = step([[3, 9, 4, MASK]], outputs=("sampled_ids", "topk_ids"))
    told = answer(StubModel(), CARD, [likeliest])[0]
    best = [next(i for i in row if i not in (0, 2)) for row in told["topk_ids"][0, :4].tolist()]
    assert told["sampled_ids"][0, :4].tolist() == best


def test_the_noise_is_gumbel_and_never_infinite():
    noise = torch.cat([gumbel(2000, 1, place, torch.device("cpu")) for place in range(20)])
    assert noise.dtype == torch.float64
    assert torch.isfinite(noise).all()
    assert abs(noise.mean().item() - 0.5772) < 0.04
    assert abs(noise.std().item() - 1.2825) < 0.04

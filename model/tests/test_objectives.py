import math

import pytest
import torch
import torch.nn.functional as F

from diffuscope_model.network import Network, Shape
from diffuscope_model.objectives import causal_loss, draw_masks, masked_loss
from diffuscope_model.stream import ANSWER, PADDING, PROMPT, TAIL, Item, collate, draw_tail
from diffuscope_model.vocabulary import END, MASK, PAD

SHAPE = Shape(vocabulary=64, width=32, layers=1, heads=2, feed_forward=64, window=64)
ITEMS = [
    Item("masked", [3, 10, 11, 4], [20, 21, END], 5),
    Item("masked", [3, 12, 4], [22, END], 0),
]


def test_collating_lays_out_prompt_answer_tail_and_padding():
    batch = collate(ITEMS)
    assert batch.ids.shape == (2, 16)
    assert batch.ids[0, :12].tolist() == [3, 10, 11, 4, 20, 21, END, *[END] * 5]
    assert batch.ids[1, 5:].eq(PAD).all()
    assert batch.roles[0].tolist() == [PROMPT] * 4 + [ANSWER] * 3 + [TAIL] * 5 + [PADDING] * 4


def test_masks_cover_answers_and_tails_only_and_each_has_one():
    batch = collate(ITEMS * 50)
    masked = draw_masks(batch.roles, torch.Generator().manual_seed(0))
    assert not masked[batch.roles < ANSWER].any()
    assert masked.any(dim=1).all()


def test_the_share_of_masks_is_spread_evenly():
    roles = torch.full((64, 1000), ANSWER)
    shares = draw_masks(roles, torch.Generator().manual_seed(0)).float().mean(dim=1).sort().values
    assert (shares - (torch.arange(64) + 0.5) / 64).abs().max() < 0.06


def test_the_masked_loss_reads_row_before_and_ignores_visible_tokens():
    network = Network(SHAPE).start(0).eval()
    batch = collate(ITEMS[:1])
    masked = torch.zeros_like(batch.ids, dtype=torch.bool)
    masked[0, 5] = True
    noisy = batch.ids.clone()
    noisy[0, 5] = MASK
    logits = network(noisy, "bidirectional", batch.ids != PAD)
    expected = F.cross_entropy(logits[0, 4], torch.tensor(21))
    torch.testing.assert_close(masked_loss(network, batch, masked), expected)


def test_the_causal_loss_of_an_even_network_is_the_logarithm_of_the_vocabulary():
    network = Network(SHAPE).start(0)
    with torch.no_grad():
        network.final_norm.weight.zero_()
    assert causal_loss(network, collate(ITEMS)).item() == pytest.approx(math.log(64), rel=1e-5)


def test_tails_fill_canvases_or_stay_short_and_never_leave_the_room():
    from random import Random

    random = Random(0)
    lengths = {10 + draw_tail(10, 100, random) for _ in range(500)}
    assert {24, 48, 80, 96} <= lengths
    assert lengths <= {*range(10, 23), 24, 48, 80, 96}
    assert all(draw_tail(10, 3, random) <= 3 for _ in range(100))

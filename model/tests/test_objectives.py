import math
from random import Random

import pytest
import torch

from diffuscope_model.network import Network, Shape
from diffuscope_model.objectives import draw_masks, losses, weights_of
from diffuscope_model.stream import (
    ANSWER,
    FIRST_COPY,
    OPENING,
    PADDING,
    PROMPT,
    SECOND_COPY,
    TAIL,
    Item,
    collate,
    draw_tail,
)
from diffuscope_model.vocabulary import END, MASK, PAD, SPECIAL

SHAPE = Shape(vocabulary=64, width=32, layers=2, heads=2, feed_forward=64, window=64)
ITEMS = [Item([3, 10, 11, 4], [20, 21, END], 5), Item([3, 12, 4], [22, END], 0)]
NONE = 32


@pytest.fixture(scope="module")
def network() -> Network:
    return Network(SHAPE).start(0).eval()


def random(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_collating_packs_the_prompt_once_and_the_answer_three_times():
    batch = collate(ITEMS)
    assert batch.ids.shape == (2, 32)
    once, masked = [4, 20, 21, END], [4, 20, 21, END, *[END] * 5]
    assert batch.ids[0, :25].tolist() == [3, 10, 11, *once, *masked, *masked]
    assert batch.ids[1, 11:].eq(PAD).all()
    of_copy = [OPENING, *[ANSWER] * 3, *[TAIL] * 5]
    assert batch.roles[0, :25].tolist() == [*[PROMPT] * 3, *of_copy[:4], *of_copy, *of_copy]
    assert batch.roles[0, 25:].eq(PADDING).all()
    assert batch.positions[0, :25].tolist() == [0, 1, 2, *range(3, 7), *range(3, 12), *range(3, 12)]
    assert batch.before[0, 0, :9].tolist() == [NONE, 0, 1, 2, 3, 4, 5, 2, 7]
    assert batch.before[1, 0, :9].tolist() == [NONE, NONE, 0, 1, 2, 3, 4, 1, 2]


def test_segments_see_the_prompt_and_themselves_only():
    visible = collate(ITEMS).layout.visible[0]
    assert visible[1, :25].nonzero()[:, 0].tolist() == [0, 1]
    assert visible[4, :25].nonzero()[:, 0].tolist() == [0, 1, 2, 3, 4]
    assert visible[8, :25].nonzero()[:, 0].tolist() == [0, 1, 2, *range(7, 16)]
    assert visible[20, :25].nonzero()[:, 0].tolist() == [0, 1, 2, *range(16, 25)]


def test_the_copies_masks_complement_each_other():
    batch = collate(ITEMS * 50)
    masked = draw_masks(batch, random())
    assert not masked[batch.roles < ANSWER].any()
    for row in range(len(masked)):
        copies = [
            masked[row, (batch.segments[row] == copy) & (batch.roles[row] >= ANSWER)]
            for copy in (FIRST_COPY, SECOND_COPY)
        ]
        assert (copies[0] ^ copies[1]).all()


def test_the_share_of_masks_is_spread_evenly():
    batch = collate([Item([3, 4], list(range(5, 59)), 0)] * 64)
    first = (batch.segments == FIRST_COPY) & (batch.roles >= ANSWER)
    shares = (draw_masks(batch, random()) & first).sum(dim=1).div(54).sort().values
    assert (shares - (torch.arange(64) + 0.5) / 64).abs().max() < 0.03


def test_the_losses_are_those_of_plain_sequences(network: Network):
    batch = collate(ITEMS)
    masked = draw_masks(batch, random(1))
    causal, hidden = [], []
    for row, item in enumerate(ITEMS):
        start, answer = len(item.prompt), [*item.answer, *[END] * item.tail]
        plain = network(torch.tensor([[*item.prompt, *item.answer]]), "causal")[0]
        causal += [-plain[start - 1 + i, token] for i, token in enumerate(item.answer)]
        for copy in (FIRST_COPY, SECOND_COPY):
            masks = masked[row, batch.segments[row] == copy][1:].tolist()
            noisy = [MASK if mask else token for mask, token in zip(masks, answer, strict=True)]
            plain = network(torch.tensor([[*item.prompt, *noisy]]), "bidirectional")[0]
            hidden += [
                -plain[start - 1 + i, token] for i, token in enumerate(item.answer) if masks[i]
            ]
    got = losses(network, batch, masked)
    torch.testing.assert_close(got.causal, torch.stack(causal).mean())
    torch.testing.assert_close(got.masked, torch.stack(hidden).mean())


def test_only_what_is_hidden_and_what_follows_counts():
    batch = collate(ITEMS[:1])
    weights = weights_of(batch, torch.zeros_like(batch.ids, dtype=torch.bool))[0]
    assert weights.nonzero()[:, 0].tolist() == [1, 2, 4, 5, 6]


def test_the_causal_loss_of_an_even_network_without_a_pointer_is_the_logarithm_of_the_vocabulary():
    network = Network(SHAPE).start(0)
    with torch.no_grad():
        network.final_norm.weight.zero_()
        batch = collate(ITEMS)
        rows = torch.tensor([3])
        even, pointed = network.log_probabilities(batch.ids, batch.layout, rows, torch.tensor([63]))
    # The gate is even, too: one share in three is the vocabulary's, and nobody points at 63.
    assert even.item() == pytest.approx(-math.log(3 * 64), rel=1e-4)
    assert pointed.item() == 0


def test_the_pointer_is_taught_where_the_target_stands_whatever_its_gate_says():
    network = Network(SHAPE).start(0)
    with torch.no_grad():
        network.pointer.gate.weight.zero_()
        network.pointer.query.weight.zero_()
        batch = collate(ITEMS)
        ids = batch.ids
        row = int((batch.segments[0] == 1).nonzero()[1, 0])
        seen = batch.layout.visible[0, row] & (ids[0] >= SPECIAL)
        target = ids[0][seen][:1]
        _, pointed = network.log_probabilities(ids, batch.layout, torch.tensor([row]), target)
    # Without queries it points evenly at all that it sees, the template's tokens left out.
    share = (ids[0][seen] == target).sum() / seen.sum()
    assert pointed.item() == pytest.approx(math.log(share), rel=1e-4)


def test_tails_fill_canvases_or_stay_short_and_never_leave_the_room():
    source = Random(0)
    lengths = {10 + draw_tail(10, 100, source) for _ in range(500)}
    assert {24, 48, 80, 96} <= lengths
    assert lengths <= {*range(10, 23), 24, 48, 80, 96}
    assert all(draw_tail(10, 3, source) <= 3 for _ in range(100))

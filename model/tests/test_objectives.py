import math
from random import Random

import pytest
import torch

from diffuscope_model.network.network import Network
from diffuscope_model.network.shape import Shape
from diffuscope_model.tokenizer.vocabulary import END, MASK, PAD, SPECIAL
from diffuscope_model.training.objectives import (
    UNSURE_WEIGHT,
    draw_masks,
    losses,
    own_sureness,
    weights_of,
)
from diffuscope_model.training.packing import (
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


def test_the_copies_masks_complement_each_other(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("diffuscope_model.training.objectives.LEANING_SHARE", 0.0)
    batch = collate(ITEMS * 50)
    masked = draw_masks(batch, random())
    assert not masked[batch.roles < ANSWER].any()
    for row in range(len(masked)):
        copies = [
            masked[row, (batch.segments[row] == copy) & (batch.roles[row] >= ANSWER)]
            for copy in (FIRST_COPY, SECOND_COPY)
        ]
        assert (copies[0] ^ copies[1]).all()


def test_masks_that_lean_keep_the_left_end_in_both_copies(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("diffuscope_model.training.objectives.LEANING_SHARE", 1.0)
    monkeypatch.setattr("diffuscope_model.training.objectives.RIGHT_END_SHARE", 0.0)
    batch = collate([Item([3, 4], list(range(5, 45)), 14)] * 200)
    masked = draw_masks(batch, random())
    for copy in (FIRST_COPY, SECOND_COPY):
        of_copy = masked[(batch.segments == copy) & (batch.roles == ANSWER)].view(200, 40).float()
        assert of_copy[:, :10].mean() < 0.3
        assert of_copy[:, 30:].mean() > 0.55


def test_masks_do_not_tell_where_the_answer_ends():
    masks = []
    for answer in (10, 30):
        batch = collate([Item([3, 4], list(range(5, 5 + answer)), 40 - answer)] * 100)
        copies = (batch.segments >= FIRST_COPY) & (batch.roles >= ANSWER)
        masks.append(draw_masks(batch, random())[copies].view(100, -1, 40)[:, 0])
    assert torch.equal(*masks)


def test_masks_in_the_networks_own_order_keep_what_is_sure_in_both_copies(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr("diffuscope_model.training.objectives.OWN_SHARE", 1.0)
    batch = collate([Item([3, 4], list(range(5, 45)), 0)] * 200)
    sureness = (torch.arange(40) % 2 * 0.9).expand(200, 40)
    masked = draw_masks(batch, random(), sureness)
    for copy in (FIRST_COPY, SECOND_COPY):
        of_copy = masked[(batch.segments == copy) & (batch.roles == ANSWER)].view(200, 40)
        unsure, sure = of_copy[:, ::2], of_copy[:, 1::2]
        assert not (sure.any(dim=1) & ~unsure.all(dim=1)).any()
        assert of_copy.float().mean() == pytest.approx(0.5, abs=0.02)


def test_own_sureness_is_that_of_an_empty_canvas_and_knows_nothing_of_the_answer(network: Network):
    others = [Item(item.prompt, [30, *item.answer[1:]], item.tail) for item in ITEMS]
    got = own_sureness(network, collate(ITEMS))
    assert torch.equal(got, own_sureness(network, collate(others)))
    for item, row in zip(ITEMS, got, strict=True):
        size = len(item.answer) + item.tail
        plain = network(torch.tensor([[*item.prompt, *[MASK] * size]]), "bidirectional")[0].exp()
        most = plain[len(item.prompt) - 1 : -1].amax(dim=-1)
        assert (row[:size] <= most + 1e-6).all()
        # Of the vocabulary, of a place, and of the same place's counterpart, here the token itself.
        assert (row[:size] >= most / 3 - 1e-6).all()
        assert not row[size:].any()


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


def test_the_surest_token_s_probability_is_that_of_the_full_prediction(network: Network):
    batch = collate(ITEMS)
    rows = (batch.roles[0, 1:] == ANSWER).nonzero()[:3, 0]
    _, _, surest = network.log_probabilities(batch.ids, batch.layout, rows, batch.ids[0, rows + 1])
    item = ITEMS[0]
    plain = network(torch.tensor([[*item.prompt, *item.answer]]), "causal")[0].exp()
    most = plain[len(item.prompt) - 1 : -1].amax(dim=-1)
    # Vocabulary and pointer are not added up: at least half of the whole.
    assert (surest <= most + 1e-6).all() and (surest >= most / 2).all()


def test_an_unsure_masked_prediction_weighs_less(monkeypatch: pytest.MonkeyPatch):
    for name in ("CAUSAL", "PROMPT", "TAIL", "POINTING"):
        monkeypatch.setattr(f"diffuscope_model.training.objectives.{name}_WEIGHT", 0.0)

    class OnceSure(Network):
        def log_probabilities(self, ids, layout, rows, targets):
            surest = torch.zeros(len(rows))
            surest[0] = 1.0
            return torch.where(surest > 0, -1.0, -3.0), torch.zeros(len(rows)), surest

    batch = collate(ITEMS)
    got = losses(OnceSure(SHAPE), batch, draw_masks(batch, random(1)))
    unsure = 4  # Every one of five tokens is masked once, and the network is sure of one.
    assert got.total.item() == pytest.approx(
        (1 + 3 * unsure * UNSURE_WEIGHT) / (1 + unsure * UNSURE_WEIGHT)
    )


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
        even, pointed, _ = network.log_probabilities(
            batch.ids, batch.layout, rows, torch.tensor([63])
        )
    # The gate is even, too: one share in five is the vocabulary's, and nobody points at 63.
    assert even.item() == pytest.approx(-math.log(5 * 64), rel=1e-4)
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
        _, pointed, _ = network.log_probabilities(ids, batch.layout, torch.tensor([row]), target)
    # Without queries it points evenly at all that it sees, the template's tokens left out.
    share = (ids[0][seen] == target).sum() / seen.sum()
    assert pointed.item() == pytest.approx(math.log(share), rel=1e-4)


def test_tails_fill_canvases_or_stay_short_and_never_leave_the_room():
    source = Random(0)
    lengths = {10 + draw_tail(10, 100, source) for _ in range(500)}
    assert {24, 48, 80, 96} <= lengths
    assert lengths <= {*range(10, 23), 24, 48, 80, 96}
    assert all(draw_tail(10, 3, source) <= 3 for _ in range(100))

"""What each mask hides and shows."""

from dataclasses import replace

import torch
from networks import PROMPT, examples, tiny

from open_world.decoding.reader import Reader
from open_world.decoding.seeing import autoregressive_logits, canvas_logits
from open_world.tokens import END, MASK
from open_world.training import whole_canvases as of_canvases
from open_world.training.blocks_on_cache import blocks_on_cache
from open_world.training.examples import Batch
from open_world.training.losses import losses
from open_world.training.whole_canvases import whole_canvases


def batch() -> Batch:
    return examples(40).draw(8, torch.Generator().manual_seed(1), alike=True)


def test_two_masks_of_a_canvas_complement_each_other_unless_they_lean(monkeypatch):
    monkeypatch.setattr(of_canvases, "LEANING_SHARE", 0.0)
    rows = whole_canvases(batch(), torch.Generator().manual_seed(2))
    masked = rows.ids == MASK
    first, second = masked.chunk(2)
    assert not (first & second).any()
    inside = first | second
    counted = torch.nn.functional.pad(rows.weights > 0, (1, 0))[:, :-1]
    assert torch.equal(counted, masked), "what is masked is predicted, from the row before"
    assert (inside.sum(dim=1) % of_canvases.ROOM_STEP == 0).all(), "one run of whole steps"


def test_leaning_masks_know_the_left_rather_than_the_right(monkeypatch):
    monkeypatch.setattr(of_canvases, "LEANING_SHARE", 1.0)
    inside = torch.ones(400, 24, dtype=torch.bool)
    first, second = of_canvases.draw_masks(inside, torch.Generator().manual_seed(3))
    for masked in (first, second):
        share = masked.float().mean(dim=0)
        assert share[:8].mean() < share[-8:].mean() - 0.2


def test_some_canvases_end_before_their_answer():
    drawn = examples(400).draw(200, torch.Generator().manual_seed(4), alike=True)
    rooms = of_canvases.draw_rooms(drawn, torch.Generator().manual_seed(5))
    assert (rooms > drawn.answer).float().mean() > 0.5
    longer = Batch(drawn.ids, drawn.prompt, drawn.answer + 60, drawn.own)
    rooms = of_canvases.draw_rooms(longer, torch.Generator().manual_seed(5))
    assert 0.1 < (rooms <= longer.answer).float().mean() < 0.4


def test_a_canvas_row_gives_what_a_decoder_sees():
    network, drawn = tiny(), batch()
    rows = whole_canvases(drawn, torch.Generator().manual_seed(6))
    states, _ = network.states(rows.ids, rows.positions, rows.visible)
    prompt, end = int(drawn.prompt[0]), int(rows.real[0].sum())
    alone = canvas_logits(network, rows.ids[0, :prompt].tolist(), rows.ids[0, prompt:end].tolist())
    got = network.logits(states[0, prompt - 1 : end - 1])
    assert torch.allclose(got, alone, atol=1e-4)


def test_a_block_of_a_doubled_row_sees_its_cache_and_itself_alone():
    network, drawn, size = tiny(), batch(), 4
    rows = blocks_on_cache(drawn, size, torch.Generator().manual_seed(7))
    states, _ = network.states(rows.ids, rows.positions, rows.visible)
    length = int(rows.causal.sum())
    for example in range(3):
        for first in range(length, rows.ids.shape[1], size + 1):
            begin = int(rows.positions[example, first])
            reader = Reader(network)
            reader.read(rows.ids[example : example + 1, :begin])
            block = rows.ids[example : example + 1, first : first + size + 1]
            alone = reader.look(block)[0]
            got = network.logits(states[example, first : first + size + 1])
            assert torch.allclose(got, alone, atol=1e-4)


def test_the_first_half_of_a_doubled_row_is_read_as_ar_reads_it():
    network, drawn = tiny(), batch()
    rows = blocks_on_cache(drawn, 8, torch.Generator().manual_seed(8))
    states, _ = network.states(rows.ids, rows.positions, rows.visible)
    length = int(drawn.prompt[0] + drawn.answer[0])
    alone = autoregressive_logits(network, rows.ids[0, :length].tolist())
    assert torch.allclose(network.logits(states[0, :length]), alone, atol=1e-4)


def test_blocks_are_asked_for_what_follows():
    drawn, size = batch(), 4
    rows = blocks_on_cache(drawn, size, torch.Generator().manual_seed(9))
    chosen = rows.weights > 0
    of_blocks = chosen & ~rows.causal
    assert of_blocks.any()
    ids, place = drawn.lengthened(200).ids, rows.positions + 1
    assert torch.equal(rows.targets[of_blocks], ids.gather(1, place)[of_blocks])
    behind = torch.nn.functional.pad(rows.ids[:, 1:], (0, 1))
    assert (behind[of_blocks] == MASK).all()


def test_examples_are_in_their_template_and_end():
    drawn = batch()
    for ids, prompt, answer in zip(drawn.ids, drawn.prompt, drawn.answer, strict=True):
        assert ids[:3].tolist() == PROMPT[:3]
        assert ids[prompt - 5 : prompt].tolist() == PROMPT[-5:]
        assert (ids[prompt + answer :] == END).all()


def test_rows_that_are_filled_up_say_the_same():
    network, drawn = tiny(), batch()
    for rows in (
        whole_canvases(drawn, torch.Generator().manual_seed(6)),
        blocks_on_cache(drawn, 4, torch.Generator().manual_seed(7)),
    ):
        loss, filled = (
            losses(network, each) for each in (rows, rows.padded(rows.ids.shape[1] + 9))
        )
        assert torch.allclose(loss.masked, filled.masked, atol=1e-5)
        assert torch.allclose(loss.causal, filled.causal, atol=1e-5)


def test_some_masks_stand_in_runs(monkeypatch):
    monkeypatch.setattr(of_canvases, "LEANING_SHARE", 0.0)
    inside = torch.ones(300, 40, dtype=torch.bool)

    def changes(share: float) -> float:
        monkeypatch.setattr(of_canvases, "GAPS_SHARE", share)
        masked, others = of_canvases.draw_masks(inside, torch.Generator().manual_seed(3))
        assert torch.equal(masked, ~others)
        assert 0.45 < masked.float().mean() < 0.55
        return (masked[:, 1:] != masked[:, :-1]).float().mean().item()

    assert changes(1.0) < 0.5 * changes(0.0)


def test_a_teacher_that_is_the_network_itself_moves_nothing():
    network, drawn = tiny().train(), batch()
    rows = blocks_on_cache(drawn, 4, torch.Generator().manual_seed(8))
    taught = losses(network, rows, network).taught
    taught.backward()
    # Cross-entropy is least where both say the same.
    assert max(w.grad.abs().max() for w in network.parameters() if w.grad is not None) < 1e-5
    other = losses(network, rows, tiny(1)).taught
    assert other > taught
    unwritten = replace(rows, own=torch.zeros_like(rows.own))
    assert losses(network, unwritten, tiny(1)).taught == 0

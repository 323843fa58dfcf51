"""Four bits: what they keep, and what chooses them."""

import pytest
import torch
from networks import examples, tiny

from open_world.measuring.held_out_losses import held_out_losses
from open_world.network.int4 import (
    codes_of,
    in_blocks,
    plain_scales,
    round_through,
    rounded,
    values_of,
)
from open_world.storing.calibrate import calibrated
from open_world.storing.gptq import gptq
from open_world.storing.scales import fitted_scales
from open_world.storing.stored import load_stored, plainly_stored
from open_world.training.mixtures import calibration_rows


def a_weight() -> torch.Tensor:
    return torch.randn(24, 96, generator=torch.Generator().manual_seed(1))


def test_plain_rounding_is_off_by_half_a_step_and_keeps_the_largest():
    weight = a_weight()
    weight[3, :32] = 0
    blocks = in_blocks(weight)
    scales = plain_scales(blocks)
    codes = codes_of(blocks, scales)
    assert codes.min() >= 0
    assert codes.max() <= 15
    off = (values_of(codes, scales) - blocks).abs()
    # The largest has code 0; what is as large with the other sign is cut off at 7 steps.
    kept = blocks / scales < 7
    assert (off <= scales.abs() * 0.51)[kept].all()
    assert (rounded(weight)[3, :32] == 0).all()


def test_a_width_that_no_block_divides_is_refused():
    with pytest.raises(ValueError, match="blocks of 32"):
        in_blocks(torch.zeros(4, 40))


def test_rounding_passes_its_gradient_straight_through():
    weight = a_weight().requires_grad_()
    (round_through(weight) * 3).sum().backward()
    assert torch.equal(weight.grad, torch.full_like(weight, 3))
    assert torch.equal(round_through(weight), rounded(weight.detach()))


def test_gptq_loses_less_than_plain_rounding_and_fitted_scales_less_again():
    weight = a_weight()
    random = torch.Generator().manual_seed(2)
    mixing = torch.eye(96) + 0.3 * torch.randn(96, 96, generator=random)
    inputs = torch.randn(3000, 96, generator=random) @ mixing

    def lost(stored: torch.Tensor) -> float:
        return ((stored - weight) @ inputs.T).square().mean().item()

    codes, scales = gptq(weight, inputs.T @ inputs)
    fitted = fitted_scales(codes, scales, weight, inputs.T @ inputs)
    by_gptq = lost(values_of(codes, scales).flatten(1))
    assert by_gptq < 0.7 * lost(rounded(weight))
    assert lost(values_of(codes, fitted).flatten(1)) < by_gptq


def test_an_input_that_is_never_met_does_no_harm():
    weight, gram = a_weight(), torch.eye(96)
    gram[5] = gram[:, 5] = 0
    codes, scales = gptq(weight, gram)
    assert torch.isfinite(values_of(codes, scales)).all()


def test_a_calibrated_network_is_nearer_to_itself_than_a_plainly_rounded_one(tmp_path):
    few = examples(60)
    rows = calibration_rows(few, 24, seed=1)
    exact, plain = tiny(3), plainly_stored(tiny(3)).network()
    stored = calibrated(tiny(3), rows)
    stored.save(tmp_path / "stored.pt")
    again = load_stored(tmp_path / "stored.pt")
    assert again.shape == stored.shape
    for name, codes in stored.codes.items():
        assert torch.equal(codes, again.codes[name])

    def apart(network) -> float:
        sums = 0.0
        for batch in rows:
            with torch.no_grad():
                logs = [
                    n.logits(n.states(batch.ids, batch.positions, batch.visible)[0]).log_softmax(-1)
                    for n in (exact, network)
                ]
            sums += (logs[0].exp() * (logs[0] - logs[1])).sum(dim=-1)[batch.real].mean().item()
        return sums

    assert apart(again.network()) < 0.8 * apart(plain)


def test_losses_kept_apart_are_the_same_for_the_same_network():
    found = held_out_losses(tiny(4), examples(40), batches=2, each=4)
    assert found == held_out_losses(tiny(4), examples(40), batches=2, each=4)
    assert found.whole > 0 < found.causal
    assert "blocks" in str(found)

import pytest
import torch

from diffuscope_model.corpus.mixture import kind_named
from diffuscope_model.measuring.calibration import calibration_error, expected_calibration_error
from diffuscope_model.measuring.held_out import hold_out
from diffuscope_model.network.network import Network
from diffuscope_model.network.shape import Shape
from diffuscope_model.tokenizer.vocabulary import load_tokenizer


def test_who_is_right_as_often_as_sure_is_calibrated():
    right = torch.arange(1000) % 5 > 0
    assert expected_calibration_error(torch.full((1000,), 0.8), right) == pytest.approx(0, abs=1e-6)
    assert expected_calibration_error(torch.full((1000,), 1.0), right) == pytest.approx(0.2)


def test_bins_count_by_what_is_in_them():
    confidence = torch.tensor([0.95] * 30 + [0.15] * 10)
    right = torch.tensor([True] * 30 + [False] * 10)
    assert expected_calibration_error(confidence, right) == pytest.approx(0.75 * 0.05 + 0.25 * 0.15)


def test_nothing_predicted_is_refused():
    with pytest.raises(ValueError, match="mask some"):
        expected_calibration_error(torch.empty(0), torch.empty(0, dtype=torch.bool))


def test_an_untrained_network_is_unsure_and_rightly_so():
    tokenizer = load_tokenizer()
    shape = Shape(
        vocabulary=tokenizer.get_vocab_size(), width=32, layers=1, heads=2, feed_forward=32
    )
    held_out = hold_out(kind_named("facts"), tokenizer, 8, shape.window, 0)
    untrained = [Network(shape).start(seed).eval() for seed in range(4)]
    errors = [calibration_error(network, held_out, 4) for network in untrained]
    assert sum(errors) / len(errors) < 0.2

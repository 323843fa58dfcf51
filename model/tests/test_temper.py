"""Tempering keeps what is likeliest and takes from how sure of it a network is."""

from __future__ import annotations

import pytest
import torch

from diffuscope_model.network.layout import layout_of
from diffuscope_model.network.network import Network
from diffuscope_model.network.shape import Shape
from diffuscope_model.tokenizer.vocabulary import SPECIAL
from diffuscope_model.training.temper import temper

SHAPE = Shape(vocabulary=64, width=32, layers=2, heads=2, feed_forward=48, window=32)
IDS = torch.randint(SPECIAL, 64, (4, 24), generator=torch.Generator().manual_seed(1))


def _logs(temperature: float) -> torch.Tensor:
    network = Network(SHAPE).start(3)
    # Scores far apart, as training leaves them.
    network.final_norm.weight.data *= 8
    with torch.no_grad():
        return temper(network, temperature)(IDS, "causal")


def test_a_higher_temperature_is_less_sure() -> None:
    sure, unsure = _logs(1.0), _logs(1.5)
    assert unsure.exp().sum(dim=-1).allclose(torch.ones(4, 24), atol=1e-3)
    assert unsure.amax(dim=-1).mean() < sure.amax(dim=-1).mean()


def test_divides_the_scores_of_the_vocabulary() -> None:
    scores = []
    for temperature in (1.0, 2.0):
        network = temper(Network(SHAPE).start(3), temperature)
        with torch.no_grad():
            states, *_ = network.states(IDS, layout_of(IDS, "causal", None))
            scores.append(states @ network.vectors("token").T)
    assert (scores[0] / 2).allclose(scores[1], atol=1e-5)


def test_refuses_what_is_no_temperature() -> None:
    with pytest.raises(ValueError, match="above 0"):
        temper(Network(SHAPE), 0.0)

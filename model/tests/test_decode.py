"""Laws of the decoders, on networks that are scripted, untrained or both."""

import pytest
import torch

from diffuscope_model.measuring.decode import (
    commit_above,
    commit_surest,
    decode_autoregressive,
    decode_diffusion,
    ends_allowed,
    guess,
    sureness_by_end_rule,
)
from diffuscope_model.network.network import Network
from diffuscope_model.network.shape import Shape
from diffuscope_model.tokenizer.vocabulary import END, MASK, NEVER_PREDICTED, PAD

PROMPTS = [[3, 10, 11, 4], [3, 20, 21, 22, 23, 24, 4], [3, 9, 4]]
CANVAS = 10


@pytest.fixture(scope="module")
def network() -> Network:
    shape = Shape(vocabulary=64, width=32, layers=1, heads=2, feed_forward=64, window=32)
    network = Network(shape).start(5).eval()
    with torch.no_grad():
        network.token.weight.mul_(0.3)
    return network


@pytest.mark.parametrize("choose", [commit_surest(1), commit_surest(3), commit_above(0.5)])
def test_every_run_ends_without_masks_and_never_predicts_what_it_must_not(network, choose):
    for answer in decode_diffusion(network, PROMPTS, CANVAS, choose):
        assert len(answer.ids) == CANVAS
        assert not set(answer.ids) & set(NEVER_PREDICTED)
        content = answer.ids[: answer.ids.index(END)] if END in answer.ids else answer.ids
        assert set(answer.ids[len(content) :]) <= {END}


def test_a_batch_equals_its_prompts_one_by_one(network):
    together = decode_diffusion(network, PROMPTS, CANVAS, commit_surest(2))
    alone = [decode_diffusion(network, [p], CANVAS, commit_surest(2))[0] for p in PROMPTS]
    assert together == alone
    together = decode_autoregressive(network, PROMPTS, CANVAS)
    assert together == [decode_autoregressive(network, [p], CANVAS)[0] for p in PROMPTS]


def test_a_threshold_of_zero_commits_at_once_and_above_one_one_a_pass(network):
    # Ends that the first pass cut off from the edge are left for a second one.
    at_once = decode_diffusion(network, PROMPTS, CANVAS, commit_above(0.0))
    assert all(answer.passes <= 2 for answer in at_once)
    by_threshold = decode_diffusion(network, PROMPTS, CANVAS, commit_above(1.1))
    assert by_threshold == decode_diffusion(network, PROMPTS, CANVAS, commit_surest(1))


def test_autoregressive_answers_stop_at_their_first_end(network):
    for answer in decode_autoregressive(network, PROMPTS, CANVAS):
        assert END not in answer.ids[:-1]
        assert answer.passes == len(answer.ids) <= CANVAS


def test_autoregressive_tokens_are_the_causal_argmax(network):
    answer = decode_autoregressive(network, PROMPTS[:1], 4)[0].ids
    for place, token in enumerate(answer):
        logits = network(torch.tensor([PROMPTS[0] + answer[:place]]), "causal")[0, -1]
        forbidden = [*NEVER_PREDICTED, *([END] if place == 0 else [])]
        logits[forbidden] = -torch.inf
        assert logits.argmax().item() == token


def rule(ids, guesses, confidence):
    row = torch.tensor([ids])
    sureness, tail = sureness_by_end_rule(
        row, torch.ones_like(row).bool(), torch.tensor([guesses]), torch.tensor([confidence])
    )
    return [round(x, 2) for x in sureness[0].tolist()], tail[0].tolist()


def test_ends_are_open_from_the_right_edge_inwards_only():
    # A guessed end left of guessed content is closed; in the tail none is surer than its right.
    sureness, tail = rule([MASK] * 5, [9, END, 9, END, END], [0.5, 0.99, 0.4, 0.95, 0.8])
    assert sureness == [0.5, 0.0, 0.4, 0.8, 0.8]
    assert tail == [False] * 5


def test_a_sure_tail_is_free():
    _, tail = rule([MASK, MASK, MASK, END], [9, END, END, END], [0.99, 0.991, 0.995, 0.1])
    assert tail == [False, True, True, False]


def test_what_is_committed_is_never_sure():
    sureness, _ = rule([12, MASK], [9, 9], [0.9, 0.3])
    assert sureness == [0.0, 0.3]


def test_no_end_stands_first_or_left_of_content():
    ids = torch.tensor([[3, 4, MASK, MASK, 30, MASK, PAD]])
    canvas = torch.tensor([[False, False, True, True, True, True, False]])
    assert ends_allowed(ids, canvas)[0, 2:6].tolist() == [False, False, False, True]


def test_a_guess_has_its_probability_among_all_tokens():
    logits = torch.zeros(1, 1, 64)
    logits[..., MASK] = 9.0
    logits[..., END] = 5.0
    logits[..., 40] = 4.0
    for allowed, token in ((True, END), (False, 40)):
        ids, confidence = guess(logits, torch.tensor([[allowed]]))
        assert ids.item() == token
        expected = logits[0, 0].softmax(dim=0)[token].item()
        assert confidence.item() == pytest.approx(expected, rel=1e-5)


def test_ties_go_to_the_lower_position():
    chosen = commit_surest(2)(torch.tensor([[0.0, 0.5, 0.5, 0.5]]))
    assert chosen[0].tolist() == [False, True, True, False]

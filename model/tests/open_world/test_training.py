"""A network of two layers learns both ways, and a run that was interrupted goes on."""

import torch
from networks import SHAPE, examples

from diffuscope_model.network import checkpoint
from open_world.decoding.autoregressive import decode_autoregressive
from open_world.decoding.canvas import decode_blocks
from open_world.decoding.ways import Way
from open_world.network.int4 import rounded
from open_world.network.kept import network_in
from open_world.network.llama import Llama
from open_world.storing.stored import plainly_stored
from open_world.tokens import END
from open_world.training.plan import Plan
from open_world.training.trainer import Sizes, Trainer


def trainer(plan: Plan, optimizer="adamw", rate=4e-3, count=4000) -> Trainer:
    torch.set_num_threads(1)
    return Trainer(
        Llama(SHAPE).start(1), examples(count), plan, Sizes(24, 24), optimizer, rate, seed=1
    )


def copied(network: Llama, of: int = 40) -> tuple[float, float, float]:
    """Shares of unseen echoes that are right: by AR, by a canvas, by cached blocks."""
    network.eval()
    right = [0, 0, 0]
    unseen = examples(of, seed=99).draw(of, torch.Generator().manual_seed(1), alike=True)
    for ids, at, size in zip(unseen.ids, unseen.prompt, unseen.answer, strict=True):
        prompt, answer = ids[:at].tolist(), ids[at : at + size].tolist()
        given = (
            decode_autoregressive(network, [prompt], 16)[0],
            decode_blocks(network, prompt, 16, 16, Way()),
            decode_blocks(network, prompt, 16, 4, Way()),
        )
        for way, each in enumerate(given):
            right[way] += each.ids == answer
    return tuple(count / of for count in right)


def test_two_layers_learn_to_copy_by_all_three_masks():
    learning = trainer(Plan(steps=360, warm_up=30, rounding_from=0.9))
    for _ in range(10):
        learning.take_step()
    first = learning.report()
    while not learning.finished:
        learning.take_step()
        if learning.step == 345:
            learning.report()
    last = learning.report()
    assert last["rounded"]
    for objective in ("whole", "blocks", "causal"):
        assert last[objective] < 0.5 * first[objective], objective
    learning.network.round_weights(False)
    stored = plainly_stored(learning.network).network()
    shares = copied(stored)
    assert min(shares) > 0.3, shares
    assert shares[0] > 0.6, shares


def test_muon_moves_every_matrix_too():
    learning = trainer(Plan(steps=50, warm_up=1), "muon", 0.01, count=100)
    before = {name: w.detach().clone() for name, w in learning.network.named_parameters()}
    learning.take_step()
    for name, weight in learning.network.named_parameters():
        assert not torch.equal(weight, before[name]), name


def test_interrupting_changes_nothing(tmp_path):
    plan = Plan(steps=8, warm_up=2, rounding_from=0.5)
    straight, stopped = trainer(plan, count=200), trainer(plan, count=200)
    for _ in range(8):
        straight.take_step()
    for _ in range(3):
        stopped.take_step()
    stopped.save(tmp_path / "training.pt")
    saved = checkpoint.load(tmp_path / "training.pt")
    resumed = Trainer(network_in(saved), examples(200), plan, Sizes(24, 24), "adamw", 4e-3, seed=5)
    resumed.restore(saved)
    for _ in range(5):
        resumed.take_step()
    assert resumed.finished
    for name, weight in straight.network.state_dict().items():
        assert torch.equal(weight, resumed.network.state_dict()[name]), name


def test_the_last_part_of_a_run_uses_rounded_weights_and_trains_the_exact_ones():
    learning = trainer(Plan(steps=4, rounding_from=0.5, warm_up=1), count=100)
    learning.take_step()
    layer = learning.network.layers[0]
    assert not layer.down.rounded
    for _ in range(2):
        learning.take_step()
    assert layer.down.rounded
    assert not torch.equal(layer.down.weight, rounded(layer.down.weight))


def test_a_plan_ends_by_steps_or_by_seconds():
    plan = Plan(steps=100, seconds=10, warm_up=10)
    assert plan.done(50, 2) == 0.5
    assert plan.done(50, 9) == 0.9
    assert plan.rate(0, 0) < plan.rate(9, 0)
    assert plan.rate(99, 0) >= plan.least
    assert not plan.rounds(70, 1)
    assert plan.rounds(10, 8)


def test_an_answer_is_never_empty():
    network = Llama(SHAPE).start(3)
    with torch.no_grad():
        network.token[END] = 50 * network.token[30:60].mean(dim=0)
    prompt = [1, 20, 21, 40, 2, 21, 1, 22, 21]
    assert decode_blocks(network, prompt, 8, 8, Way()).ids
    assert decode_autoregressive(network, [prompt], 8)[0].ids

"""A tiny network learns, and a run that was interrupted goes on as if it had not been."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import torch

from diffuscope_model.corpus.kind import Example
from diffuscope_model.export.shipped import shipped_network
from diffuscope_model.network import checkpoint
from diffuscope_model.network.network import Network
from diffuscope_model.network.shape import Shape
from diffuscope_model.tokenizer.vocabulary import load_tokenizer
from diffuscope_model.training.schedule import Schedule
from diffuscope_model.training.stream import Pool, Stream
from diffuscope_model.training.temper import TEMPERATURE, temper
from diffuscope_model.training.train import start_of
from diffuscope_model.training.trainer import Trainer

SHIPPED = Path(__file__).parents[2] / "public/models/small"
TINY = Shape(width=64, layers=2, heads=4, feed_forward=128, window=96)


def words(random, step) -> Example:
    """Two words of a few, to be said again."""
    text = " ".join(random.choices(["river", "apple", "stone", "cloud", "lamp"], k=2))
    return Example("echo", text, text, {})


def tiny_trainer(draw=None, **schedule) -> Trainer:
    planned = Schedule(warm_up=10, **schedule)
    trainer = Trainer(
        Network(TINY).start(1),
        load_tokenizer(),
        planned,
        seed=1,
        half=False,
        compiled=False,
        batch_tokens=512,
        pool_size=256,
    )
    if draw:
        trainer.stream.pool = replace(trainer.stream.pool, draw=draw)
    return trainer


def test_a_network_is_trained_on_canvases_of_its_own_order_too():
    trainer = tiny_trainer(words)
    trainer.own_canvases = True
    for _ in range(3):
        trainer.take_step()
    assert 0 < trainer.report()["masked"] < 20


def test_a_tiny_network_learns_to_copy_in_both_directions():
    torch.set_num_threads(1)
    trainer = tiny_trainer(words)
    for _ in range(5):
        trainer.take_step()
    first = trainer.report()
    for _ in range(220):
        trainer.take_step()
    trainer.report()
    for _ in range(20):
        trainer.take_step()
    last = trainer.report()
    assert last["causal"] < 0.35 * first["causal"]
    assert last["masked"] < 0.5 * first["masked"]


def test_interrupting_changes_nothing(tmp_path: Path):
    torch.set_num_threads(1)
    straight = tiny_trainer()
    for _ in range(7):
        straight.take_step()
    straight.report()
    for _ in range(6):
        straight.take_step()

    stopped = tiny_trainer()
    for _ in range(7):
        stopped.take_step()
    stopped.save(tmp_path / "stable.pt")
    resumed = tiny_trainer()
    saved = checkpoint.load(tmp_path / "stable.pt")
    resumed.network.load_state_dict(saved["network"])
    resumed.restore(saved)
    for _ in range(6):
        resumed.take_step()

    expected, got = straight.report(), resumed.report()
    for figure in ("step", "tokens", "causal", "masked"):
        assert got[figure] == expected[figure]
    for name, weight in straight.network.state_dict().items():
        assert torch.equal(weight, resumed.network.state_dict()[name]), name


def a_pool(size: int) -> Pool:
    return Pool(load_tokenizer(), Schedule(curriculum=2).draw, 1, 192, tokens=1024, size=size)


def test_a_pool_has_each_of_its_examples_once_and_shapes_by_length():
    packed = a_pool(300).write(0, 5)
    first_segments = [batch[2, :, 0] for batch in packed]
    assert sum((first == 0).sum() for first in first_segments) == 300
    for batch in packed:
        assert batch.shape[1] == max(1, 1024 // batch.shape[2])


def test_processes_that_write_ahead_change_no_batch_and_a_kill_neither():
    alone, ahead = Stream(a_pool(12)), Stream(a_pool(12), workers=2)
    # Past the curriculum both draw the same mixture, whenever a pool was begun.
    try:
        for _ in range(5):
            assert torch.equal(alone.next(9).ids, ahead.next(9).ids)
        again = Stream(a_pool(12), workers=2)
        again.restore(ahead.state())
        for _ in range(12):
            assert torch.equal(ahead.next(9).ids, again.next(9).ids)
        again.close()
    finally:
        ahead.close()


def test_the_mixture_and_the_rates_follow_the_schedule():
    schedule = Schedule(warm_up=10, curriculum=100, cooldown_start=200, cooldown=50)
    assert schedule.rate(0) == pytest.approx(0.1)
    assert schedule.rate(199) == schedule.rate(200) == 1.0
    assert schedule.rate(225) == pytest.approx(0.5)
    assert schedule.rate(250) == schedule.rate(260) == 0.0

    def share(step: int) -> float:
        random = Random(0)
        return sum(schedule.draw(random, step).kind == "echo" for _ in range(1000)) / 1000

    assert share(99) == pytest.approx(schedule.echo_first, abs=0.05)
    assert share(100) == pytest.approx(schedule.echo_later, abs=0.03)


def command(folder: Path, *more: str) -> subprocess.CompletedProcess:
    sizes = ["--width=32", "--layers=1", "--heads=2", "--feed-forward=64", "--window=96"]
    run = [sys.executable, "-m", "diffuscope_model.training.train", f"--out={folder}", *sizes]
    quick = [
        "--no-compile",
        "--precision=float32",
        "--log-every=1",
        "--probe-every=0",
        "--threads=1",
    ]
    return subprocess.run([*run, *quick, *more], capture_output=True, text=True, timeout=120)


def test_the_command_trains_goes_on_and_cools_down(tmp_path: Path):
    assert "no stable.pt" in command(tmp_path, "--cooldown=2").stderr
    assert command(tmp_path, "--steps=2").returncode == 0
    assert command(tmp_path, "--steps=3").returncode == 0
    assert command(tmp_path, "--cooldown=2").returncode == 0
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [line["step"] for line in lines] == [1, 2, 3, 4, 5, 5]
    final = checkpoint.load(tmp_path / "final.pt")
    assert final["step"] == 5
    assert checkpoint.network_of(final).parameter_count() > 0


def test_a_missing_checkpoint_is_explained(tmp_path: Path):
    with pytest.raises(FileNotFoundError, match="train first"):
        checkpoint.load(tmp_path / "none.pt")


def test_training_starts_from_what_ships():
    started = start_of(SHIPPED)
    shipped = shipped_network(SHIPPED)
    ids = torch.tensor([[3, *range(100, 110), 4, *range(200, 206)]])
    with torch.no_grad():
        surer, as_shipped = started(ids, "bidirectional"), shipped(ids, "bidirectional")
        again = temper(started, TEMPERATURE)(ids, "bidirectional")
    assert torch.allclose(again, as_shipped, atol=1e-4)
    assert surer.amax(dim=-1).mean() > as_shipped.amax(dim=-1).mean()
    trainer = Trainer(
        start_of(SHIPPED),
        load_tokenizer(),
        Schedule(peak=0.05, warm_up=1),
        seed=1,
        half=False,
        compiled=False,
        batch_tokens=512,
        pool_size=64,
    )
    before = trainer.network.token.letters.detach().clone()
    trainer.take_step()
    report = trainer.report()
    assert report["causal"] < 0.5, "trained weights, not random ones"
    assert not torch.equal(before, trainer.network.token.letters)


def test_a_folder_without_a_model_is_explained(tmp_path: Path):
    with pytest.raises(ValueError, match=r"no model in .*manifest\.json is missing"):
        start_of(tmp_path)

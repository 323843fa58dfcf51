"""The exported graphs against PyTorch."""

import json
from itertools import product
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from diffuscope_model.export.compare import distance, furthest
from diffuscope_model.export.packed import packed_denoise, packed_extend
from diffuscope_model.export.quantise import as_stored, dequantise, quantise
from diffuscope_model.export.sessions import Exported
from diffuscope_model.export.write_model import write_model
from diffuscope_model.network.attention import HIDDEN_BIAS
from diffuscope_model.network.network import Network
from diffuscope_model.network.shape import Shape
from diffuscope_model.tokenizer.vocabulary import MASK, PAD, TOKENIZER_FILE

PROMPT = [3, *range(100, 117), 4]
ANSWER = [200, MASK, MASK, 201, MASK, MASK, 300, MASK]


@pytest.fixture(scope="module")
def network() -> Network:
    network = Network(Shape(width=64, layers=3, heads=2, feed_forward=96, window=96)).start(2)
    with torch.no_grad():
        for name, weight in network.named_parameters():
            if "norm" in name:
                weight.uniform_(0.5, 1.5, generator=torch.Generator().manual_seed(len(name)))
        network.token.weight.mul_(0.5)
    return network.eval()


def written(network: Network, folder: Path, precision: str) -> Exported:
    write_model(network, "test", folder, TOKENIZER_FILE, precision)
    return Exported(folder)


@pytest.fixture(scope="module")
def exact(network, tmp_path_factory) -> Exported:
    return written(network, tmp_path_factory.mktemp("fp32"), "fp32")


@pytest.fixture(scope="module")
def stored(network, tmp_path_factory) -> Exported:
    return written(network, tmp_path_factory.mktemp("int8"), "int8")


@pytest.mark.parametrize("window", [64, 96])
def test_the_denoiser_equals_pytorch_in_each_window(network, exact, window):
    expected = packed_denoise(network, PROMPT, ANSWER).numpy()
    got = exact.denoise(PROMPT, ANSWER, window)
    assert distance(got, expected) < 1e-3
    assert (got[:, 16:19] == expected[:, 16:19]).all()


def test_a_batch_is_answered_as_its_parts_are(exact):
    prompts, window = (PROMPT, PROMPT[:7], [3, 4]), 64
    ids = np.full((len(prompts), window), PAD, np.int32)
    bias = np.full((len(prompts), 1, 1, window), HIDDEN_BIAS, np.float32)
    for row, prompt in enumerate(prompts):
        tokens = [*prompt, *ANSWER]
        ids[row, : len(tokens)], bias[row, ..., : len(tokens)] = tokens, 0
    session = onnxruntime.InferenceSession(str(exact.folder / f"serve-{window}.onnx"))
    (packed,) = session.run(["packed"], {"input_ids": ids, "attention_bias": bias})
    for row, prompt in enumerate(prompts):
        first = len(prompt) - 1
        got = packed[row, first : first + len(ANSWER)]
        assert distance(got, exact.denoise(prompt, ANSWER, window)) < 1e-4


def test_extending_equals_a_causal_pass_whatever_the_pieces(network, exact):
    following = [250, 251, 252, 253, 254, 255]
    expected = packed_extend(network, PROMPT, following).numpy()
    whole = exact.empty_cache + 7.0  # what isn't filled must not matter
    cut = ([PROMPT, *[[token] for token in following]], [[3], PROMPT[1:], following])
    for pieces, empty in product(cut, (whole, whole[:, :, : len(PROMPT) + len(following)])):
        before, past = [], empty
        for piece in pieces:
            row, past = exact.extend(before, piece, past)
            before = before + piece
            place = len(before) - len(PROMPT)
            if place >= 0:
                assert distance(row[None], expected[place : place + 1]) < 1e-3
        assert past.shape == empty.shape


def test_stored_weights_give_the_numbers_of_what_was_stored(network, stored):
    kept = as_stored(network)
    expected = packed_denoise(kept, PROMPT, ANSWER).numpy()
    assert distance(stored.denoise(PROMPT, ANSWER), expected) < 1e-3
    row, _ = stored.extend([], PROMPT, stored.empty_cache)
    assert distance(row[None], packed_extend(kept, PROMPT, []).numpy()) < 1e-3


def test_eight_bits_are_close(network, stored):
    expected = packed_denoise(network, PROMPT, ANSWER).numpy()
    off = np.abs(stored.denoise(PROMPT, ANSWER)[:, 32] - expected[:, 32]).max()
    assert 0 < off < 0.1


@pytest.mark.parametrize(("bits", "levels"), [(8, 127), (4, 7)])
def test_quantising_is_off_by_half_a_step_at_most(bits: int, levels: int):
    weight = torch.randn(8, 64, generator=torch.Generator().manual_seed(0)).numpy()
    weight[3, :32] = 0
    kept = dequantise(*quantise(weight, bits))
    steps = np.abs(weight.reshape(8, 2, 32)).max(axis=2, keepdims=True) / levels
    assert (np.abs(weight - kept).reshape(8, 2, 32) <= steps * 0.51).all()
    assert (kept[3, :32] == 0).all()


def test_a_width_that_no_block_divides_is_refused():
    with pytest.raises(ValueError, match="blocks of 32"):
        quantise(np.zeros((4, 40), np.float32))


def test_all_graphs_share_one_file_of_weights(stored):
    files = {path.name for path in stored.folder.iterdir()}
    kinds = [f"{kind}-{window}.onnx" for kind in ("denoise", "serve") for window in (64, 96)]
    graphs = {*kinds, "extend.onnx"}
    assert files == graphs | {"weights.bin", "tokenizer.json", "manifest.json"}
    for graph in graphs:
        assert (stored.folder / graph).stat().st_size < 80_000


def test_the_manifest_describes_the_files_and_its_self_check_holds(stored):
    manifest = json.loads((stored.folder / "manifest.json").read_text())
    assert manifest["revision"] == manifest["weights"]["sha256"][:12]
    for file in (manifest["weights"], manifest["tokenizer"], *manifest["graphs"]["denoise"]):
        assert (stored.folder / file["file"]).stat().st_size == file["bytes"]
    check = manifest["golden"]["denoise"]
    again = stored.denoise(check["promptIds"], check["answerIds"])
    assert distance(again, np.array(check["packed"])) < 1e-3


def test_comparing_finds_a_graph_of_other_weights(network, exact):
    assert furthest(network, exact, seed=1) < 1e-3
    other = Network(network.shape).start(9).eval()
    assert furthest(other, exact, seed=1) > 0.1

"""The folder that ships, written and read back."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from networks import SHAPE

from diffuscope_model.tokenizer.vocabulary import TOKENIZER_FILE
from open_world.decoding.seeing import canvas_logits
from open_world.folder import stream
from open_world.folder.read_folder import read_folder
from open_world.folder.stream import pack_nibbles, unpack_nibbles
from open_world.folder.write_folder import write_folder
from open_world.network.llama import Llama
from open_world.storing.stored import Stored, plainly_stored


@pytest.fixture(scope="module")
def stored() -> Stored:
    return plainly_stored(Llama(replace(SHAPE, vocabulary=5996)).start(5))


@pytest.fixture
def written(stored, tmp_path, monkeypatch):
    monkeypatch.setattr(stream, "SHARD", 70_000)
    return tmp_path, write_folder(stored, TOKENIZER_FILE, tmp_path)


def test_what_was_written_is_read_back(stored, written):
    folder, manifest = written
    again = read_folder(folder)
    assert again.codes.keys() == stored.codes.keys()
    for name, codes in stored.codes.items():
        assert torch.equal(again.codes[name], codes)
        assert torch.equal(again.scales[name], stored.scales[name])
    for name, values in stored.others.items():
        assert torch.equal(again.others[name], values)
    assert manifest == json.loads((folder / "manifest.json").read_text())
    assert "SmolLM2-135M-Instruct by Hugging Face" in (folder / "NOTICE").read_text()


def test_shards_are_of_one_size_and_tensors_are_aligned(written):
    folder, manifest = written
    sizes = [shard["bytes"] for shard in manifest["weights"]]
    assert len(sizes) > 2
    assert set(sizes[:-1]) == {70_000}
    for shard in manifest["weights"]:
        assert (folder / shard["file"]).stat().st_size == shard["bytes"]
    ends = []
    for tensor in manifest["tensors"].values():
        for part in (tensor["data"], *([tensor["scales"]] if "scales" in tensor else [])):
            assert part["offset"] % 64 == 0
            ends.append(part["offset"] + part["bytes"])
    assert max(ends) == sum(sizes)


def test_tensors_have_the_names_and_shapes_of_transformers(written):
    _, manifest = written
    tensors, width = manifest["tensors"], SHAPE.width
    keys = SHAPE.key_heads * SHAPE.head_width
    shapes = {
        "model.embed_tokens.weight": [5996, width],
        "model.norm.weight": [width],
        "model.layers.1.input_layernorm.weight": [width],
        "model.layers.1.post_attention_layernorm.weight": [width],
        "model.layers.1.self_attn.q_proj.weight": [SHAPE.heads * SHAPE.head_width, width],
        "model.layers.1.self_attn.k_proj.weight": [keys, width],
        "model.layers.1.self_attn.v_proj.weight": [keys, width],
        "model.layers.1.self_attn.o_proj.weight": [width, SHAPE.heads * SHAPE.head_width],
        "model.layers.1.mlp.gate_proj.weight": [SHAPE.feed_forward, width],
        "model.layers.1.mlp.up_proj.weight": [SHAPE.feed_forward, width],
        "model.layers.1.mlp.down_proj.weight": [width, SHAPE.feed_forward],
    }
    assert {name: tensors[name]["shape"] for name in shapes} == shapes
    assert len(tensors) == 2 + 9 * SHAPE.layers


def test_a_value_stands_where_the_format_says(stored, written):
    folder, manifest = written
    content = b"".join((folder / shard["file"]).read_bytes() for shard in manifest["weights"])
    tensor = manifest["tensors"]["model.layers.0.self_attn.v_proj.weight"]
    row, column = 5, 33
    blocks = SHAPE.width // 32
    at = tensor["data"]["offset"] + (row * blocks + column // 32) * 16 + column % 32 // 2
    code = content[at] >> 4 if column % 2 else content[at] & 15
    start = tensor["scales"]["offset"] + 2 * (row * blocks + column // 32)
    scale = np.frombuffer(content, np.float16, 1, start)[0]
    first = (SHAPE.heads + SHAPE.key_heads) * SHAPE.head_width
    expected = stored.matrix("layers.0.query_key_value.weight")[first + row, column]
    assert (code - 8) * float(scale) == pytest.approx(float(expected))


def test_the_golden_numbers_are_the_stored_weights(written):
    folder, manifest = written
    network, golden = read_folder(folder).network(), manifest["golden"]["denoise"]
    with torch.no_grad():
        logits = canvas_logits(network, golden["promptIds"], golden["answerIds"])
    packed = np.array(golden["packed"])
    values, ids = logits.topk(manifest["topK"])
    assert packed.shape == (len(golden["answerIds"]), 2 * manifest["topK"] + 2)
    assert np.allclose(packed[:, :16], values, atol=1e-3)
    assert (packed[:, 16:32] == ids.numpy()).all()


def test_a_damaged_or_missing_file_is_told(written):
    folder, manifest = written
    file = folder / manifest["weights"][1]["file"]
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(ValueError, match="not the file that the manifest names"):
        read_folder(folder)
    file.unlink()
    with pytest.raises(ValueError, match="is missing"):
        read_folder(folder)
    with pytest.raises(ValueError, match=r"manifest\.json is missing"):
        read_folder(folder / "nowhere")


def test_an_earlier_streams_files_are_taken_away(stored, tmp_path):
    (tmp_path / "weights-77.bin").write_bytes(b"old")
    write_folder(stored, TOKENIZER_FILE, tmp_path)
    assert [file.name for file in tmp_path.glob("weights-*.bin")] == ["weights-00.bin"]


def test_nibbles_are_packed_even_ones_low():
    codes = np.arange(32, dtype=np.uint8) % 16
    packed = pack_nibbles(codes)
    assert packed[0] == 0 | 1 << 4
    assert np.array_equal(unpack_nibbles(packed), codes)

"""The ONNX models that the page writes, read by onnx itself."""

from base64 import b64decode
from collections import Counter
from pathlib import Path

import onnx
import pytest

GOLDENS = Path(__file__).parents[2] / "src" / "engines" / "graph" / "goldens"
LAYERS, WIDTH, KEY_HEADS, HEAD_WIDTH, TOP_K = 2, 32, 2, 32, 4
NAMES = ["denoiser", "pass-8", "pass-4"]


def read(name: str) -> onnx.ModelProto:
    return onnx.ModelProto.FromString(b64decode((GOLDENS / f"{name}.onnx.base64").read_text()))


def shapes(values) -> dict[str, list[int | str]]:
    return {
        value.name: [dim.dim_param or dim.dim_value for dim in value.type.tensor_type.shape.dim]
        for value in values
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_model_is_one(name, tmp_path):
    model = read(name)
    end = max(
        int(entry["offset"]) + int(entry["length"])
        for entry in (
            {each.key: each.value for each in tensor.external_data}
            for tensor in model.graph.initializer
        )
        if entry
    )
    for node in model.graph.node:
        # onnxruntime keeps this one of its own among the standard operators.
        if node.op_type == "SimplifiedLayerNormalization":
            node.domain = "com.microsoft"
    (tmp_path / "weights").write_bytes(bytes(end))
    (tmp_path / "model.onnx").write_bytes(model.SerializeToString())
    onnx.checker.check_model(str(tmp_path / "model.onnx"), full_check=True)
    assert {each.domain: each.version for each in model.opset_import} == {
        "": 21,
        "com.microsoft": 1,
    }


@pytest.mark.parametrize("name", NAMES)
def test_weights_stand_outside_one_after_the_other_and_fill_their_shapes(name):
    sizes = {onnx.TensorProto.FLOAT: 4, onnx.TensorProto.UINT8: 1, onnx.TensorProto.INT8: 1}
    end = 0
    for tensor in read(name).graph.initializer:
        if tensor.data_location != onnx.TensorProto.EXTERNAL:
            assert onnx.numpy_helper.to_array(tensor).size < 5_000
            continue
        place = {each.key: each.value for each in tensor.external_data}
        offset, length = int(place["offset"]), int(place["length"])
        count = 1
        for size in tensor.dims:
            count *= size
        assert place["location"] == "weights" and offset % 64 == 0 and offset >= end
        assert length == count * sizes[tensor.data_type]
        end = offset + length


def test_the_denoiser_takes_rows_and_what_they_see():
    graph = read("denoiser").graph
    assert shapes(graph.input) == {
        "ids": [1, "rows"],
        "positions": [1, "rows"],
        "bias": [1, 1, "attending", "seen"],
        "asked": ["asked"],
    }
    assert shapes(graph.output) == {"packed": [1, "asked", 2 * TOP_K + 2]}


@pytest.mark.parametrize(
    ("name", "answered", "shape"),
    [
        ("pass-8", "new", [1, "rows", KEY_HEADS * HEAD_WIDTH]),
        ("pass-4", "present", [1, KEY_HEADS, "seen", HEAD_WIDTH]),
    ],
)
def test_a_pass_on_a_cache_takes_and_answers_keys_and_values(name, answered, shape):
    graph = read(name).graph
    parts = [f"{layer}.{kind}" for layer in range(LAYERS) for kind in ("key", "value")]
    given, answers = shapes(graph.input), shapes(graph.output)
    for part in parts:
        assert given[f"past.{part}"] == [1, KEY_HEADS, "past", HEAD_WIDTH]
        assert answers[f"{answered}.{part}"] == shape
    assert set(answers) == {"packed", *(f"{answered}.{part}" for part in parts)}


def test_the_operators_and_their_attributes_say_what_is_meant():
    nodes = read("pass-4").graph.node
    counts = Counter(node.op_type for node in nodes)
    # Query, key, value, out, gate, up and down of each layer, and the head.
    assert counts["MatMulNBits"] == 7 * LAYERS + 1
    assert counts["MultiHeadAttention"] == LAYERS and counts["RotaryEmbedding"] == 2 * LAYERS
    assert counts["SkipSimplifiedLayerNormalization"] == 2 * LAYERS
    attributes = {
        node.op_type: {each.name: onnx.helper.get_attribute_value(each) for each in node.attribute}
        for node in nodes
    }
    assert attributes["MultiHeadAttention"] == {"num_heads": KEY_HEADS}
    assert attributes["MatMulNBits"] == {"K": WIDTH, "N": 160, "bits": 4, "block_size": 32}
    assert attributes["SkipSimplifiedLayerNormalization"]["epsilon"] == pytest.approx(1e-5)
    assert attributes["GatherBlockQuantized"] == {
        "gather_axis": 0,
        "quantize_axis": 2,
        "block_size": 32,
        "bits": 4,
    }

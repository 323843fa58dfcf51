"""The container of llama.cpp, written by hand."""

import struct
from pathlib import Path

import numpy as np
import pytest
from networks import SHAPE

from open_world.network.gguf import FLOAT32, Q4_1, Q8_0, GgufFile
from open_world.network.original import network_of, shape_of, tokenizer_of

ALIGNMENT = 32


def text(value: str) -> bytes:
    return struct.pack("<Q", len(value)) + value.encode()


def entry(name: str, value) -> bytes:
    if isinstance(value, list):
        items = b"".join(map(text, value))
        return text(name) + struct.pack("<IIQ", 9, 8, len(value)) + items
    form, kind = ("<f", 6) if isinstance(value, float) else ("<I", 4)
    return text(name) + struct.pack("<I", kind) + struct.pack(form, value)


def write(file: Path, metadata: dict, tensors: dict[str, tuple[int, tuple[int, ...], bytes]]):
    head, data = b"", b""
    for name, (kind, shape, content) in tensors.items():
        data += bytes(-len(data) % ALIGNMENT)
        axes = struct.pack(f"<{len(shape)}Q", *shape[::-1])
        head += text(name) + struct.pack("<I", len(shape)) + axes
        head += struct.pack("<IQ", kind, len(data))
        data += content
    start = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(metadata))
    start += b"".join(entry(*each) for each in metadata.items()) + head
    file.write_bytes(start + bytes(-len(start) % ALIGNMENT) + data)


def test_each_form_is_read(tmp_path):
    scale, least = np.float16(0.5), np.float16(-2)
    low_and_high = np.arange(16, dtype=np.uint8) | (15 - np.arange(16, dtype=np.uint8)) << 4
    nibbles = scale.tobytes() + least.tobytes() + low_and_high.tobytes()
    eights = scale.tobytes() + np.arange(-16, 16, dtype=np.int8).tobytes()
    plain = np.arange(6, dtype=np.float32)
    tensors = {
        "plain": (FLOAT32, (2, 3), plain.tobytes()),
        "eight": (Q8_0, (1, 32), eights),
        "four": (Q4_1, (1, 32), nibbles),
        "odd": (99, (1, 32), nibbles),
    }
    write(tmp_path / "a.gguf", {"a.number": 7, "a.list": ["x", "yz"]}, tensors)
    file = GgufFile(tmp_path / "a.gguf")
    assert file.metadata == {"a.number": 7, "a.list": ["x", "yz"]}
    assert np.array_equal(file.tensor("plain"), plain.reshape(2, 3))
    assert np.array_equal(file.tensor("eight")[0], 0.5 * np.arange(-16, 16))
    expected = np.concatenate([np.arange(16), 15 - np.arange(16)]) * 0.5 - 2
    assert np.array_equal(file.tensor("four")[0], expected)
    with pytest.raises(ValueError, match="GGML type 99"):
        file.tensor("odd")


def test_another_file_is_refused(tmp_path):
    (tmp_path / "b.gguf").write_bytes(b"PK\3\4 and so on")
    with pytest.raises(ValueError, match="not a GGUF file"):
        GgufFile(tmp_path / "b.gguf")


def test_a_network_is_taken_apart(tmp_path):
    random, tensors = np.random.default_rng(0), {}
    shape = SHAPE

    def put(name: str, *size: int) -> np.ndarray:
        values = random.normal(size=size).astype(np.float32)
        tensors[f"{name}.weight"] = (FLOAT32, size, values.tobytes())
        return values

    put("token_embd", shape.vocabulary, shape.width)
    put("output_norm", shape.width)
    keys = shape.key_heads * shape.head_width
    for place in range(shape.layers):
        layer = f"blk.{place}"
        put(f"{layer}.attn_norm", shape.width)
        put(f"{layer}.ffn_norm", shape.width)
        query = put(f"{layer}.attn_q", shape.heads * shape.head_width, shape.width)
        put(f"{layer}.attn_k", keys, shape.width)
        put(f"{layer}.attn_v", keys, shape.width)
        put(f"{layer}.attn_output", shape.width, shape.heads * shape.head_width)
        put(f"{layer}.ffn_gate", shape.feed_forward, shape.width)
        put(f"{layer}.ffn_up", shape.feed_forward, shape.width)
        put(f"{layer}.ffn_down", shape.width, shape.feed_forward)
    tokens = [f"<{number}>" for number in range(17)] + ["a", "b", "ab"]
    tokens += [f"w{number}" for number in range(shape.vocabulary - len(tokens))]
    metadata = {
        "llama.embedding_length": shape.width,
        "llama.block_count": shape.layers,
        "llama.attention.head_count": shape.heads,
        "llama.attention.head_count_kv": shape.key_heads,
        "llama.feed_forward_length": shape.feed_forward,
        "llama.rope.freq_base": float(shape.rope_base),
        "llama.attention.layer_norm_rms_epsilon": 1e-5,
        "tokenizer.ggml.tokens": tokens,
        "tokenizer.ggml.merges": ["a b"],
    }
    write(tmp_path / "c.gguf", metadata, tensors)
    file = GgufFile(tmp_path / "c.gguf")
    assert shape_of(file) == shape
    network = network_of(file)
    # The second pair of the first head: llama.cpp has it in rows 2 and 3, here halves stand apart.
    mixed = network.layers[1].query_key_value.weight.detach().numpy()
    half = shape.head_width // 2
    assert np.array_equal(mixed[1], query[2])
    assert np.array_equal(mixed[1 + half], query[3])
    assert tokenizer_of(file).encode("ab").ids == [19]

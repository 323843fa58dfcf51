import json

import pytest
from tokenizers import Tokenizer, pre_tokenizers

from diffuscope_serving.adapters import adapter_of

DREAM = adapter_of("dream-7b-instruct")
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|mask|>"]


def write_parts(folder):
    """A vocabulary of bytes and a few merges, in the files that Dream's weights bring."""
    merges = ["h e", "l l", "he ll", "\u0120 w"]
    pieces = [*sorted(pre_tokenizers.ByteLevel.alphabet()), *(m.replace(" ", "") for m in merges)]
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    (folder / "vocab.json").write_text(json.dumps(vocabulary), "utf-8")
    (folder / "merges.txt").write_text("\n".join(["#version: 0.2", *merges, ""]), "utf-8")
    flags = dict.fromkeys(("lstrip", "rstrip", "normalized", "single_word"), False)
    added = {
        str(len(vocabulary) + place): {"content": token, "special": True, **flags}
        for place, token in enumerate(SPECIAL)
    }
    config = {"tokenizer_class": "DreamTokenizer", "added_tokens_decoder": added}
    (folder / "tokenizer_config.json").write_text(json.dumps(config), "utf-8")
    return len(vocabulary)


def test_a_tokenizer_in_parts_becomes_the_one_file_that_the_page_reads(tmp_path):
    first = write_parts(tmp_path)
    file = DREAM.tokenizer_file(tmp_path)
    tokenizer = Tokenizer.from_file(str(file))
    assert [tokenizer.token_to_id(token) for token in SPECIAL] == list(range(first, first + 4))
    for text in (
        "hello world",
        "<|im_start|>user\nhello<|im_end|>",
        "\u00e9 12\n\n  x",
        "a<|mask|>b",
    ):
        ids = tokenizer.encode(text, add_special_tokens=False).ids
        assert tokenizer.decode(ids, skip_special_tokens=False) == text
    assert len(tokenizer.encode("hello").ids) == 2
    before = file.stat().st_mtime_ns
    assert DREAM.tokenizer_file(tmp_path) == file
    assert file.stat().st_mtime_ns == before
    assert [path.name for path in tmp_path.glob("tokenizer.json*")] == ["tokenizer.json"]


def test_a_missing_part_is_named(tmp_path):
    write_parts(tmp_path)
    (tmp_path / "merges.txt").unlink()
    with pytest.raises(ValueError, match=r"merges\.txt is missing"):
        DREAM.tokenizer_file(tmp_path)

import dataclasses
import hashlib
import json

import numpy as np
import pytest
import torch

from asked import column, step
from diffuscope_serving.adapters import ADAPTERS, adapter_of, dream, llada
from diffuscope_serving.answer import answer
from diffuscope_serving.card import Card
from diffuscope_serving.summary import summarise
from diffuscope_serving.weights import find_weights
from diffuscope_serving.write_repository import SHIPPED, write_model
from plain_transformer import PARTS_OF_DREAM, PARTS_OF_LLADA, forward, named
from tiny_checkpoints import DREAM, LLADA, small, write_dream, write_llada, write_tokenizer

CPU = torch.device("cpu")
FEW = 200

OUTER = {
    "llada-8b-instruct": {
        "model.transformer.wte": "embedding",
        "model.transformer.ln_f": "last_norm",
        "model.transformer.ff_out": "head",
    },
    "dream-7b-instruct": {
        "model.embed_tokens": "embedding",
        "model.norm": "last_norm",
        "lm_head": "head",
    },
}
CASES = {
    "llada-8b-instruct": (LLADA, write_llada, "model.transformer.blocks.", PARTS_OF_LLADA, 4, 0),
    "dream-7b-instruct": (DREAM, write_dream, "model.layers.", PARTS_OF_DREAM, 2, 1),
}


def test_the_published_constants():
    assert (llada.FACTS.mask, llada.FACTS.vocabulary, llada.SHIFT) == (126336, 126464, 0)
    assert llada.FACTS.special == {"<|endoftext|>": 126081, "<|eot_id|>": 126348}
    assert (dream.FACTS.mask, dream.FACTS.vocabulary, dream.SHIFT) == (151666, 152064, 1)
    assert dream.FACTS.special["<|endoftext|>"] == dream.FACTS.end == 151643


@pytest.mark.parametrize("name", CASES)
def test_a_checkpoint_of_this_architecture_is_computed_as_published(name, tmp_path):
    config, write, layer, parts, kv_heads, shift = CASES[name]
    config = small(config, FEW)
    tensors = write(tmp_path, config)
    model = adapter_of(name).load(tmp_path, CPU)
    assert model.shift == shift
    sequences = [[7, 30, 11, 199, 5, 5, 90], [3, 8, 8, 140]]
    told = answer(model, tiny_card(), [step(sequences, 12, card=tiny_card(), top_k=top(6, 6))])[0]
    find = named(tensors, layer, parts, OUTER[name])
    for row, ids in enumerate(sequences):
        logits = forward(
            torch.tensor(ids),
            find,
            heads=4,
            kv_heads=kv_heads,
            base=config["rope_theta"],
            epsilon=config["rms_norm_eps"],
        )
        expected = summarise(logits, 6)
        for position in range(shift, len(ids)):
            about = position - shift
            got = told["topk_ids"][row, position].tolist()
            assert got == expected.ids[about].tolist()
            np.testing.assert_allclose(
                told["topk_logprobs"][row, position], expected.logprobs[about], atol=2e-4
            )
            assert told["entropy"][row, position] == pytest.approx(
                expected.entropy[about].item(), abs=2e-4
            )


@pytest.mark.parametrize("name", CASES)
def test_positions_see_what_follows_and_never_padding(name, tmp_path):
    config, write, *_ = CASES[name]
    write(tmp_path, small(config, FEW))
    model = adapter_of(name).load(tmp_path, CPU)
    real = torch.arange(8)[None] < 5
    ids = torch.tensor([[4, 9, 7, 6, 3, 0, 0, 0]])
    with torch.inference_mode():
        states = model.hidden(ids, real)
        padded = model.hidden(ids.masked_fill(~real, 150), real)
        later = model.hidden(ids.index_fill(1, torch.tensor(4), 77), real)
    assert torch.equal(states[:, :5], padded[:, :5])
    assert not torch.allclose(states[:, 0], later[:, 0], atol=1e-3)


def tiny_card() -> Card:
    from stub_model import CARD

    return dataclasses.replace(CARD, vocabulary=dataclasses.replace(CARD.vocabulary, size=FEW))


def top(*values):
    return column(*values, dtype=np.int32)


@pytest.mark.parametrize("name", CASES)
def test_weights_that_do_not_fit_are_refused(name, tmp_path):
    config, write, *_ = CASES[name]
    write(tmp_path, small(config, FEW))
    layers = "n_layers" if "n_layers" in config else "num_hidden_layers"
    (tmp_path / "config.json").write_text(json.dumps({**small(config, FEW), layers: 3}))
    with pytest.raises(ValueError, match="don't fit"):
        adapter_of(name).load(tmp_path, CPU)


def test_a_llada_that_is_no_llama_is_refused(tmp_path):
    write_llada(tmp_path, {**small(LLADA, FEW), "block_type": "sequential"})
    with pytest.raises(ValueError, match="block_type sequential; LLaDA has llama"):
        adapter_of("llada-8b-instruct").load(tmp_path, CPU)


@pytest.mark.parametrize("name", CASES)
def test_the_card_is_read_from_the_weights(name, tmp_path):
    config, write, *_ = CASES[name]
    facts = {"llada-8b-instruct": llada, "dream-7b-instruct": dream}[name].FACTS
    folder = tmp_path / name
    tensors = write(folder, config)
    write_tokenizer(folder, facts)
    assert find_weights(adapter_of(name), tmp_path) == folder
    card = write_model(adapter_of(name), folder, SHIPPED, tmp_path / "out")
    assert card.parameters == sum(tensor.numel() for tensor in tensors.values())
    assert card.vocabulary.mask == config["mask_token_id"]
    assert card.vocabulary.size == config["vocab_size"]
    assert card.buckets[:4] == [32, 64, 128, 256]
    assert card.buckets[-1] == card.window
    assert facts.special["<|endoftext|>"] == card.vocabulary.end
    assert len(card.template.before) > 0
    assert len(card.template.after) > 0
    tokenizer = (folder / "tokenizer.json").read_bytes()
    assert card.tokenizer.sha256 == hashlib.sha256(tokenizer).hexdigest()
    assert (tmp_path / "out" / name / "tokenizer.json").read_bytes() == tokenizer
    assert Card.from_json(card.to_json()) == card


def test_weights_of_another_model_are_refused(tmp_path):
    write_llada(tmp_path, {**small(LLADA, FEW), "mask_token_id": 5})
    with pytest.raises(ValueError, match="must have mask_token_id 126336"):
        adapter_of("llada-8b-instruct").card(tmp_path, CPU)


def test_missing_weights_are_named(tmp_path):
    for adapter in ADAPTERS.values():
        with pytest.raises(ValueError, match="is missing"):
            adapter.card(tmp_path, CPU)

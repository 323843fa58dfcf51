import numpy as np
import pytest

from asked import column, tensors
from diffuscope_serving.step import BadRequestError, read_step
from stub_model import CARD

GOOD = tensors([[3, 9, 4, 0]], 16)
LONG = tensors([[3, 9, 4, 0]], 33)


def test_defaults():
    step = read_step(GOOD.get, [], CARD)
    assert (step.k, step.guidance, step.sampling) == (8, None, None)
    assert step.outputs == {"topk_ids", "topk_logprobs", "entropy"}
    assert step.lengths.tolist() == [4]


def test_candidates_are_capped():
    many = {**GOOD, "top_k": column(500, dtype=np.int32)}
    assert read_step(many.get, [], CARD).k == CARD.topK


HOLED = GOOD["attention_mask"].copy()
HOLED[0, 1] = 0
TWO = GOOD["attention_mask"] * 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"input_ids": None}, "input_ids is missing"),
        ({"attention_mask": None}, "attention_mask is missing"),
        ({"input_ids": GOOD["input_ids"].astype(np.int32)}, "must be int64"),
        ({"input_ids": GOOD["input_ids"][0]}, "tokens"),
        ({"input_ids": GOOD["input_ids"] + 21}, "outside the vocabulary of 24"),
        ({"input_ids": GOOD["input_ids"] - 1}, "token id -1"),
        ({"attention_mask": GOOD["attention_mask"][:, :8]}, "shaped like"),
        ({"attention_mask": HOLED}, "ones, then zeros"),
        ({"attention_mask": TWO}, "ones, then zeros"),
        ({"attention_mask": np.zeros((1, 16), np.int64)}, "at least 2 tokens"),
        (LONG, "33 tokens are more than the window of 32"),
        (tensors([[3, 4]] * 65, 16), "at most 64 sequences"),
        ({"top_k": column(0, dtype=np.int32)}, "1 or more"),
        ({"top_k": column(4.0)}, "must be int32"),
        ({"top_k": np.array([4], np.int32)}, r"must be \[1, 1\]"),
        ({"cfg_scale": column(1.0)}, "uncond_mask is missing"),
        ({"cfg_scale": column(np.nan)}, "cfg_scale must be 0 or more"),
        ({"cfg_scale": column(1.0), "uncond_mask": np.ones((1, 4), bool)}, "shaped like"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_sentence(changes, sentence):
    request = {**GOOD, **changes}
    with pytest.raises(BadRequestError, match=sentence):
        read_step(request.get, [], CARD)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"temperature": column(1.0)}, "needs a seed"),
        ({"temperature": column(-1.0), "seed": column(1, dtype=np.int64)}, "0 or more"),
        ({"temperature": column(np.inf), "seed": column(1, dtype=np.int64)}, "0 or more"),
    ],
)
def test_draws_that_cannot_be_made_are_refused(more, sentence):
    with pytest.raises(BadRequestError, match=sentence):
        read_step({**GOOD, **more}.get, ["sampled_ids"], CARD)
    # Nobody who asks for distributions alone is bothered about draws.
    assert read_step({**GOOD, **more}.get, ["entropy"], CARD).sampling is None


def test_unknown_outputs_are_named():
    with pytest.raises(BadRequestError, match="no output logits"):
        read_step(GOOD.get, ["logits"], CARD)

import json

import numpy as np
import torch

from asked import column, step
from diffuscope_serving.adapters import adapter_of
from diffuscope_serving.answer import answer
from diffuscope_serving.weights import BUNDLED

SMALL = adapter_of("diffuscope-small")
CPU = torch.device("cpu")


def test_it_answers_what_the_page_checks_itself_against():
    manifest = json.loads((BUNDLED / "manifest.json").read_text())
    golden = manifest["golden"]["denoise"]
    prompt, ids = golden["promptIds"], golden["promptIds"] + golden["answerIds"]
    card = SMALL.card(BUNDLED, CPU)
    k = card.topK
    asked = step([ids], card.buckets[0], card=card, top_k=column(k, dtype=np.int32))
    told = answer(SMALL.load(BUNDLED, CPU), card, [asked])[0]
    packed = np.array(golden["packed"])
    rows = slice(len(prompt), len(ids))
    assert told["topk_ids"][0, rows, :4].tolist() == packed[:, k : k + 4].tolist()
    expected = packed[:, :k] - packed[:, 2 * k, None]
    # The manifest has four decimals.
    np.testing.assert_allclose(told["topk_logprobs"][0, rows], expected, atol=2e-3)
    np.testing.assert_allclose(told["entropy"][0, rows], packed[:, -1], atol=2e-3)


def test_its_card_is_the_manifest():
    manifest = json.loads((BUNDLED / "manifest.json").read_text())
    card = SMALL.card(BUNDLED, CPU)
    assert card.tokenizer.sha256 == manifest["tokenizer"]["sha256"]
    assert card.revision == manifest["revision"]
    assert card.buckets == [graph["window"] for graph in manifest["graphs"]["denoise"]]

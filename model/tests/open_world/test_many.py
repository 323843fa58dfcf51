"""Many texts at once give what each gives alone."""

import pytest
from networks import TEMPLATE, tiny

from diffuscope_model.measuring.decode import commit_above, commit_surest
from open_world.decoding.autoregressive import decode_autoregressive
from open_world.decoding.canvas import decode_blocks
from open_world.decoding.many import decode_many, decode_many_autoregressive
from open_world.decoding.ways import Way
from open_world.measuring.likelihood import surprise, surprises_at

PROMPTS = [TEMPLATE.around(ids) for ids in ([40, 33, 51], [35], [31, 32, 44, 60, 61], [59, 58])]


@pytest.mark.parametrize("size", [12, 5])
@pytest.mark.parametrize(
    "way", [Way(), Way(choose=commit_surest(3)), Way(choose=commit_above(0.4), block=4)]
)
def test_canvases_and_blocks(size: int, way: Way):
    network = tiny(3)
    alone = [decode_blocks(network, prompt, 12, size, way) for prompt in PROMPTS]
    assert decode_many(network, PROMPTS, 12, size, way, at_once=3) == alone


def test_from_left_to_right():
    network = tiny(4)
    alone = [decode_autoregressive(network, [prompt], 10)[0] for prompt in PROMPTS]
    assert decode_many_autoregressive(network, PROMPTS, 10, at_once=3) == alone


def test_surprises():
    network, answers = tiny(5), [[33, 34], [], [40, 41, 42, 43], [50]]
    alone = [surprise(network, p, a) for p, a in zip(PROMPTS, answers, strict=True)]
    assert surprises_at(network, PROMPTS, answers) == pytest.approx(alone, abs=1e-4)
    assert alone[1] == 0 < alone[0]

from dataclasses import replace

import pytest
import torch

from diffuscope_model.network.attention import rotary_tables, rotate
from diffuscope_model.network.layout import layout_of
from diffuscope_model.network.network import Network
from diffuscope_model.network.shape import Shape
from diffuscope_model.network.token_table import TokenTable
from diffuscope_model.tokenizer.vocabulary import (
    ASSISTANT,
    MASK,
    PAD,
    SIGNS,
    load_tokenizer,
    spelling,
)

SHAPE = Shape(vocabulary=64, width=32, layers=2, heads=2, feed_forward=64, window=32)


@pytest.fixture(scope="module")
def network() -> Network:
    return Network(SHAPE).start(3).eval()


def ids(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randint(5, 64, shape, generator=torch.Generator().manual_seed(seed))


def changed_rows(before: torch.Tensor, after: torch.Tensor) -> list[int]:
    return (before - after).abs().amax(dim=(0, 2)).gt(1e-4).nonzero()[:, 0].tolist()


def test_causal_rows_do_not_see_the_future(network: Network):
    sequence = ids(1, 12)
    other = sequence.clone()
    other[0, 7] = (other[0, 7] + 1 - 5) % 59 + 5
    rows = changed_rows(network(sequence, "causal"), network(other, "causal"))
    assert rows == list(range(7, 12))


def test_rows_of_the_answer_see_everything_and_the_prompt_is_read_from_left_to_right(
    network: Network,
):
    sequence = ids(1, 12)
    sequence[0, 5] = ASSISTANT
    for changed, expected in ((3, range(3, 12)), (8, range(5, 12))):
        other = sequence.clone()
        other[0, changed] = (other[0, changed] + 1 - 5) % 59 + 5
        rows = changed_rows(network(sequence, "bidirectional"), network(other, "bidirectional"))
        assert rows == list(expected)


def test_tokens_that_begin_alike_share_what_their_letters_add():
    tokenizer = load_tokenizer()
    spelled = spelling(tokenizer)
    some = [spelled[tokenizer.token_to_id(text)] for text in ("Ġthe", "the", "The", "Ġthen")]
    table = TokenTable(replace(SHAPE, vocabulary=len(some)))
    with torch.no_grad():
        table.weight.zero_()
        table.letters.normal_(generator=torch.Generator().manual_seed(1))
    spaced, bare, capital, then = table.vectors(torch.tensor(some))
    assert torch.equal(spaced, bare) and torch.equal(spaced, capital)
    # Where "then" has its n, "the" has ended.
    ended, n = table.letters[3 * SIGNS + 27], table.letters[3 * SIGNS + 13]
    torch.testing.assert_close(spaced - then, ended - n)


def test_adding_the_letters_to_the_tokens_changes_no_prediction():
    network = Network(SHAPE).start(3).eval()
    spelled = torch.randint(0, 6 * SIGNS, (SHAPE.vocabulary, 6)).tolist()
    network.know_tokens(list(range(SHAPE.vocabulary)), spelled)
    added, sequence = network.with_letters_added(), ids(2, 12)
    assert added.token.letters is None and network.token.letters.any()
    torch.testing.assert_close(added(sequence, "causal"), network(sequence, "causal"))


@pytest.mark.parametrize("attention", ["causal", "bidirectional"])
def test_rows_are_log_probabilities(network: Network, attention):
    sums = network(ids(2, 12), attention).logsumexp(dim=-1)
    torch.testing.assert_close(sums, torch.zeros_like(sums), atol=1e-5, rtol=0)


def test_the_pointer_copies_what_stands_there_and_never_a_mask(network: Network):
    sequence = ids(1, 12)
    sequence[0, 6] = MASK
    _, shares, pointed = network.states(sequence, layout_of(sequence, "bidirectional", None))
    torch.testing.assert_close(pointed.sum(dim=-1), torch.ones(1, 12))
    torch.testing.assert_close(shares.exp().sum(dim=-1), torch.ones(1, 12))
    assert pointed[0, :, [6, 18]].max() == 0


def test_what_is_pointed_at_with_the_other_spacing_is_the_tokens_counterpart():
    network = Network(SHAPE).start(3).eval()
    counterparts = [*range(6), *(place + 1 - 2 * (place % 2) for place in range(6, 62)), 62, 63]
    network.know_tokens(counterparts, network.spelling.tolist())
    sequence = ids(1, 12)
    layout = layout_of(sequence, "causal", None)
    _, shares, pointed = network.states(sequence, layout)
    of_pointing = (pointed * shares[..., 1:].exp())[0, -1]
    got = network(sequence, "causal")[0, -1].exp()
    same, respaced = of_pointing.split(12)
    for place, token in enumerate(sequence[0].tolist()):
        assert got[counterparts[token]] >= respaced[place]
        assert got[token] >= same[place]
    logs, copied, _ = network.log_probabilities(
        sequence, layout, torch.tensor([11]), torch.tensor([counterparts[sequence[0, 4]]])
    )
    torch.testing.assert_close(logs.exp(), got[[counterparts[sequence[0, 4]]]])
    assert copied.exp()[0] >= pointed[0, -1, 12 + 4]


@pytest.mark.parametrize("attention", ["causal", "bidirectional"])
def test_padding_changes_nothing(network: Network, attention):
    sequence = ids(2, 12)
    padded = torch.nn.functional.pad(sequence, (0, 6), value=PAD)
    got = network(padded, attention, padded != PAD)[:, :12]
    torch.testing.assert_close(got, network(sequence, attention), atol=1e-5, rtol=1e-4)


def test_a_batch_equals_its_sequences_one_by_one(network: Network):
    batch = ids(3, 9)
    alone = torch.cat([network(row[None], "bidirectional") for row in batch])
    torch.testing.assert_close(network(batch, "bidirectional"), alone, atol=1e-5, rtol=1e-4)


def test_the_embedding_knows_the_two_tokens_before(network: Network):
    sequence = ids(1, 8)
    other = sequence.clone()
    other[0, 2] = (other[0, 2] + 1 - 5) % 59 + 5
    embedded = [network.embed(each, layout_of(each, "causal", None)) for each in (sequence, other)]
    assert changed_rows(*embedded) == [2, 3, 4]


def test_rotation_keeps_products_that_depend_on_distance_only():
    cosine, sine = rotary_tables(SHAPE.window, SHAPE.head_width, SHAPE.rope_base)
    query, key = torch.randn(2, 16, generator=torch.Generator().manual_seed(1))
    turned = [rotate(x.expand(32, 16), cosine, sine) for x in (query, key)]
    products = turned[0] @ turned[1].T
    for distance in (0, 3, 9):
        diagonal = products.diagonal(distance)
        torch.testing.assert_close(diagonal, diagonal[:1].expand_as(diagonal))


def test_too_long_a_sequence_is_refused_in_words(network: Network):
    with pytest.raises(ValueError, match="window of 32"):
        network(ids(1, 33), "causal")

import json

import pytest
import torch
from tokenizers import Tokenizer

from diffuscope_model.network.network import Network
from diffuscope_model.network.shape import Shape
from diffuscope_model.tokenizer.train_tokenizer import add_whole_words, train_pieces
from diffuscope_model.tokenizer.vocabulary import END, load_tokenizer, respaced, spelling
from diffuscope_model.training.widen_vocabulary import widen

TEXTS = ["the zebra met a zebra", 'a "zebra" and a qwertz'] * 12
OLD = train_pieces(["abc"])
NEW = add_whole_words(OLD, TEXTS)


def test_frequent_words_become_tokens_with_a_blank_and_without():
    added = set(NEW.get_vocab()) - set(OLD.get_vocab())
    assert {"zebra", "\u0120zebra", "qwertz", "\u0120qwertz"} <= added
    assert NEW.encode('"zebra" zebra').tokens == ['"', "zebra", '"', "\u0120zebra"]


def test_rare_words_stay_in_pieces():
    assert len(add_whole_words(OLD, TEXTS[:4]).get_vocab()) == len(OLD.get_vocab())


def test_widening_keeps_the_old_rows_and_starts_a_word_as_its_pieces():
    shape = Shape(vocabulary=OLD.get_vocab_size(), width=16, layers=1, heads=2, feed_forward=16)
    network = Network(shape).start(1)
    wide = widen(network, OLD, NEW)
    before, after = network.state_dict(), wide.state_dict()
    index, pieces = NEW.token_to_id("\u0120qwertz"), OLD.encode(" qwertz").ids
    assert len(pieces) > 1
    assert torch.equal(after["token.weight"][: shape.vocabulary], before["token.weight"])
    torch.testing.assert_close(
        after["token.weight"][index], before["token.weight"][pieces].mean(dim=0)
    )
    assert torch.equal(after["previous.weight"][index], before["previous.weight"][pieces[-1]])
    assert wide(torch.tensor([[END, index]]), "causal").shape == (1, 2, NEW.get_vocab_size())


def test_a_word_that_has_one_form_gets_the_other_and_starts_as_that_moved_by_what_pairs_differ_by():
    spaced = json.loads(NEW.to_str())
    spaced["model"]["vocab"]["\u0120yak"] = NEW.get_vocab_size()
    old = Tokenizer.from_str(json.dumps(spaced))
    new = add_whole_words(old, [])
    assert set(new.get_vocab()) - set(old.get_vocab()) == {"yak"}
    shape = Shape(vocabulary=old.get_vocab_size(), width=16, layers=1, heads=2, feed_forward=16)
    network = Network(shape).start(1).know_tokens(respaced(old), spelling(old))
    wide = widen(network, old, new)
    bare, with_blank = (new.token_to_id(form) for form in ("yak", "\u0120yak"))
    assert wide.respaced[bare] == with_blank
    pairs = [
        (index, other)
        for index, other in enumerate(respaced(old))
        if index != other and old.id_to_token(index)[0] == "\u0120"
    ]
    table = network.token.weight
    apart = torch.stack([table[i] - table[j] for i, j in pairs]).mean(dim=0)
    torch.testing.assert_close(wide.token.weight[bare], table[with_blank] - apart)


def test_another_tokenizer_is_refused():
    network = Network(Shape(vocabulary=OLD.get_vocab_size(), width=16, layers=1, heads=2))
    with pytest.raises(ValueError, match="extend the old one"):
        widen(network, NEW, load_tokenizer())

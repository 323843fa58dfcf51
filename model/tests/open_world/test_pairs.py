"""Pairs: written side by side, cut apart, chosen, kept."""

from dataclasses import replace

import numpy as np
import torch
from networks import SHAPE, echoes
from tokenizers import Tokenizer

from diffuscope_model.tokenizer.vocabulary import TOKENIZER_FILE
from open_world.decoding.seeing import autoregressive_logits
from open_world.network.llama import Llama
from open_world.pairs.beginnings import STARTERS
from open_world.pairs.choose import MOST_OF_A_PROMPT, choose, held_out_prompts
from open_world.pairs.cutting import pairs_in, sentence_ends
from open_world.pairs.pair import Pair, read_pairs, write_pairs
from open_world.pairs.static_cache import StaticCache
from open_world.pairs.writer import ANSWERED, CUT, SPOILT, Limits, Writer, Written
from open_world.tokens import END, SUPPRESSED, ids_of

TOKENIZER = Tokenizer.from_file(str(TOKENIZER_FILE))


def test_files_of_pairs_give_back_what_was_written(tmp_path, monkeypatch):
    monkeypatch.setattr("open_world.pairs.pair.IN_A_FILE", 100)
    pairs = [*echoes(60), Pair(np.array([9], np.uint16), np.array([8, 7], np.uint16), False)]
    assert len(write_pairs(tmp_path, pairs[:30])) > 1
    write_pairs(tmp_path, pairs[30:])
    again = [*read_pairs(tmp_path)]
    assert [(p.prompt.tolist(), p.answer.tolist(), p.ended) for p in again] == [
        (p.prompt.tolist(), p.answer.tolist(), p.ended) for p in pairs
    ]


def test_a_static_cache_says_what_a_plain_pass_says():
    network = Llama(SHAPE).start(2).eval()
    texts = [[30, 31, 32, 40, 41], [30, 31, 32, 50, 60]]
    cache = StaticCache(network, 2, 16)
    with torch.no_grad():
        cache.put(torch.tensor([True, True]), texts[0][:3])
        for at in (3, 4):
            ids = torch.tensor([text[at] for text in texts])
            got = cache.logits(ids, torch.full((2,), at))
            for row, text in zip(got, texts, strict=True):
                expected = autoregressive_logits(network, text[: at + 1])[-1]
                expected[list(SUPPRESSED)] = -torch.inf
                assert torch.allclose(row, expected, atol=1e-4)


def test_texts_are_begun_forced_answered_and_begun_again():
    torch.manual_seed(0)
    shape = replace(SHAPE, vocabulary=TOKENIZER.get_vocab_size(), window=400)
    network = Llama(shape).start(1).eval()
    with torch.no_grad():
        network.token[END] = 0.3 * network.token[30:].mean(dim=0)
    # This tokenizer has no signs of a chat: its template is long.
    writer = Writer(network, TOKENIZER, 6, 200, Limits(prompt=30, answer=20, length=380))
    written = writer.write(seconds=600)
    assert written.ids.shape == (6, 200)
    starters = [ids_of(TOKENIZER, text) for text in STARTERS]
    begun = 0
    for ids, marks in zip(written.ids, written.marks, strict=True):
        start = 0
        for end in np.flatnonzero(marks):
            text, start = ids[start : end + 1].tolist(), end + 1
            assert any(text[: len(starter)] == starter for starter in starters)
            assert len(text) <= 31 + len(written.between) + 22
            begun += 1
    assert begun >= 6


def written(*texts: tuple[list[int], int]) -> Written:
    ids = np.array([token for text, _ in texts for token in text], np.int32)
    marks = np.concatenate([[*[0] * (len(text) - 1), mark] for text, mark in texts])
    return Written(ids[None], marks[None].astype(np.uint8), (70, 71))


def test_what_is_written_is_cut_into_pairs():
    words, full_stop = [*range(100, 130)], 50
    texts = (
        ([30, 31, 32, END, 70, 71, 40, 41, END], ANSWERED),
        ([30, 31, 33, 34], SPOILT),
        ([30, 31, END, 70, 71, *words, full_stop, 99, 98], CUT),
        ([30, 31, END, 70, 71, *words, 99, 98], CUT),
        ([30, 31, END, 70, 71, *[40, 41, 42, 43] * 8, END], ANSWERED),
        ([30, 31, END, 72, 71, 40, END], ANSWERED),
    )
    found = [*pairs_in(written(*texts), np.array([full_stop]), longest=60)]
    assert [(p.prompt.tolist(), p.answer.tolist(), p.ended) for p in found] == [
        ([30, 31, 32], [40, 41], True),
        ([30, 31], [*words, full_stop], False),
    ]


def test_sentences_end_with_their_marks():
    ends = {TOKENIZER.decode([token]).strip()[-1] for token in sentence_ends(TOKENIZER)}
    assert ends == {".", "!", "?"}


def test_no_held_out_prompt_is_trained_on_and_none_too_often():
    def pair(prompt: str, answer: str, ended: bool = True) -> Pair:
        ids = (np.array(ids_of(TOKENIZER, text), np.uint16) for text in (prompt, answer))
        return Pair(*ids, ended)

    hidden = held_out_prompts()
    assert len(hidden) == len(set(hidden)) == 300
    many = [pair("What is tea?", "A drink.")] * 9
    dull = pair("Who are you?", "I am, as a chatbot, not a person.")
    cut = [pair(f"Count to {number}.", "One, two.", ended=False) for number in range(200)]
    chosen = [*choose([*map(lambda p: pair(p, "Yes."), hidden), *many, dull, *cut], TOKENIZER, 1)]
    assert sum(p.ended for p in chosen) == MOST_OF_A_PROMPT
    assert 60 < sum(not p.ended for p in chosen) < 140

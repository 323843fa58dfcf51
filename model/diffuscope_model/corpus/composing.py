"""Phrasings put together of parts; what is held out of them is an unseen pair of known parts."""

from __future__ import annotations

from collections.abc import Iterable

from diffuscope_model.corpus.grammar import capital


def composed(frames: Iterable[str], slot: str, texts: Iterable[str]) -> tuple[str, ...]:
    """Each frame with each text in its slot, once.

    The slot is written {so}, or {So} where the text is to begin with a capital; a frame without it
    stays as it is.
    """
    texts = tuple(texts)
    return tuple(
        dict.fromkeys(
            frame.replace(f"{{{slot}}}", text).replace(f"{{{capital(slot)}}}", capital(text))
            for frame in frames
            for text in texts
        )
    )

"""What is specific to one model, one file each."""

from __future__ import annotations

from diffuscope_serving.adapters.adapter import Adapter
from diffuscope_serving.adapters.dream import DREAM_7B_INSTRUCT
from diffuscope_serving.adapters.llada import LLADA_8B_INSTRUCT
from diffuscope_serving.adapters.small import DIFFUSCOPE_SMALL

ADAPTERS: dict[str, Adapter] = {
    adapter.name: adapter for adapter in (LLADA_8B_INSTRUCT, DREAM_7B_INSTRUCT, DIFFUSCOPE_SMALL)
}


def adapter_of(name: str) -> Adapter:
    """The adapter of a model by its name in the repository.

    Raises:
        ValueError: if there is none.
    """
    if name not in ADAPTERS:
        raise ValueError(f"There is no model {name}: choose among {', '.join(ADAPTERS)}.")
    return ADAPTERS[name]

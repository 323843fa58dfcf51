"""Where a model's weights are."""

from __future__ import annotations

from pathlib import Path

from diffuscope_serving.adapters.adapter import Adapter

BUNDLED = Path(__file__).parents[4] / "public" / "models" / "small"

TOKENIZER_FILES = ("tokenizer*.json", "vocab.json", "merges.txt")
ALL_FILES = ("*.safetensors", "*.json", "merges.txt")


def find_weights(
    adapter: Adapter,
    weights: Path | None,
    revision: str | None = None,
    files: tuple[str, ...] = ALL_FILES,
) -> Path:
    """A model's folder of weights; fetched from the hub where there is none.

    Args:
        revision: commit of the hub's weights; the adapter's own if left out.
        files: patterns of what is fetched.

    Raises:
        OSError: if the hub doesn't give them.
    """
    local = None if weights is None else weights / adapter.name
    if local is not None and local.is_dir():
        return local.resolve()
    if adapter.hub is None:
        return BUNDLED.resolve()
    from huggingface_hub import snapshot_download

    print(f"Fetching {adapter.hub}", flush=True)
    pinned = revision or adapter.revision
    return Path(snapshot_download(adapter.hub, revision=pinned, allow_patterns=list(files)))

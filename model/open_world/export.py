"""Writes the folder that the page downloads.

    python -m open_world.export --stored runs/open/stored.pt --out ../public/models/open \\
        --tokenizer runs/open/tokenizer.json
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from open_world.folder.write_folder import write_folder
from open_world.storing.stored import load_stored

MOST = 76_000_000
"""Bytes of weights at most."""


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--stored", type=Path, required=True, help="what `quantise` wrote")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    manifest = write_folder(load_stored(options.stored), options.tokenizer, options.out)
    for file in [manifest["config"], manifest["tokenizer"], *manifest["weights"]]:
        print(f"{file['bytes']:>10,} {file['sha256']} {file['file']}")
    size = sum(shard["bytes"] for shard in manifest["weights"])
    print(f"{size:,} bytes of weights, revision {manifest['revision']}")
    if size > MOST:
        raise SystemExit(
            f"The weights are {size - MOST:,} bytes more than {MOST:,}: cut something."
        )


if __name__ == "__main__":
    main()

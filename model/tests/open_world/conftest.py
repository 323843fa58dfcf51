import sys
from pathlib import Path

import pytest
import torch

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True, scope="session")
def one_thread():
    """Tiny networks are too small to share out: threads would wait for each other."""
    torch.set_num_threads(1)

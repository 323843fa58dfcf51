"""Small Python functions from what they do."""

from __future__ import annotations

from random import Random

from diffuscope_model.corpus.function_catalogue import FUNCTIONS

ASKS = (
    "Write a Python function that {}.",
    "Write a function in Python that {}.",
    "Can you write a Python function that {}?",
    "I need a Python function that {}.",
    "Show me Python code for a function that {}.",
    "How do I write a Python function that {}?",
    "python function that {}",
    "Please write a short Python function that {}.",
    "Give me a one-line Python function that {}.",
)
WORDS = "red blue cat dog sun hello end box key top yes no".split()


def draw(random: Random) -> tuple[str, str]:
    """A prompt and its answer."""
    function = random.choice(FUNCTIONS)
    arguments = function.arguments
    filled = {
        "n": random.randint(2, 12),
        "w": random.choice(WORDS),
        "x": arguments[0],
        "y": arguments[-1],
    }
    name, does = (text.format(**filled) for text in (function.name, random.choice(function.does)))
    body = function.body.format(**filled).replace("\n", "\n    ")
    return random.choice(ASKS).format(does), f"def {name}({', '.join(arguments)}):\n    {body}"

"""How prompts begin, and who is told to answer them: what makes self-written prompts differ."""

from __future__ import annotations

SYSTEMS = (
    "You are a helpful AI assistant named SmolLM, trained by Hugging Face",
    "You are a helpful AI assistant. You always answer in one or two short sentences.",
    "You are a helpful AI assistant. Answer very briefly, in one sentence.",
    "You are a helpful AI assistant. Your answers are short, friendly and simple.",
    "You are a writer of very short stories, poems and letters. Every text is at most three "
    "sentences long.",
)
"""The original's own system turn, then ones that ask for short answers. None is trained on."""

STARTERS = (
    *("What", "What is", "Why", "Why do", "How", "How do", "Who", "Where", "When", "Which"),
    *("Explain", "Describe", "Name", "List three", "Give me", "Tell me", "Compare", "Define"),
    *("Write a short story about", "Write a poem about", "Write a haiku about", "Write a letter"),
    *("Write a Python function", "Write a short", "Suggest", "Can you", "I", "I'm", "Is", "Are"),
    *("Do", "Summarize", "Translate", "Rewrite", "Create", "Imagine", "In", "The", "My"),
    *("Please", "Hi", "Hello", "", "", ""),
)
"""The first words of a prompt, which are forced; the empty ones leave it free."""

"""Which bodies are soft, by their stuff, their kind or the words, and how soft."""

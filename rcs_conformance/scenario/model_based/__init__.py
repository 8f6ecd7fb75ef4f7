"""Model-based tests: random steps in a group chat, compared with a model after each."""

"""A synthetic grammar: pairs of a prompt and the line notation that says the same."""

"""Words and wordings that the grammar draws from."""

"""How what the words tell can be made to happen."""

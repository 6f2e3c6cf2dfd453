"""The words of an edit: cut into orders, and what in the scene they mean."""

"""The `worldreel` command."""

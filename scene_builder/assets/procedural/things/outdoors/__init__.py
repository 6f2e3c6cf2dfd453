"""Plants, buildings, tools and what else is found out of doors."""

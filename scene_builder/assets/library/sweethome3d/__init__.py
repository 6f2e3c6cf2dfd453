"""The furniture libraries of Sweet Home 3D (`.sh3f`), as Debian packages them."""

"""Relations and sizes become places."""

"""Libraries of models and the user's own files: installed, listed, shown, and audited."""

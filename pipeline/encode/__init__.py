"""Pictures become a film."""

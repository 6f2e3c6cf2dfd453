"""How what moves by itself, or is lifted, gets where it goes without touching anything."""

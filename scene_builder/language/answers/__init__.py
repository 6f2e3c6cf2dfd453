"""What chat models answer: found, tidied, checked against the words, and pointed to them."""

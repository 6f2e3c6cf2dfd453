"""What a drawn world holds, and the words that are going to say it."""

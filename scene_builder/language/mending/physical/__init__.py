"""What the world adds to the words: water, vessels, blows."""

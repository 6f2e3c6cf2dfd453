"""Training of the tagger on marked pairs of the synthetic grammar."""

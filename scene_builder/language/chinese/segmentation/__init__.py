"""Chinese text as words: one script, one lexicon, numbers, the cheapest segmentation."""

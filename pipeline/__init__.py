"""The way from words to a film: settings, steps, runs, reports and the command line."""

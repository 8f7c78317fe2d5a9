"""Background work: job kind → action of a stage, after asking access again for the asker."""

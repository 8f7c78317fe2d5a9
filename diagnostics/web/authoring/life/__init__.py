"""The life of works and frameworks: new, review, history, versions, what changed, mended keys."""

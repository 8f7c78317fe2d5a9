"""Results from elsewhere: a file is read (pure), planned against what is known, and applied whole or not at all."""

"""Lists of people from a spreadsheet: read (pure), matched to what is known, applied on request."""

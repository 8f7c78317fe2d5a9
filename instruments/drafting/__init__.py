"""A draft is plain JSON that may be broken in any way: its parts, two authors in one, markup taken out.

A file against the standing work is another matter: `instruments.formats.planning`.
"""

"""All sentences of reports: codes and numbers in, words out.

Message ids are Russian. Babel finds them by `-k say -k mark -k count:2,4`
(in `count`, arguments 2 and 4 are the singular and the plural of the catalogue).
"""

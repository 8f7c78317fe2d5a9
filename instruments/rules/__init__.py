"""Show-if sentences: «S1 = yes and not (L2 in (1, 2) or N1 > 10)». Own language, own parser, never `eval`.

    rule   = and ("or" and)*
    and    = not ("and" not)*
    not    = "not" not | "(" rule ")" | item test
    test   = "answered" | "not" "answered" | sign value | ["not"] "in" "(" value ("," value)* ")"
    sign   = "=" | "!=" | "<" | "<=" | ">" | ">="
    value  = an option's code, a number, or words in quotes

и, или, не, в, отвечен stand for and, or, not, in, answered. What an item or an option is called may be put
in quotes too, which is needed only where it is called like a word of the language.
"""

from __future__ import annotations

from instruments.rules.evaluating import holds
from instruments.rules.parsing import RuleProblem, looked_at, parse
from instruments.rules.printing import printed
from instruments.rules.tree import All, Answered, Compare, Either, Not, Rule, Within, items_of, mentioned
from instruments.rules.wording import said, said_on_paper

__all__ = [
    "All", "Answered", "Compare", "Either", "Not", "Rule", "RuleProblem", "Within",
    "holds", "items_of", "looked_at", "mentioned", "parse", "printed", "said", "said_on_paper",
]  # fmt: skip

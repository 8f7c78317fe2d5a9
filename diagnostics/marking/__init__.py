"""Answers that no machine can mark: experts read them without the name of the writer and mark them by a rubric."""

"""Each file of tests/samples/broken holds one mistake; these tables say which problems it must raise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from instruments.checking import Severity, check_framework, check_instrument, check_scoring
from instruments.document import Instrument
from instruments.formats.yaml import Document, DocumentError, read_document
from instruments.framework import Framework
from instruments.problems import Problem
from instruments.scoring import Scoring
from instruments.words import DOCUMENT_PROBLEMS

# file → (where, code, line): the file or its shape is wrong
UNREADABLE: dict[str, set[tuple[str, str, int]]] = {
    "framework-kind-unknown": {("kind", "kind_unknown", 1)},
    "framework-shape-relation-unknown": {("crosswalks.#1.relation", "not_one_of", 21)},
    "framework-yaml-alias": {("", "alias_refused", 4)},
    "framework-yaml-key-is-a-list": {("", "key_not_plain", 5)},
    "framework-yaml-key-repeated": {("", "key_repeated", 7)},
    "framework-yaml-syntax": {("", "yaml_syntax", 6)},
    "framework-yaml-tag": {("", "tag_refused", 5)},
    "framework-yaml-two-documents": {("", "many_documents", 20)},
    "instrument-shape-code-cyrillic": {("items.С3.code", "bad_code", 40)},
    "instrument-shape-code-not-quoted": {("items.M1.options.1.code", "not_text", 53)},
    "instrument-shape-field-missing": {("minutes", "field_missing", 1)},
    "instrument-shape-field-unknown": {("colour", "field_unknown", 8)},
    "instrument-shape-item-type-unknown": {("items.M1", "not_one_of", 48)},
    "instrument-shape-opt-out-neither": {("items.L1.opt_out", "value_wrong", 65)},
    "instrument-shape-order-unknown": {("order", "not_one_of", 10)},
    "instrument-shape-three-mistakes": {
        ("minutes", "not_number", 7),
        ("colour", "field_unknown", 8),
        ("passport_of", "field_unknown", 9),
    },
    "item-info-with-options": {("items.READ.options", "field_unknown", 23)},
    "item-file-too-many": {("items.Q1.most", "value_out_of_range", 18)},
    "matrix-row-with-scale": {("items.R3.opt_out", "field_unknown", 23)},
    "item-consent-with-options": {("items.Q1.options", "field_unknown", 17)},
    "item-long_text-lines-too-many": {("items.Q1.lines", "value_out_of_range", 18)},
    "item-text-max-length-zero": {("items.T1.max_length", "value_out_of_range", 59)},
    "scoring-shape-key-number-word": {("items.N1.key", "value_wrong", 30)},
    "scoring-shape-points-negative": {("items.M1.points", "value_out_of_range", 26)},
    "scoring-shape-weight-infinite": {("items.M1.competences.METH.1", "not_number", 25)},
}

# file → (where, code): what the mistake adds to the problems of the sound sample
BROKEN: dict[str, set[tuple[str, str]]] = {
    "framework-crosswalk-from-unknown": {("crosswalks.#1.from", "competence_unknown")},
    "framework-crosswalk-repeated": {("crosswalks.METH.1 → ps01.001 → A/01.6-04", "code_repeated")},
    "framework-target-level-unknown": {("targets.#1.level", "target_level_unknown")},
    "framework-target-node-unknown": {("targets.#1.node", "competence_unknown")},
    "framework-target-repeated": {("targets.учитель → METH.1", "code_repeated")},
    "framework-deficit-no-cut": {("scales.levels3.deficit_below", "deficit_no_cut")},
    "framework-levels-order": {
        ("scales.levels3.deficit_below", "deficit_no_cut"),
        ("scales.levels3.levels", "levels_order"),
    },
    "framework-levels-start": {("scales.levels3.levels", "levels_start")},
    "framework-no-levels": {("scales.levels3.levels", "no_levels")},
    "framework-no-nodes": {("nodes", "no_nodes")},
    "framework-node-code-repeated": {("nodes.METH.1", "code_repeated")},
    "framework-parent-circle": {
        ("nodes.METH.1.parent", "parent_circle"),
        ("nodes.METH.2.parent", "parent_circle"),
        ("nodes.METH.parent", "parent_circle"),
    },
    "framework-parent-unknown": {("nodes.METH.2.parent", "parent_unknown")},
    "instrument-form-code-repeated": {("forms.A", "code_repeated")},
    "instrument-form-empty": {("forms", "forms_differ_in_length"), ("forms.C", "form_empty")},
    "instrument-forms-differ-in-length": {("forms", "forms_differ_in_length")},
    "instrument-item-code-repeated": {("forms.B.S3", "item_unknown"), ("items.S2", "code_repeated")},
    "instrument-item-in-no-form": {("items.S3", "item_in_no_form")},
    "instrument-item-twice-in-form": {("forms", "forms_differ_in_length"), ("forms.A.S1", "item_repeated")},
    "instrument-item-unknown-in-form": {("forms", "forms_differ_in_length"), ("forms.A.S9", "item_unknown")},
    "instrument-languages-without-russian": {("languages", "no_source_language")},
    "instrument-no-forms": {("forms", "no_forms")},
    "instrument-order-of-one": {("forms.A.sections.MORE.order", "order_of_one")},
    "instrument-section-empty": {("forms.A.sections.MORE", "section_empty")},
    "instrument-text-empty": {("items.READ.text.ru", "text_empty")},
    "instrument-text-missing": {("items.READ.text.ru", "text_missing")},
    "instrument-text-unprintable": {("items.READ.text.ru", "text_unprintable")},
    "instrument-title-too-long": {("items.READ.title.ru", "title_too_long")},
    "instrument-translation-empty": {("items.READ.text.en", "text_empty")},
    "instrument-translation-missing": {("items.Q1.text.en", "translation_missing")},
    "instrument-wording-of-unknown-form": {("items.READ.wording.Z", "form_unknown")},
    "instrument-wording-unused": {("items.N1.wording.B", "wording_unused")},
    "case-picture-no-alt": {("stimuli.STORY.image.alt", "picture_no_alt")},
    "case-picture-unsound": {("stimuli.STORY.image.data", "picture_unsound")},
    "case-stimulus-unknown": {("items.C2.stimulus", "stimulus_unknown")},
    "case-stimulus-unused": {("stimuli.TALE", "stimulus_unused")},
    "item-file-kind-repeated": {("items.Q1.kinds.image", "code_repeated")},
    "item-file-no-kinds": {("items.Q1.kinds", "file_no_kinds")},
    "item-table-both-rows-and-repeat": {("items.Q2.rows", "table_rows_or_repeat")},
    "item-table-column-limits-crossed": {("items.Q2.columns.hours.minimum", "limits_crossed")},
    "item-table-neither-rows-nor-repeat": {("items.Q2.rows", "table_rows_or_repeat")},
    "item-table-no-columns": {("items.Q1.columns", "table_no_columns")},
    "item-table-repeat-crossed": {("items.Q2.repeat.least", "limits_crossed")},
    "item-table-row-repeated": {("items.Q1.rows.pc", "code_repeated")},
    "matrix-unknown": {("items.R3.matrix", "matrix_unknown")},
    "matrix-unused": {("matrices.HARM", "matrix_unused")},
    "matrix-value-repeated": {("matrices.HELP.scale.2", "code_repeated")},
    "item-likert-value-repeated": {("items.L1.scale.3", "code_repeated")},
    "item-multiple-choose-too-many": {("items.M1.choose", "choose_too_many")},
    "item-number-limits-crossed": {("items.N1.minimum", "limits_crossed")},
    "item-single-one-option": {("items.S1.options", "too_few_options")},
    "item-single-option-code-repeated": {("items.S1.options.b", "code_repeated")},
    "item-single-option-text-repeated": {
        ("items.S1.options.b", "option_text_repeated"),
        ("items.S1.options.c", "option_text_repeated"),
    },
    "item-frequency-value-repeated": {("items.Q1.scale.1", "code_repeated")},
    "item-level-one": {("items.Q1.levels", "too_few_options")},
    "item-level-text-repeated": {
        ("items.Q1.levels.A1", "option_text_repeated"),
        ("items.Q1.levels.A2", "option_text_repeated"),
    },
    "item-matching-one-prompt": {("items.Q1.prompts", "too_few_prompts")},
    "item-matching-option-text-repeated": {
        ("items.Q1.options.a", "option_text_repeated"),
        ("items.Q1.options.b", "option_text_repeated"),
    },
    "item-matching-prompt-code-repeated": {("items.Q1.prompts.p1", "code_repeated")},
    "item-observation-five-marks": {("items.Q1.scale", "observation_scale")},
    "item-ordering-two-options": {("items.Q1.options", "too_few_options")},
    "scoring-consent-scored": {("items.AGREE", "consent_scored")},
    "scoring-facts-scored": {("items.B1", "facts_scored")},
    "scoring-level-keyed": {("items.V1.key", "key_unused")},
    "scoring-matching-key-missing": {("items.P1.key", "no_key")},
    "scoring-matching-option-unknown": {("items.P1.key", "key_option_unknown")},
    "scoring-matching-prompt-missing": {("items.P1.key", "key_prompt_missing")},
    "scoring-matching-prompt-unknown": {("items.P1.key", "key_prompt_unknown")},
    "scoring-matching-shape": {("items.P1.key", "key_shape_matching")},
    "scoring-ordering-as-printed": {("items.R1.key", "key_is_document_order")},
    "scoring-ordering-incomplete": {("items.R1.key", "key_order_incomplete")},
    "scoring-ordering-repeats": {("items.R1.key", "key_repeats")},
    "scoring-ordering-shape": {("items.R1.key", "key_shape_ordering")},
    "scoring-rubric-code-repeated": {("items.W1.key.criteria.cause", "code_repeated")},
    "scoring-rubric-empty": {("items.W1.key.criteria", "rubric_empty")},
    "scoring-rubric-levels-fall": {("items.W1.key.criteria.step", "rubric_levels_order")},
    "scoring-rubric-one-level": {("items.W1.key.criteria.cause", "rubric_few_levels")},
    "scoring-rubric-points": {("items.W1.points", "rubric_points")},
    "scoring-rubric-shape": {("items.W1.key", "key_shape_rubric")},
    "scoring-anchor-not-scored": {("anchors.FREE", "anchor_not_scored")},
    "scoring-anchor-not-shared": {("anchors.S2", "anchor_not_shared")},
    "scoring-anchor-repeated": {("anchors.M1", "code_repeated")},
    "scoring-anchor-unknown": {("anchors.S9", "item_unknown")},
    "scoring-block-empty": {("blocks.OPIN", "block_empty")},
    "scoring-block-short": {("blocks.METH.1", "block_short")},
    "scoring-block-unknown": {("blocks.NOPE", "competence_unknown")},
    "scoring-competence-unknown": {("items.L1.competences.NOPE", "competence_unknown")},
    "scoring-info-scored": {("items.READ", "info_scored")},
    "scoring-item-not-scored": {("anchors.S1", "anchor_not_scored"), ("items.S1", "item_not_scored")},
    "scoring-item-unknown": {("items.S9", "item_unknown")},
    "scoring-key-is-everything": {
        ("items.M1.key", "key_is_everything"),
        ("items.M1.key", "key_not_choose"),
        ("items.M1.mistakes.b", "mistake_for_key"),
        ("items.M1.mistakes.d", "mistake_for_key"),
    },
    "scoring-key-missing": {("items.S1.key", "no_key")},
    "scoring-key-not-choose": {
        ("items.M1.key", "key_not_choose"),
        ("items.M1.mistakes.d", "mistake_for_key"),
    },
    "scoring-key-of-opinion": {("items.L1.key", "key_unused"), ("items.L1.rationale", "rationale_missing")},
    "scoring-key-option-unknown": {
        ("items.S1.key", "key_option_unknown"),
        ("items.S1.mistakes.b", "mistake_missing"),
    },
    "scoring-key-out-of-range": {("items.N1.key.value", "key_out_of_range")},
    "scoring-key-repeats": {("items.M1.key", "key_repeats")},
    "scoring-key-shape-multiple": {("items.M1.key", "key_shape_multiple")},
    "scoring-key-shape-number": {("items.N1.key", "key_shape_number")},
    "scoring-key-shape-text": {("items.T1.key", "key_shape_text")},
    "scoring-key-shape": {("items.S1.key", "key_shape_single")},
    "scoring-key-variant-empty": {("items.T1.key", "key_variant_unusable")},
    "scoring-mistake-for-key": {("items.M1.mistakes.a", "mistake_for_key")},
    "scoring-mistake-missing": {("items.M1.mistakes.b", "mistake_missing")},
    "scoring-mistake-option-unknown": {("items.M1.mistakes", "mistake_option_unknown")},
    "scoring-no-blocks": {("blocks", "no_blocks")},
    "scoring-no-competence": {("items.L1.competences", "no_competence")},
    "scoring-other-framework": {("framework", "other_framework")},
    "scoring-other-instrument": {("instrument", "other_instrument")},
    "scoring-preset-unknown": {("preset", "preset_unknown")},
    "scoring-rationale-missing": {("items.N1.rationale", "rationale_missing")},
    "scoring-reverse-of-test": {("items.N1.reverse", "reverse_unused")},
    "scoring-vote-item-unknown": {("importance.L9", "item_unknown")},
    "scoring-vote-node-unknown": {("importance.L1", "competence_unknown")},
    "scoring-vote-not-on-scale": {("importance.FREE", "vote_not_on_scale")},
    "scoring-vote-scored": {("importance.L1", "vote_scored")},
    "scoring-vote-twice": {("importance.OPIN", "code_repeated")},
    "scoring-weight-negative": {("items.M1.competences.METH.2", "weight_not_positive")},
    "scoring-weights-sum-zero": {
        ("items.L1.competences", "weights_sum_zero"),
        ("items.L1.competences.OPIN", "weight_not_positive"),
    },
    "scoring-weights-sum": {("items.L1.competences", "weights_sum")},
    "instrument-limit-short": {("time_limit", "limit_short")},
    "instrument-shuffle-fixed": {
        ("forms.A.sections.TEST.shuffle", "shuffle_fixed"),
        ("forms.A.sections.OPIN.shuffle", "shuffle_fixed"),
        ("forms.B.sections.TEST.shuffle", "shuffle_fixed"),
        ("forms.B.sections.OPIN.shuffle", "shuffle_fixed"),
    },
    "rule-always": {("items.FREE.show_if", "rule_always")},
    "rule-circle": {("items.S1.show_if", "rule_circle")},
    "rule-empty": {("items.FREE.show_if", "rule_empty")},
    "rule-forward": {("items.S1.show_if", "rule_forward")},
    "rule-item-elsewhere": {("items.FREE.show_if", "rule_item_elsewhere")},
    "rule-item-unknown": {("items.FREE.show_if", "rule_item_unknown")},
    "rule-mark-unknown": {("items.FREE.show_if", "rule_mark_unknown")},
    "rule-never": {("items.FREE.show_if", "rule_never")},
    "rule-no-bracket": {("items.FREE.show_if", "rule_no_bracket")},
    "rule-no-bracket-at-end": {("items.FREE.show_if", "rule_no_bracket_at_end")},
    "rule-no-item": {("items.FREE.show_if", "rule_no_item")},
    "rule-no-item-at-end": {("items.FREE.show_if", "rule_no_item_at_end")},
    "rule-no-list": {("items.FREE.show_if", "rule_no_list")},
    "rule-no-list-at-end": {("items.FREE.show_if", "rule_no_list_at_end")},
    "rule-no-order": {("items.FREE.show_if", "rule_no_order")},
    "rule-no-test": {("items.FREE.show_if", "rule_no_test")},
    "rule-no-test-at-end": {("items.FREE.show_if", "rule_no_test_at_end")},
    "rule-no-value": {("items.FREE.show_if", "rule_no_value")},
    "rule-no-value-at-end": {("items.FREE.show_if", "rule_no_value_at_end")},
    "rule-not-a-number": {("items.FREE.show_if", "rule_not_a_number")},
    "rule-not-proved": {("items.FREE.show_if", "rule_not_proved")},
    "rule-of-words-to-read": {("items.FREE.show_if", "rule_of_words_to_read")},
    "rule-on-itself": {("items.FREE.show_if", "rule_on_itself")},
    "rule-only-answered": {("items.FREE.show_if", "rule_only_answered")},
    "rule-option-unknown": {("items.FREE.show_if", "rule_option_unknown")},
    "rule-powers": {("items.FREE.show_if", "rule_character")},
    "rule-python": {("items.FREE.show_if", "rule_character")},
    "rule-quote-open": {("items.FREE.show_if", "rule_quote_open")},
    "rule-section-forward": {
        ("forms.A.sections.OPIN.show_if", "rule_forward"),
        ("forms.B.sections.OPIN.show_if", "rule_forward"),
    },
    "rule-too-deep": {("items.FREE.show_if", "rule_too_deep")},
    "rule-too-long": {("items.FREE.show_if", "rule_too_long")},
    "rule-too-many-words": {("items.FREE.show_if", "rule_too_many_words")},
    "rule-unexpected": {("items.FREE.show_if", "rule_unexpected")},
    "rule-word-unknown": {("items.FREE.show_if", "rule_word_unknown")},
    "scoring-critical-item-unknown": {("critical.#1.item", "item_unknown")},
    "scoring-critical-level-best": {("critical.#1.level", "critical_level_best")},
    "scoring-critical-level-missing": {("critical.#1.level", "critical_level_missing")},
    "scoring-critical-level-unknown": {("critical.#1.level", "critical_level_unknown")},
    "scoring-critical-level-unused": {("critical.#1.level", "critical_level_unused")},
    "scoring-critical-no-block": {("critical.#1.node", "critical_no_block")},
    "scoring-critical-node-unknown": {("critical.#1.node", "competence_unknown")},
    "scoring-critical-not-scored": {("critical.#1.item", "critical_not_scored")},
}

# raised by the sound sample itself, or by bytes and sizes that a sample cannot show (test_document_reading.py)
WITHOUT_SAMPLE = {
    "few_anchors", "file_too_big", "not_utf8", "document_empty", "json_syntax", "too_deep", "too_many_values", "constant_refused",
    "not_mapping", "not_list", "not_flag", "value_too_long",
}  # fmt: skip


Check: TypeAlias = Callable[[Document], list[Problem]]


@pytest.fixture
def check(workshop: Instrument, keyed: Instrument, workshop_framework: Framework) -> Check:
    def run(document: Document) -> list[Problem]:
        if isinstance(document, Instrument):
            return check_instrument(document)
        if isinstance(document, Framework):
            return check_framework(document)
        instrument = keyed if document.instrument == keyed.code else workshop
        return check_scoring(instrument, document, workshop_framework)

    return run


@pytest.fixture
def sound(
    workshop: Instrument, workshop_scoring: Scoring, workshop_framework: Framework
) -> dict[str, Document]:
    return {"instrument": workshop, "scoring": workshop_scoring, "framework": workshop_framework}


def found(problems: list[Problem]) -> set[tuple[str, str]]:
    return {(problem.where, problem.code) for problem in problems}


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_unreadable_file_tells_place_code_and_line(samples: Path, name: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_document(samples / "broken" / f"{name}.yaml")
    assert {(p.where, p.code, p.line) for p in refused.value.problems} == UNREADABLE[name]


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_document_raises_exactly_the_problems_of_its_mistake(
    samples: Path, check: Check, sound: dict[str, Document], name: str
) -> None:
    document = read_document(samples / "broken" / f"{name}.yaml")
    assert found(check(document)) - found(check(sound[document.kind])) == BROKEN[name]


def test_every_broken_sample_stands_in_a_table(samples: Path) -> None:
    assert {path.stem for path in (samples / "broken").iterdir()} == set(UNREADABLE) | set(BROKEN)


def test_every_problem_code_has_a_sample() -> None:
    shown = {row[1] for table in (UNREADABLE, BROKEN) for rows in table.values() for row in rows}
    assert set(DOCUMENT_PROBLEMS) - shown == WITHOUT_SAMPLE


@pytest.mark.parametrize("name", BROKEN)
def test_every_problem_has_a_complete_sentence(samples: Path, check: Check, name: str) -> None:
    for problem in check(read_document(samples / "broken" / f"{name}.yaml")):
        sentence = problem.sentence()
        assert sentence
        assert "%(" not in sentence


def test_all_mistakes_are_told_at_once_across_the_whole_document(workshop: Instrument, check: Check) -> None:
    first, second = workshop.items[1], workshop.items[2]
    worse = workshop.model_copy(
        update={
            "title": {"ru": ""},
            "items": (*workshop.items, first.model_copy(update={"title": {}}), second),
        }
    )
    assert found(check(worse)) >= {
        ("title.ru", "text_empty"),
        ("items.S1.title.ru", "text_missing"),
        ("items.S1", "code_repeated"),
        ("items.S2", "code_repeated"),
    }


def test_few_items_in_a_block_are_a_warning_and_not_an_error(workshop_scoring: Scoring, check: Check) -> None:
    short = [problem for problem in check(workshop_scoring) if problem.code == "block_short"]
    assert {problem.severity for problem in short} == {Severity.WARNING}
    assert {problem.params["form"] for problem in short} == {"A", "B"}


def test_few_common_items_are_a_warning_with_both_numbers(workshop_scoring: Scoring, check: Check) -> None:
    [few] = [problem for problem in check(workshop_scoring) if problem.code == "few_anchors"]
    assert (few.severity, few.params) == (Severity.WARNING, {"count": 2, "least": 8})


def test_a_sentence_is_translated_before_it_is_filled_in() -> None:
    problem = Problem("items.S9", "item_unknown", {"code": "{{7*7}}%s%n"})
    assert problem.sentence(lambda _msgid: "No item %(code)s.") == "No item {{7*7}}%s%n."

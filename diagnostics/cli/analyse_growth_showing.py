"""`orientir analyse growth` for people: the verdict, the change, who moved, the items."""

from __future__ import annotations

from typing import Any

from diagnostics.cli.analyse_showing import Column, figure, table

VERDICTS = {
    "same_version": "one form was taken twice: results are comparable",
    "linked": "two forms joined by anchors: results are comparable",
}
KINDS = {
    "t": "t",
    "bootstrap": "bootstrap",
    "cluster_bootstrap": "bootstrap of clusters",
}
WHY_NO_INTERVAL = {
    "too_few_pairs": "fewer than five people in both files",
    "no_variance": "everybody changed alike",
    "one_cluster": "one cluster",
}
COLUMNS = (
    Column("item", "item"),
    Column("entry", "entry, %"),
    Column("exit", "exit, %"),
    Column("change", "change"),
)
ANCHOR_COLUMNS = (*COLUMNS, Column("drift", "drift"), Column("remark", "remark"))


def shown(answer: dict[str, Any]) -> str:
    """The answer for people."""
    lines = [
        *_verdict(answer["comparability"]),
        f"entry {answer['n_entry']} people, exit {answer['n_exit']}, in both {answer['n_matched']}",
        *_remarks(answer),
        f"mean of the total, %: entry {figure(answer['mean_entry'])}, exit {figure(answer['mean_exit'])}",
        _change(answer),
        _effect(answer),
        f"improved {answer['improved']}, same {answer['same']}, worse {answer['worse']}",
        _reliable(answer),
        "",
        _items(answer),
    ]
    return "\n".join(line for line in lines if line is not None)


def _verdict(found: dict[str, Any]) -> list[str]:
    lines = [VERDICTS[found["verdict"]]]
    if found["shift"] is not None:
        lines.append(
            f"{found['anchors_kept']} of {found['anchors_common']} anchors kept; shift {figure(found['shift'])}"
            f" ± {figure(found['shift_error'])} logits; the exit form is harder by {figure(found['correction'])}"
            f" ± {figure(found['correction_error'])} per cent, added to every exit result"
        )
    return lines


def _remarks(answer: dict[str, Any]) -> list[str]:
    lost, lines = answer["attrition"], []
    if lost["n_left"]:
        lines.append(
            f"left without an exit {lost['n_left']}: their entry {figure(lost['mean_left'])} %,"
            f" of those who stayed {figure(lost['mean_stayed'])} %"
        )
    if answer["n_too_few_answers"]:
        lines.append(f"results of fewer than 70 % of the items, left out: {answer['n_too_few_answers']}")
    return lines


def _change(answer: dict[str, Any]) -> str:
    said = f"mean change {figure(answer['mean_change'])}"
    if answer["change_ci"] is None:
        return f"{said}; no interval: {WHY_NO_INTERVAL[answer['change_ci_reason']]}"
    clusters = f", {answer['clusters']['n']} clusters" if answer["clusters"] else ""
    return f"{said} (95 %: {figure(answer['change_ci'])}; {KINDS[answer['change_ci_kind']]}{clusters})"


def _effect(answer: dict[str, Any]) -> str | None:
    if answer["hedges_g"] is None:
        return None
    ranks = answer["wilcoxon"]
    return (
        f"Hedges g {figure(answer['hedges_g'])} (95 %: {figure(answer['hedges_g_ci'])}), d_z {figure(answer['d_z'])}"
        + (f"; Wilcoxon p {figure(ranks['p'])}" if ranks else "")
    )


def _reliable(answer: dict[str, Any]) -> str:
    error = answer["error"]
    if answer["reliably_improved"] is None:
        return "reliable change of persons: not told, the error of a result is unknown"
    return (
        f"reliably improved {answer['reliably_improved']}, reliably worse {answer['reliably_worse']}"
        f" of {answer['n_with_error']}: a change counts from about"
        f" {figure(error['smallest_reliable_change'])} per cent"
    )


def _items(answer: dict[str, Any]) -> str:
    rows = [
        item | {"remark": "" if item.get("kept", True) else "moved: left out"} for item in answer["items"]
    ]
    linked = any("drift" in item for item in rows)
    return table(rows, ANCHOR_COLUMNS if linked else COLUMNS)

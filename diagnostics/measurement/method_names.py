"""Names of the constants of the method: with which version they came, within which limits they lie."""

from __future__ import annotations

_SINCE_2 = (
    "views_gap",
    "weight_sheet",
    "weight_teacher",
    "weight_pupil",
    "weight_parent",
    "rank_stable_from",
    "self_gap",
)
_SINCE_3 = (
    "accuracy_goal",
    "dif_letter_persons",
    "dif_moderate",
    "dif_large",
    "third_mark_from",
    "funnel_inner",
    "funnel_outer",
)
_SINCE_4 = (
    "rasch_provisional_from",
    "priors_from",
    "likelihood_from",
    "map_log_slope_sd",
    "map_threshold_sd",
    "grid_points",
    "weak_slope",
    "dependence_from",
    "skills_from",
    "general_skills_from",
    "skills_alarm",
    "bank_from",
    "bank_slopes_from",
    "choose_from",
    "clarifying_limit",
    "min_clusters",
    "fewest_items",
    "answered_from",
)
_SINCE_5 = ("clarifying_from", "most_exposed", "exposed_from")
#: Version of a document → constants that came after it.
LATER = {
    "1": _SINCE_2 + _SINCE_3 + _SINCE_4 + _SINCE_5,
    "2": _SINCE_3 + _SINCE_4 + _SINCE_5,
    "3": _SINCE_4 + _SINCE_5,
    "4": _SINCE_5,
}

#: Constants that lie between 0 and 1.
SHARES = (
    "interval",
    "group_interval",
    "anchor_share",
    "false_share_limit",
    "rank_stable_from",
    "accuracy_goal",
    "funnel_inner",
    "funnel_outer",
    "skills_alarm",
    "answered_from",
    "most_exposed",
)
#: … above 0.
POSITIVE = (
    "weak_alpha",
    "weak_beta",
    "min_items",
    "drift_logit",
    "drift_robust_z",
    "min_anchors",
    "reliable_change",
    "max_prior_size",
    "bootstrap_draws",
    "views_gap",
    "self_gap",
    "dif_letter_persons",
    "third_mark_from",
    *(name for name in _SINCE_4 if name != "clarifying_limit"),
    "clarifying_from",
    "exposed_from",
)
#: Persons that a model asks for, and those that one with more parameters does.
NOT_ABOVE = (
    ("priors_from", "likelihood_from"),
    ("skills_from", "general_skills_from"),
    ("bank_from", "bank_slopes_from"),
)

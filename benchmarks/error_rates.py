"""Error rates of verdicts, tried on people whose true abilities are known.

- verdicts: share undecided, wrong of the decided, true deficits found, false names of the confirmed; with known
  item parameters (beside the figures of the method), with shares and the prior of a wave, with shares and the
  weak prior, and after up to six clarifying items
- the list of confirmed names: its false share beside the share that it promises
- reliable change: share of people whose true gain of 1 SD is shown

No speed is measured here. Same seeds, same table. `--quick`: fewer tests.
"""

from __future__ import annotations

import sys

import numpy as np

from benchmarks._figures import note
from diagnostics.measurement.simulate_verdicts import Design, VerdictTrial, change_power, verdict_trial
from diagnostics.measurement.verdict_rates import VerdictRates

#: items → undecided, wrong, found (methods.md §3)
EXPECTED = {6: (0.36, 0.065, 0.40), 10: (0.31, 0.045, 0.45), 20: (0.24, 0.038, 0.56), 30: (0.19, 0.028, 0.66)}
#: items → share shown (methods.md §4)
POWER = {10: 0.07, 20: 0.24, 40: 0.51}
#: SD of the abilities, logits: a steeper test is the same as a wider population.
SPREADS = (1.0, 1.15)
DESIGN = Design(tests=12) if "--quick" in sys.argv else Design(tests=60)
SEED = 20260901


def rng() -> np.random.Generator:
    return np.random.default_rng(SEED)


def cells(rates: VerdictRates) -> str:
    shares = (rates.undecided, rates.wrong, rates.found, rates.false_names)
    return "  ".join("    –" if share is None else f"{share:5.3f}" for share in shares)


def show(trial: VerdictTrial) -> None:
    undecided, wrong, found = EXPECTED[trial.n_items]
    print(f"{trial.n_items:>2} items   of the method       {undecided:5.3f}  {wrong:5.3f}  {found:5.3f}")
    for name, rates in (
        ("known item parameters", trial.known),
        ("shares, prior of a wave", trial.share),
        ("shares, weak prior", trial.weak),
        ("known, up to 6 more", trial.clarified.after),
        ("weak, up to 6 more", trial.clarified_weak.after),
    ):
        print(f"           {name:<24}{cells(rates)}")
    for name, one in (("known", trial.clarified), ("weak", trial.clarified_weak)):
        print(
            f"           clarifying, {name}: {one.asked:.2f} of people are asked, {one.more or 0:.1f} items each"
        )
    print(
        f"           list of names: false {trial.list_false or 0:.3f}, promised {trial.list_promised or 0:.3f}"
    )


def main() -> None:
    print(f"{DESIGN}\nshares:                         undec.  wrong  found  false names")
    for items, expected in EXPECTED.items():
        trial = verdict_trial(items, rng(), DESIGN)
        show(trial)
        for name, value, goal in zip(
            ("undecided", "wrong", "found"),
            (trial.known.undecided, trial.known.wrong, trial.known.found),
            expected,
            strict=True,
        ):
            note(f"verdicts, {items} items: {name} (method says {goal})", value or 0.0, "share")
    print(
        "\ntrue gain of 1 SD shown as reliable, by the SD of abilities in logits; no gain shown as a change"
    )
    for items, goal in POWER.items():
        shown = {sd: change_power(items, sd, rng(), spread=sd)[0] for sd in SPREADS}
        row = "  ".join(f"SD {sd:.2f}: {share:.3f}" for sd, share in shown.items())
        print(
            f"{items:>2} items: {row}  (of the method {goal:.2f}); {sum(change_power(items, 0.0, rng())):.3f}"
        )
        note(f"gain of 1 SD shown, {items} items (method says {goal})", shown[SPREADS[0]], "share")


if __name__ == "__main__":
    main()

"""What a group's figures stand on: versions and the data cut."""

from __future__ import annotations

from collections.abc import Iterable

from diagnostics.campaigns.queries import CampaignView
from diagnostics.catalogue import queries as catalogue
from diagnostics.findings.queries import FindingView
from reports.contents.common import Sources, Version


def sources_of(
    campaign: CampaignView, results: Iterable[FindingView], language: str = "ru"
) -> Sources | None:
    """Sources of the newest finding, forms of all; None where nothing was scored yet.

    The cut is the moment of the newest finding, so the same data give the same report again.
    """
    found = sorted(results, key=lambda view: (view.made_at, view.id))
    if not found:
        return None
    last = found[-1]
    framework, method = catalogue.framework(last.framework_id), catalogue.method(last.method_id)
    return Sources(
        instrument=_instrument(campaign, last, language),
        scoring=_scoring(campaign, last),
        framework=Version(title=framework.title[language], version=framework.version),
        method=Version(title=method.code, version=method.version),
        calibration=_numbered(last.calibration_id, campaign.title) if last.calibration_id else None,
        data_cut=last.made_at,
        forms=_forms(found, language),
    )


def _instrument(campaign: CampaignView, view: FindingView, language: str) -> Version:
    if view.instrument_id is None:
        return Version(title=campaign.title, version="–")
    return _numbered(view.instrument_id, catalogue.instrument(view.instrument_id).title[language])


def _scoring(campaign: CampaignView, view: FindingView) -> Version:
    found = catalogue.one(view.scoring_id) if view.scoring_id else None
    return (
        Version(title=found.code, version=str(found.number))
        if found
        else Version(title=campaign.title, version="–")
    )


def _numbered(version_id: str | None, title: str) -> Version:
    view = catalogue.one(version_id) if version_id else None
    return Version(title=title, version=str(view.number) if view else "–")


def _forms(results: Iterable[FindingView], language: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for view in results:
        if view.instrument_id is None:
            continue
        forms = catalogue.instrument(view.instrument_id).forms
        title = next((form.title for form in forms if form.code == view.form and form.title), None)
        if title:
            found[title[language][:1].lower() + title[language][1:]] = None
    return tuple(sorted(found))

"""Addresses compiled once for all applications of a run: nine tenths of the time that making one takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from werkzeug.routing import Map, Rule, RuleFactory

from diagnostics.web.application import Application

Key = tuple[Any, ...]


class KeptRule(Rule):
    """A rule whose builder of addresses is shared by all equal rules; it is a plain function over `self`."""

    _builders: ClassVar[dict[Key, Callable[..., tuple[str, str]]]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (self.rule, tuple(self._trace), repr(self.defaults), append_unknown)
        if key not in self._builders:
            self._builders[key] = super()._compile_builder(append_unknown)
        return self._builders[key]


class KeptMap(Map):
    """A map that waits with its rules until it is asked, and then takes those of an equal map, if there was one."""

    _built: ClassVar[dict[Key, Map]] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        self._waiting: list[RuleFactory] = []
        self._is_current = True
        super().__init__(*args, **options)

    def add(self, rulefactory: RuleFactory) -> None:
        self._waiting.append(rulefactory)
        self._is_current = False

    def update(self) -> None:
        if not self._is_current:
            self._take()
            self._is_current = True

    def _take(self) -> None:
        key = tuple(_of(one) for one in self._waiting)
        if key not in self._built:
            made = Map(host_matching=self.host_matching)
            for one in self._waiting:
                made.add(_unbound(one))
            made.update()
            self._built[key] = made
        found = self._built[key]
        # The two things a map consists of.
        self._matcher, self._rules_by_endpoint = found._matcher, found._rules_by_endpoint


def _of(factory: RuleFactory) -> Key:
    if not isinstance(factory, Rule):
        return (factory,)
    methods = frozenset(factory.methods or ())
    automatic = getattr(factory, "provide_automatic_options", None)
    facts = (factory.subdomain, factory.host, factory.strict_slashes, factory.build_only, automatic)
    return (factory.rule, factory.endpoint, methods, repr(factory.defaults), *facts)


def _unbound(factory: RuleFactory) -> RuleFactory:
    """The rule, or its copy where a map has it already (a test has added an address of its own)."""
    if not isinstance(factory, Rule) or factory.map is None:
        return factory
    copy = factory.empty()
    copy.provide_automatic_options = getattr(factory, "provide_automatic_options", None)  # type: ignore[attr-defined]
    return copy


def keep() -> None:
    Application.url_rule_class = KeptRule
    Application.url_map_class = KeptMap

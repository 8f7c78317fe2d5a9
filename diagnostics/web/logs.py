"""Structured logs: one JSON line a request, with ids only: no answers, tokens, names or addresses."""

from __future__ import annotations

import json
import logging
import time

from flask import Flask, Response, g, request

from diagnostics import clock
from diagnostics.identifiers import new_id

log = logging.getLogger("orientir.web")


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        facts = {"at": clock.now().isoformat(timespec="milliseconds"), "level": record.levelname.lower()}
        facts |= {"logger": record.name, "message": record.getMessage()}
        facts |= getattr(record, "facts", {})
        if record.exc_info:
            facts["trace"] = self.formatException(record.exc_info)
        return json.dumps(facts, ensure_ascii=False)


def to_console(level: int = logging.INFO) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("orientir")
    logger.handlers[:] = [handler]
    logger.setLevel(level)
    logger.propagate = False


def install(app: Flask) -> None:
    @app.before_request
    def _begin() -> None:
        g.request_id = new_id()
        g.began = time.perf_counter()

    @app.after_request
    def _end(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.get("request_id", "")
        if log.isEnabledFor(logging.INFO):
            spent = round(1000 * (time.perf_counter() - g.began), 1) if "began" in g else None
            # The rule, never the path: paths hold tokens.
            facts = {"request": g.get("request_id"), "method": request.method, "rule": str(request.url_rule)}
            log.info("request", extra={"facts": facts | {"status": response.status_code, "ms": spent}})
        return response

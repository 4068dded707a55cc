"""Is the process up, and can it do its work: ``/healthz`` and ``/readyz``."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify
from sqlalchemy import text

from bot.wiring import Services


def create_health(services: Services) -> Blueprint:
    """The blueprint of the two health addresses."""
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="up")

    @blueprint.get("/readyz")
    def readyz() -> tuple[Response, int]:
        problems = find_problems(services)
        return jsonify(status="ready" if not problems else "not ready", problems=problems), 503 if problems else 200

    return blueprint


def find_problems(services: Services) -> list[str]:
    """What keeps the service from working now, a short fixed text each; empty when all is well."""
    problems = []
    try:
        with services.database.reading() as session:
            session.execute(text("SELECT 1 FROM inbox_events WHERE id = 0"))
    except Exception as error:  # whatever the reason, the answer is "not ready"
        problems.append(f"database: {type(error).__name__}")
    try:
        services.queue.ping()
    except Exception as error:  # the same
        problems.append(f"queue: {type(error).__name__}")
    return problems

"""The Flask factory. Nothing happens at import; the web server calls ``create_served_app``."""

from __future__ import annotations

from flask import Flask
from werkzeug.exceptions import HTTPException

from bot.chart_pages import create_chart_pages
from bot.evidence_pages import create_evidence_pages
from bot.health import create_health
from bot.logs import configure_logs, get_logger
from bot.metrics import create_metrics
from bot.report_pages import create_report_pages
from bot.settings import load_settings
from bot.stopping import exit_with_parent
from bot.webhook import GroupCommit, create_webhook
from bot.wiring import Services, build_services


def create_app(services: Services | None = None) -> Flask:
    """Build the web application; without services, from the environment.

    Raises:
        SettingsError: a variable is missing or cannot be understood.
    """
    services = services or _services_from_environment()
    app = Flask(__name__, static_folder=None)
    inbox = GroupCommit(services.database, services.queue.wake_people)
    app.register_blueprint(create_webhook(services.settings.line_channel_secret, services.clock, inbox))
    app.register_blueprint(create_evidence_pages(services))
    app.register_blueprint(create_chart_pages(services))
    app.register_blueprint(create_report_pages(services))
    app.register_blueprint(create_health(services))
    app.register_blueprint(create_metrics(services))
    app.register_error_handler(Exception, _answer_error)
    return app


def create_served_app() -> Flask:
    """Build the web application within one of the web server's processes, which it ends with."""
    exit_with_parent()
    return create_app()


def _services_from_environment() -> Services:
    settings = load_settings()
    settings.require_line()
    configure_logs(settings.log_format)
    return build_services(settings)


def _answer_error(error: Exception) -> tuple[str, int]:
    """One plain line for every error: no traceback and nothing of the request goes out."""
    if isinstance(error, HTTPException):
        return f"{error.name}\n", error.code or 500
    get_logger().error("request_failed", error=type(error).__name__)
    return "internal error\n", 500

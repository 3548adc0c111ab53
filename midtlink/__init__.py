"""MidtLink: questions and answers between colleagues at a hospital."""

from flask import Flask

from midtlink import (
    access,
    assets,
    compressing,
    configuring,
    errors,
    guarding,
    logs,
    pages,
    security,
    shell,
)
from midtlink.extensions import babel, csrf, db, login, migrate
from midtlink.resources import resource

__version__ = "0.1.0"


def create_app(environment: str | None = None, **overrides: object) -> Flask:
    """Make the application for an environment: development, test or production."""
    app = Flask(__name__, static_folder=None, template_folder=str(resource("templates")))
    configuring.configure(app, environment, overrides)
    logs.set_up()

    db.init_app(app)
    configuring.prepare_database(app)
    migrate.init_app(app, db, directory=str(resource("migrations")), render_as_batch=True)
    login.init_app(app)
    csrf.init_app(app)
    pages.init_babel(app, babel)

    guarding.init_app(app)
    compressing.init_app(app)
    security.init_app(app)
    access.init_app(app)
    errors.init_app(app)
    assets.init_app(app)
    pages.init_app(app)

    configuring.register_domains(app)
    shell.init_app(app)
    return app

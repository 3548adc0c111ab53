"""The Flask extensions, made here and bound to the application in create_app()."""

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from flask import current_app
from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy.dialects import postgresql, sqlite

from midtlink.database import Base

db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
login = LoginManager()
migrate = Migrate()
babel = Babel()
csrf = CSRFProtect()

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model

Part = TypeVar("Part")
#: By dialect, an insert that knows what to do with a row that is there already.
INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
_making = threading.Lock()


def part_of_app(name: str, make: Callable[[Mapping[str, Any]], Part]) -> Part:
    """Return the application's own part of that name, made once from its configuration.

    So a part that lasts as long as the application, such as an open index, needs no Flask.
    """
    parts: dict[str, Part] = current_app.extensions.setdefault("midtlink", {})
    if name not in parts:
        with _making:
            if name not in parts:
                parts[name] = make(current_app.config)
    return parts[name]


def upsert(table: Any) -> Any:
    """Return an insert into the table with `on_conflict_do_…`, for the database of the session."""
    return INSERTS[db.session.connection().dialect.name](table)
